"""All issues: ``issues/``, and by year where there are many."""

from __future__ import annotations

from collections.abc import Iterator

from newsletter.archive.archive import Archive, Page
from newsletter.archive.listing import Listing, listings
from newsletter.archive.moved_lists import subject_of_list
from newsletter.archive.paths import ALL_ISSUES


def pages(archive: Archive) -> Iterator[Page]:
    """Yield the list of all issues, of which there may be none."""
    found = list(listings(ALL_ISSUES, tuple(archive.newest_first())))
    for listing in found:
        yield _page(archive, listing)
    if not found:
        yield archive.html_page(ALL_ISSUES, "issues.html.j2", lambda: {"listing": None})


def _page(archive: Archive, listing: Listing) -> Page:
    return archive.html_page(
        listing.span.path,
        "issues.html.j2",
        lambda: {"feed": ALL_ISSUES, "listing": listing},
        also=[*listing.details, *(issue.facts.hex() for issue in listing.shown)],
        subject=subject_of_list(archive, listing.span.entries),
    )
