"""Which pieces are shown with each piece: those that its editor chose, or else those that its page
led to where it was before, or else those that are nearest to it (kinship.py).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from newsletter.archive.lists.kinship import MOST, Kinship, digest_of
from newsletter.archive.nouns import Piece, PublishedIssue, Related
from newsletter.cache import keep, load, program
from newsletter.manifest import read_manuscript
from newsletter.problem import Problem
from newsletter.text.normalise import normalised_title, normalised_url
from newsletter.text.printable import printable

if TYPE_CHECKING:
    from newsletter.archive.archive import Archive

_ENDING = ".related"
_NOTHING_KEPT = b"\n{}\n{}"
"""What is kept, on three lines: a digest of all pieces, the paths of the pieces that are nearest to
each, and what Kinship knows by parts of that digest.
"""


def related_pieces(archive: Archive) -> dict[str, tuple[Related, ...]]:
    """Return the pieces that are shown with each piece, by its path."""
    known = _Known(archive)
    related = {piece.path: known.chosen(piece) or known.led_to(piece) for piece in archive.pieces}
    if not all(related.values()):
        for path, near in _nearest(archive).items():
            related[path] = related[path] or known.shown(near)
    return related


def unknown_choices(archive: Archive) -> Iterator[Problem]:
    """Yield a problem for each piece that an editor chose to be shown with another, and that is not
    there.
    """
    known = _Known(archive)
    for issue in archive.issues:
        for piece in issue.pieces:
            for place, name in enumerate(piece.related):
                number, _, _ = name.partition("/")
                if not known.has(name) and number not in archive.left_out:
                    yield _unknown(issue, piece, place, known.pieces_of(number))


def _unknown(issue: PublishedIssue, piece: Piece, place: int, there: Sequence[Piece]) -> Problem:
    """Return the problem of the name at a place among those that an editor chose for a piece.

    ``there`` are the pieces of the issue that the name begins with.
    """
    name = piece.related[place]
    manuscript = read_manuscript(issue.folder)
    item = next(item for item in manuscript.issue.items if item.key == piece.key)
    written = manuscript.place(item, "related", place)
    message = f"There is no piece '{printable(name)}' in the archive."
    hint = "Write its issue and the last part of its address, such as 652/palaces."
    if there:
        names = ", ".join(other.path.rstrip("/") for other in there)
        hint = f"That issue has {names}."
    return Problem(written.path, written.line, message, hint)


def _nearest(archive: Archive) -> Mapping[str, Sequence[str]]:
    """Return the paths of the pieces that are nearest to each, by its own. What is found is kept
    for the next run.
    """
    found_by = program("archive/lists/kinship.py", "archive/words/telling_words.py")
    owner = hashlib.sha256(found_by + archive.publication.archive.encode())
    name = f"{owner.hexdigest()[:32]}{_ENDING}"
    digest = digest_of(archive.pieces).encode()
    kept_of, nearest, found = (load(name) or _NOTHING_KEPT).split(b"\n")
    if kept_of == digest:
        known: dict[str, list[str]] = json.loads(nearest)
        return known

    anew, to_keep = Kinship(archive.pieces).nearest(json.loads(found))
    keep(name, b"\n".join((digest, _json(anew), _json(to_keep))))
    return anew


def _json(data: object) -> bytes:
    return json.dumps(data, separators=(",", ":")).encode()


class _Known:
    """Pieces by what they may be called elsewhere."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def shown(self, paths: Iterable[str]) -> tuple[Related, ...]:
        """Return the pieces at these paths as they are shown with others."""
        return tuple(map(self._shown.__getitem__, paths))

    @cached_property
    def _shown(self) -> dict[str, Related]:
        return {piece.path: _shown(piece) for piece in self._archive.pieces}

    @cached_property
    def _by_path(self) -> dict[str, Piece]:
        return {piece.path.rstrip("/"): piece for piece in self._archive.pieces}

    @cached_property
    def _by_title(self) -> dict[str, list[Piece]]:
        pieces: dict[str, list[Piece]] = {}
        for piece in self._archive.pieces:
            pieces.setdefault(normalised_title(piece.title), []).append(piece)
        return pieces

    @cached_property
    def _by_address(self) -> dict[str, Piece]:
        """The pieces by where they were, or are elsewhere, as that is written."""
        pieces = self._archive.pieces
        found = {piece.url.rstrip("/"): piece for piece in reversed(pieces) if piece.url}
        in_files = {(piece.number, piece.file): piece for piece in pieces if piece.file}
        for row in self._archive.old_addresses.rows:
            piece = in_files.get((row.issue, row.file))
            if piece:
                found.setdefault(row.address.rstrip("/"), piece)
        return found

    @cached_property
    def _by_page(self) -> dict[str, Piece]:
        """The same by what decides where an address leads; that is slower to find out."""
        pages: dict[str, Piece] = {}
        for address, piece in self._by_address.items():
            pages.setdefault(normalised_url(address), piece)
        pages.pop("", None)  # of a home page, or a path
        return pages

    def chosen(self, piece: Piece) -> tuple[Related, ...]:
        """Return the pieces that an editor chose, but no advert."""
        if not piece.related:
            return ()
        found = dict.fromkeys(map(self._at, piece.related))
        others = (other for other in found if other and other is not piece)
        return self.shown(other.path for other in others if not other.advertiser)

    def pieces_of(self, number: str) -> Sequence[Piece]:
        """Return the pieces of the issue of this number; none if there is no such issue."""
        issue = self._archive.by_number.get(number)
        return issue.pieces if issue else ()

    def has(self, name: str) -> bool:
        """Return whether there is a piece that is called so."""
        return self._at(name) is not None

    def led_to(self, piece: Piece) -> tuple[Related, ...]:
        """Return the pieces that a page led to where it was before; those that are not in the
        archive only if they have an address.
        """
        links: dict[str, Related] = {}
        for link in piece.led_to:
            other = self._meant(link)
            if other and other.path != piece.path and not other.advertiser:
                links.setdefault(other.path, self._shown[other.path])
            elif not other and link.url:
                links.setdefault(link.url, link)
        return tuple(links.values())[:MOST]

    def _meant(self, link: Related) -> Piece | None:
        """Return the piece that a link leads to; of several with its title, the one of its day."""
        if link.url and (found := self._at(link.url)):
            return found
        called = self._by_title.get(normalised_title(link.title), [])
        of_that_day = [piece for piece in called if piece.day == link.day]
        return next(iter(of_that_day or called), None)

    def _at(self, address: str) -> Piece | None:
        path = address.removeprefix(self._archive.base).rstrip("/")
        found = self._by_path.get(path) or self._by_address.get(path)
        return found or self._by_page.get(normalised_url(address))


def _shown(piece: Piece) -> Related:
    authors = tuple(author.name for author in piece.authors)
    return Related.of(piece.title, piece.day, authors, piece.teaser, path=piece.path)
