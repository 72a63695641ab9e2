"""What an editor reads when a request fails: each status and broken connection as an error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsletter.errors import NotAuthorised, Refused, ServiceError, Unavailable, Uncertain
from newsletter.services.http.responses import UnacceptableResponse, reason_in
from newsletter.services.http.retries import is_certificate_error, is_transient, when_to_retry

if TYPE_CHECKING:
    import httpx

    from newsletter.services.http.address import Address

_AGAIN = "Run the command again: it looks before it does anything."


def error_of(
    outcome: httpx.Response | Exception, address: Address, *, only_reads: bool
) -> ServiceError:
    """Return the error for a request that failed.

    ``only_reads`` says that the request cannot have changed anything.
    """
    if isinstance(outcome, Exception):
        return _error_without_response(outcome, address, only_reads)
    if outcome.status_code == 429:
        return _error_of_limit(outcome, address)
    if is_transient(outcome):
        return _error_of_fault(outcome, address, only_reads)
    return _error_of_refusal(outcome, address)


def _error_without_response(error: Exception, address: Address, only_reads: bool) -> ServiceError:
    import httpx

    service = address.service
    words = address.redact(str(error) or type(error).__name__)

    if is_certificate_error(error):
        message = f"Its certificate does not prove who it is ({words}), so nothing was sent to it."
        hint = "Check the address that is set for it."
        hint += " SSL_CERT_FILE can name certificates of your own."
        return Unavailable(service, message, hint)

    if isinstance(error, UnacceptableResponse):
        failure = Unavailable if only_reads else Uncertain
        message = f"Its answer {words}, so the rest was not read."
        hint = "Run the command again."
        hint += " If that does not help, check the address that is set for it."
        return failure(service, message, hint)

    was_not_sent = isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.ProxyError)
    if only_reads or was_not_sent:
        message = f"{address.url.host} cannot be reached ({words})."
        hint = "Check that this computer is online, and run the command again."
        return Unavailable(service, message, hint)

    message = f"The connection broke during the request ({words}),"
    message += " so it is not known what was done."
    return Uncertain(service, message, _AGAIN)


def _error_of_limit(response: httpx.Response, address: Address) -> ServiceError:
    when = when_to_retry(address.wait(response))
    message = "It got too many requests (429)."
    return Unavailable(address.service, message, f"Run the command again {when}.", 429)


def _error_of_fault(response: httpx.Response, address: Address, only_reads: bool) -> ServiceError:
    status = response.status_code
    fault = f"It reports a fault of its own ({_status_and_reason(response, address)})"
    if not only_reads:
        message = f"{fault}, so it is not known what was done."
        return Uncertain(address.service, message, _AGAIN, status)

    hint = "Run the command again later."
    hint += " If that does not help, look for news of a fault at the service."
    return Unavailable(address.service, f"{fault}.", hint, status)


def _error_of_refusal(response: httpx.Response, address: Address) -> ServiceError:
    service, status = address.service, response.status_code
    if response.is_redirect:
        message = f"It redirects to another address ({status}), and credentials are never sent on."
        return Refused(service, message, "Check the address that is set for it.", status)

    details = _status_and_reason(response, address)
    if status == 403:
        message = f"A permission is missing ({details})."
        return NotAuthorised(service, message, "Check what the key may do there.", status)
    if status == 401:
        message = f"It does not accept the credentials ({details})."
        return NotAuthorised(service, message, "Check the key, and that it is still valid.", status)
    return Refused(service, f"It refused ({details}).", "", status)


def _status_and_reason(response: httpx.Response, address: Address) -> str:
    """Return the status, with the service's own reason if it gives one."""
    reason = address.redact(reason_in(response.content))
    if not reason:
        return f"{response.status_code}"
    return f"{response.status_code}: {reason}"
