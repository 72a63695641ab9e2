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
teaser: The address was copied out of a browser, and the mark of that one visit is still in it for
  all to carry...
```

Right:

```yaml item
title: A story whose address was copied from elsewhere
url: https://www.bionews.org.uk/page_100009?page=2
teaser: The address was copied out of a browser, and the mark of that one visit is still in it for
  all to carry...
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import ascii_lowercase
from typing import TYPE_CHECKING

from newsletter.checks.galley import Galley
from newsletter.model import Finding, Issue, Severity
from newsletter.text.click_marks import Mark, marks_of, without_marks
from newsletter.text.printable import printable

if TYPE_CHECKING:
    from newsletter.checks.links import Link

SEVERITIES: tuple[Severity, ...] = ("warning",)
ABOUT = "email"
_LONGEST = 160
"""Characters of an address that are shown."""
_NEAR = 100
"""Issues: a number farther from this issue's is a year, or counts something else."""
_NO = r"(?:(?:issue|number|no|nr|edition|newsletter)[\W_]*)"
_ALONE = re.compile(rf"(?:{_NO}(?P<named>[0-9]{{1,9}}[a-z]?)|(?P<bare>[0-9]{{3,9}}[a-z]?))")
"""A value that is nothing but a number.

A bare one of fewer than three digits counts links more often than issues.
"""


def check(galley: Galley) -> Iterator[Finding]:
    """Yield every link that carries the mark of another click, person or issue."""
    for link in galley.links:
        marks = marks_of(link.address)
        foreign = dict.fromkeys(mark.name for mark in marks if mark.is_of_a_click)
        if foreign:
            yield _foreign(galley, link, list(foreign))

        for mark in marks:
            other = _other_issue(mark, galley.issue)
            if other:
                yield _of_other_issue(galley, link, mark, other)


# Another click or person


def _foreign(galley: Galley, link: Link, foreign: list[str]) -> Finding:
    place = galley.where_link(link)
    address = printable(link.address, _LONGEST)
    names = " and ".join(f"'{printable(name)}'" for name in foreign)
    message = f"The link '{address}' carries {names}, the mark of one click or one person."
    without = without_marks(link.address, foreign)
    hint = f"Write it without: {printable(without, _LONGEST)}"
    return place.warning(message, hint)


# Another issue


def _other_issue(mark: Mark, issue: Issue) -> str | None:
    """Return the number of another issue that a utm_ mark names."""
    if not mark.is_of_a_mailing:
        return None
    number = _number_in(mark.value.lower(), issue.publication.name)
    if number is None or number == issue.number:
        return None

    distance = abs(_without_letter(number) - _without_letter(issue.number))
    if distance > _NEAR:
        return None
    return number


def _number_in(value: str, publication: str) -> str | None:
    """Return the number that is in a value after the publication's name, or alone."""
    words = re.findall(r"[^\W_]+", publication.lower())
    if words:
        name = r"[\W_]*".join(words)
        match = re.search(rf"{name}[\W_]*{_NO}?([0-9]{{1,9}}[a-z]?)(?![a-z0-9]|[\W_]+[0-9])", value)
        if match:
            return match[1]

    alone = _ALONE.fullmatch(value)
    if alone is None:
        return None
    return alone["named"] or alone["bare"]


def _without_letter(number: str) -> int:
    return int(number.rstrip(ascii_lowercase))


def _of_other_issue(galley: Galley, link: Link, mark: Mark, other: str) -> Finding:
    place = galley.where_link(link)
    address = printable(link.address, _LONGEST)
    written = f"{printable(mark.name)}={printable(mark.value)}"
    message = f"The link '{address}' carries '{written}', which is of issue {other}."
    hint = f"Write the number of this issue, {galley.issue.number}, or delete the mark."
    return place.warning(message, hint)
