"""Web addresses wrapped in another one by a mail filter, a search engine, a mailing service or a
library.

Whoever copies a link from an email or a browser often gets the wrapper instead of the page.
``unwrap`` names the wrapper, and finds the page's own address in it if it can.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from itertools import islice
from string import ascii_lowercase, ascii_uppercase, digits
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

_DEEPEST = 5
"""Wrappers within wrappers that are followed: a link may pass through the filters of several
companies."""
_LONGEST_HOST = 253
"""Characters (RFC 1035, 2.3.4)."""
_WEB_ADDRESS = re.compile(r"https?://[\w\[][^\s<>\"\x00-\x1f\x7f]*", re.IGNORECASE)


class Wrapped(NamedTuple):
    """Who wrapped an address, in words, and the http(s) address inside; None if it cannot be
    read.
    """

    by: str
    target: str | None


class _Parts(NamedTuple):
    """The parts of an address; the names in its query are in lower case."""

    host: str
    query: dict[str, str]
    rest: str
    """Path and query as they are written, without the first slash."""


class _Wrapper(NamedTuple):
    by: str
    address: re.Pattern[str]
    """How host, path and query begin."""
    inside: Callable[[_Parts], str | None]


def unwrap(address: str) -> Wrapped | None:
    """Return what wraps ``address``, and the address in the innermost wrapper; None if nothing
    wraps it.
    """
    outermost = _unwrap_once(address)
    if outermost is None:
        return None

    target = outermost.target
    for _ in range(_DEEPEST):
        if target is None:
            break
        inner = _unwrap_once(target)
        if inner is None:
            break
        target = inner.target
    return Wrapped(outermost.by, target)


def _unwrap_once(address: str) -> Wrapped | None:
    parts = _parts(address)
    if parts is None:
        return None
    for wrapper in _WRAPPERS:
        if wrapper.address.match(f"{parts.host}/{parts.rest}"):
            target = wrapper.inside(parts)
            if target is None or not _WEB_ADDRESS.fullmatch(target):
                return Wrapped(wrapper.by, None)
            return Wrapped(wrapper.by, target)
    return None


def _parts(address: str) -> _Parts | None:
    try:
        split = urlsplit(address)
        host = split.hostname or ""
    except ValueError:  # a host that cannot exist
        return None
    if split.scheme not in ("http", "https") or len(host) > _LONGEST_HOST:
        return None

    query = {name.lower(): value for name, value in parse_qsl(split.query)}
    rest = address.partition("://")[2].partition("/")[2]
    return _Parts(host, query, rest)


# Where the address is inside


def _nowhere(_: _Parts) -> None:
    """Return None, for a wrapper that hides the address."""


def _in_query(*names: str) -> Callable[[_Parts], str | None]:
    """Return a function that finds the first of these names in the query."""

    def find(parts: _Parts) -> str | None:
        for name in names:
            if name in parts.query:
                return parts.query[name]
        return None

    return find


def _in_proofpoint_2(parts: _Parts) -> str | None:
    """Decode version 2 of URL Defense, which writes '-' for '%' and '_' for '/'."""
    coded = parts.query.get("u", "")
    return unquote(coded.replace("-", "%").replace("_", "/"))


_RUN_LENGTHS = ascii_uppercase + ascii_lowercase + digits + "-_"
"""The letter for a run of two characters, of three, and so on."""
_STAR = re.compile(r"\*(?:\*([A-Za-z0-9_-]))?")


def _in_proofpoint_3(parts: _Parts) -> str | None:
    """Decode version 3 of URL Defense, which has the address between '__' and '__;'. A '*' replaces
    a character that is kept separately in base64; '**' and a letter replace several in a row.
    """
    written, _, rest = parts.rest.removeprefix("v3/__").rpartition("__;")
    coded = rest.partition("!")[0]
    padding = "=" * (-len(coded) % 4)
    try:
        replaced = iter(base64.urlsafe_b64decode(coded + padding).decode())
    except (binascii.Error, ValueError):
        return None

    def put_back(star: re.Match[str]) -> str:
        length = 1
        if star[1]:
            length = 2 + _RUN_LENGTHS.index(star[1])
        return "".join(islice(replaced, length))

    address = _STAR.sub(put_back, written)
    return re.sub(r"^(https?:/)(?=[^/])", r"\1/", address)


def _in_amazon_path(parts: _Parts) -> str | None:
    """Decode an address of Amazon SES, percent-encoded between '/L0/' and the next slash."""
    match = re.match(r"[LC][0-9]/([^/]+)", parts.rest)
    if match is None:
        return None
    return unquote(match[1])


_LIBRARY = (
    r"(?:(?P<site>[\w.-]+?)\.)?"
    r"(?:[\w-]*(?:ezproxy|libproxy)[\w-]*(?:\.[\w-]+){2,}|[\w-]+\.idm\.oclc\.org)(?=/|$)"
)
"""The host of a library's proxy, after the host of the site that is read through it."""


