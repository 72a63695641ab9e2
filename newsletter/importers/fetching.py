"""The one door of the importers to the network.

A page may name any address, and so may a redirect or a name server: none of them can make this
computer ask one within the editor's own network. A host's name is looked up once, and the
connection goes to the very address that was checked. With a proxy, which has a network of its own,
the proxy looks the name up.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING
from urllib.request import getproxies, proxy_bypass

from newsletter._version import __version__
from newsletter.errors import UnreadableError
from newsletter.importers.original import Original, unreadable
from newsletter.importers.public_hosts import NotPublic, public_addresses
from newsletter.text.printable import printable

if TYPE_CHECKING:
    import ssl

    import httpx

MOST_BYTES = 32 * 1024 * 1024
MOST_SECONDS = 60.0
"""For all of it: names, connections, redirects and content."""
_PATIENCE = 15.0
"""Seconds without a byte."""
_MOST_REDIRECTS = 5
_HEADERS = {
    "User-Agent": f"newsletter-issue-builder/{__version__} (reads a piece for an editor)",
    "Accept": "text/html, application/xhtml+xml, application/xml, application/json, */*;q=0.5",
    "Accept-Encoding": "gzip",
}
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_READABLE = ("text/", "image/", "application/xml", "application/json", _DOCX)
"""How the media types begin that some importer may read."""
_UNNAMED = ("", "application/octet-stream", "binary/octet-stream")
"""What servers say of a file of which they know nothing."""
_WHAT_IT_IS = {
    "application/pdf": ("is a PDF", "Open it, copy the text, and add that with --clipboard."),
    "video/": ("is a film", "Add the page that it is on."),
    "audio/": ("is a recording", "Add the page that it is on."),
}
_SAVE_IT = "Open it in a browser, save the page, and add that file."
_SPELLING = "Check the address."
_NUMBER_OF_ERROR = re.compile(r"\[Errno -?[0-9]+\] ")


def proxy_of(scheme: str, host: str) -> str | None:
    """Return the proxy that the environment or the system names."""
    proxies = getproxies()
    proxy = proxies.get(scheme) or proxies.get("all")
    if not proxy or proxy_bypass(host):
        return None
    return proxy if "://" in proxy else f"http://{proxy}"


@dataclass(frozen=True)
class Network:
    """How the web is reached. Tests have one of their own."""

    addresses: Callable[[str, int], list[str]] = public_addresses
    """Returns the IP addresses of a host at a port. Raises NotPublic and OSError."""
    proxy: Callable[[str, str], str | None] = proxy_of
    """Returns the proxy for a scheme and a host."""
    transport: httpx.BaseTransport | None = None
    """Without one, httpx's own."""
    ports: frozenset[int | None] = frozenset({None})
    """The ports that may be asked; None is the usual one."""


