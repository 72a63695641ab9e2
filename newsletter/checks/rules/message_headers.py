"""A required header is missing or appears twice, or the Date is not that of the issue.

What it does: looks for From, To, Subject, Date, Message-ID and MIME-Version, each of which must
appear exactly once, and compares the Date with the moment when the issue goes out: its `date`, and
the publication's `time` and `time_zone`. While an issue is being prepared, that moment is still to
come, so a Date in the future is not a fault.

Why it matters: RFC 5322, section 3.6, allows each of these headers once, and RFC 2045, section 4,
requires MIME-Version. Mail programs sort by the Date, and a missing header is one of the things
that spam filters count.

Wrong:

```message
Date: Mon, 07 Jan 2030 17:00:00
```

Right:

```message
Date: Mon, 07 Jan 2030 17:00:00 +0000
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from newsletter.checks.galley import Galley
from newsletter.checks.manual import REPORT_IT
from newsletter.model import Finding, Severity
from newsletter.text.printable import printable

SEVERITIES: tuple[Severity, ...] = ("error",)
ABOUT = "email"
_ONCE = ("From", "To", "Subject", "Date", "Message-ID", "MIME-Version")
_MINUTE = timedelta(minutes=1)


def check(galley: Galley) -> Iterator[Finding]:
    """Yield every header that does not appear exactly once, and a Date that is not the issue's."""
    for name in _ONCE:
        values = [value for value in galley.headers.get_all(name, []) if value.strip()]
        if len(values) != 1:
            number = f"{len(values)} headers" if values else "no header"
            place = galley.where_header(name)
            message = f"The message has {number} '{name}', where it must have one."
            yield place.error(message, REPORT_IT)
        elif name == "Date":
            yield from _about_date(galley, values[0])


def _about_date(galley: Galley, date: str) -> Iterator[Finding]:
    fault = _fault_of_date(galley, date)
    if fault is None:
        return

    place = galley.where_header("Date")
    message = f"The message's Date, '{printable(date)}', {fault}."
    hint = (
        "Check the year of the issue's 'date:'. "
        "If it is right, the fault is in the program: please report it."
    )
    yield place.error(message, hint)


def _fault_of_date(galley: Galley, date: str) -> str | None:
    published = galley.issue.published
    moment = _moment(date)
    if moment is None:
        return "is not a date and time with a time zone"

    if abs(moment - published) >= _MINUTE:
        zone = galley.issue.publication.time_zone
        return f"is not when the issue goes out: {published:%Y-%m-%d %H:%M}, {zone}"
    return None


def _moment(date: str) -> datetime | None:
    """Return the moment that a Date names; None if it names none, or has no time zone."""
    try:
        moment = parsedate_to_datetime(date)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None

    if moment.tzinfo is None:
        return None
    return moment
