"""The pages of a list of pieces: of a section, an author, a topic, a kind of review."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from newsletter.archive.archive import Archive, Page
from newsletter.archive.listing import Listing
from newsletter.archive.moved_lists import subject_of_list
from newsletter.archive.nouns import Collection
from newsletter.text.markdown import as_written


def pages_of(
    archive: Archive, collection: Collection, template: str, values: Mapping[str, str] | None = None
) -> Iterator[Page]:
    """Yield the pages of a collection, made with a template that may use these values, too."""
    for listing in archive.listings(collection):
        yield _page(archive, collection, listing, template, values or {})


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
