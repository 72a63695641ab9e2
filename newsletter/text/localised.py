"""Dates, hours and lists as a language writes them, by the patterns of the Unicode CLDR.

The spaces within a date of three words, and within the hours of an event, do not break.
Languages are tags such as ``en-GB``. Babel takes a while to import, so that is done where it is
used.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from newsletter.text.direction import Direction
from newsletter.text.holes import fill

if TYPE_CHECKING:
    from babel import Locale

ListStyle = Literal["standard", "or", "commas"]
"""A list that ends in "and", or in "or", or has commas alone."""
_MONTH, _WEEKDAY, _DAY = "MMM", "E", "d"
"""Patterns of CLDR. Babel's own for names that stand alone (``LLL``) mix up languages."""
_NO_BREAK = "\N{NO-BREAK SPACE}"
_USUAL_SPACES = str.maketrans({"\N{NARROW NO-BREAK SPACE}": _NO_BREAK, "\N{THIN SPACE}": " "})
_FIRST_OF_MONTH = {"fr": "1er"}
"""How a date begins a month, where it has an ordinal for it: CLDR has the bare number."""
_BEFORE_LAST = {
    "es": [
        (" y ", r"(?i)h?[ií](?![aeo])", " e "),
        (" o ", r"(?i)h?[oó]|8|11\b", " u "),
    ],
    "he": [(" ו", r"[^\u0590-\u05ff]", " ו-")],
}
"""What changes before the last part of a list, by how that begins: CLDR's patterns do not say it,
ICU has it in code. Spanish: Ana e Isabel, siete u ocho. Hebrew: a hyphen before other letters.
"""


@lru_cache(maxsize=1024)
def long_date(day: date, language: str) -> str:
    """Return a day: 16 April 2012."""
    return _in_few_parts(_date(day, "long", language))


@lru_cache(maxsize=1024)
def full_date(day: date, language: str) -> str:
    """Return a day with its weekday: Monday, 16 April 2012."""
    without_weekday = _date(day, "long", language)
    return _date(day, "full", language).replace(without_weekday, _in_few_parts(without_weekday))


def weekday(day: date, language: str) -> str:
    """Return the short name of a weekday: Mon."""
    return _date(day, _WEEKDAY, language)


def month(day: date, language: str) -> str:
    """Return the short name of a month: Apr."""
    return _date(day, _MONTH, language)


def year(day: date, language: str) -> str:
    """Return a year: 2012."""
    return _of_skeleton(day, "y", language)


def month_of_year(day: date, language: str) -> str:
    """Return a month with its year: April 2012."""
    return _of_skeleton(day, "yMMMM", language)


def day_number(day: date, language: str) -> str:
    """Return the number of a day in its month: 16."""
    return _date(day, _DAY, language)


@lru_cache(maxsize=1024)
def hour(moment: datetime, language: str) -> str:
    """Return the time of day: 18:30, or 6:30 PM."""
    from babel.dates import format_time

    written = format_time(moment.time(), "short", locale=_locale(language))
    return _with_usual_spaces(written)


@lru_cache(maxsize=1024)
def period(starts: datetime, ends: datetime | None, language: str) -> str:
    """Return when something is: Friday, 20 April 2012, 18:30–20:00."""
    if ends is None:
        return _moment(starts, language)
    if ends.date() == starts.date():
        hours = _hours(starts, ends, language)
        return _glued(full_date(starts, language), hours, language)
    return _from_to(_moment(starts, language), _moment(ends, language), language)


def direction_of(language: str) -> Direction:
    """Return which way a language is written: ltr or rtl."""
    is_right_to_left = _locale(language).character_order == "right-to-left"
    return "rtl" if is_right_to_left else "ltr"


def name_of(language: str) -> str:
    """Return what a language is called in English: Hebrew."""
    return _locale(language).get_language_name("en") or language


