"""The feeds: of all pieces, of issues, and of each section, kind of work, author and topic.

Each is there twice, as Atom and as JSON Feed, beside the page whose newest entries it has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import NamedTuple

from newsletter.archive.archive import Archive, all_of
from newsletter.archive.moved.lists import subject_of_list
from newsletter.archive.nouns import Piece, PublishedIssue
from newsletter.archive.page import Page
from newsletter.archive.parts.entries import Entries
from newsletter.archive.parts.feed_formats import Feed, atom, json_feed
from newsletter.archive.paths import ALL_ISSUES
from newsletter.text.holes import fill

_FRONT = ""
_MOST_OF_ALL = 30
"""Entries in the feed of all pieces."""
_MOST = 20
"""Entries in any other."""
_FORMATS = {"feed.xml": atom, "feed.json": json_feed}


class _Newest(NamedTuple):
    """The newest of what a page lists."""

    folder: str
    """Of the page."""
    title: str
    issues: Sequence[PublishedIssue]
    """The newest first."""
    pieces: Sequence[Piece]
    """The newest first; none if it has the issues themselves."""

    @property
    def paths(self) -> list[str]:
        """Of the pages of the pieces, or of the issues, the newest first."""
        return [noun.path for noun in self.pieces or self.issues]


def pages(archive: Archive) -> Iterator[Page]:
    """Yield all feeds; an archive without issues has none."""
    every = list(_all_newest(archive))
    entries = Entries(archive, chain.from_iterable(newest.paths for newest in every))
    for newest in every:
        for file, write in _FORMATS.items():
            yield _page(archive, entries, newest, file, write)


def _all_newest(archive: Archive) -> Iterator[_Newest]:
    if not archive.issues:
        return
    newest = (piece for issue in archive.newest_first() for piece in issue.pieces)
    yield _of_pieces(archive, _FRONT, archive.publication.name, newest, _MOST_OF_ALL)

    issues = list(islice(reversed(archive.out), _MOST))
    title = _title(archive, archive.templates.words["archive"])
    yield _Newest(ALL_ISSUES, title, issues, ())

    for listed in archive.collections.values():
        title = _title(archive, listed.name)
        found = _of_pieces(archive, listed.path, title, listed.pieces, _MOST)
        if found.paths:
            yield found


def _title(archive: Archive, name: str) -> str:
    """Return the title of a feed: BioNews: Stem cells."""
    labelled = archive.templates.words["labelled"]
    return fill(labelled, {"label": archive.publication.name, "text": name})


def _of_pieces(
    archive: Archive, folder: str, title: str, newest_first: Iterable[Piece], most: int
) -> _Newest:
    """Return the newest of these pieces that feeds have."""
    newest = list(islice(archive.in_feeds(newest_first), most))
    numbers = dict.fromkeys(piece.number for piece in newest)
    issues = [archive.by_number[number] for number in numbers]
    return _Newest(folder, title, issues, newest)


def _page(
    archive: Archive,
    entries: Entries,
    newest: _Newest,
    file: str,
    write: Callable[[Archive, Feed], bytes],
) -> Page:
    path = newest.folder + file

    def make() -> bytes:
        shown = tuple(map(entries.at, newest.paths))
        feed = Feed(path, newest.folder, newest.title, entries.updated(shown), shown)
        return write(archive, feed)

    return archive.page(
        path,
        make,
        shows=_issues_shown(archive, newest),
        also=_details(archive, entries, newest),
        subject="" if newest.folder == _FRONT else subject_of_list(archive, newest.issues),
    )


def _issues_shown(archive: Archive, newest: _Newest) -> Sequence[PublishedIssue]:
    """Return the issues that a feed shows whole; of a feed without entries the newest issue, as it
    says when that one went out.
    """
    if newest.pieces:
        return ()
    return newest.issues or archive.issues[-1:]


def _details(archive: Archive, entries: Entries, newest: _Newest) -> Iterator[str]:
    """Yield what else decides about a feed."""
    yield newest.title
    for path in newest.paths:
        yield path
        yield entries.first_paths.get(path, path)
    for piece in newest.pieces:
        yield all_of(archive.by_number[piece.number], piece)
