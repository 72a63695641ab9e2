"""The issue's date has passed, or is far ahead.

What it does: compares the date of the newest issue with today's: it may be today or up to 60 days
ahead. Back issues have gone out, and are not checked.

Why it matters: the date appears in the masthead and in the message. An issue that starts as a copy
of the one before easily keeps last week's date.

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

from newsletter.checks.galley import Galley
from newsletter.model import Finding, Severity
from newsletter.text.days import in_words

SEVERITIES: tuple[Severity, ...] = ("warning",)
_DAYS_AHEAD = 60


def check(galley: Galley) -> Iterator[Finding]:
    """Yield a finding if the newest issue's date has passed or is far ahead."""
    if not galley.is_newest:
        return

    date = galley.issue.date
    days_ahead = (date - galley.today).days
    if days_ahead < 0:
        fault = "has passed"
    elif days_ahead > _DAYS_AHEAD:
        fault = f"is {days_ahead} days ahead"
    else:
        return

    message = f"The issue's date, {date:%A} {in_words(date)}, {fault}."
    place = galley.manuscript.place(name="date")
    yield place.warning(message, "Write the day it goes out.")
