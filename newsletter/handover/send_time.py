"""A time to send: written on the publication's clock, given to the service as an instant."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from newsletter.errors import HandoverError
from newsletter.model import Issue
from newsletter.text.printable import printable

TIME_FORMAT = "%Y-%m-%d %H:%M"


def parse_send_time(issue: Issue, text: str | None, place: Path) -> datetime:
    """Return the time that an editor writes, such as ``2026-11-30 17:00``, with its time zone.

    It is on the publication's clock; None means the issue's own day and hour. ``place`` is where it
    is written. Raise HandoverError if that time does not exist, or has passed.
    """
    zone = ZoneInfo(issue.publication.time_zone)
    try:
        if text is None:
            time = issue.published
        else:
            time = datetime.strptime(text.strip(), TIME_FORMAT).replace(tzinfo=zone)
        utc = time.astimezone(UTC)
    except (ValueError, OverflowError):  # the latter at the ends of the calendar
        message = f"'{printable(text)}' is not a date and time."
        hint = "Write year-month-day hour:minute, such as 2026-11-30 17:00."
        raise HandoverError.at(place, None, message, hint) from None

    same_time = utc.astimezone(zone)
    _require_once(time, same_time, place)
    require_future(time, place)
    return time


def _require_once(time: datetime, same_time: datetime, place: Path) -> None:
    """Raise HandoverError if clocks that are put forward or back never show a time, or twice.

    ``same_time`` is the time after it was converted to UTC and back.
    """
    hint = "Choose another time."
    zone = time.tzinfo
    shown = same_time.replace(tzinfo=None)
    if shown != time.replace(tzinfo=None):
        message = f"{time:{TIME_FORMAT}} does not exist in {zone}: the clocks go forward then."
        raise HandoverError.at(place, None, message, hint)

    second = time.replace(fold=1)
    if time.utcoffset() != second.utcoffset():
        message = f"{time:{TIME_FORMAT}} comes twice in {zone}: the clocks go back then."
        raise HandoverError.at(place, None, message, hint)


def require_future(time: datetime, place: Path) -> None:
    """Raise HandoverError if a time has passed: a service might send immediately."""
    if time <= datetime.now(UTC):
        message = f"{time:{TIME_FORMAT}} in {time.tzinfo} has passed."
        hint = "Give a time in the future: --at and year-month-day hour:minute in quotes."
        raise HandoverError.at(place, None, message, hint)


def utc_in_words(time: datetime) -> str:
    """Return a time in UTC, as messages have it."""
    in_utc = time.astimezone(UTC)
    return f"{in_utc:{TIME_FORMAT}} UTC"
