"""The day that a line names, and nothing else."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from newsletter.text.days import in_words
from newsletter.text.written_dates import dates_in, names, one_of

_ANY_DAY = date(2000, 1, 1)
"""Only dates with a year are read, so it does not matter which day this is."""
_YEAR = re.compile(r"\d{4}")
_WORDS_BEFORE = r"(?:published|posted|updated|written|date)?(?:\s+on)?\s*:?\s*"
_AFTER = re.compile(r"[\s.,;]*(?:(?:at\s+)?\d{1,2}[:.]\d{2}\s*(?:am|pm)?)?", re.IGNORECASE)


class NamedDay(NamedTuple):
    """A line that is a date, and the days that it may mean: two for 2/4/2012."""

    days: tuple[date, ...]

    @property
    def day(self) -> date | None:
        """The day, if there is no doubt."""
        if len(self.days) == 1:
            return self.days[0]
        return None

    @property
    def doubt(self) -> str:
        """The days in words: ``2 April 2012 or 4 February 2012``."""
        return " or ".join(map(in_words, self.days))


def named_day(line: str, language: str) -> NamedDay | None:
    """Return what a line means that is a date with a year and, at most, a weekday and a time."""
    found = [
        written for written in dates_in(line, language, _ANY_DAY) if _YEAR.search(written.text)
    ]
    if len(found) != 1:
        return None

    (written,) = found
    before = _before(language).fullmatch(line[: written.start])
    after = _AFTER.fullmatch(line[written.end :])
    if before and after:
        return NamedDay(written.days)
    return None


def certain_day(line: str, language: str) -> date | None:
    """Return the day that a line names and nothing else; None if it names none, or may name two."""
    named = named_day(line, language)
    if named:
        return named.day
    return None


@lru_cache(maxsize=16)
def _before(language: str) -> re.Pattern[str]:
    """Return a pattern for what may be before a date: "Published on Monday,"."""
    weekday = rf"(?:(?:{one_of(names(language).weekdays)}|Sun)\.?,?\s+)?"
    return re.compile(_WORDS_BEFORE + weekday, re.IGNORECASE)
