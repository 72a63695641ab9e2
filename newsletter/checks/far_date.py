"""The issue's date is over, or far ahead.

What it does: compares the date of the newest issue with today's: it may be today or up to 60 days ahead. Back issues
have gone out, and are not asked.

Why it matters: the date stands in the masthead and in the message. Last week's date in this week's issue is what
happens when an issue begins as a copy of the one before.

Wrong:

```yaml issue
date: 2010-01-04
```

Right:

```yaml issue
date: 2030-01-07
```
"""

from __future__ import annotations

from collections.abc import Iterator

from newsletter.galley import Galley
from newsletter.model import Finding, Severity

SEVERITIES: tuple[Severity, ...] = ("warning",)
_DAYS_AHEAD = 60


def check(galley: Galley) -> Iterator[Finding]:
    """The date of the newest issue, where it is not one that is about to come."""
    if not galley.is_newest:
        return
    place = galley.manuscript.place(name="date")
    day = f"{galley.issue.date:%A} {galley.issue.date.day} {galley.issue.date:%B %Y}"
    days = (galley.issue.date - galley.today).days
    if days < 0:
        yield place.warning(f"The issue's date, {day}, is over.", "Write the day on which it goes out.")
    elif days > _DAYS_AHEAD:
        yield place.warning(f"The issue's date, {day}, is {days} days ahead.", "Write the day on which it goes out.")
