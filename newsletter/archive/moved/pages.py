"""Pages that an earlier run has published and that are elsewhere now, or gone: none ever dies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import urlsplit

from newsletter.adding.old_addresses import OldAddress
from newsletter.archive.archive import Archive
from newsletter.archive.nouns import Piece, PublishedIssue
from newsletter.archive.paths import ALL_ISSUES, PAGE
from newsletter.text.normalise import normalised_title

_OF_AN_ISSUE = "issue"
OF_A_LIST = "list"
"""The subject of a list: lists.py finds those."""


class Moved(NamedTuple):
    """A page that is no longer where it was."""

    row: OldAddress
    """What the table of old addresses says of it from now on."""
    now: str
    """The path of the page that its address leads to."""


def subject_of(issue: PublishedIssue, piece: Piece | None = None) -> str:
    """Return the subject of the page of a piece, or else of its issue: by file and title the piece
    is found again. It is "" for a draft, whose pages nobody knows yet.
    """
    if issue.is_draft:
        return ""
    if piece is None:
        return _OF_AN_ISSUE
    return f"{piece.file}\n{piece.title}"


def moved_pages(published: Mapping[str, str], archive: Archive) -> list[Moved]:
    """Return the pages that have moved since an earlier run, and that the table of old addresses
    does not have yet. ``published`` has the subject of each that was there, by its path.

    A piece is found again by its file or its title in its issue; in another one by both, or by its
    title alone if its own issue is gone. One that was deleted leads to its issue, and an issue to
    the list of all.
    """
    return list(_moved(published, archive))


def with_moved(archive: Archive, moved: Sequence[Moved]) -> Archive:
    """Return the archive with more old addresses."""
    if not moved:
        return archive
    table = archive.old_addresses
    rows = (*table.rows, *(each.row for each in moved))
    return replace(archive, old_addresses=table._replace(rows=rows))


def old_paths(archive: Archive) -> set[str]:
    """Return the paths in the site that the table of old addresses has already."""
    return {_in_site(row.address, archive) for row in archive.old_addresses.rows}


def first_paths(archive: Archive) -> dict[str, str]:
    """Return the path that each page had first, by the one that it has now: of the pages that have
    moved, and whose pieces have no file.
    """
    rows = archive.old_addresses.rows
    before = {row.to: _in_site(row.address, archive) for row in rows if row.to}
    return {path: _first(path, before) for path in before}


def _first(path: str, before: Mapping[str, str]) -> str:
    """Return where a page was first; ``before`` has the path before each other one."""
    seen = [path]
    while (earlier := before.get(seen[-1])) and earlier not in seen:
        seen.append(earlier)
    return seen[-1]


def _moved(published: Mapping[str, str], archive: Archive) -> Iterator[Moved]:
    there = {piece.path for piece in archive.pieces} | {issue.path for issue in archive.issues}
    explained = there | old_paths(archive)
    for file, subject in sorted(published.items()):
        if subject == OF_A_LIST or file == PAGE:  # lists.py leads on; the front page stays
            continue

        path = file.removesuffix(PAGE)
        number, _, _ = path.partition("/")
        if path in explained or number in archive.left_out:
            continue

        piece = _found(number, subject, archive) or _in_another(subject, published, archive)
        yield _now(path, number, piece, archive)


def _in_site(address: str, archive: Archive) -> str:
    """Return the path that an old address in the site has there."""
    path = address.removeprefix(archive.base).removeprefix(urlsplit(archive.base).path)
    return f"{path.strip('/')}/"


def _now(path: str, number: str, piece: Piece | None, archive: Archive) -> Moved:
    issue = archive.by_number.get(number)
    if piece and piece.file:
        return Moved(OldAddress(path, piece.number, piece.file, ""), piece.path)
    if piece:
        return Moved(OldAddress(path, "", "", piece.path), piece.path)
    if issue:
        return Moved(OldAddress(path, number, "", ""), issue.path)
    return Moved(OldAddress(path, "", "", ALL_ISSUES), ALL_ISSUES)


def _found(number: str, subject: str, archive: Archive) -> Piece | None:
    """Return the piece that a page was about; None if it is gone, or cannot be told from others."""
    if subject == _OF_AN_ISSUE:
        return None
    file, _, title = subject.partition("\n")
    issue = archive.by_number.get(number)
    for piece in issue.pieces if issue else ():
        if file and piece.file == file:
            return piece

    plain = normalised_title(title)
    pieces = issue.pieces if issue else archive.pieces
    called = [piece for piece in pieces if normalised_title(piece.title) == plain]
    return called[0] if len(called) == 1 else None


def _in_another(subject: str, published: Mapping[str, str], archive: Archive) -> Piece | None:
    """Return the one new piece of this file and title, in an issue that is out; None otherwise."""
    found = []
    for issue in archive.issues:
        for piece in issue.pieces:
            is_same = piece.file and subject_of(issue, piece) == subject
            if is_same and f"{piece.path}{PAGE}" not in published:
                found.append(piece)
    return found[0] if len(found) == 1 else None