class _Failure(Exception):
    """Why an address cannot be read, and what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def fetch(
    address: str,
    *,
    most_bytes: int = MOST_BYTES,
    most_seconds: float = MOST_SECONDS,
    network: Network = Network(),
) -> Original:
    """Return what is at a web address.

    Time, size and redirects are limited, and no address in a private network is asked, whatever
    the name server or a redirect says. Raise UnreadableError.
    """
    arrived = SimpleQueue[Original | Exception]()

    def look() -> None:
        arrived.put(_outcome(address, most_bytes, network))

    Thread(target=look, daemon=True).start()
    try:
        outcome = arrived.get(timeout=most_seconds)
    except Empty:
        outcome = _Failure(f"takes longer than {most_seconds:g} seconds", "Try again later.")

    if isinstance(outcome, Original):
        return outcome
    if isinstance(outcome, _Failure):
        raise failure_at(address, str(outcome), outcome.hint)
    raise outcome


def failure_at(address: str, what: str, hint: str) -> UnreadableError:
    """Return an error about what is at an address; ``what`` follows the address."""
    message = f"{printable(address, 200)} {what}."
    return unreadable(Original(address, b""), message, hint)


def _outcome(address: str, most_bytes: int, network: Network) -> Original | Exception:
    import httpx

    try:
        return _fetched(address, most_bytes, network)
    except _Failure as failure:
        return failure
    except NotPublic:
        message = "is within your own network, or in none, so it was not fetched"
        return _Failure(message, _SAVE_IT)
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
        words = _NUMBER_OF_ERROR.sub("", printable(error)) or type(error).__name__
        return _Failure(f"cannot be reached ({words})", f"{_SPELLING} Is this computer online?")
    except Exception as error:  # noqa: BLE001 - a fault of ours, raised again by who waits for it
        return error


def _fetched(address: str, most_bytes: int, network: Network) -> Original:
    import httpx

    url = httpx.URL(address)
    for _ in range(_MOST_REDIRECTS + 1):
        _require_allowed(url, network)
        with closing(_response(url, network)) as response:
            if response.has_redirect_location:
                url = url.join(response.headers["Location"])
                continue

            _require_success(response.status_code)
            media_type = _media_type(response, url)
            content = b"".join(_parts(response, most_bytes))
            return Original(
                address,
                content,
                address=str(url.copy_with(fragment=None)),
                media_type=media_type,
                charset=response.charset_encoding or "",
                next_address=response.links.get("next", {}).get("url"),
            )

    raise _Failure("leads from one address to the next without end", _SAVE_IT)


def _require_allowed(url: httpx.URL, network: Network) -> None:
    if url.scheme not in ("http", "https") or not url.host:
        raise _Failure("is not the address of a web page", "Write it in full, with https://.")
    if url.userinfo:
        raise _Failure("has a name or a password in it", "Take it out of the address.")
    if url.port not in network.ports:
        raise _Failure(f"has an unusual port, {url.port}, so it was not fetched", _SAVE_IT)


def _response(url: httpx.URL, network: Network) -> httpx.Response:
    """Return the response to a request that goes to one of the addresses which were checked."""
    import httpx

    host = url.raw_host.decode("ascii")
    proxy = network.proxy(url.scheme, host)
    hosts = _hosts_by_proxy(host, network) if proxy else network.addresses(host, _port(url))

    client = _client(proxy, network.transport)
    failure: Exception = OSError("it has no address")
    for address in hosts:
        request = client.build_request(
            "GET",
            url.copy_with(host=address, fragment=None),
            headers={"Host": url.netloc.decode("ascii")},
            extensions={"sni_hostname": host},  # its certificate is for this name
        )
        try:
            return client.send(request, stream=True)
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            failure = error  # another of its addresses may answer
    raise failure


def _hosts_by_proxy(host: str, network: Network) -> list[str]:
    """Return the host, which the proxy looks up. It may be one that is not known here."""
    with suppress(OSError):
        network.addresses(host, 0)
    return [host]


def _client(proxy: str | None, transport: httpx.BaseTransport | None) -> httpx.Client:
    import httpx

    try:
        return httpx.Client(
            headers=_HEADERS,
            timeout=_PATIENCE,
            proxy=proxy,
            transport=transport,
            verify=_certificates(),
            trust_env=False,  # no password of the user's is sent; proxies are our own matter
        )
    except (ImportError, ValueError):
        message = "cannot be asked for through the proxy that this computer names"
        raise _Failure(message, "Check HTTPS_PROXY and ALL_PROXY.") from None


@cache
def _certificates() -> ssl.SSLContext:
    """Return what certificates are checked with; SSL_CERT_FILE can name more."""
    import httpx

    return httpx.create_ssl_context()


def _port(url: httpx.URL) -> int:
    return url.port or (443 if url.scheme == "https" else 80)


def _require_success(status: int) -> None:
    if status < 300:
        return
    if status in (404, 410):
        raise _Failure(f"is not there ({status})", _SPELLING)
    if status == 429 or status >= 500:
        raise _Failure(f"is not to be had at the moment ({status})", "Try again later.")
    raise _Failure(f"is not given to programs ({status})", _SAVE_IT)


def _media_type(response: httpx.Response, url: httpx.URL) -> str:
    """Return the media type, if it is one that can be read."""
    header: str = response.headers.get("Content-Type", "")
    media_type = header.partition(";")[0].strip().lower()
    is_docx = PurePosixPath(url.path).suffix.lower() == ".docx"
    if media_type in _UNNAMED and is_docx:
        return _DOCX
    if (
        media_type == ""
        or media_type.startswith(_READABLE)
        or media_type.endswith(("+xml", "+json"))
    ):
        return media_type

    for beginning, (what, hint) in _WHAT_IT_IS.items():
        if media_type.startswith(beginning):
            raise _Failure(what, hint)
    raise _Failure(f"is no page ({printable(media_type)})", "Add the page that it belongs to.")


def _parts(response: httpx.Response, most_bytes: int) -> Iterator[bytes]:
    """Yield the content, decompressed, if it is no longer than ``most_bytes``."""
    size = 0
    for part in _decompressed(response, most_bytes):
        size += len(part)
        if size > most_bytes:
            raise _Failure(f"is larger than {most_bytes // 1024 // 1024} MB", _SAVE_IT)
        yield part


def _decompressed(response: httpx.Response, most_bytes: int) -> Iterable[bytes]:
    """Yield the content; of a part that grows beyond any measure, little more than the limit."""
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding in ("", "identity"):
        yield from response.iter_raw()
        return
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise _Failure(f"came compressed by {printable(encoding)}, unasked", _SAVE_IT)

    unzip = zlib.decompressobj(zlib.MAX_WBITS | 32)  # gzip or zlib, as its head says
    try:
        for part in response.iter_raw():
            yield unzip.decompress(part, most_bytes + 1)
    except zlib.error:
        raise _Failure("came damaged", "Try again later.") from None
    if not unzip.eof or unzip.unused_data:
        raise _Failure("came damaged", "Try again later.")