def _behind_library(parts: _Parts) -> str | None:
    """Find the address behind a library's proxy: in its query, or as a site before its own host,
    often with '-' for '.' and '--' for '-'.
    """
    if named := parts.query.get("url") or parts.query.get("qurl"):
        return named

    proxy = re.match(_LIBRARY, parts.host)
    if proxy is None or proxy["site"] is None:
        return None
    site = proxy["site"]
    if "." not in site:
        site = "-".join(part.replace("-", ".") for part in site.split("--"))
    if "." not in site:
        return None
    return f"https://{site}/{parts.rest}"


# The wrappers

_BY_MAIL_FILTER = "a mail filter"
_BY_MAILING_SERVICE = "a mailing service, which counts who clicks"
BY_LIBRARY = "a library, for its own members"
_MAILING_SERVICES = (
    r"[\w.-]+\.list-manage\d*\.com/track/",  # Mailchimp
    r"mandrillapp\.com/track/",
    r"[\w.-]+\.ct\.sendgrid\.net/",
    r"[\w.-]+\.mjt\.lu/lnk/",  # Mailjet
    r"[\w.-]+\.(?:sendibm\d|sendibt\d|brevo-r|sp1-brevo)\.(?:com|net)/",
    r"[\w.-]+\.(?:hubspotlinks\d*|hs-sales-engage|hubspotemail|hubspotstarter\w*)\.(?:com|net)/",
    r"[\w.-]+\.(?:createsend\d*|cmail\d+)\.com/t/",  # Campaign Monitor
    r"[\w.-]+\.rs6\.net/tn\.jsp",  # Constant Contact
    r"[\w.-]+\.(?:dmtrk|dmanalytics\d)\.(?:com|net)/",  # Dotdigital
    r"[\w.-]+\.mlsend\d*\.com/link/",  # MailerLite
    r"(?:[\w.-]+\.)?convertkit-mail\d*\.com/",  # Kit
    r"[\w.-]+\.(?:klclick\d*|klaviyomail)\.com/",
    r"[\w.-]+\.(?:exct|exacttarget)\.(?:net|com)/",  # Salesforce
    r"(?:links\.govdelivery\.com/track|lnks\.gd/l/)",
    r"(?:substack|[\w-]+\.substack)\.com/redirect/",
    r"link\.mail\.beehiiv\.com/",
)


def _wrapper(by: str, address: str, inside: Callable[[_Parts], str | None]) -> _Wrapper:
    pattern = re.compile(rf"(?:www\.)?(?:{address})", re.IGNORECASE)
    return _Wrapper(by, pattern, inside)


_WRAPPERS = (
    _wrapper(
        "Outlook", r"[\w.-]+\.safelinks\.protection\.(?:outlook|office365)\.\w+/", _in_query("url")
    ),
    _wrapper(_BY_MAIL_FILTER, r"urldefense\.proofpoint\.com/v1/", _in_query("u")),
    _wrapper(_BY_MAIL_FILTER, r"urldefense\.(?:proofpoint\.)?com/v2/", _in_proofpoint_2),
    _wrapper(_BY_MAIL_FILTER, r"urldefense\.(?:com|us)/v3/", _in_proofpoint_3),
    _wrapper(_BY_MAIL_FILTER, r"linkprotect\.cudasvc\.com/", _in_query("a")),
    _wrapper(
        _BY_MAIL_FILTER, r"(?:[\w.-]+\.)?mimecast(?:protect)?\.com/(?:s/|r/|redirect)", _nowhere
    ),
    _wrapper("Google", r"google(?:\.[a-z]{2,3}){1,2}/url\?", _in_query("q", "url")),
    _wrapper("Facebook", r"(?:lm?\.)?(?:facebook|messenger)\.com/l\.php", _in_query("u")),
    _wrapper("Instagram", r"l\.instagram\.com/", _in_query("u")),
    _wrapper("LinkedIn", r"linkedin\.com/(?:redir/redirect|safety/go)", _in_query("url")),
    _wrapper("YouTube", r"youtube\.com/redirect", _in_query("q")),
    _wrapper("Reddit", r"out\.reddit\.com/", _in_query("url")),
    _wrapper("DuckDuckGo", r"duckduckgo\.com/l/", _in_query("uddg")),
    _wrapper("Bing", r"bing\.com/ck/", _nowhere),
    _wrapper("Slack", r"slack-redir\.net/link", _in_query("url")),
    _wrapper(_BY_MAILING_SERVICE, r"[\w.-]+\.awstrack\.me/", _in_amazon_path),
    _wrapper(_BY_MAILING_SERVICE, "|".join(_MAILING_SERVICES), _nowhere),
    _wrapper(BY_LIBRARY, _LIBRARY, _behind_library),
)
