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
from datetime import date
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

    def nearest(self, kept: Kept) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
        """Return the paths of the pieces that are nearest to each, by its own, and what to keep for
        the next run. What is ``kept`` of an earlier one is not looked for again.
        """
        found: dict[str, list[str]] = {}
        keep: dict[str, list[str]] = {}
        for place, piece in enumerate(self._pieces):
            key = self._key(place)
            near = kept.get(key)
            if near is None:
                near = [self._pieces[other].path for other in self._near(place)]
            keep[key] = list(near)
            found[piece.path] = self._filled(piece, near)
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
        shared = self._shared(place)

        # None that has less in common than this can be among the nearest, whatever its topics are.
        least = 0
        heaviest = heapq.nlargest(MOST, shared.values())
        if len(heaviest) == MOST:
            most_more = _SAME_TOPIC * len(self._topics[place]) + _SAME_KIND
            least = heaviest[-1] - most_more

        candidates = [other for other, weight in shared.items() if weight >= least]
        ranked = [self._rank(place, other, shared[other]) for other in candidates]
        return [other for *_, other in heapq.nsmallest(MOST, ranked)]

    def _shared(self, place: int) -> dict[int, int]:
        """Return the weight of all words that others have in common with a piece, for each."""
        shared: dict[int, int] = {}
        for token in self._tokens[place]:
            weight = self._weights.get(token)
            if weight is None:
                continue
            for other in self._holders[token]:
                shared[other] = shared.get(other, 0) + weight
        shared.pop(place, None)
        return shared

    def _rank(self, place: int, other: int, weight: int) -> tuple[int, int, str, int]:
        """Return what decides how near two pieces are, whose words have this weight together: the
        lowest is the nearest. Last is the place of the other one.
        """
        one, two = self._pieces[place], self._pieces[other]
        points = weight + _SAME_TOPIC * len(self._topics[place] & self._topics[other])
        if one.kind == two.kind:
            points += _SAME_KIND
        return -points, _days(one, two), two.path, other

    def _filled(self, piece: Piece, near: Sequence[str]) -> list[str]:
        """Return the paths of four pieces: after those that are near, others of the section,
        nearest in time.
        """
        missing = MOST - len(near)
        if not missing:
            return list(near)
        shown = {piece.path, *near}
        others = (path for path in self._neighbours(piece) if path not in shown)
        return [*near, *islice(others, missing)]

    def _neighbours(self, piece: Piece) -> Iterator[str]:
        """Yield the paths of others of its section, the nearest in time first."""
        row = self._rows[piece.section.path]
        place = bisect_left(row, _in_time(piece), key=_in_time)
        around = row[max(place - MOST * 2, 0) : place + MOST * 2]

        by_distance = sorted((_days(piece, other), other.path) for other in around)
        for _, path in by_distance:
            yield path

    @cached_property
    def _rows(self) -> dict[str, list[Piece]]:
        """The pieces of each section, the oldest first."""
        rows: dict[str, list[Piece]] = defaultdict(list)
        for piece in sorted(self._pieces, key=_in_time):
            rows[piece.section.path].append(piece)
        return rows


def _tokens(piece: Piece) -> tuple[str, ...]:
    return (*piece.words.split(), *(topic.path for topic in piece.topics))


def _in_time(piece: Piece) -> tuple[date, str]:
    """Return what pieces are ordered by in time."""
    return piece.day, piece.path


def _days(one: Piece, two: Piece) -> int:
    return abs((one.day - two.day).days)
