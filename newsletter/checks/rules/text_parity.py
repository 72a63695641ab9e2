"""Something that the HTML shows is missing from the text part.

What it does: looks in the text part for the address of every web and mail link of the HTML, for
every item's title, and for at least 80% of the words that the HTML shows. Links within the email
are ignored, and the unsubscribe link has a rule of its own.

Why it matters: both parts should give the same information (RFC 2046, 5.1.4), and readers who see
only one of them must miss nothing. Spam filters compare the two (SpamAssassin's MPART_ALT_DIFF).

Wrong:

```html
<p><a href="https://www.bionews.org.uk/page_100009">Another story</a></p>
```

Right:

```html
<p><a href="https://www.bionews.org.uk/page_100009">Another story</a></p>
```

```text
Another story:
https://www.bionews.org.uk/page_100009
```
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from newsletter.checks.galley import Galley
from newsletter.model import Finding, Severity
from newsletter.text.normalise import letters
from newsletter.text.printable import printable
from newsletter.text.wrapping import WORD

SEVERITIES: tuple[Severity, ...] = ("error", "warning")
_ENOUGH = 0.8
_RUN = re.compile(r"[!#-;=?-~]+")  # quotes and angle brackets may be around an address, not in one
_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_MAILTO = re.compile(r"^mailto:", re.IGNORECASE)
_SHORT = re.compile(r"^(?:mailto:|https://(?=www\.))", re.IGNORECASE)
"""What an address in a text may leave out of a link's: "www.bionews.org.uk" leads to https://www.bionews.org.uk."""
_AROUND = "<([{'\"*_,.;:!?}])>"
"""Characters that may be around an address in a sentence, or belong to it."""


def check(galley: Galley) -> Iterator[Finding]:
    """Yield the addresses, the titles and the words that are missing."""
    place = galley.text_template
    hint = "Let the theme's text template show what the HTML shows."
    if addresses := _missing_addresses(galley):
        message = f"The text part is missing {_number(addresses, 'address')} of the HTML's links: '{printable(addresses[0])}'"
        yield place.error(f"{message}{_others(addresses)}.", hint)
    if titles := _missing_titles(galley):
        message = f"The text part is missing {_number(titles, 'title')}: '{printable(titles[0])}'"
        yield place.error(f"{message}{_others(titles)}.", hint)
    share = _share_of_words(galley.document.text, galley.sent.text)
    if share < _ENOUGH:
        message = f"The text part has {int(share * 100)}% of the words that the HTML shows, less than {_ENOUGH:.0%}."
        yield place.warning(message, hint)


def _number(missing: list[str], noun: str) -> str:
    return (
        f"1 {noun}"
        if len(missing) == 1
        else f"{len(missing)} {noun}{'es' if noun.endswith('s') else 's'}"
    )


def _others(missing: list[str]) -> str:
    return "" if len(missing) == 1 else f" and {len(missing) - 1} more"


def _missing_addresses(galley: Galley) -> list[str]:
    document = galley.document
    there = _addresses_in(galley.sent.text) | {galley.issue.publication.unsubscribe}
    seen = (link.address for link in document.links if link.element not in document.hidden)
    expected = dict.fromkeys(
        address for address in seen if re.match(r"https?:|mailto:", address, re.IGNORECASE)
    )
    return [address for address in expected if there.isdisjoint((address, _SHORT.sub("", address)))]


def _addresses_in(text: str) -> set[str]:
    """Return the addresses in a text; of mail addresses, what follows "mailto:". If punctuation follows an address,
    nobody knows what belongs to it, so it counts with and without each character.
    """
    found: set[str] = set()
    for run in _RUN.findall(text):
        if not any(part in run for part in ("://", "@", "www.")):
            continue
        address = _from_its_scheme_on(run)
        found.add(address)
        while address.endswith(tuple(_AROUND)):
            address = address[:-1]
            found.add(address)
    return found


def _from_its_scheme_on(run: str) -> str:
    """Return an address without what is written before it. It may hold another one, as those of web archives do."""
    scheme = _SCHEME.search(run)
    return run[scheme.start() :] if scheme else _MAILTO.sub("", run.lstrip(_AROUND))


def _missing_titles(galley: Galley) -> list[str]:
    text = letters(galley.sent.text)
    return [item.title for item in galley.issue.items if letters(item.title) not in text]


def _share_of_words(html: str, text: str) -> float:
    """Return the share of the HTML's words that are in the text too, each counted as often as it is there."""
    expected, there = (Counter(WORD.findall(part.casefold())) for part in (html, text))
    return (expected & there).total() / expected.total() if expected else 1.0
