"""What is at old addresses: a page that leads on, and the same for servers and hosts.

A page serves a path on any server. No program that asks for a feed reads such a page: it gets the
feed that is at the new address. The rules for Apache are for the rest, such as what has a query.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from urllib.parse import urljoin, urlsplit

from newsletter.archive.archive import Archive
from newsletter.archive.moved.redirect_forms import apache_map, apache_rules, hosts_file, nginx_map
from newsletter.archive.moved.redirects import Redirect, redirects
from newsletter.archive.page import Page
from newsletter.archive.paths import PAGE
from newsletter.archive.site.disk import folders_above
from newsletter.archive.site.state import OWN_FOLDER
from newsletter.model.fields import RESERVED_SLUGS

_TEMPLATE = "moved.html.j2"
_HOSTS, _NGINX = "_redirects", "redirects.nginx"
_APACHE, _APACHE_RULES = "redirects.apache", ".htaccess"
_IS_FILE = re.compile(r"\.html?$", re.IGNORECASE)
_IS_FEED = re.compile(r"\.(?:xml|json|rss|atom)$", re.IGNORECASE)
_NOT_ON_WINDOWS = re.compile(r'[<>:"|?*]|[. ](?:/|$)')
_DEVICES = RESERVED_SLUGS - {"index", "email"}
"""Names that Windows has for devices, whatever their ending."""
_LONGEST = 200
"""Characters of a path: Windows allows about 260 with the folders above."""


def pages(
    archive: Archive, others: Collection[str], feeds: Mapping[str, Page] | None = None
) -> Iterator[Page]:
    """Yield the pages and files. ``others`` are the paths of all other files of the site, none of
    which is replaced, and ``feeds`` those of them that are feeds. Raise ManifestError with each old
    address that leads to nothing.
    """
    found = redirects(archive, others)
    if not found:
        return
    root = urlsplit(archive.base).path
    room = _Room({*others, _HOSTS, _NGINX, _APACHE, _APACHE_RULES})
    without_page: list[Redirect] = []
    for redirect in found:
        path = room.path_of(redirect, root)
        if path and not _IS_FEED.search(path):
            yield _page(archive, path, redirect.target)
            continue

        without_page.append(redirect)
        feed = (feeds or {}).get(redirect.target.removeprefix(root))
        if feed and _ending(feed.path) == _ending(path):
            yield feed._replace(path=path, subject="")

    yield _file(archive, _HOSTS, hosts_file(found))
    yield _file(archive, _NGINX, nginx_map(found))
    yield _file(archive, _APACHE, apache_map(found))
    if without_page:
        yield _file(archive, _APACHE_RULES, apache_rules(without_page, root))


def _page(archive: Archive, path: str, target: str) -> Page:
    def make() -> bytes:
        values = {"target": target, "canonical": urljoin(archive.base, target)}
        return archive.render(_TEMPLATE, values).encode()

    return archive.page(path, make, also=[_TEMPLATE, target])


def _ending(path: str) -> str:
    return path.rpartition(".")[2].lower()


def _file(archive: Archive, path: str, text: str) -> Page:
    return archive.page(path, text.encode, also=[text])


class _Room:
    """The room that a disk has beside the files of the site, whatever kind of disk it is."""

    def __init__(self, others: Collection[str]) -> None:
        self._files = {path.lower() for path in others}
        self._folders = {folder for path in self._files for folder in folders_above(path)}

    def path_of(self, redirect: Redirect, root: str) -> str:
        """Return the path of the page at an old address; "" if there can be none."""
        asked = redirect.asked
        if asked.query or not asked.path.startswith(root):
            return ""
        below = asked.path.removeprefix(root).rstrip("/")
        is_file = _IS_FILE.search(below) or _IS_FEED.search(below)
        path = below if is_file else f"{below}/{PAGE}"
        if not below or not _is_safe(path) or not self._has_room(path.lower()):
            return ""

        self._files.add(path.lower())
        self._folders.update(folders_above(path.lower()))
        return path

    def _has_room(self, path: str) -> bool:
        is_taken = path in self._files or path in self._folders
        return not is_taken and self._files.isdisjoint(folders_above(path))


def _is_safe(path: str) -> bool:
    """Return whether every kind of disk can have a file at a path, and it is none of our own."""
    names = path.lower().split("/")
    if names[0] == OWN_FOLDER or len(path) > _LONGEST or _NOT_ON_WINDOWS.search(path):
        return False
    return _DEVICES.isdisjoint(name.partition(".")[0] for name in names)
