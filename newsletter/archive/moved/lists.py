"""Lists that an earlier run has published and that are gone now: of an author whose name was
corrected, of a year whose only piece has another date.

A list leads to the one that has its pieces now and did not have them before, if there is just one;
otherwise to what it was a part of: a year to the whole list, an author to all authors.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import chain
from pathlib import Path

from newsletter.adding.old_addresses import OldAddress
from newsletter.archive.archive import Archive
from newsletter.archive.lists.collecting import Membership, by_author, by_section, by_topic, by_work
from newsletter.archive.lists.listing import Listing, listings
from newsletter.archive.moved.pages import OF_A_LIST, Moved, old_paths
from newsletter.archive.nouns import ListedCorrection, Piece, PublishedIssue
from newsletter.archive.paths import (
    ALL_ISSUES,
    AUTHORS,
    CORRECTIONS,
    PAGE,
    REVIEWS,
    SECTIONS,
    TOPICS,
)
from newsletter.archive.site.disk import LARGEST
from newsletter.archive.site.links import links_and_ids
from newsletter.archive.site.state import State
from newsletter.files import read_regular

_MEMBERSHIPS = {
    AUTHORS: by_author,
    TOPICS: by_topic,
    SECTIONS: by_section,
    REVIEWS: by_work,
}
"""In which lists a piece is, by the folder that these are in."""
_FEEDS = (".xml", ".json")


def subject_of_list(
    archive: Archive, entries: Iterable[Piece | PublishedIssue | ListedCorrection]
) -> str:
    """Return the subject of a page or feed that lists these entries; "" if none of them is out, as
    nobody knows such a page yet.
    """
    is_out = any(map(archive.is_out, entries))
    return OF_A_LIST if is_out else ""


def moved_lists(published: State, archive: Archive, out: Path) -> list[Moved]:
    """Return the lists and their feeds that are gone since an earlier run, and that the table of
    old addresses does not have yet. ``published`` is what that run has written into ``out``.
    """
    lists = _Lists(published, archive, out)
    known = old_paths(archive)
    files = [file for file, page in published.items() if page.subject == OF_A_LIST]
    moved = []
    for path in sorted(file.removesuffix(PAGE) for file in files):
        is_known = f"{path.rstrip('/')}/" in known
        if not is_known and not lists.has(path):
            now = lists.now(path)
            moved.append(Moved(OldAddress(path, "", "", now), now))
    return moved


class _Lists:
    """The lists of an archive, and what those of an earlier run had."""

    def __init__(self, published: State, archive: Archive, out: Path) -> None:
        self._published = published
        self._archive = archive
        self._out = out
        self._led_to: dict[str, frozenset[str]] = {}
        """Where each list led that was asked for."""

    def has(self, path: str) -> bool:
        """Return whether there is a list, or a part of it, at a path."""
        whole = _whole(path)
        if whole not in self._pages:
            return False
        return path == whole or path.endswith(_FEEDS) or path in self._pages[whole]

    def now(self, path: str) -> str:
        """Return where a list, a part of one, or a feed that is gone leads."""
        whole = _whole(path)
        if self.has(whole):
            return whole
        successor = self._successor(whole)
        if successor and path.endswith(_FEEDS):
            return path.replace(whole, successor)
        return successor or self._above(whole)

    @cached_property
    def _pages(self) -> Mapping[str, frozenset[str]]:
        """The paths of the pages of each list; none of a list of lists, which has one page."""
        archive = self._archive
        lists: dict[str, Iterable[Listing]] = dict(archive.listings)
        lists[ALL_ISSUES] = listings(ALL_ISSUES, archive.issues)
        lists[CORRECTIONS] = listings(CORRECTIONS, archive.corrections)
        of_lists = {AUTHORS: archive.authors, TOPICS: archive.topics, REVIEWS: archive.works}
        lists |= {path: () for path, there in of_lists.items() if there}
        return {path: frozenset(page.span.path for page in lists[path]) for path in lists}

    def _successor(self, whole: str) -> str:
        """Return the one list that all pieces of another one have come to; "" if there is none."""
        membership = _MEMBERSHIPS.get(_folder(whole))
        had = self._had(whole)
        pieces = [piece for piece in self._archive.pieces if piece.path in had]
        if membership is None or not pieces:
            return ""

        common = set.intersection(*(self._new_lists_of(piece, membership) for piece in pieces))
        return common.pop() if len(common) == 1 else ""

    def _new_lists_of(self, piece: Piece, membership: Membership) -> set[str]:
        """Return the lists that a piece is in now and was not in before."""
        return {path for path, _ in membership(piece) if piece.path not in self._had(path)}

    def _had(self, whole: str) -> frozenset[str]:
        """Return where a list led, on all its pages together."""
        if whole not in self._led_to:
            links = map(self._links_on, self._files.get(whole, ()))
            self._led_to[whole] = frozenset(chain.from_iterable(links))
        return self._led_to[whole]

    @cached_property
    def _files(self) -> Mapping[str, list[str]]:
        """The pages that each list had."""
        files: dict[str, list[str]] = {}
        for file, page in self._published.items():
            if page.subject == OF_A_LIST:
                files.setdefault(_whole(file), []).append(file)
        return files

    def _links_on(self, file: str) -> list[str]:
        try:
            content = read_regular(self._out / file, LARGEST)
        except OSError:  # somebody has deleted it
            return []
        links, _ = links_and_ids(file, content, self._archive.base)
        return links

    def _above(self, whole: str) -> str:
        above = _folder(whole)
        return above if self.has(above) else ALL_ISSUES


def _whole(path: str) -> str:
    """Return the path of a whole list, of which a path is a page or a feed: ``authors/zoe/``."""
    folder = _folder(path)
    name, _, _ = path.removesuffix(PAGE).removeprefix(folder).partition("/")
    if name and folder in _MEMBERSHIPS:
        return f"{folder}{name}/"
    return folder


def _folder(path: str) -> str:
    """Return the folder that a path begins with: ``authors/``."""
    name, _, _ = path.partition("/")
    return f"{name}/"
