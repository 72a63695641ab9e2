"""The links of a page to other pages of its site, and where links can lead to in it."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Container, Iterable, Iterator
from functools import cache, lru_cache
from posixpath import normpath
from typing import NamedTuple
from urllib.parse import quote, unquote, urljoin, urlsplit

from newsletter.archive.paths import PAGE
from newsletter.archive.site.state import State

_TAG = re.compile(rb"""<[a-zA-Z][^<>"']*(?:(?:"[^"]*"|'[^']*')[^<>"']*)*>""")
"""A tag with its attributes: only these are searched, as most of a page is prose."""
_LINK = re.compile(rb"""(?i)\s(?:href|src|action)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_ADDRESS = re.compile(rb"<loc>([^<]*)</loc>")
"""Of a page in a sitemap."""
_IN_SIZES = re.compile(rb"""(?i)\ssrcset\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_ID = re.compile(rb"""(?i)\sid\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_WHOLE = ("https://", "http://", "mailto:")
_PLAIN_PATH = re.compile(r"(?:/[a-z0-9][a-z0-9.-]*)+/?")
"""A link from the root of its host, of which nothing needs to be decoded or resolved."""
_WITH_PLACES = ".html"
WITH_LINKS = (_WITH_PLACES, ".xml")
"""The endings of files that have links."""
_ENCODED = re.compile("%[0-9A-F]{2}")
_NOT_LINKED = ("cards/", "search/index/")
"""What only programs ask for. Some of it goes with each new issue."""
_TOP = ("", "top")
"""Where every page has a place (HTML, 7.4.6.4)."""

Files = Container[str]
"""The paths of all files of a site."""


class DeadLink(NamedTuple):
    """A link that leads nowhere."""

    page: str
    """The path of the page that has it."""
    link: str
    """The path that it leads to, and the place there."""


def links_and_ids(path: str, content: bytes, base: str) -> tuple[list[str], list[str]]:
    """Return where in the site at the address ``base`` a page leads, and the places in itself."""
    if not path.endswith(WITH_LINKS):
        return [], []

    tags = b"".join(_TAG.findall(content))
    written = _quoted(_LINK, tags) | _texts(_ADDRESS.findall(content))
    for sizes in _quoted(_IN_SIZES, tags):
        written.update(size.split()[0] for size in sizes.split(",") if size.strip())

    found = {_in_site(link, path, base) for link in written}
    links = sorted(link for link in found if link is not None)
    return links, sorted(_quoted(_ID, tags))


def mortal_links(path: str, content: bytes, base: str, files: Files) -> tuple[str, ...]:
    """Return the links of a page that can die, or come to life, while the page and the list of the
    site's ``files`` stay as they are: to places in other pages, and to no file of the site.
    """
    links, ids = links_and_ids(path, content, base)
    own_places = frozenset(ids)

    def is_safe(link: str) -> bool:
        target, place = _led_to(link, files)
        if place and target == path:
            return place in own_places
        return target is not None and not place

    return tuple(link for link in links if not is_safe(link))


def is_mortal(link: str, files: Files) -> bool:
    """Return whether a link that could die, of a page that is as it was, still can."""
    target, place = _led_to(link, files)
    return target is None or bool(place)


def names_of(paths: Iterable[str]) -> tuple[bytes, ...]:
    """Return texts of which every link to one of these paths has one in it: the last part of the
    path, in each way in which it may be written. Paths that no page links to are left out.
    """
    names: set[str] = set()
    for path in paths:
        if not path.startswith(_NOT_LINKED):
            _, _, name = path.removesuffix(f"/{PAGE}").rpartition("/")
            names.update(_forms(name))
    return tuple(name.encode() for name in names)


def _forms(name: str) -> tuple[str, ...]:
    """Return a name as it may be written in a link: with characters of HTML, or encoded."""
    encoded = quote(name)
    return name, html.escape(name), encoded, _ENCODED.sub(lambda code: code[0].lower(), encoded)


def dead_links(
    state: State, content_of: Callable[[str], bytes], exists: Callable[[str], bool]
) -> Iterator[DeadLink]:
    """Yield the links of all pages that lead nowhere.

    ``content_of`` returns the content of a page, and ``exists`` whether somebody else has a file at
    a path of the site.
    """

    @cache
    def places_in(path: str) -> frozenset[str]:
        _, ids = links_and_ids(path, content_of(path), "")
        return frozenset(ids)

    def is_alive(link: str) -> bool:
        target, place = _led_to(link, state)
        if target is None:
            path, _, _ = link.partition("#")
            return exists(path)
        return not place or place in places_in(target)

    for page, file in state.items():
        for link in file.links:
            if not is_alive(link):
                yield DeadLink(page, link)


def _led_to(link: str, files: Files) -> tuple[str | None, str]:
    """Return the file that a link leads to, None if the site has none, and the place in it; empty
    if it is the whole of it.
    """
    path, _, place = link.partition("#")
    target = next((file for file in files_at(path) if file in files), None)
    if place in _TOP or (target and not target.endswith(_WITH_PLACES)):
        place = ""
    return target, place


def _quoted(attribute: re.Pattern[bytes], tags: bytes) -> set[str]:
    """Return the values of an attribute, which has a group for each kind of quotes."""
    return _texts(map(b"".join, attribute.findall(tags)))


def _texts(written: Iterable[bytes]) -> set[str]:
    return {html.unescape(one.decode("utf-8", "replace")).strip() for one in set(written)}


def _in_site(link: str, page: str, base: str) -> str | None:
    """Return a link of a page as a path in the site and a place there; None if it leads away."""
    if link.startswith(_WHOLE) and not link.startswith(_host(base)):
        return None
    try:
        if not link.startswith(("/", *_WHOLE)):
            link = urljoin(base + page, link)
        return _from_root(link, base)
    except ValueError:  # what an author wrote is no address: the checks of issues say so
        return None


@lru_cache(maxsize=1)
def _host(base: str) -> str:
    """Return what each whole address of the site begins with."""
    address = urlsplit(base)
    return f"{address.scheme}://{address.netloc}"


@lru_cache(maxsize=10_000)
def _from_root(link: str, base: str) -> str | None:
    root = urlsplit(base)
    if _PLAIN_PATH.fullmatch(link):  # most are
        return link.removeprefix(root.path) if link.startswith(root.path) else None

    address = urlsplit(urljoin(base, link))
    if (address.scheme, address.netloc) != (root.scheme, root.netloc):
        return None
    if not address.path.startswith(root.path):
        return None

    path = unquote(address.path.removeprefix(root.path))
    place = f"#{unquote(address.fragment)}" if address.fragment else ""
    return path + place


def files_at(path: str) -> tuple[str, str]:
    """Return the files of which a server sends one for a path."""
    folder = "" if path in ("", "/") else f"{normpath(path)}/"
    return path, f"{folder}{PAGE}"
