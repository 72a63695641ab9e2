"""All corrections, the newest first: ``corrections/``, and by year where there are many."""

from __future__ import annotations

from collections.abc import Iterator

from newsletter.archive.archive import Archive, Page
from newsletter.archive.listing import Listing, listings
from newsletter.archive.moved_lists import subject_of_list
from newsletter.archive.paths import CORRECTIONS


def pages(archive: Archive) -> Iterator[Page]:
    """Yield the list of all corrections, which may be empty."""
    found = list(listings(CORRECTIONS, archive.corrections))
    for listing in found:
        yield _page(archive, listing)
    if not found:
        yield archive.html_page(CORRECTIONS, "corrections.html.j2", lambda: {"listing": None})


def _page(archive: Archive, listing: Listing) -> Page:
    return archive.html_page(
        listing.span.path,
        "corrections.html.j2",
        lambda: {"listing": listing},
        also=[*listing.details, *map(repr, listing.shown)],
        subject=subject_of_list(archive, listing.span.entries),
    )
