"""Days and times as people write them, and what they may mean: suggestions, which are never used unasked."""

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


def days_meant(text: str) -> list[date]:
    """Return the days that a text may mean: one, none, or two if day and month can be read either way."""
    text = re.sub("[\u2010-\u2015\u2212]", "-", " ".join(text.split()))
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = found[1], found[3], found[4]
        return _days([(year, month, day)]) or _days([(year, day, month)])
    if found := _YEAR_LAST.fullmatch(text):
        return _days([(found[4], found[3], found[1]), (found[4], found[1], found[3])])
    for pattern in _IN_WORDS:
        if found := pattern.fullmatch(text):
            return _days([(found["year"], str(_MONTHS[found["month"][:3].lower()]), found["day"])])
    return []


def _days(readings: list[tuple[str, str, str]]) -> list[date]:
    days = []
    for year, month, day in readings:
        try:
            days.append(date(_whole_year(year), int(month), int(day)))
        except ValueError:
            continue
    return list(dict.fromkeys(days))


def _whole_year(year: str) -> int:
    if len(year) > 2:
        return int(year)
    return int(year) + (1900 if int(year) >= _FIRST_OF_LAST_CENTURY else 2000)


def time_meant(text: str) -> time | None:
    """Return the time of day that a text means, such as 5pm or 17.30; None if it means none."""
    found = _TIME.fullmatch(text.strip())
    return _time(found) if found else None


def _time(found: re.Match[str]) -> time | None:
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()[:1]
    if not (found[2] or half) or (half and not 1 <= hour <= 12) or hour > 23 or minute > 59:
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute)


def moments_meant(text: str) -> list[datetime]:
    """Return the moments that a text may mean: a day, as above, and a time of day, in either order."""
    text = re.sub(r"(?<=\d)T(?=\d)", " ", text)  # as in ISO 8601
    for found in _TIME.finditer(text):
        clock = _time(found)
        rest = f"{text[: found.start()]} {text[found.end() :]}"
        days = days_meant(_BETWEEN.sub("", rest))
        if clock and days:
            return [datetime.combine(day, clock) for day in days]
    return []
