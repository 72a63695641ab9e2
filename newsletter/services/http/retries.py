"""How long a service asks to wait, and that in words."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx

LONGEST_WAIT = 60.0
"""The longest wait, in seconds, if a service asks for one; beyond that the editor decides."""
_DAY = 86400


def seconds(header: str | None) -> float | None:
    """Return a header's number of seconds; None if it has none."""
    return float(header) if header and header.isdecimal() else None


def retry_after(answer: httpx.Response) -> float | None:
    """Return the seconds to wait by the header Retry-After (RFC 9110, 10.2.3), which is a number or a time; None if it
    says neither.
    """
    header = answer.headers.get("Retry-After")
    stated = seconds(header)
    if header is None or stated is not None:
        return stated
    try:
        at = parsedate_to_datetime(header)
    except (ValueError, OverflowError):
        return None
    return max(0.0, (at.replace(tzinfo=at.tzinfo or UTC) - datetime.now(UTC)).total_seconds())


def later(wait: float | None) -> str:
    """Return in words when to try again."""
    if wait is None or not 0 <= wait <= _DAY:
        return "later"
    return (
        f"in {ceil(wait)} seconds" if wait <= 2 * LONGEST_WAIT else f"in {ceil(wait / 60)} minutes"
    )
