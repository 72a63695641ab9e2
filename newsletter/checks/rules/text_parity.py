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
from newsletter.text.direction import CONTROLS
from newsletter.text.normalise import letters
from newsletter.text.printable import printable
from newsletter.text.wrapping import words

SEVERITIES: tuple[Severity, ...] = ("error", "warning")
ABOUT = "email"
_ENOUGH = 0.8
"""The share of words, from 0 to 1, that must be in the text part."""
_RUN = re.compile(r"[!#-;=?-~]+")  # quotes and angle brackets may be around an address, not in one
_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_MAILTO = re.compile(r"^mailto:", re.IGNORECASE)
_SHORT = re.compile(r"^(?:mailto:|https://(?=www\.))", re.IGNORECASE)
"""What an address in a text may leave out of a link's.

"www.bionews.org.uk" leads to https://www.bionews.org.uk.
"""
_WEB_OR_MAIL = re.compile(r"https?:|mailto:", re.IGNORECASE)
_AROUND = "<([{'\"*_,.;:!?}])>"
"""Characters that may be around an address in a sentence, or belong to it."""


def check(galley: Galley) -> Iterator[Finding]:
    """Yield the addresses, the titles and the words that are missing."""
    place = galley.text_template
    hint = "Let the theme's text template show what the HTML shows."

    addresses = _missing_addresses(galley)
    if addresses:
        count = _count(addresses, "address", "addresses")
        message = f"The text part is missing {count} of the HTML's links: {_listed(addresses)}."
        yield place.error(message, hint)

    titles = _missing_titles(galley)
    if titles:
        count = _count(titles, "title", "titles")
        yield place.error(f"The text part is missing {count}: {_listed(titles)}.", hint)

    share = _share_of_words(galley.document.text, galley.sent.text)
    if share < _ENOUGH:
        percentage = f"{int(share * 100)}%"
        shown = f"{percentage} of the words that the HTML shows, less than {_ENOUGH:.0%}"
        yield place.warning(f"The text part has {shown}.", hint)


def _count(missing: list[str], one: str, several: str) -> str:
    if len(missing) == 1:
        return f"1 {one}"
    return f"{len(missing)} {several}"


def _listed(missing: list[str]) -> str:
    """Return the first of what is missing, and how many others there are."""
    first = f"'{printable(missing[0])}'"
    others = len(missing) - 1
    if others:
        return f"{first} and {others} more"
    return first


def _missing_addresses(galley: Galley) -> list[str]:
    document = galley.document
    expected: dict[str, None] = {}
    for link in document.links:
        is_web_or_mail = _WEB_OR_MAIL.match(link.address)
        if is_web_or_mail and link.element not in document.hidden:
            expected[link.address] = None

    there = _addresses_in(galley.sent.text)
    there.add(galley.issue.publication.unsubscribe)
    return [address for address in expected if there.isdisjoint(_forms(address))]


def _forms(address: str) -> tuple[str, str]:
    """Return a link's address, and how a text may write it."""
    return address, _SHORT.sub("", address)


def _addresses_in(text: str) -> set[str]:
    """Return the addresses in a text; of mail addresses, what follows ``mailto:``.

    If punctuation follows an address, nobody knows what belongs to it, so it counts with and
    without each character.
    """
    found: set[str] = set()
    for run in _RUN.findall(text):
        if not any(part in run for part in ("mailto:", "://", "@", "www.")):
            continue

        address = _without_what_is_before(run)
        found.add(address)
        while address.endswith(tuple(_AROUND)):
            address = address[:-1]
            found.add(address)
    return found


def _without_what_is_before(run: str) -> str:
    """Return an address without what is written before it.

    It may hold another one, as those of web archives do.
    """
    scheme = _SCHEME.search(run)
    if scheme:
        return run[scheme.start() :]
    return _MAILTO.sub("", run.lstrip(_AROUND))


def _missing_titles(galley: Galley) -> list[str]:
    text = letters(galley.sent.text)
    items = galley.issue.items
    return [item.title for item in items if letters(item.title) not in text]


def _share_of_words(html: str, text: str) -> float:
    """Return the share of the HTML's words that are in the text too, from 0 to 1.

    Each counts as often as it is there.
    """
    expected = _words(html)
    if not expected:
        return 1.0
    in_both = expected & _words(CONTROLS.sub("", text))
    return in_both.total() / expected.total()


def _words(text: str) -> Counter[str]:
    return Counter(word[0] for word in words(text.casefold()))
