"""Dates as people write them in a text, and the names of months and weekdays in a language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple

_SHORT_WEEKDAYS = {
    "Mon": 0,
    "Tue": 1,
    "Tues": 1,
    "Wed": 2,
    "Weds": 2,
    "Thu": 3,
    "Thur": 3,
    "Thurs": 3,
    "Fri": 4,
    "Sat": 5,
}
"""Without Sun, which is also a newspaper."""
_JUST_PASSED = 60
"""Days: a date without a year that passed so recently means this year's, not next year's."""


class Names(NamedTuple):
    """Names of weekdays (Monday is 0) and of months (January is 1), as they are and as they begin a
    sentence.
    """

    weekdays: Mapping[str, int]
    months: Mapping[str, int]


class WrittenDate(NamedTuple):
    """A date in a text: where it is, and the days that it may mean: two for 2/4/2012, in April and
    in February.
    """

    text: str
    start: int
    end: int
    days: tuple[date, ...]


@lru_cache(maxsize=16)
def names(language: str) -> Names:
    """Return the names in English, short forms too, and in another language (a tag such as ``fr``
    or ``en-GB``).
    """
    from babel import Locale

    weekdays = dict(_SHORT_WEEKDAYS)
    months = {"Sept": 9}
    for locale in (Locale.parse("en"), Locale.parse(language, sep="-")):
        weekdays |= _both_cases(locale.days["format"]["wide"])
        months |= _both_cases(locale.months["format"]["wide"])
        if locale.language == "en":
            months |= _both_cases(locale.months["format"]["abbreviated"])
    return Names(weekdays, months)


def one_of(words: Iterable[str]) -> str:
    """Return a pattern for any one of some words, the longest first."""
    longest_first = sorted(words, key=len, reverse=True)
    return "|".join(map(re.escape, longest_first))


def day_of(year: int, month: int, day: int) -> date | None:
    """Return the day; None if it does not exist."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def dates_in(text: str, language: str, about: date) -> Iterator[WrittenDate]:
    """Yield each date in a text: 2 April 2012, April 2nd, 2012-04-02, 2/4/2012. A date without a
    year is the next such day after ``about``, or the last one if that was at most 60 days before.
    """
    months = names(language).months
    for match in _pattern(language).finditer(text):
        if match["month"] or match["month_first"]:
            days = _named(match, months, about)
        else:
            days = _in_numbers(match)
        if days:
            yield WrittenDate(match[0], match.start(), match.end(), days)


@lru_cache(maxsize=16)
def _pattern(language: str) -> re.Pattern[str]:
    month = one_of(names(language).months)
    ordinal = r"(?:st|nd|rd|th|er|[.ºª°])?"
    return re.compile(
        rf"(?<![\w/.-])(?:(?P<day>[0-3]?\d){ordinal}\s+(?:of\s+|de\s+)?(?P<month>{month})(?!\w)"
        rf"|(?P<month_first>{month})\.?\s+(?P<day_after>[0-3]?\d){ordinal}(?![\w:]))"
        r"(?:\.?,?\s+(?:del?\s+)?(?P<year>\d{4})(?!\w))?"
        r"|(?<![\w/.-])(?P<iso>\d{4}-\d{2}-\d{2})(?![\w/-])"
        r"|(?<![\w/.-])(?P<first>\d{1,2})(?P<between>[/.-])(?P<second>\d{1,2})(?P=between)(?P<last>\d{4})(?![\w/-])"
    )


def _named(match: re.Match[str], months: Mapping[str, int], about: date) -> tuple[date, ...]:
    month = months[match["month"] or match["month_first"]]
    day = int(match["day"] or match["day_after"])
    if match["year"]:
        return _existing([day_of(int(match["year"]), month, day)])

    years = range(about.year - 1, about.year + 3)
    for candidate in _existing(day_of(year, month, day) for year in years):
        days_ago = (about - candidate).days
        if days_ago <= _JUST_PASSED:
            return (candidate,)
    return ()


def _in_numbers(match: re.Match[str]) -> tuple[date, ...]:
    if match["iso"]:
        year, month, day = map(int, match["iso"].split("-"))
        return _existing([day_of(year, month, day)])

    year = int(match["last"])
    first, second = int(match["first"]), int(match["second"])
    day_first = day_of(year, second, first)
    month_first = day_of(year, first, second)
    if day_first == month_first:
        return _existing([day_first])
    return _existing([day_first, month_first])


def _existing(days: Iterable[date | None]) -> tuple[date, ...]:
    return tuple(day for day in days if day)


def _both_cases(names: Mapping[int, str]) -> dict[str, int]:
    """Return the number of each name as it is, and as it begins a sentence."""
    numbers: dict[str, int] = {}
    for number, name in names.items():
        numbers[name] = number
        numbers[name[:1].upper() + name[1:]] = number
    return numbers
