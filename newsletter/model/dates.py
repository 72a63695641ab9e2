"""Days and times as an editor writes them, and the message if they are something else."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema

from newsletter.text import days
from newsletter.text.mistakes import mistake
from newsletter.text.printable import printable

_YEARS = range(1973, 2200)
"""The years that an email may be about: no clock or calendar has trouble with them."""
DATE_FORM = "Write year-month-day, for example 2012-04-16."
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(rf"{_DATE.pattern} [0-9]{{2}}:[0-9]{{2}}")
_OF_THIS_COMPUTER = re.compile(r"localtime|posixrules|posix/|right/")
"""Names of time zones that differ from computer to computer, or that only some computers know."""


def _day(value: Any) -> Any:
    """Return the day that a text names. Raise PydanticCustomError with what may be meant."""
    if not isinstance(value, str):
        return value

    text = value.strip()
    if not _DATE.fullmatch(text):
        message = f"'{printable(value)}' is not in the right form for a date."
        raise mistake(message, _offer_of_days(value) or DATE_FORM)
    try:
        return date.fromisoformat(text)
    except ValueError:
        hint = _offer_of_days(value) or f"Check a calendar. {DATE_FORM}"
        raise mistake(f"There is no such day as {text}.", hint) from None


def _moment(value: Any) -> Any:
    """Return the day and time of a text. Raise PydanticCustomError with what may be meant."""
    if not isinstance(value, str):
        return value

    try:
        return datetime.strptime(value.strip(), "%Y-%m-%d %H:%M")
    except ValueError:
        hint = _offer_of_moments(value) or "Write it in this form: 2012-04-20 18:30."
        if _MOMENT.fullmatch(value.strip()):
            message = f"There is no such day or hour as {value.strip()}."
            raise mistake(message, f"Check a calendar. {hint}") from None
        raise mistake(f"'{printable(value)}' is not a day and time.", hint) from None


def _plausible(moment: datetime) -> datetime:
    """Return the moment. Raise PydanticCustomError if no reader's calendar would take it."""
    if moment.year not in _YEARS:
        message = f"No reader's calendar goes to the year {moment.year}."
        raise mistake(message, "Check the year.")
    return moment


def _clock(value: Any) -> Any:
    """Return the time of day of a text. Raise PydanticCustomError with what may be meant."""
    if not isinstance(value, str):
        return value

    try:
        return datetime.strptime(value.strip(), "%H:%M").time()
    except ValueError:
        hint = "Write hours and minutes, as in 17:00."
        if meant := days.time_meant(value):
            hint = f"Write {meant:%H:%M}."
        raise mistake(f"'{printable(value)}' is not a time of day.", hint) from None


def _offer_of_days(value: str) -> str:
    forms = {f"{day:%Y-%m-%d}": days.in_words(day) for day in days.days_meant(value)}
    return _offer(forms)


def _offer_of_moments(value: str) -> str:
    moments = days.moments_meant(value)
    forms = {f"{moment:%Y-%m-%d %H:%M}": days.in_words(moment) for moment in moments}
    return _offer(forms)


def _offer(forms: dict[str, str]) -> str:
    """Return what to write: the only form, or each form with its meaning; empty for none."""
    if not forms:
        return ""
    if len(forms) == 1:
        return f"Write {next(iter(forms))}."

    choices = [f"{form} for {meaning}" for form, meaning in forms.items()]
    return f"Write {', or '.join(choices)}."


def _time_zone(text: str) -> str:
    """Return the name of a time zone. Raise PydanticCustomError if not every computer knows it."""
    if _OF_THIS_COMPUTER.match(text) or not _is_time_zone(text):
        message = f"'{printable(text)}' is not a time zone."
        raise mistake(message, "Write one such as Europe/London.")
    return text


def _is_time_zone(text: str) -> bool:
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        return False
    return True


Day = Annotated[date, BeforeValidator(_day)]
Moment = Annotated[
    datetime,
    BeforeValidator(_moment),
    AfterValidator(_plausible),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2} \d{2}:\d{2}$"}),
]
"""A day and time on the publication's clock."""
Clock = Annotated[
    time,
    BeforeValidator(_clock),
    WithJsonSchema({"type": "string", "pattern": r"^\d{1,2}:\d{2}$"}),
]
TimeZone = Annotated[str, AfterValidator(_time_zone)]
