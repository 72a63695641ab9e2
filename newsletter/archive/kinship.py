"""Which pieces are about the same: those that have rare words and topics in common.

A word counts for more the rarer it is, in steps of two, and not at all if it is in more than one
piece of 150. How rare it is, is counted in the pieces of all years but the newest. So a new issue
changes what is shown with an old piece only where one of its own pieces is nearer to it than
another was, and within a year no weight ever shifts: a page is made again only if readers see
something else there. Of two pieces that are equally near, the one that is nearer in time comes
first, which no later piece can change.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from hashlib import blake2b
from itertools import islice

from newsletter.archive.nouns import Piece

MOST = 4
"""Pieces that are shown with another."""
_COMMON = 150
"""A word is common if more than one piece of so many has it."""
_FEWEST = 20
"""Pieces that may have a word in a newsletter of few pieces."""
_SAME_TOPIC, _SAME_KIND = 2, 1
_KEY = 8
"""Bytes of the digest of what decides about a piece."""

Kept = Mapping[str, Sequence[str]]
"""What was found for each piece: paths by the digest of all that it was found by."""


def digest_of(pieces: Iterable[Piece]) -> str:
    """Return a digest of all that decides which pieces are near to each other."""
    digest = blake2b(digest_size=16)
    for piece in pieces:
        if piece.is_editorial:
            digest.update(_facts(piece))
    return digest.hexdigest()


def _facts(piece: Piece) -> bytes:
    """Return all of a piece that decides about its relatives."""
    topics = " ".join(topic.path for topic in piece.topics)
    day = str(piece.day.toordinal())
    facts = (piece.path, piece.words, topics, piece.kind, piece.section.path, day, "")
    return "\n".join(facts).encode()


class Kinship:
    """How near the pieces of an archive are to each other. Adverts and events are near to none."""

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self._pieces = [piece for piece in pieces if piece.is_editorial]
        self._tokens = [_tokens(piece) for piece in self._pieces]
        self._topics = [frozenset(topic.path for topic in piece.topics) for piece in self._pieces]
        self._holders: dict[str, list[int]] = defaultdict(list)
        for place, tokens in enumerate(self._tokens):
            for token in tokens:
                self._holders[token].append(place)

    def nearest(self, kept: Kept) -> tuple[dict[str, list[Piece]], dict[str, list[str]]]:
        """Return the pieces that are nearest to each, by its path, and what to keep of them.

        What is ``kept`` of an earlier run is not looked for again.
        """
        found: dict[str, list[Piece]] = {}
        keep: dict[str, list[str]] = {}
        at = {piece.path: piece for piece in self._pieces}
        for place, piece in enumerate(self._pieces):
            key = self._key(place)
            paths = kept.get(key)
            if paths is None:
                paths = [self._pieces[other].path for other in self._near(place)]
            keep[key] = list(paths)
            found[piece.path] = self._filled(place, [at[path] for path in paths])
        return found, keep

    # How rare words are

    @cached_property
    def _weights(self) -> dict[str, int]:
        """How much each word counts that is not common."""
        counted = self._before_the_newest_year()
        most = max(_FEWEST, counted // _COMMON)
        weights = {}
        for token, holders in self._holders.items():
            count = bisect_left(holders, counted)
            if len(holders) > 1 and count <= most:
                weights[token] = (most // max(count, 2)).bit_length()
        return weights

    def _before_the_newest_year(self) -> int:
        """Return the place of the first piece of the newest year; the end if that has too many."""
        years = [piece.day.year for piece in self._pieces]
        first = years.index(max(years)) if years else 0
        return first if first > len(years) / 2 else len(years)

    # What decides about a piece

    def _key(self, place: int) -> str:
        """Return a digest of all that decides which pieces are near to one."""
        of_words = [self._of_words.get(token, 0) for token in self._tokens[place]]
        return str(hash((self._digests[place], *of_words)))

    @cached_property
    def _digests(self) -> list[int]:
        facts = map(_facts, self._pieces)
        return [int.from_bytes(blake2b(each, digest_size=_KEY).digest(), "big") for each in facts]

    @cached_property
    def _of_words(self) -> dict[str, int]:
        """A digest of the weight of each word that is not common, and of all that have it."""
        digests = {}
        for token, weight in self._weights.items():
            of_holders = [self._digests[place] for place in self._holders[token]]
            digests[token] = hash((weight, *of_holders))
        return digests

    # Nearness

    def _near(self, place: int) -> list[int]:
        """Return the pieces that have most in common with one, as far as there are any."""
        shared: dict[int, int] = {}
        for token in self._tokens[place]:
            weight = self._weights.get(token)
            if weight is not None:
                for other in self._holders[token]:
                    shared[other] = shared.get(other, 0) + weight
        shared.pop(place, None)

        # None that has less in common than this can be among the nearest, whatever its topics are.
        most_more = _SAME_TOPIC * len(self._topics[place]) + _SAME_KIND
        best = heapq.nlargest(MOST, shared.values())
        least = best[-1] - most_more if len(best) == MOST else 0
        ranked = [
            self._rank(place, other, words) for other, words in shared.items() if words >= least
        ]
        return [other for *_, other in heapq.nsmallest(MOST, ranked)]

    def _rank(self, place: int, other: int, words: int) -> tuple[int, int, str, int]:
        one, two = self._pieces[place], self._pieces[other]
        topics = len(self._topics[place] & self._topics[other])
        points = words + _SAME_TOPIC * topics + _SAME_KIND * (one.kind == two.kind)
        return -points, _days(one, two), two.path, other

    def _filled(self, place: int, near: list[Piece]) -> list[Piece]:
        """Return four pieces: after those that are near, others of the section, nearest in time."""
        if len(near) == MOST:
            return near
        piece = self._pieces[place]
        shown = {piece.path, *(other.path for other in near)}
        others = (other for other in self._neighbours(piece) if other.path not in shown)
        return [*near, *islice(others, MOST - len(near))]

    def _neighbours(self, piece: Piece) -> Iterator[Piece]:
        """Yield the others of its section, the nearest in time first."""
        row = self._rows[piece.section.path]
        at = bisect_left(row, (piece.day, piece.path), key=lambda other: (other.day, other.path))
        around = row[max(at - MOST * 2, 0) : at + MOST * 2]
        yield from sorted(around, key=lambda other: (_days(piece, other), other.path))

    @cached_property
    def _rows(self) -> dict[str, list[Piece]]:
        rows: dict[str, list[Piece]] = defaultdict(list)
        for piece in sorted(self._pieces, key=lambda piece: (piece.day, piece.path)):
            rows[piece.section.path].append(piece)
        return rows


def _tokens(piece: Piece) -> tuple[str, ...]:
    return (*piece.words.split(), *(topic.path for topic in piece.topics))


def _days(one: Piece, two: Piece) -> int:
    return abs((one.day - two.day).days)
