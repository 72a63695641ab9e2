"""The HTTP API of a mailing service: the one way out for an issue, and its rules.

What only reads or replaces (GET, PUT, PATCH, DELETE) is repeated when the service has a passing fault. A POST may make
something, so it is never repeated unless the service said that it did nothing and how long to wait (429): if the answer
to it is lost, Uncertain is raised, and the caller must look. No redirect is followed. Certificates are checked; plain
http goes to this computer only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.cookiejar import CookieJar, DefaultCookiePolicy
from ipaddress import ip_address
from time import sleep
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import finalize

from newsletter._version import __version__
from newsletter.errors import NotAuthorised, Refused, ServiceError, Unavailable, Uncertain
from newsletter.services.http.responses import AS_IT_IS, Endless, whole
from newsletter.services.http.retries import LONGEST_WAIT, later, retry_after
from newsletter.services.redaction import reason, redact

if TYPE_CHECKING:
    import httpx

T = TypeVar("T")
_ATTEMPTS = 3
_PATIENCE = 30.0
"""Seconds for an answer."""
_CONNECT = 10.0
"""Seconds for a connection."""
_UNCHANGED = 304
"""What a service may answer to a PUT that changed nothing."""
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9._-]*[a-z0-9_])?", re.IGNORECASE)


@dataclass(frozen=True)
class Address:
    """Where an API is, and the credentials that it needs."""

    service: str
    """Its title, for messages."""
    base: str
    """The web address that all paths start from."""
    headers: Mapping[str, str] = field(repr=False)
    """Sent with each request: credentials, and the version of the API."""
    secrets: tuple[str, ...] = field(repr=False)
    """What must never be shown, even if the service repeats it."""
    wait: Callable[[httpx.Response], float | None] = retry_after
    """The seconds that a 429 asks to wait; None if it does not say."""


class Api:
    """Requests to the API at an ``address``; answers are checked against the expected type. Raise Refused or
    NotAuthorised where no request can be sent there.
    """

    def __init__(self, address: Address, transport: httpx.BaseTransport | None = None) -> None:
        import httpx

        at_home = _is_at_home(address)
        _require_sendable(address)
        self._address = address
        try:
            if at_home and transport is None:
                transport = (
                    httpx.HTTPTransport()
                )  # what goes to this computer goes through no proxy
            self._client = httpx.Client(
                base_url=address.base,
                headers={
                    **address.headers,
                    **AS_IT_IS,
                    "User-Agent": f"newsletter-issue-builder/{__version__}",
                },
                timeout=httpx.Timeout(_PATIENCE, connect=_CONNECT),
                transport=transport,
                cookies=CookieJar(
                    DefaultCookiePolicy(allowed_domains=())
                ),  # a session would count before the key
            )
        except (ImportError, OSError, ValueError):
            message = "The proxy or the certificates that the environment names cannot be used."
            raise Refused(
                address.service, message, "Check HTTPS_PROXY, ALL_PROXY and SSL_CERT_FILE."
            ) from None
        finalize(self, self._client.close)

    def get(self, path: str, into: type[T], **query: str | int) -> T:
        """Send a GET and return the answer. Raise NotAuthorised, Refused or Unavailable."""
        return self._read(self._asked("GET", path, query=query, repeat=True), into, Unavailable)

    def get_if_there(self, path: str, into: type[T], **query: str | int) -> T | None:
        """Send a GET and return the answer; None if the service says that it does not exist (404)."""
        try:
            return self.get(path, into, **query)
        except Refused as error:
            if error.status == 404:
                return None
            raise

    def ask(self, path: str) -> None:
        """Send a GET whose answer does not matter, as long as it is a success."""
        self._asked("GET", path, repeat=True)

    def post(self, path: str, body: Any, into: type[T]) -> T:
        """Send a POST once and return the answer. Raise Uncertain as well, as all methods below do."""
        return self._read(self._asked("POST", path, body), into, Uncertain)

    def act(self, path: str, body: Any = None, *, repeat: bool = False) -> None:
        """Send a POST whose answer does not matter: once, unless ``repeat`` says that doing it twice is the same as
        doing it once.
        """
        self._asked("POST", path, body, repeat=repeat)

    def put(self, path: str, body: Any) -> None:
        """Send a PUT whose answer does not matter."""
        self._asked("PUT", path, body, repeat=True)

    def patch(self, path: str, body: Any) -> None:
        """Send a PATCH whose answer does not matter."""
        self._asked("PATCH", path, body, repeat=True)

    def delete(self, path: str) -> None:
        """Send a DELETE; what does not exist counts as deleted."""
        try:
            self._asked("DELETE", path, repeat=True)
        except Refused as error:
            if error.status != 404:
                raise

    def _asked(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        query: Mapping[str, str | int] | None = None,
        repeat: bool = False,
    ) -> httpx.Response:
        """Return the answer of the service if it is a success; ask again where that can do no harm."""
        attempt = 1
        while True:
            answer = self._answer(method, path, json=body, params=query or None)
            if not isinstance(answer, Exception) and (
                answer.is_success or answer.status_code == _UNCHANGED
            ):
                return answer
            wait = self._pause(answer, attempt, repeat) if attempt < _ATTEMPTS else None
            if wait is None:
                raise self._error(answer, method)
            sleep(wait)
            attempt += 1

    def _answer(self, method: str, path: str, **content: Any) -> httpx.Response | Exception:
        """Return the answer, or the error if there is none. Errors are returned, for one that is raised while another
        is handled carries that one along, and with it the request and its credentials.
        """
        try:
            with self._client.stream(method, path, **content) as answer:
                return whole(answer)
        except Exception as error:  # noqa: BLE001 - httpx's, and what a transport may let through; all are reported
            return error

    def _pause(
        self, answer: httpx.Response | Exception, attempt: int, repeat: bool
    ) -> float | None:
        """Return the seconds after which to ask again; None if that is of no use, or may do harm."""
        if isinstance(answer, Exception):
            is_of_use = not isinstance(answer, Endless) and not _is_distrust(answer)
            return float(attempt) if repeat and is_of_use else None
        if answer.status_code == 429:
            stated = self._address.wait(answer)
            wait = stated if stated is not None else float(attempt) if repeat else None
            return wait if wait is not None and 0 <= wait <= LONGEST_WAIT else None
        return float(attempt) if _is_at_fault(answer) and repeat else None

    def _read(self, answer: httpx.Response, into: type[T], failure: type[ServiceError]) -> T:
        from pydantic import TypeAdapter, ValidationError

        try:
            return TypeAdapter(into).validate_json(answer.content)
        except ValidationError:
            pass  # its text has the answer in it, and would be carried along
        hint = "Run the command again. If that does not help, the service has changed or has a fault of its own."
        raise failure(
            self._address.service, "Its answer cannot be understood.", hint, answer.status_code
        )

    def _error(self, answer: httpx.Response | Exception, method: str) -> ServiceError:
        only_asks = method == "GET"
        if isinstance(answer, Exception):
            return self._of_failure(answer, only_asks)
        return self._of_refusal(answer, only_asks)

    def _of_failure(self, error: Exception, only_asks: bool) -> ServiceError:
        """Return the error for a request without an answer."""
        import httpx

        service, words = self._address.service, self.redact(str(error) or type(error).__name__)
        if _is_distrust(error):
            message = (
                f"Its certificate does not prove who it is ({words}), so nothing was sent to it."
            )
            hint = "Check the address that is set for it. SSL_CERT_FILE can name certificates of your own."
            return Unavailable(service, message, hint)
        if isinstance(error, Endless):
            failure = Unavailable if only_asks else Uncertain
            hint = "Run the command again. If that does not help, check the address that is set for it."
            return failure(service, f"Its answer {words}, so the rest was not read.", hint)
        reached = not isinstance(
            error, httpx.ConnectError | httpx.ConnectTimeout | httpx.ProxyError
        )
        if reached and not only_asks:
            message = f"The connection broke during the request ({words}), so it is not known what was done."
            return Uncertain(
                service, message, "Run the command again: it looks before it does anything."
            )
        message = f"{self._client.base_url.host} cannot be reached ({words})."
        return Unavailable(
            service, message, "Check that this computer is online, and run the command again."
        )

    def _of_refusal(self, answer: httpx.Response, only_asks: bool) -> ServiceError:
        """Return the error for an answer that is not a success."""
        service, status = self._address.service, answer.status_code
        why = self.redact(reason(answer.content))
        if status == 429:
            when = later(self._address.wait(answer))
            return Unavailable(
                service, "It got too many requests (429).", f"Run the command again {when}.", status
            )
        if _is_at_fault(answer) and not only_asks:
            message = f"It reports a fault of its own ({status}), so it is not known what was done."
            return Uncertain(
                service, message, "Run the command again: it looks before it does anything.", status
            )
        if _is_at_fault(answer):
            hint = "Run the command again later. If that does not help, look for news of a fault at the service."
            return Unavailable(service, f"It reports a fault of its own ({status}).", hint, status)
        if status == 403:
            message = f"A permission is missing ({status}{why and ': '}{why})."
            return NotAuthorised(service, message, "Check what the key may do there.", status)
        if status == 401:
            message = f"It does not accept the credentials ({status}{why and ': '}{why})."
            return NotAuthorised(
                service, message, "Check the key, and that it is still valid.", status
            )
        if answer.is_redirect:
            message = (
                f"It redirects to another address ({status}), and credentials are never sent on."
            )
            return Refused(service, message, "Check the address that is set for it.", status)
        return Refused(service, f"It refused ({status}{why and ': '}{why}).", "", status)

    def redact(self, words: str) -> str:
        """Return words of the service or the system as a message can show them: short, without secrets, on one line."""
        return redact(words, self._address.secrets)


def _is_at_home(address: Address) -> bool:
    """Return whether the API is on this computer. Raise Refused where credentials would travel unprotected."""
    import httpx

    try:
        url = httpx.URL(address.base)  # read as it will be when a request is sent there
    except httpx.InvalidURL:
        url = httpx.URL()
    at_home = _is_loopback(url.host)
    is_protected = url.scheme == "https" or (url.scheme == "http" and at_home)
    has_more = (
        url.userinfo or url.query or url.fragment or "?" in address.base or "#" in address.base
    )
    if not _is_host(url.raw_host.decode("ascii")) or has_more or not is_protected:
        message = "Credentials cannot be sent to the address that is set for it."
        hint = (
            "Write one such as https://lists.example.org, without a name, a password, a ? or a #."
        )
        raise Refused(address.service, message, hint)
    return at_home


def _is_host(host: str) -> bool:
    """Return whether a host can have this name or number."""
    try:
        return bool(_HOST.fullmatch(host)) or bool(ip_address(host))
    except ValueError:
        return False


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _require_sendable(address: Address) -> None:
    """Raise NotAuthorised where a key could not be sent, or would end its line and start another."""
    if not all(value.isascii() and value.isprintable() for value in address.headers.values()):
        message = "The credentials contain characters that credentials cannot have."
        raise NotAuthorised(
            address.service, message, "Copy them again, with nothing before, in or after them."
        )


def _is_distrust(error: Exception) -> bool:
    """Return whether the certificate was wrong: asking again changes nothing, and nothing was sent."""
    return "CERTIFICATE_VERIFY_FAILED" in str(error)


def _is_at_fault(answer: httpx.Response) -> bool:
    """Return whether the service, or a gateway before it, has a fault of its own. One that does not accept credentials
    says so as JSON; a bare 403 is from a gateway that has too much to do.
    """
    is_bare = "json" not in answer.headers.get("Content-Type", "")
    return answer.status_code >= 500 or (answer.status_code == 403 and is_bare)
