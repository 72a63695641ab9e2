"""Days and times as people write them, and what they may mean: suggestions, which are never used
unasked.
"""

from __future__ import annotations

import re
from calendar import month_abbr, month_name
from datetime import date, datetime, time

_MONTHS = {name[:3].lower(): number for number, name in enumerate(month_abbr) if name}
_MONTH = "(?P<month>" + "|".join(f"{name}|{name[:3]}" for name in [*month_name][1:]) + "|Sept)"
_YEAR = r"(?P<year>\d{4}|\d{2})"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,? )?"
_IN_WORDS = [
    re.compile(rf"{_WEEKDAY}{_DAY}(?: of)?[ -]{_MONTH}\.?,?[ -]{_YEAR}", re.IGNORECASE),
    re.compile(rf"{_WEEKDAY}{_MONTH}\.? {_DAY},? {_YEAR}", re.IGNORECASE),
]
_YEAR_FIRST = re.compile(r"(\d{4})([-/. ]?)(\d{1,2})\2(\d{1,2})")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})")
_TIME = re.compile(
    r"\b(\d{1,2})(?:[:.](\d{2})(?::\d{2})?)? ?(a\.?m\.?|p\.?m\.?)?(?![\w/.-])", re.IGNORECASE
)
_BETWEEN = re.compile(r"^[\s,]+|[\s,]+(?:at)?[\s,]*$", re.IGNORECASE)
_FIRST_OF_LAST_CENTURY = 70
"""A year of two digits is in the 20th century from here on."""
_ANY_DASH = re.compile("[\u2010-\u2015\u2212]")
_HOURS = range(1, 13)
"""The hours that a clock with am and pm has."""


def in_words(day: date) -> str:
    """Return a day as people write it: ``7 January 2030``."""
    return f"{day.day} {day:%B %Y}"


def days_meant(text: str) -> list[date]:
    """Return the days that a text may mean: one, none, or two if day and month can be read either
    way.
    """
    text = _ANY_DASH.sub("-", " ".join(text.split()))
    if match := _YEAR_FIRST.fullmatch(text):
        year, _, second, third = match.groups()
        return _days([(year, second, third)]) or _days([(year, third, second)])

    if match := _YEAR_LAST.fullmatch(text):
        first, _, second, year = match.groups()
        return _days([(year, second, first), (year, first, second)])

    for pattern in _IN_WORDS:
        if match := pattern.fullmatch(text):
            month = _MONTHS[match["month"][:3].lower()]
            return _days([(match["year"], str(month), match["day"])])
    return []


def _days(readings: list[tuple[str, str, str]]) -> list[date]:
    """Return the days that exist among readings of year, month and day, each once."""
    days: dict[date, None] = {}
    for year, month, day in readings:
        try:
            days[date(_whole_year(year), int(month), int(day))] = None
        except ValueError:
            continue
    return list(days)


def _whole_year(written: str) -> int:
    year = int(written)
    if len(written) > 2:
        return year
    if year >= _FIRST_OF_LAST_CENTURY:
        return 1900 + year
    return 2000 + year


def time_meant(text: str) -> time | None:
    """Return the time of day that a text means, such as 5pm or 17.30; None if it means none."""
    match = _TIME.fullmatch(text.strip())
    if match is None:
        return None
    return _time(match)


def _time(match: re.Match[str]) -> time | None:
    hour, minute = int(match[1]), int(match[2] or 0)
    half = (match[3] or "").lower()[:1]
    has_only_an_hour = not match[2] and not half
    if has_only_an_hour or hour > 23 or minute > 59:
        return None

    if half:
        if hour not in _HOURS:
            return None
        hour %= 12
    if half == "p":
        hour += 12
    return time(hour, minute)


def moments_meant(text: str) -> list[datetime]:
    """Return the moments that a text may mean: a day, as above, and a time of day, in either
    order.
    """
    text = re.sub(r"(?<=\d)T(?=\d)", " ", text)  # as in ISO 8601
    for match in _TIME.finditer(text):
        clock = _time(match)
        rest = f"{text[: match.start()]} {text[match.end() :]}"
        days = days_meant(_BETWEEN.sub("", rest))
        if clock and days:
            return [datetime.combine(day, clock) for day in days]
    return []
