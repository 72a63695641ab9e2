"""A link carries a tracking mark of another person's click, or of another issue.

What it does: looks in the address of every link for marks that identify one click or one person
(gclid, fbclid, msclkid, mc_eid, mkt_tok and others, or the email address of a reader), and for utm_
marks that name another issue of this publication. Other utm_ marks say where visitors come from,
and are left alone.

Why it matters: such a mark comes along when an address is copied from a browser or from somebody's
newsletter. All readers are then taken for that one person; browsers remove the best known of these
marks to protect people
(https://firefox-source-docs.mozilla.org/toolkit/components/antitracking/anti-tracking/query-stripping/index.html).
And last week's utm_ mark counts this week's readers for the wrong issue.

Wrong:

```yaml item
title: A story whose address was copied from elsewhere
url: https://www.bionews.org.uk/page_100009?fbclid=IwAR0aBcDeFgHiJ
teaser: The address was copied out of a browser, and the mark of that one visit is still in it for all to carry...
```

Right:

```yaml item
title: A story whose address was copied from elsewhere
url: https://www.bionews.org.uk/page_100009?page=2
teaser: The address was copied out of a browser, and the mark of that one visit is still in it for all to carry...
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from string import ascii_lowercase
from urllib.parse import unquote_plus

from newsletter.checks.galley import Galley
from newsletter.model import Finding, Issue, Severity
from newsletter.text.normalise import CLICK_PARAMETERS
from newsletter.text.printable import printable

SEVERITIES: tuple[Severity, ...] = ("warning",)
_LONGEST = 160
_OF_ONE_PERSON = ("email", "e-mail", "email_address", "emailaddress", "user_email", "recipient")
_NEAR = 100
"""Issues: a number farther from this issue's is a year, or counts something else."""
_NO = r"(?:(?:issue|number|no|nr|edition|newsletter)[\W_]*)"
_ALONE = rf"{_NO}[0-9]{{1,9}}[a-z]?|[0-9]{{3,9}}[a-z]?"
"""A value that is nothing but a number; one of fewer than three digits counts links more often than issues."""


def check(galley: Galley) -> Iterator[Finding]:
    """Yield every link that carries the mark of another click, person or issue."""
    for link in galley.document.links:
        marks = _marks(link.address)
        place = partial(galley.where, link.element, link.address)
        if foreign := list(
            dict.fromkeys(name for name, value in marks if _is_foreign(name, value))
        ):
            names = " and ".join(f"'{printable(name)}'" for name in foreign)
            message = f"The link '{printable(link.address, _LONGEST)}' carries {names}, the mark of one click or one person."
            hint = f"Write it without: {printable(_without(link.address, foreign), _LONGEST)}"
            yield place().warning(message, hint)
        for name, value in marks:
            if other := _other_issue(name.lower(), value.lower(), galley.issue):
                mark = f"{printable(name)}={printable(value)}"
                message = f"The link '{printable(link.address, _LONGEST)}' carries '{mark}', which is of issue {other}."
                hint = f"Write the number of this issue, {galley.issue.number}, or delete the mark."
                yield place().warning(message, hint)


def _marks(address: str) -> list[tuple[str, str]]:
    """Return the name and value of everything after the question mark of a web address."""
    before, _, query = address.partition("#")[0].partition("?")
    if not before.lower().startswith(("http://", "https://")):
        return []
    pairs = (part.partition("=") for part in re.split("[&;]", query))
    return [(unquote_plus(name), unquote_plus(value)) for name, _, value in pairs if value]


def _is_foreign(name: str, value: str) -> bool:
    return name.lower() in CLICK_PARAMETERS or (name.lower() in _OF_ONE_PERSON and "@" in value)


def _without(address: str, names: list[str]) -> str:
    """Return the address without these marks."""
    before, hash_, place = address.partition("#")
    start, _, query = before.partition("?")
    kept = [
        part
        for part in re.split("[&;]", query)
        if unquote_plus(part.partition("=")[0]) not in names
    ]
    return start + ("?" + "&".join(kept) if kept else "") + hash_ + place


def _other_issue(name: str, value: str, issue: Issue) -> str | None:
    """Return the number of the other issue that a utm_ mark names: after the publication's name, or alone."""
    words = re.findall(r"[^\W_]+", issue.publication.name.lower())
    after_our_name = (
        r"[\W_]*".join(words) + rf"[\W_]*{_NO}?([0-9]{{1,9}}[a-z]?)(?![a-z0-9]|[\W_]+[0-9])"
    )
    if not name.startswith("utm_"):
        return None
    if words and (found := re.search(after_our_name, value)):
        number = found[1]
    elif re.fullmatch(_ALONE, value):
        number = value[re.search("[0-9]", value).start() :]  # type: ignore[union-attr]
    else:
        return None
    distance = abs(int(number.rstrip(ascii_lowercase)) - int(issue.number.rstrip(ascii_lowercase)))
    return number if number != issue.number and distance <= _NEAR else None
