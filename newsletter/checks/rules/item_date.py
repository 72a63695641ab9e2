"""A date of an item cannot be right: it is after the issue's, years before it, or years ahead.

What it does: compares the `date` of each news story, comment and review with the issue's. It may be
up to a year before, and not after. A broadcast in a review may be up to half a year ahead, and the
start of an event or the last day to apply for a job up to two years. Old broadcasts are left alone,
as are the dates of sources and of other people's pieces, which may be of any age; events and jobs
that have passed belong to the rule `past-date`.

Why it matters: an impossible date is a slip in the year or the month, and readers see it. It is
most common in January, and in a manifest that started as a copy.

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
from newsletter.model import Comment, Event, Finding, Job, News, Review, Severity
from newsletter.text.days import in_words
from newsletter.text.printable import printable

SEVERITIES: tuple[Severity, ...] = ("warning",)
_OLDEST = timedelta(days=366)
_FARTHEST_BROADCAST = timedelta(days=183)
_FARTHEST_EVENT = timedelta(days=731)
_HINT = "Check the year and the month."


def check(galley: Galley) -> Iterator[Finding]:
    """Yield a finding for each date of a piece that cannot be right."""
    for item in galley.issue.items:
        if isinstance(item, News | Comment | Review):
            yield from _own_date(galley, item)
        if isinstance(item, Review):
            yield from _broadcast(galley, item)
        if isinstance(item, Event):
            yield from _far_ahead(galley, item, "starts", item.starts.date())
        if isinstance(item, Job) and item.closes:
            yield from _far_ahead(galley, item, "closes", item.closes)


def _own_date(galley: Galley, item: News | Comment | Review) -> Iterator[Finding]:
    if item.date is None:
        return

    of_issue = galley.issue.date
    if item.date > of_issue:
        fault = f"after the issue's, {in_words(of_issue)}"
    elif of_issue - item.date > _OLDEST:
        fault = f"more than a year before the issue's, {in_words(of_issue)}"
    else:
        return

    title = printable(item.title)
    message = f"The date of '{title}', {in_words(item.date)}, is {fault}."
    place = galley.manuscript.place(item, "date")
    yield place.warning(message, _HINT)


def _broadcast(galley: Galley, review: Review) -> Iterator[Finding]:
    day = review.work.broadcast
    if day is None:
        return

    ahead = day - galley.issue.date
    if ahead > _FARTHEST_BROADCAST:
        fault = "is more than half a year after the issue"
        message = f"The day of the broadcast, {in_words(day)}, {fault}."
        place = galley.manuscript.place(review, "work", "broadcast")
        yield place.warning(message, _HINT)


def _far_ahead(galley: Galley, item: Event | Job, field: str, day: date) -> Iterator[Finding]:
    if day - galley.issue.date > _FARTHEST_EVENT:
        title = printable(item.title)
        message = f"'{title}' {field} more than two years after the issue, on {in_words(day)}."
        yield galley.manuscript.place(item, field).warning(message, _HINT)
