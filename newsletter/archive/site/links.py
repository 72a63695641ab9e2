"""The links of a page to other pages of its site, and where links can lead to in it."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import chain
from posixpath import normpath
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from newsletter.archive.site.state import State

_PAGE = "index.html"
_TAG = re.compile(rb"""<[a-zA-Z][^<>"']*(?:(?:"[^"]*"|'[^']*')[^<>"']*)*>""")
"""A tag with its attributes: only these are searched, as most of a page is prose."""
_LINK = re.compile(rb"""(?i)\s(?:href|src|action)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_ADDRESS = re.compile(rb"<loc>([^<]*)</loc>")
"""Of a page in a sitemap."""
_IN_SIZES = re.compile(rb"""(?i)\ssrcset\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_ID = re.compile(rb"""(?i)\sid\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_WITH_PLACES = ".html"
_READ = (_WITH_PLACES, ".xml")
_TOP = ("", "top")
"""Where every page has a place (HTML, 7.4.6.4)."""


class DeadLink(NamedTuple):
    """A link that leads nowhere."""

    page: str
    """The path of the page that has it."""
    link: str
    """The path that it leads to, and the place there."""


def links_and_ids(path: str, content: bytes, base: str) -> tuple[list[str], list[str]]:
    """Return where in the site at the address ``base`` a page leads, and the places in itself."""
    if not path.endswith(_READ):
        return [], []

    tags = b"".join(_TAG.findall(content))
    found = set(map(_text, chain(_LINK.finditer(tags), _ADDRESS.finditer(content))))
    for sizes in map(_text, _IN_SIZES.finditer(tags)):
        found.update(size.split()[0] for size in sizes.split(",") if size.strip())
    inside = {_in_site(link, path, base) for link in found}
    ids = {_text(match) for match in _ID.finditer(tags)}
    return sorted(link for link in inside if link is not None), sorted(ids)


def dead_links(state: State, exists: Callable[[str], bool]) -> Iterator[DeadLink]:
    """Yield the links of all pages that lead nowhere.

    ``exists`` returns whether somebody else has a file at a path of the site.
    """
    ids = {path: frozenset(file.ids) for path, file in state.items()}
    answers: dict[str, bool] = {}

    def leads_somewhere(link: str) -> bool:
        path, _, place = link.partition("#")
        target = _target(path, ids)
        if target is None:
            return exists(path)
        return place in _TOP or place in ids[target] or not target.endswith(_WITH_PLACES)

    for page, file in state.items():
        for link in file.links:
            if link not in answers:
                answers[link] = leads_somewhere(link)
            if not answers[link]:
                yield DeadLink(page, link)


def _text(match: re.Match[bytes]) -> str:
    value = next(group for group in match.groups() if group is not None)
    return html.unescape(value.decode("utf-8", "replace")).strip()


def _in_site(link: str, page: str, base: str) -> str | None:
    """Return a link of a page as a path in the site and a place there; None if it leads away."""
    try:
        if link.startswith("/"):
            return _from_root(link, base)  # most are, and most of these are on every page
        return _from_root(urljoin(base + page, link), base)
    except ValueError:  # what an author wrote is no address: the checks of issues say so
        return None


@lru_cache(maxsize=50_000)
def _from_root(link: str, base: str) -> str | None:
    address, root = urlsplit(urljoin(base, link)), urlsplit(base)
    if (address.scheme, address.netloc) != (root.scheme, root.netloc):
        return None
    if not address.path.startswith(root.path):
        return None

    path = unquote(address.path.removeprefix(root.path))
    place = f"#{unquote(address.fragment)}" if address.fragment else ""
    return path + place


def _target(path: str, files: dict[str, frozenset[str]]) -> str | None:
    """Return the file that a server sends for a path; None if there is none of ours."""
    folder = "" if path in ("", "/") else f"{normpath(path)}/"
    for target in (path, f"{folder}{_PAGE}"):
        if target in files:
            return target
    return None