def list_pattern(parts: Sequence[str], style: ListStyle, language: str) -> str:
    """Return the pattern of a list of these parts, with a hole for each: {0}, {1} and {2}."""
    pattern = _list_pattern(len(parts), style, language)
    for usual, start, instead in _BEFORE_LAST.get(language.partition("-")[0], ()):
        if parts and re.match(start, parts[-1]):
            last = f"{{{len(parts) - 1}}}"
            pattern = pattern.replace(usual + last, instead + last)
    return pattern


@lru_cache(maxsize=256)
def _list_pattern(length: int, style: ListStyle, language: str) -> str:
    parts = [f"{{{position}}}" for position in range(length)]
    if length < 2:
        return "".join(parts)

    patterns = _list_patterns(style, language)
    if length == 2:
        return patterns["2"]

    pattern = patterns["start"]
    for part in parts[2:-1]:
        pattern = _of_two(patterns["middle"], pattern, part)
    return _of_two(patterns["end"], pattern, parts[-1])


@lru_cache(maxsize=1024)
def _date(day: date, form: str, language: str) -> str:
    from babel.dates import format_date

    written = format_date(day, form, locale=_locale(language))
    first = _FIRST_OF_MONTH.get(language.partition("-")[0])
    if first and day.day == 1:
        return written.replace("1 ", f"{first} ", 1)
    return written


@lru_cache(maxsize=1024)
def _of_skeleton(day: date, skeleton: str, language: str) -> str:
    """Return the parts of a day that these letters name, as the language orders them."""
    from babel.dates import format_skeleton

    return format_skeleton(skeleton, day, locale=_locale(language))


def _moment(moment: datetime, language: str) -> str:
    return _glued(full_date(moment, language), hour(moment, language), language)


def _hours(starts: datetime, ends: datetime, language: str) -> str:
    """Return two times of one day: 18:30–20:00."""
    from babel.dates import format_interval

    locale = _locale(language)
    has_24_hours = "H" in locale.time_formats["short"].pattern
    if has_24_hours:
        return _unbroken(format_interval(starts.time(), ends.time(), "Hm", locale=locale))
    return _unbroken(_from_to(hour(starts, language), hour(ends, language), language))


def _glued(day: str, time: str, language: str) -> str:
    """Return a day and a time of it, each written already."""
    pattern = _locale(language).datetime_formats["full"].replace("'", "")
    return _of_two(pattern, time, day)


def _from_to(start: str, end: str, language: str) -> str:
    """Return a period from its two ends, each written already."""
    pattern = _with_usual_spaces(_locale(language).interval_formats[None])
    with_dash_at_line_end = pattern.replace(" –", f"{_NO_BREAK}–")
    return _of_two(with_dash_at_line_end, start, end)


def _of_two(pattern: str, first: str, second: str) -> str:
    return fill(pattern, {"0": first, "1": second})


def _list_patterns(style: ListStyle, language: str) -> dict[str, str]:
    """Return the patterns of a list: of two, and the start, the middle and the end of a longer one.

    A style takes those that it lacks from the standard one.
    """
    of_language = _locale(language).list_patterns
    standard = of_language["standard"]
    if style == "commas":
        return dict.fromkeys(standard, standard["middle"])
    return {**standard, **of_language.get(style, {})}


@lru_cache(maxsize=16)
def _locale(language: str) -> Locale:
    from babel import Locale

    return Locale.parse(language, sep="-")


def _with_usual_spaces(written: str) -> str:
    """Return a text without narrow spaces, for which some fonts show a box."""
    return written.translate(_USUAL_SPACES)


def _in_few_parts(date: str) -> str:
    """Return a date whose first three words stay on one line, and what follows on one too: 16 de
    abril and de 2012. All of that would be too long for a phone's line beside a picture.
    """
    words = date.split(" ")
    parts = [" ".join(words[:3]), " ".join(words[3:])]
    return " ".join(map(_unbroken, filter(None, parts)))


def _unbroken(written: str) -> str:
    """Return a text that stays on one line, if that has room for it."""
    return _with_usual_spaces(written).replace(" ", _NO_BREAK)
