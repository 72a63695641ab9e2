"""The reviews by what they are about, ``reviews/film/``, and where all these are: ``reviews/``."""

from __future__ import annotations

from collections.abc import Iterator

from newsletter.archive.archive import Archive
from newsletter.archive.moved.lists import subject_of_list
from newsletter.archive.page import Page
from newsletter.archive.pages.lists import entry_of, pages_of
from newsletter.archive.paths import REVIEWS

_NEWEST = 3
"""Reviews of each kind on the page of all."""


def pages(archive: Archive) -> Iterator[Page]:
    """Yield the pages of each kind of review, and then that of all."""
    for kind in archive.works:
        yield from pages_of(archive, kind, "review.html.j2")
    if archive.works:
        yield _all_kinds(archive)


def _all_kinds(archive: Archive) -> Page:
    newest = [(kind, kind.pieces[:_NEWEST]) for kind in archive.works]
    reviews = [piece for kind in archive.works for piece in kind.pieces]
    return archive.html_page(
        REVIEWS,
        "reviews.html.j2",
        lambda: {"kinds": newest},
        shows=[piece for _, pieces in newest for piece in pieces],
        also=map(entry_of, archive.works),
        subject=subject_of_list(archive, reviews),
    )
