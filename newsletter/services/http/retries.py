"""Whether a request is sent again, and after how long.

There is no library for it: where the wait depends on the response, tenacity and stamina take as
many lines, and they raise errors while others are handled, which would carry the request and its
credentials along.
"""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from math import ceil
from typing import TYPE_CHECKING

from newsletter.services.http.responses import UnacceptableResponse

if TYPE_CHECKING:
    import httpx

    from newsletter.services.http.address import Address

LONGEST_WAIT = 60.0
"""The longest wait, in seconds, if a service asks for one; beyond that the editor decides."""
_DAY = 86400


def seconds_to_retry(
    outcome: httpx.Response | Exception, attempt: int, address: Address, *, may_repeat: bool
) -> float | None:
    """Return the seconds after which to send a request again; None if that is useless or harmful.

    ``attempt`` is the number of times that it was sent. ``may_repeat`` says that sending it twice
    does no harm.
    """
    if isinstance(outcome, Exception):
        may_pass = not isinstance(outcome, UnacceptableResponse) and not is_certificate_error(
            outcome
        )
    elif outcome.status_code == 429:
        stated = address.wait(outcome)
        if stated is not None:  # the service says that it did nothing
            return stated if 0 <= stated <= LONGEST_WAIT else None
        may_pass = True
    else:
        may_pass = is_transient(outcome)

    return float(attempt) if may_pass and may_repeat else None


def is_transient(response: httpx.Response) -> bool:
    """Return whether the service, or a gateway before it, has a fault of its own, which may pass.

    A service that does not accept credentials says so as JSON; a bare 403 is from a gateway that
    has too much to do.
    """
    if response.status_code == 403:
        content_type = response.headers.get("Content-Type", "")
        return "json" not in content_type
    return response.status_code >= 500


def is_certificate_error(error: Exception) -> bool:
    """Return whether a certificate was wrong. Nothing was sent; asking again changes nothing."""
    return "CERTIFICATE_VERIFY_FAILED" in str(error)


def seconds_in(header: str | None) -> float | None:
    """Return a header's number of seconds; None if it has none."""
    if header is None or not header.isdecimal():
        return None
    return float(header)


def retry_after(response: httpx.Response) -> float | None:
    """Return the seconds to wait by the header Retry-After (RFC 9110, 10.2.3).

    It is a number or a time. Return None if it is neither.
    """
    header = response.headers.get("Retry-After")
    seconds = seconds_in(header)
    if header is None or seconds is not None:
        return seconds

    try:
        at = parsedate_to_datetime(header)
    except (ValueError, OverflowError):
        return None
    if at.tzinfo is None:
        at = at.replace(tzinfo=UTC)
    return max(0.0, (at - datetime.now(UTC)).total_seconds())


def when_to_retry(wait: float | None) -> str:
    """Return in words when to try again, after ``wait`` seconds."""
    if wait is None or not 0 <= wait <= _DAY:
        return "later"
    if wait <= 2 * LONGEST_WAIT:
        return f"in {ceil(wait)} seconds"
    return f"in {ceil(wait / 60)} minutes"
