"""A weekday and the date beside it are not the same day.

What it does: reads every "Monday 16 April 2012" and "Monday, April 16", in English and in the
publication's language, and compares it with the calendar. Without a year, only dates within about
three months of the issue's are compared, and a date that was right a year before is ignored. So are
opening days, such as "Tuesday to Sunday, 16 April - 20 May".

Why it matters: one of the two is wrong, and readers who trust it come on the wrong day. For the
date of a message it is a rule as well: the weekday must be that of the date (RFC 5322, 3.3).

Wrong:

```yaml item
title: A debate on who may donate
url: https://www.bionews.org.uk/page_100012
teaser: The debate is on Tuesday 16 January 2030, and everybody is welcome...
```

Right:

```yaml item
title: A debate on who may donate
url: https://www.bionews.org.uk/page_100012
teaser: The debate is on Wednesday 16 January 2030, and everybody is welcome...
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from newsletter.checks.galley import Galley
from newsletter.model import Finding, Severity
from newsletter.text.printable import printable
from newsletter.text.written_dates import Names, day_of, names, one_of

SEVERITIES: tuple[Severity, ...] = ("warning",)
_NEAR = 100
"""Days between the issue and a date without a year that is taken to be about now."""
_YEARS = range(1900, 2101)
_LEAP_YEAR = 2000
_GOES_ON = re.compile(r"(?:,?\s+\d{4})?\s*(?:[-–—]|to\b|until\b|till\b|bis\b|au\b|al\b)\s*\d")
"""What follows the first of several days: the weekday may be that of each."""


def check(galley: Galley) -> Iterator[Finding]:
    """Yield every weekday beside a date that is another day."""
    language = galley.issue.publication.language
    known = names(language)
    pattern = _pattern(language)

    for passage in galley.manuscript.passages:
        for match in pattern.finditer(passage.text):
            is_one_of_several = match["before"] or _GOES_ON.match(passage.text, match.end())
            if is_one_of_several:
                continue

            fault = _fault(known, match, galley.issue.date)
            if fault:
                place = galley.manuscript.find_in(passage, match[0])
                message = f"'{printable(match[0])}' cannot be right: {fault}."
                yield place.warning(message, "Check a calendar, and fix the weekday or the date.")


def _fault(known: Names, match: re.Match[str], about: date) -> str | None:
    month = known.months[match["month"] or match["month_first"]]
    day = int(match["day"] or match["day_after"])
    year = int(match["year"] or 0)
    if year and year not in _YEARS:
        return None
    if not day_of(year or _LEAP_YEAR, month, day):
        return "there is no such day"

    possible = _near(month, day, about)
    if year:
        possible = [date(year, month, day)]
    weekdays = [day.weekday() for day in possible]
    if not possible or known.weekdays[match["weekday"]] in weekdays:
        return None
    return f"in {possible[0].year} that day is a {possible[0]:%A}"


def _near(month: int, day: int, about: date) -> list[date]:
    """Return the day with this date that is near ``about``, and the one a year before it."""
    for year in (about.year - 1, about.year, about.year + 1):
        near = day_of(year, month, day)
        if near is None:
            continue
        distance = abs(near - about).days
        if distance <= _NEAR:
            before = day_of(year - 1, month, day)
            return [near, before] if before else [near]
    return []


@lru_cache(maxsize=16)
def _pattern(language: str) -> re.Pattern[str]:
    """Return what a weekday with a date looks like, in English and in a language."""
    weekdays, months = names(language)
    weekday = one_of(weekdays)
    month = one_of(months)
    ordinal = r"(?:st|nd|rd|th|er|[.ºª°])?"

    before = rf"(?:{weekday})\w{{0,2}}\W{{1,3}}(?:\w{{1,5}}\W{{1,2}})?"
    day_first = rf"(?P<day>[0-3]?\d){ordinal}\s+(?:of\s+|de\s+|ב)?(?P<month>{month})(?!\w)"
    month_first = rf"(?P<month_first>{month})\s+(?P<day_after>[0-3]?\d){ordinal}(?![\w:])"
    year = r"(?P<year>\d{4})(?!\w|\s*[-–—]\s*\d|\s*(?:hrs|hours))"
    return re.compile(
        rf"(?<!\w)(?P<before>{before})?"
        rf"(?P<weekday>{weekday})[.,،]?\s+(?:(?:the|den|le|el|il)\s+)?"
        rf"(?:{day_first}|{month_first})"
        rf"(?:\.?,?\s+(?:del?\s+)?{year})?"
    )
