"""Names of authors and topics in addresses: small Latin letters, digits and hyphens, the same for
the same name in every issue, and unlike any other's.

Names that differ only in capitals, punctuation and spaces are one. Of others that look the same in
an address, such as Zoe and Zoë, the one that appeared first has it, and any other a digest of its
name behind it. So no address depends on who writes later.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TypeVar

from newsletter.archive.nouns import Byline, Piece, PublishedIssue, Topic
from newsletter.archive.paths import AUTHORS, TOPICS
from newsletter.model.fields import RESERVED_SLUGS
from newsletter.text.normalise import normalised_title
from newsletter.text.slug import slug

_LONGEST = 60
"""Characters: Windows allows about 260 for a whole path."""
_DIGITS = 8
"""Of the digest of a name."""

Named = TypeVar("Named", Byline, Topic)


def author_path(name: str) -> str:
    """Return the path of an author's page, if no other name has it."""
    return f"{AUTHORS}{_slug(name, 'author')}/"


def topic_path(name: str) -> str:
    """Return the path of a topic's page, if no other name has it."""
    return f"{TOPICS}{_slug(name, 'topic')}/"


def _slug(name: str, otherwise: str) -> str:
    short = slug(name, _LONGEST)
    if short and short not in RESERVED_SLUGS:
        return short
    return f"{short or otherwise}-{_digest(name)}"


def _digest(name: str) -> str:
    return hashlib.sha256(normalised_title(name).encode()).hexdigest()[:_DIGITS]


def with_own_paths(issues: Iterable[PublishedIssue]) -> Iterator[PublishedIssue]:
    """Yield the issues, the oldest first, with a path for each name that no other name has."""
    paths = _Paths()
    for issue in issues:
        pieces = tuple(map(paths.corrected, issue.pieces))
        if all(new is old for new, old in zip(pieces, issue.pieces, strict=True)):
            yield issue
            continue

        facts = hashlib.sha256(issue.facts)
        for piece in pieces:
            facts.update(piece.digest)
        yield issue._replace(pieces=pieces, facts=facts.digest())


class _Paths:
    """Whose path is whose, as far as the issues have been read."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        """Of each path, the name that has it, without capitals and punctuation."""
        self._known: dict[tuple[str, str], str] = {}
        """Of each path that a name would have, and the name, the path that it has."""

    def corrected(self, piece: Piece) -> Piece:
        """Return the piece with the right paths: itself, if it has them already."""
        names: Iterator[Byline | Topic] = chain(piece.authors, piece.topics)
        if all(self._path(each.path, each.name) == each.path for each in names):
            return piece

        authors = self._corrected(piece.authors)
        topics = self._corrected(piece.topics)
        digest = hashlib.sha256(piece.digest)
        paths = [author.path for author in authors] + [topic.path for topic in topics]
        digest.update("\n".join(paths).encode())
        return piece._replace(authors=authors, topics=topics, digest=digest.digest())

    def _corrected(self, names: tuple[Named, ...]) -> tuple[Named, ...]:
        return tuple(each._replace(path=self._path(each.path, each.name)) for each in names)

    def _path(self, path: str, name: str) -> str:
        found = self._known.get((path, name))
        if found is None:
            found = self._known[path, name] = self._new_path(path, name)
        return found

    def _new_path(self, path: str, name: str) -> str:
        plain = normalised_title(name)
        while self._names.setdefault(path, plain) != plain:
            path = f"{path.rstrip('/')}-{_digest(name)}/"
        return path
