"""Days and times as programs write them: ISO 8601 and that of mails, in a time zone."""

from __future__ import annotations

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

_DAY_ALONE = re.compile(r"\d{4}-\d{2}-\d{2}")
_FRACTION = re.compile(r"(?<=:\d\d)[.,]\d+")


def moment_of(written: object, zone: str) -> datetime | None:
    """Return a moment on the clock of a time zone, without the zone; None if it cannot be read.

    A day alone begins at midnight, wherever. So does what has no zone of its own: it is meant as it
    is written.
    """
    moment = _parsed(written)
    if moment is None or moment.tzinfo is None:
        return moment
    try:
        return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    except OverflowError:
        return None


def day_of(written: object, zone: str) -> date | None:
    """Return the day of a moment: on the clock that it was written by or, if that is Greenwich's,
    which programs use for any, on that of a time zone.
    """
    moment = _parsed(written)
    if moment is None:
        return None
    if moment.utcoffset():
        return moment.date()

    there = moment_of(written, zone)
    return there and there.date()


def _parsed(written: object) -> datetime | None:
    """Return the moment, which knows its zone if one is written; None if it cannot be read."""
    if not isinstance(written, str):
        return None

    written = written.strip()
    try:
        if _DAY_ALONE.fullmatch(written):
            return datetime.combine(date.fromisoformat(written), datetime.min.time())
        return datetime.fromisoformat(_FRACTION.sub("", written))
    except ValueError:
        pass

    try:
        return parsedate_to_datetime(written)
    except (ValueError, IndexError, OverflowError):
        return None
