"""The issue's date is not on the day of the week on which issues go out.

What it does: compares the weekday of the issue's date with `day` in publication.yaml.

Why it matters: a date on another day is usually a slip of the finger, and it appears in the
masthead, in the message and in the archive. An issue that goes out on a Tuesday, because Monday is
a holiday, can say so under `ignore:`.

Wrong:

```yaml issue
date: 2030-01-08
```

Right:

```yaml issue
date: 2030-01-07
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from newsletter.checks.galley import Galley
from newsletter.model import Finding, Severity, Weekday
from newsletter.text.days import in_words

SEVERITIES: tuple[Severity, ...] = ("warning",)


def check(galley: Galley) -> Iterator[Finding]:
    """Yield the issue's date, if it is on another day."""
    date = galley.issue.date
    weekday = get_args(Weekday)[date.weekday()]
    usual = galley.issue.publication.day
    if weekday == usual:
        return

    goes_out = f"is a {weekday}, but issues go out on a {usual}"
    place = galley.manuscript.place(name="date")
    message = f"The issue's date, {in_words(date)}, {goes_out}."
    hint = (
        "Correct the date. "
        "If this issue goes out on another day on purpose, say so under 'ignore:'."
    )
    yield place.warning(message, hint)
