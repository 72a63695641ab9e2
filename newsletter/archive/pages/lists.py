"""The pages of a list: of pieces that have something in common, of all issues, of corrections."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

from newsletter.archive.archive import Archive
from newsletter.archive.lists.listing import Listing, listings
from newsletter.archive.moved.lists import subject_of_list
from newsletter.archive.nouns import Collection, ListedCorrection, PublishedIssue
from newsletter.archive.page import Page
from newsletter.text.markdown import as_written

Entry = TypeVar("Entry", PublishedIssue, ListedCorrection)


def pages_of(
    archive: Archive, collection: Collection, template: str, values: Mapping[str, str] | None = None
) -> Iterator[Page]:
    """Yield the pages of a collection, made with a template that may use these values, too."""
    for listing in archive.listings[collection.path]:
        yield _page(archive, collection, listing, template, values or {})


def pages_of_entries(
    archive: Archive,
    folder: str,
    template: str,
    entries: Sequence[Entry],
    facts_of: Callable[[Entry], str],
    values: Mapping[str, str] | None = None,
) -> Iterator[Page]:
    """Yield the pages of a list that is no collection, and that may be empty.

    ``facts_of`` returns what a page shows of an entry, as text. The template may use ``values``,
    too; of an empty list it has none, and no listing.
    """

    def page(listing: Listing) -> Page:
        return archive.html_page(
            listing.span.path,
            template,
            lambda: {**(values or {}), "listing": listing},
            also=[*listing.details, *map(facts_of, listing.shown)],
            subject=subject_of_list(archive, listing.span.entries),
        )

    yield from map(page, listings(folder, entries))
    if not entries:
        yield archive.html_page(folder, template, lambda: {"listing": None})


def page_of_all(
    archive: Archive,
    folder: str,
    template: str,
    collections: Sequence[Collection],
    values: Callable[[], dict[str, object]],
) -> Page:
    """Return the page that leads to each of these collections, in this order. What it shows of them
    is in ``values``.
    """
    return archive.html_page(
        folder,
        template,
        values,
        also=map(entry_of, collections),
        subject=subject_of_list(archive, archive.issues),
    )


def entry_of(collection: Collection) -> str:
    """Return what a list of collections shows of one: its name, where it is, and its size."""
    return f"{as_written(collection.name)} {collection.path} {len(collection.pieces)}"


def _page(
    archive: Archive,
    collection: Collection,
    listing: Listing,
    template: str,
    values: Mapping[str, str],
) -> Page:
    has_feed = any(archive.in_feeds(collection.pieces))

    def all_values() -> dict[str, object]:
        return {
            "name": collection.name,
            "feed": collection.path if has_feed else "",
            "listing": listing,
            **values,
        }

    return archive.html_page(
        listing.span.path,
        template,
        all_values,
        shows=listing.shown,
        also=[as_written(collection.name), *values.values(), *listing.details, str(has_feed)],
        subject=subject_of_list(archive, listing.span.entries),
    )
