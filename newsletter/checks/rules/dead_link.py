"""A link leads nowhere: the page is gone, or its host does not exist.

What it does: asks for every page that the issue links to, and every picture that it takes from elsewhere; not
for the issue's own page and pictures, which are not online yet. It asks politely: one page at a time from each
host, and only for the headers. A page that does not exist is an error, and so is a host that does not exist or
whose certificate is wrong. A server that does not answer within 10 seconds is a warning. If a server needs a
password or lets no programs in (401, 403, 429), or reports a fault of its own (500 and above, twice), an info
says that the link could not be checked.

Why it matters: a reader who ends up at "Not found" has lost this story and trusts the next link less. RFC 9110,
15, says what the numbers mean: 404 and 410, that a page does not exist or is gone; 401, 403 and 429 (RFC 6585),
only that this visitor does not get it.

Wrong:

```yaml item
title: A story whose page has moved
url: https://www.bionews.org.uk/a-page-that-is-not-there
teaser: The page was there when the address was copied, but it has been moved since, and nobody has looked again...
```

Right:

```yaml item
title: A story whose page has moved
url: https://www.bionews.org.uk/
teaser: The page was there when the address was copied, but it has been moved since, and nobody has looked again...
```
"""

from __future__ import annotations

import errno
import re
import socket
import ssl
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from importlib.metadata import version
from queue import Empty, SimpleQueue
from threading import Event
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.etree.ElementTree import Element

from newsletter.checks.galley import Galley
from newsletter.model import Finding, Severity
from newsletter.model.addresses import own_pictures, web_version
from newsletter.text.printable import printable

if TYPE_CHECKING:
    import httpx

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
NEEDS = "network"
_PROGRAM = "newsletter-issue-builder"
PATIENCE = 10.0
"""Seconds that a server may take to answer."""
LIMIT = 30.0
"""Seconds that all of them together may take."""
_CONNECT = 5.0
_AT_ONCE = 8
_REDIRECTS = 10
_PAUSE = 1.0
"""Seconds before a server that reports a fault of its own is asked again."""
_KEPT_FOR = 300.0
_LONGEST = 100
_HOST = re.compile(r"https?://(?:[^/?#]*@)?(\[[^\]]+\]|[^/?#:\[\]]+)", re.IGNORECASE)
_CLOSED = (401, 402, 403, 407, 408, 425, 429, 451)
"""Answers that only say that this visitor does not get the page, or not now."""
_OFFLINE = (errno.ENETUNREACH, errno.ENETDOWN, errno.EHOSTUNREACH)
_UNKNOWN_ISSUER = (19, 20)
"""OpenSSL: a certificate whose issuer is not known here; browsers often know it."""
_HINTS: dict[Severity | None, str] = {
    "error": "Find the page's new address, or delete the link.",
    "warning": "Try it in a browser; if it is slow there too, link to another page.",
    "info": "Open it in a browser to see whether it works.",
}


class Answer(NamedTuple):
    """The result for one address. ``severity`` is None if all is well; ``is_reached`` is False if the network could not
    be reached.
    """

    severity: Severity | None
    message: str = ""
    is_reached: bool = True


_kept: dict[str, tuple[float, Answer]] = {}
"""Answers and when they came, so that several issues with one link ask once."""


def check(galley: Galley) -> Iterator[Finding]:
    """Yield a finding for every link, and every picture from elsewhere, that does not answer as it should."""
    places = list(_places(galley))
    found = dict(answers(_page(address) for _, address in places))
    if found and not any(answer.is_reached for answer in found.values()):
        message = (
            f"The {len(found)} addresses of this issue could not be checked: there is no network."
        )
        hint = "Check again when you are online; until then, check the spelling of the addresses."
        yield galley.manuscript.place().info(message, hint)
        return
    for element, address in places:
        answer = found[_page(address)]
        if answer.severity:
            thing = "picture" if element.tag == "img" else "link"
            message = f"The {thing} '{printable(address, _LONGEST)}' {answer.message}."
            place = galley.where(element, address)
            report = {"error": place.error, "warning": place.warning, "info": place.info}[
                answer.severity
            ]
            yield report(message, _HINTS[answer.severity])


def addresses(galley: Galley) -> list[str]:
    """Return every address that ``check`` asks for, each once."""
    return list(dict.fromkeys(_page(address) for _, address in _places(galley)))


def answers(
    wanted: Iterable[str], *, patience: float = PATIENCE, limit: float = LIMIT
) -> Iterator[tuple[str, Answer]]:
    """Yield each of these addresses and its answer, as the answers come in. They are kept for five minutes: to show
    progress, go through them before calling ``check``, which then does not ask again.
    """
    unknown = []
    for address in dict.fromkeys(wanted):
        since, answer = _kept.get(address, (0.0, None))
        if answer and time.monotonic() - since < _KEPT_FOR:
            yield address, answer
        else:
            unknown.append(address)
    if unknown:
        yield from _asked(unknown, patience, limit)


