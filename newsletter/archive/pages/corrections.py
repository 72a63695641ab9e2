"""All corrections, the newest first: ``corrections/``, and by year where there are many."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from newsletter.archive.archive import Archive, Page
from newsletter.archive.listing import Listing, listings
from newsletter.archive.nouns import Corrected, Piece

FOLDER = "corrections/"


def pages(archive: Archive) -> Iterator[Page]:
    """Yield the list of all corrections, which may be empty."""
    found = list(listings(FOLDER, archive.corrections, _day))
    for listing in found:
        yield _page(archive, listing)
    if not found:
        yield archive.html_page(FOLDER, "corrections.html.j2", lambda: {"listing": None})


def _day(correction: tuple[Piece, Corrected]) -> date:
    _, corrected = correction
    return corrected.day


def _page(archive: Archive, listing: Listing) -> Page:
    return archive.html_page(
        listing.span.path,
        "corrections.html.j2",
        lambda: {"listing": listing},
        shows=[piece for piece, _ in listing.shown],
        also=listing.details,
    )
