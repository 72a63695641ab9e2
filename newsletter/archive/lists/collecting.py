"""Pieces that are listed on a page of their own, since they have a section, an author or a topic in
common.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain

from newsletter.archive.nouns import Collection, Piece, PublishedIssue

Membership = Callable[[Piece], Iterable[tuple[str, str]]]
"""Returns path and name of each collection that a piece is in."""


def collect(issues: Iterable[PublishedIssue], membership: Membership) -> tuple[Collection, ...]:
    """Return the collections that the pieces of these issues are in.

    The issues are given from the newest on, and the pieces of a collection follow in this order;
    those of one issue are in the order in which they are read. A collection is called as in its
    newest piece.
    """
    pieces: dict[str, dict[str, Piece]] = {}
    names: dict[str, str] = {}
    for piece in chain.from_iterable(issue.pieces for issue in issues):
        for path, name in membership(piece):
            names.setdefault(path, name)
            pieces.setdefault(path, {})[piece.path] = piece

    found = []
    for path, name in names.items():
        found.append(Collection(name, path, tuple(pieces[path].values())))
    return tuple(found)


def by_section(piece: Piece) -> list[tuple[str, str]]:
    """Return the section that a piece is in."""
    return [(piece.section.path, piece.section.title)]


def by_work(piece: Piece) -> list[tuple[str, str]]:
    """Return the kind of work that a piece reviews."""
    return [(piece.work.path, piece.work.kind)] if piece.work else []


def by_author(piece: Piece) -> list[tuple[str, str]]:
    """Return the authors of a piece."""
    return [(author.path, author.name) for author in piece.authors]


def by_topic(piece: Piece) -> list[tuple[str, str]]:
    """Return the topics of a piece."""
    return [(topic.path, topic.name) for topic in piece.topics]
