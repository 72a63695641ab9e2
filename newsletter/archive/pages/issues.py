"""All issues: ``issues/``, and by year where there are many."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter

from newsletter.archive.archive import Archive, Page
from newsletter.archive.listing import Listing, listings

FOLDER = "issues/"
_DAY = attrgetter("day")


def pages(archive: Archive) -> Iterator[Page]:
    """Yield the list of all issues, of which there may be none."""
    found = list(listings(FOLDER, tuple(archive.newest_first()), _DAY))
    for listing in found:
        yield _page(archive, listing)
    if not found:
        yield archive.html_page(FOLDER, "issues.html.j2", lambda: {"listing": None})


def _page(archive: Archive, listing: Listing) -> Page:
    return archive.html_page(
        listing.span.path,
        "issues.html.j2",
        lambda: {"feed": FOLDER, "listing": listing},
        shows=listing.shown,
        also=listing.details,
    )