def _places(galley: Galley) -> Iterator[tuple[Element, str]]:
    """Yield each element with an address on the web, and the address; not what is online only once the issue is out."""
    own_page, own = web_version(galley.issue), own_pictures(galley.issue)
    written = [(link.element, link.address) for link in galley.document.links]
    written += [(image, image.get("src", "").strip()) for image in galley.document.images]
    for element, address in written:
        if _HOST.match(address) and not address.startswith(own_page) and address not in own:
            yield element, address


def _page(address: str) -> str:
    return address.partition("#")[0]


def _asked(wanted: list[str], patience: float, limit: float) -> Iterator[tuple[str, Answer]]:
    """Yield the answers in the order in which they come, then those that did not come in time."""
    given, is_over = SimpleQueue[tuple[str, Answer]](), Event()
    deadline = time.monotonic() + limit
    client, pool = _client(patience), ThreadPoolExecutor(_AT_ONCE)

    def ask(of_one_host: list[str]) -> None:
        for address in of_one_host:
            if not is_over.is_set():
                given.put((address, _answer(client, address)))

    try:
        for of_one_host in _by_host(wanted):
            pool.submit(ask, of_one_host)
        missing = set(wanted)
        with suppress(Empty):
            while missing:
                address, answer = given.get(timeout=max(0.0, deadline - time.monotonic()))
                missing.discard(address)
                _kept[address] = time.monotonic(), answer
                yield address, answer
        late = Answer(
            "info", f"could not be checked: there was no time left after {limit:g} seconds"
        )
        yield from ((address, late) for address in wanted if address in missing)
    finally:
        is_over.set()
        pool.shutdown(wait=False, cancel_futures=True)
        client.close()


def _client(patience: float) -> httpx.Client:
    import httpx

    options: dict[str, Any] = {
        "follow_redirects": True,
        "max_redirects": _REDIRECTS,
        "timeout": httpx.Timeout(patience, connect=min(_CONNECT, patience)),
        "headers": {"User-Agent": f"{_PROGRAM}/{version(_PROGRAM)} (checks that links work)"},
    }
    try:
        return httpx.Client(**options)
    except (
        ImportError,
        ValueError,
    ):  # the environment names a proxy of a kind that is not installed here
        return httpx.Client(**options, trust_env=False)


def _by_host(wanted: list[str]) -> list[list[str]]:
    hosts: dict[str, list[str]] = {}
    for address in wanted:
        host = _HOST.match(address)
        hosts.setdefault(host[1].lower() if host else "", []).append(address)
    return list(hosts.values())


def _answer(client: httpx.Client, address: str) -> Answer:
    """Return what a server says of a page. Ask again if it reports a fault of its own."""
    import httpx

    try:
        status = _status(client, address)
        if status >= 500:
            time.sleep(_PAUSE)
            status = _status(client, address)
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, OverflowError, RuntimeError) as error:
        return _of_failure(error)
    return _of_status(status)


def _status(client: httpx.Client, address: str) -> int:
    """Return the status of the answer: to HEAD or, where that is refused, to GET, whose content is not read."""
    import httpx

    with suppress(httpx.RemoteProtocolError, httpx.ReadError):
        status = client.head(address).status_code
        if status < 400:
            return status
    with client.stream("GET", address) as response:
        return response.status_code


def _of_status(status: int) -> Answer:
    if status < 400:
        return Answer(None)
    if status in (404, 410):
        return Answer("error", f"leads to a page that does not exist (the server says {status})")
    if status in _CLOSED or status >= 500:
        return Answer("info", f"could not be checked: the server says {status}")
    return Answer("error", f"leads nowhere (the server says {status})")


def _of_failure(error: BaseException) -> Answer:
    """Return what it means that there was no answer."""
    import httpx

    causes = list(_causes(error))
    wrong = next((cause for cause in causes if isinstance(cause, ssl.SSLError)), None)
    if any(isinstance(cause, socket.gaierror) for cause in causes):
        return Answer("error", "leads to a host that does not exist", is_reached=False)
    if isinstance(error, httpx.ProxyError) or any(
        getattr(cause, "errno", None) in _OFFLINE for cause in causes
    ):
        return Answer("info", "could not be checked: its host cannot be reached", is_reached=False)
    if getattr(wrong, "verify_code", None) in _UNKNOWN_ISSUER:
        return Answer(
            "info", "could not be checked: the issuer of its certificate is not known here"
        )
    if wrong:
        why = getattr(wrong, "verify_message", None) or getattr(wrong, "reason", None) or "unknown"
        return Answer(
            "error", f"leads to a host with faulty encryption ({why.lower().replace('_', ' ')})"
        )
    if isinstance(error, httpx.TimeoutException):
        return Answer("warning", "leads to a server that does not answer in time")
    if isinstance(error, httpx.TooManyRedirects):
        return Answer("error", "is redirected without end")
    return Answer("error", f"cannot be followed ({printable(error) or type(error).__name__})")


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error:
        yield error
        error = error.__cause__ or error.__context__
