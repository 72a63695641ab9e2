"""Asking the web whether pages and files are there, politely.

One page at a time is asked for from each host, and only its headers: the content of a page is never
read. Of a file, as much is read as is asked for. Redirects are followed. No password is sent: not
one in an address, and none of the user's.
"""

from __future__ import annotations

import errno
import socket
import ssl
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, suppress
from functools import partial
from typing import Any, Literal, NamedTuple

import httpx

from newsletter._version import __version__
from newsletter.checks.at_once import each_of
from newsletter.text.hosts import host_of
from newsletter.text.printable import printable

PATIENCE = 10.0
"""Seconds that a server may take to answer."""
LIMIT = 30.0
"""Seconds that all of them together may take."""
_CONNECT = 5.0
"""Seconds that a connection may take."""
_HOSTS_AT_ONCE = 8
_FILES_AT_ONCE = 6
"""As many as a browser asks one host for."""
_MOST_REDIRECTS = 10
_PAUSE = 1.0
"""Seconds before a server that reports a fault of its own is asked again."""
_REMEMBERED_FOR = 300.0
"""Seconds that an answer counts."""
_USER_AGENT = f"newsletter-issue-builder/{__version__} (checks that links work)"
_CLOSED = (401, 402, 403, 407, 408, 425, 429, 451)
"""Statuses that only say that this visitor does not get the page (RFC 9110, 15.5; RFC 6585)."""
_OFFLINE = (errno.ENETUNREACH, errno.ENETDOWN, errno.EHOSTUNREACH)
_UNKNOWN_ISSUER = (19, 20)
"""OpenSSL: a certificate whose issuer is not known here; browsers often know it."""

_FAILURES = (httpx.HTTPError, httpx.InvalidURL, ValueError, OverflowError, RuntimeError)
"""What httpx raises if there is no answer."""

Outcome = Literal[
    "found",
    "missing",  # the server says that there is no such page
    "refused",  # the server refuses in another way
    "closed",  # the server does not let this program in, or has a fault of its own
    "slow",
    "no host",
    "unreachable",
    "unknown issuer",
    "faulty encryption",
    "endless",  # one redirect leads to the next
    "failed",
    "late",  # there was no time left to ask
]


class Answer(NamedTuple):
    """What came of asking for a page.

    ``detail`` is the status, the reason or, if the answer is late, the limit in seconds.
    """

    outcome: Outcome
    detail: str = ""

    @property
    def has_network(self) -> bool:
        """Whether this answer shows that there is a network."""
        return self.outcome not in ("no host", "unreachable")


class Fetched(NamedTuple):
    """What came of asking for a file."""

    answer: Answer
    media_type: str = ""
    """As the server says, in lower case and without parameters: ``image/jpeg``."""
    content: bytes = b""
    """Its beginning, or all of it."""
    address: str = ""
    """Where it is: another address than the one asked for, if that is redirected."""


_remembered: dict[str, tuple[float, Answer]] = {}
"""Answers and when they came, so that several issues with one link ask once."""


def ask(
    addresses: Iterable[str], *, patience: float = PATIENCE, limit: float = LIMIT
) -> Iterator[tuple[str, Answer]]:
    """Yield each web address and its answer, as the answers come in.

    A server may take ``patience`` seconds, and all together ``limit`` seconds: what is missing then
    is late. Answers of the last five minutes come first; those pages are not asked for again.
    """
    unknown = []
    for address in dict.fromkeys(addresses):
        came, answer = _remembered.get(address, (0.0, None))
        if answer and time.monotonic() - came < _REMEMBERED_FOR:
            yield address, answer
        else:
            unknown.append(address)

    if unknown:
        yield from _ask_hosts(unknown, patience, limit)


def fetch(
    sizes: Mapping[str, int],
    *,
    patience: float = PATIENCE,
    limit: float = LIMIT,
    transport: httpx.BaseTransport | None = None,
) -> Iterator[tuple[str, Fetched]]:
    """Yield each web address and the file that is there, as the files come in.

    ``sizes`` says how many bytes of each are wanted; a few more may be read. A server may take
    ``patience`` seconds for a file, and all together ``limit`` seconds. Nothing is remembered:
    files are asked for when they have just been put there. Without a ``transport``, httpx's own is
    used.
    """
    client = _client(patience, transport)

    def look(address: str) -> Fetched:
        size = sizes[address]
        return _fetched(client, address, size, patience)

    late = Fetched(Answer("late", f"{limit:g}"))
    groups = [[address] for address in sizes]
    with closing(client):
        yield from each_of(groups, look, _FILES_AT_ONCE, limit, late)


