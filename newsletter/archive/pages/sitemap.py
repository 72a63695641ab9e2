"""The sitemap (sitemaps.org): every page that search engines should know, with its last change.

There is no robots.txt, which could name it: that file is read at the root of a host alone, where it
may say more than we know of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain
from typing import NamedTuple
from xml.sax.saxutils import escape

from newsletter.archive.archive import Archive
from newsletter.archive.page import Page
from newsletter.archive.paths import ALL_ISSUES, CORRECTIONS

PATH = "sitemap.xml"
MOST = 50_000
"""Addresses in a file (sitemaps.org, Protocol)."""
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


class _Place(NamedTuple):
    """A page, or a file with the addresses of many."""

    path: str
    changed: date


def pages(archive: Archive) -> Iterator[Page]:
    """Yield the sitemap, in several files if there are too many pages."""
    if not archive.issues:
        return
    places = list(_places(archive))
    if len(places) <= MOST:
        yield _page(archive, PATH, "urlset", "url", places)
        return

    parts: list[_Place] = []
    for start in range(0, len(places), MOST):
        part = places[start : start + MOST]
        path = f"sitemap-{len(parts) + 1}.xml"
        yield _page(archive, path, "urlset", "url", part)
        parts.append(_Place(path, max(place.changed for place in part)))
    yield _page(archive, PATH, "sitemapindex", "sitemap", parts)


def _page(archive: Archive, path: str, root: str, element: str, places: Sequence[_Place]) -> Page:
    def make() -> bytes:
        lines = [
            f"<{element}><loc>{escape(archive.address(place.path))}</loc>"
            f"<lastmod>{place.changed}</lastmod></{element}>"
            for place in places
        ]
        start = f'<?xml version="1.0" encoding="utf-8"?>\n<{root} xmlns="{_NAMESPACE}">'
        return "\n".join([start, *lines, f"</{root}>\n"]).encode()

    return archive.page(path, make, also=[f"{place.path} {place.changed}" for place in places])


def _places(archive: Archive) -> Iterator[_Place]:
    """Yield all pages, those of issues the oldest first, so that the first files seldom change."""
    for issue in archive.out:
        changes = []
        for piece in issue.pieces:
            changed = max(issue.day, piece.corrected or issue.day)
            changes.append(changed)
            yield _Place(piece.path, changed)
        yield _Place(issue.path, max(changes, default=issue.day))

    newest = (archive.out or archive.issues)[-1].day
    yield _Place("", newest)
    yield _Place(ALL_ISSUES, newest)
    if archive.corrections:
        yield _Place(CORRECTIONS, archive.corrections[0].day)
    lists = chain(archive.sections, archive.works, archive.topics, archive.authors)
    for collection in lists:
        pieces = filter(archive.is_out, collection.pieces)
        days = [archive.by_number[piece.number].day for piece in pieces]
        if days:
            yield _Place(collection.path, max(days))
