"""The pages of the archive: one module for each kind, with a function ``pages(archive)``.

A page that others link to comes before them: the order is that of the site's writing.
"""

from __future__ import annotations

from collections.abc import Iterator

from newsletter.archive.archive import Archive
from newsletter.archive.page import Page
from newsletter.archive.pages import (
    authors,
    calendars,
    cards,
    corrections,
    feeds,
    front,
    issue,
    issues,
    missing,
    pictures,
    piece,
    redirects,
    reviews,
    search,
    sections,
    sent,
    sitemap,
    style,
    topics,
)

_KINDS = (
    style,
    pictures,
    cards,
    calendars,
    piece,
    sent,
    issue,
    sections,
    reviews,
    authors,
    topics,
    corrections,
    issues,
    front,
    missing,
    feeds,
    sitemap,
    search,
)


def all_pages(archive: Archive, *, with_search: bool = True) -> Iterator[Page]:
    """Yield every file of the site; those of the search need every word of every issue."""
    paths: set[str] = set()
    of_feeds: dict[str, Page] = {}
    for kind in _KINDS:
        if kind is search and not with_search:
            continue
        for page in kind.pages(archive):
            paths.add(page.path)
            if kind is feeds:
                of_feeds[page.path] = page
            yield page
    yield from redirects.pages(archive, paths, of_feeds)