def _ask_hosts(addresses: list[str], patience: float, limit: float) -> Iterator[tuple[str, Answer]]:
    """Yield the answers as they come in, and remember them."""
    client = _client(patience)
    look = partial(_answer, client)
    late = Answer("late", f"{limit:g}")
    found = each_of(_by_host(addresses), look, _HOSTS_AT_ONCE, limit, late)
    with closing(client), closing(found):
        for address, answer in found:
            if answer is not late:
                _remembered[address] = time.monotonic(), answer
            yield address, answer


def _by_host(addresses: list[str]) -> list[list[str]]:
    hosts: dict[str, list[str]] = {}
    for address in addresses:
        found = host_of(address)
        host = found[1].lower() if found else ""
        hosts.setdefault(host, []).append(address)
    return list(hosts.values())


def _client(patience: float, transport: httpx.BaseTransport | None = None) -> httpx.Client:
    options: dict[str, Any] = {
        "transport": transport,
        "auth": httpx.Auth(),  # which adds nothing: otherwise a password in an address is sent
        "follow_redirects": True,
        "max_redirects": _MOST_REDIRECTS,
        "timeout": httpx.Timeout(patience, connect=min(_CONNECT, patience)),
        "headers": {"User-Agent": _USER_AGENT},
    }
    try:
        return httpx.Client(**options)
    except (ImportError, ValueError):
        # The environment names a proxy of a kind that is not installed here.
        return httpx.Client(**options, trust_env=False)


def _answer(client: httpx.Client, address: str) -> Answer:
    """Return what a server says of a page. Ask again if it reports a fault of its own."""
    try:
        status = _status(client, address)
        if status >= 500:
            time.sleep(_PAUSE)
            status = _status(client, address)
    except _FAILURES as error:
        return _failure(error)
    return Answer(_outcome(status), str(status))


def _status(client: httpx.Client, address: str) -> int:
    """Return the status of the answer to HEAD or, where that is refused, to GET.

    The content is not read.
    """
    with suppress(httpx.RemoteProtocolError, httpx.ReadError):
        status = client.head(address).status_code
        if status < 400:
            return status

    with client.stream("GET", address) as response:
        return response.status_code


def _fetched(client: httpx.Client, address: str, size: int, patience: float) -> Fetched:
    """Return the file at an address. Ask again if the server gives it to nobody just now."""
    try:
        found = _read(client, address, size, patience)
        if found.answer.outcome == "closed":
            time.sleep(_PAUSE)
            found = _read(client, address, size, patience)
    except _FAILURES as error:
        return Fetched(_failure(error))
    return found


def _read(client: httpx.Client, address: str, size: int, patience: float) -> Fetched:
    """Return ``size`` bytes of a file, or a few more. It may take ``patience`` seconds."""
    deadline = time.monotonic() + patience
    with client.stream("GET", address, headers={"Accept-Encoding": "identity"}) as response:
        answer = Answer(_outcome(response.status_code), str(response.status_code))
        if answer.outcome != "found":
            return Fetched(answer)

        content = b""
        for part in response.iter_bytes():
            content += part
            if time.monotonic() > deadline:
                return Fetched(Answer("slow"))
            if len(content) >= size:
                break

        media_type, _, _ = response.headers.get("Content-Type", "").partition(";")
        media_type = media_type.strip().lower()
        return Fetched(answer, media_type, content, str(response.url))


def _outcome(status: int) -> Outcome:
    if status < 400:
        return "found"
    if status in (404, 410):
        return "missing"
    if status in _CLOSED or status >= 500:
        return "closed"
    return "refused"


def _failure(error: BaseException) -> Answer:
    """Return what it means that there was no answer."""
    causes = list(_causes(error))
    if any(isinstance(cause, socket.gaierror) for cause in causes):
        return Answer("no host")

    is_offline = any(getattr(cause, "errno", None) in _OFFLINE for cause in causes)
    if is_offline or isinstance(error, httpx.ProxyError):
        return Answer("unreachable")

    for cause in causes:
        if isinstance(cause, ssl.SSLError):
            return _encryption_failure(cause)

    if isinstance(error, httpx.TimeoutException):
        return Answer("slow")
    if isinstance(error, httpx.TooManyRedirects):
        return Answer("endless")
    return Answer("failed", printable(error) or type(error).__name__)


def _encryption_failure(error: ssl.SSLError) -> Answer:
    if getattr(error, "verify_code", None) in _UNKNOWN_ISSUER:
        return Answer("unknown issuer")
    reason = getattr(error, "verify_message", None) or getattr(error, "reason", None) or "unknown"
    return Answer("faulty encryption", reason.lower().replace("_", " "))


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an exception, and those that it was raised from."""
    while error:
        yield error
        error = error.__cause__ or error.__context__
