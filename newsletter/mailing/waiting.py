"""How long a service asks to wait, and how that is said."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx

LONGEST_WAIT = 60.0
"""Seconds that are waited if a service asks for it; beyond that the editor decides."""
_DAY = 86400


def seconds(header: str | None) -> float | None:
    """A header's number of seconds; None where there is none."""
    return float(header) if header and header.isdecimal() else None


def retry_after(answer: httpx.Response) -> float | None:
    """Seconds by the header Retry-After (RFC 9110, 10.2.3): a number, or a time."""
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
    """When to try again, in words."""
    if wait is None or not 0 <= wait <= _DAY:
        return "later"
    return f"in {ceil(wait)} seconds" if wait <= 2 * LONGEST_WAIT else f"in {ceil(wait / 60)} minutes"
