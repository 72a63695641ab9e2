"""A piece's own date is after the issue's, or more than a year before it.

What it does: compares the `date` of each news story, comment and review with the issue's. It may be
up to a year before, and not after. A broadcast in a review may be up to half a year ahead; old
broadcasts are left alone, as are the dates of sources, of events, of jobs, and of other people's
pieces, which may be of any age.

Why it matters: an impossible date is a slip in the year or the month, and appears in the byline. It
is most common in January, and in a manifest that started as a copy.

Wrong:

```yaml item
title: A gene that keeps the clock of the cell
url: https://www.bionews.org.uk/page_200003
date: 2028-12-30
teaser: Cells keep time, and researchers have found the gene that winds their clock...
```

Right:

```yaml item
title: A gene that keeps the clock of the cell
url: https://www.bionews.org.uk/page_200003
date: 2029-12-30
teaser: Cells keep time, and researchers have found the gene that winds their clock...
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from newsletter.checks.galley import Galley
from newsletter.model import Comment, Finding, News, Review, Severity
from newsletter.text.printable import printable

SEVERITIES: tuple[Severity, ...] = ("warning",)
_OLDEST = timedelta(days=366)
_FARTHEST_BROADCAST = timedelta(days=183)


def check(galley: Galley) -> Iterator[Finding]:
    """Yield a finding for each date of a piece that cannot be right."""
    of_issue = galley.issue.date
    for item in galley.issue.items:
        if not isinstance(item, News | Comment | Review):
            continue
        if item.date and (fault := _fault(item.date, of_issue)):
            message = f"The date of '{printable(item.title)}', {_seen(item.date)}, is {fault}."
            yield galley.manuscript.place(item, "date").warning(
                message, "Check the year and the month."
            )

        broadcast = item.work.broadcast if isinstance(item, Review) else None
        if isinstance(item, Review) and broadcast and broadcast - of_issue > _FARTHEST_BROADCAST:
            message = f"The day of the broadcast, {_seen(broadcast)}, is more than half a year after the issue."
            yield galley.manuscript.place(item, "work", "broadcast").warning(
                message, "Check the year and the month."
            )


def _fault(of_piece: date, of_issue: date) -> str | None:
    if of_piece > of_issue:
        return f"after the issue's, {_seen(of_issue)}"
    if of_issue - of_piece > _OLDEST:
        return f"more than a year before the issue's, {_seen(of_issue)}"
    return None


def _seen(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
