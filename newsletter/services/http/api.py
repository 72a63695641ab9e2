"""The HTTP API of a mailing service: the one way out for an issue, and its rules.

What only reads or replaces (GET, PUT, PATCH, DELETE) is repeated when the service has a passing
fault. A POST may make something, so it is never repeated unless the service said that it did
nothing and how long to wait (429): if the answer to it is lost, Uncertain is raised, and the caller
must look. No redirect is followed. Certificates are checked; plain http goes to this computer only.
"""

from __future__ import annotations

from collections.abc import Mapping
from http.cookiejar import CookieJar, DefaultCookiePolicy
from time import sleep
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import finalize

from newsletter._version import __version__
from newsletter.errors import Refused, ServiceError, Unavailable, Uncertain
from newsletter.services.http.address import Address
from newsletter.services.http.failures import error_of
from newsletter.services.http.responses import NOT_COMPRESSED, read_whole
from newsletter.services.http.retries import seconds_to_retry
from newsletter.services.http.writing import Part

if TYPE_CHECKING:
    import httpx

T = TypeVar("T")
_ATTEMPTS = 3
_TIMEOUT = 30.0
"""Seconds for a response."""
_CONNECT_TIMEOUT = 10.0
"""Seconds for a connection."""
_UNCHANGED = 304
"""What a service may answer to a PUT that changed nothing."""


class Api:
    """Requests to the API at an ``address``; what it answers is checked against the expected type.

    Raise Refused or NotAuthorised where no request can be sent there.
    """

    def __init__(self, address: Address, transport: httpx.BaseTransport | None = None) -> None:
        address.require_usable()
        self._address = address
        self._client = _client(address, transport)
        finalize(self, self._client.close)

    def get(self, path: str, into: type[T], **query: str | int) -> T:
        """Send a GET and return the answer. Raise NotAuthorised, Refused or Unavailable."""
        response = self._send("GET", path, query=query, may_repeat=True)
        return self._parse(response, into, Unavailable)

    def get_if_there(self, path: str, into: type[T], **query: str | int) -> T | None:
        """Send a GET and return the answer; None if the service says that it is not there (404)."""
        try:
            return self.get(path, into, **query)
        except Refused as error:
            if error.status == 404:
                return None
            raise

    def ask(self, path: str) -> None:
        """Send a GET whose answer does not matter, as long as it is a success."""
        self._send("GET", path, may_repeat=True)

    def post(self, path: str, body: Any, into: type[T]) -> T:
        """Send a POST once and return the answer.

        Raise Uncertain as well, as all methods below do.
        """
        response = self._send("POST", path, body)
        return self._parse(response, into, Uncertain)

    def upload(self, path: str, form: Mapping[str, Part], into: type[T]) -> T:
        """Send a form with files in a POST, once, and return the answer."""
        response = self._send("POST", path, form=form)
        return self._parse(response, into, Uncertain)

    def act(self, path: str, body: Any = None, *, repeat: bool = False) -> None:
        """Send a POST whose answer does not matter.

        It is sent once, unless ``repeat`` says that doing it twice is the same as doing it once.
        """
        self._send("POST", path, body, may_repeat=repeat)

    def put(self, path: str, body: Any) -> None:
        """Send a PUT whose answer does not matter."""
        self._send("PUT", path, body, may_repeat=True)

    def patch(self, path: str, body: Any) -> None:
        """Send a PATCH whose answer does not matter."""
        self._send("PATCH", path, body, may_repeat=True)

    def delete(self, path: str) -> None:
        """Send a DELETE; what does not exist counts as deleted."""
        try:
            self._send("DELETE", path, may_repeat=True)
        except Refused as error:
            if error.status != 404:
                raise

    def redact(self, words: str) -> str:
        """Return words of the service as a message can show them: short, one line, no secrets."""
        return self._address.redact(words)

    def _send(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        form: Mapping[str, Part] | None = None,
        query: Mapping[str, str | int] | None = None,
        may_repeat: bool = False,
    ) -> httpx.Response:
        """Return the response if it is a success; send again where that can do no harm."""
        attempt = 1
        while True:
            outcome = self._send_once(method, path, json=body, files=form, params=query or None)
            if not isinstance(outcome, Exception) and _is_success(outcome):
                return outcome

            wait = seconds_to_retry(outcome, attempt, self._address, may_repeat=may_repeat)
            if wait is None or attempt == _ATTEMPTS:
                raise error_of(outcome, self._address, only_reads=method == "GET")
            sleep(wait)
            attempt += 1

    def _send_once(self, method: str, path: str, **content: Any) -> httpx.Response | Exception:
        """Return the response, or the error if there is none.

        Errors are returned, for one that is raised while another is handled carries that one along,
        and with it the request and its credentials.
        """
        try:
            with self._client.stream(method, path, **content) as response:
                return read_whole(response)
        except Exception as error:  # noqa: BLE001 - httpx's, or a transport's; all are reported
            return error

    def _parse(self, response: httpx.Response, into: type[T], failure: type[ServiceError]) -> T:
        """Return the content of a response. Raise ``failure`` if it is not of the expected type."""
        from pydantic import TypeAdapter, ValidationError

        try:
            return TypeAdapter(into).validate_json(response.content)
        except ValidationError:
            pass  # its text has the content in it, and would be carried along

        message = "Its answer cannot be understood."
        hint = "Run the command again."
        hint += " If that does not help, the service has changed or has a fault of its own."
        raise failure(self._address.service, message, hint, response.status_code)


def _client(address: Address, transport: httpx.BaseTransport | None) -> httpx.Client:
    import httpx

    headers = {
        **address.headers,
        **NOT_COMPRESSED,
        "User-Agent": f"newsletter-issue-builder/{__version__}",
    }
    no_cookies = DefaultCookiePolicy(allowed_domains=())  # a session would count before the key
    try:
        if transport is None and address.is_local():
            transport = httpx.HTTPTransport()  # what goes to this computer goes through no proxy
        return httpx.Client(
            base_url=address.base,
            headers=headers,
            timeout=httpx.Timeout(_TIMEOUT, connect=_CONNECT_TIMEOUT),
            transport=transport,
            cookies=CookieJar(no_cookies),
        )
    except (ImportError, OSError, ValueError):
        message = "The proxy or the certificates that the environment names cannot be used."
        hint = "Check HTTPS_PROXY, ALL_PROXY and SSL_CERT_FILE."
        raise Refused(address.service, message, hint) from None


def _is_success(response: httpx.Response) -> bool:
    return response.is_success or response.status_code == _UNCHANGED
