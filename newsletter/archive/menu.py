"""The navigation of every page: nothing in it leads nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from newsletter.archive.paths import ALL_ISSUES, AUTHORS, REVIEWS, SEARCH, SECTIONS, TOPICS
from newsletter.model.items import ITEM_OF_SECTION

if TYPE_CHECKING:
    from newsletter.archive.archive import Archive


class Link(NamedTuple):
    """An entry of the navigation."""

    name: str
    path: str
    """From the site's root: ``topics/``."""


def menu_of(archive: Archive) -> Iterator[Link]:
    """Yield the entries of an archive's navigation, in their order."""
    words = archive.templates.words
    yield Link(words["archive"], ALL_ISSUES)
    yield from _sections(archive)
    if archive.topics:
        yield Link(words["lists"]["topics"], TOPICS)
    if archive.authors:
        yield Link(words["lists"]["authors"], AUTHORS)
    yield Link(words["lists"]["search"], SEARCH)


def _sections(archive: Archive) -> Iterator[Link]:
    """Yield the sections in the order of an issue; that of reviews leads to all their kinds."""
    names = {section.path: section.name for section in archive.sections}
    for kind in ITEM_OF_SECTION:
        path = f"{SECTIONS}{kind}/"
        if path not in names or kind == "advert":
            continue
        if kind != "reviews":
            yield Link(names[path], path)
        elif archive.works:
            yield Link(names[path], REVIEWS)
