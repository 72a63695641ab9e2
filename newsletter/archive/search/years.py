"""The words of a year's issues, put together; digests of them are kept between runs."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, groupby
from math import ceil
from typing import NamedTuple

from newsletter.archive.issues.cache_files import keep_made, load_made
from newsletter.archive.issues.kept import kept_words
from newsletter.archive.issues.opened import opened
from newsletter.archive.nouns import PublishedIssue
from newsletter.archive.words.counting import SLOT, Words, words_of
from newsletter.archive.words.drawers import DRAWERS, drawer_of
from newsletter.cache import program

_DIGEST = 16
"""Hexadecimal digits of a digest."""


class Drawer(NamedTuple):
    """What is in a drawer of a year: as in Words."""

    forms: str
    """A form that begins otherwise than its stem, as skies and sky, is in the drawer in which it is
    looked for as well as in that of its stem."""
    slots: str


@dataclass(frozen=True)
class Year:
    """The words of a year, kept between runs: few change in most of them."""

    issues: tuple[PublishedIssue, ...]
    """The oldest first."""

    @cached_property
    def slots(self) -> int:
        """How many slots its issues take."""
        return sum(map(slots_of, self.issues))

    @property
    def pieces(self) -> int:
        """How many pieces its issues have."""
        return sum(len(issue.pieces) for issue in self.issues)

    @cached_property
    def digests(self) -> Sequence[str]:
        """A digest of each drawer. They are kept apart, since most drawers need not be read."""
        if kept := self._kept("digests"):
            return kept
        digests = [_digest(part.encode() + b"\n" for part in drawer) for drawer in self.drawers]
        self._keep("digests", digests)
        return digests

    @cached_property
    def drawers(self) -> Sequence[Drawer]:
        """Its words. Pieces are numbered from the year's first on."""
        if kept := self._kept("drawers"):
            return [Drawer(*line.split("\t")) for line in kept]
        words = [_words(issue) for issue in self.issues]
        forms = set(chain.from_iterable(of_issue.forms.split() for of_issue in words))
        drawers_of_all = zip(*(of_issue.drawers for of_issue in words), strict=True)
        slots = map(";".join, drawers_of_all)
        drawers = list(map(Drawer, _in_drawers(forms), slots))
        self._keep("drawers", map("\t".join, drawers))
        return drawers

    @cached_property
    def _made_of(self) -> str:
        return _digest([program("."), *(issue.files for issue in self.issues)])

    @cached_property
    def _name(self) -> str:
        first = self.issues[0]
        folder = str(first.folder.path.parent.resolve())
        owner = hashlib.blake2b(folder.encode(), digest_size=12)
        return f"{owner.hexdigest()}.{first.day.year}"

    def _kept(self, kind: str) -> list[str]:
        """Return what is kept for each drawer; nothing if the year's issues have changed."""
        kept = load_made(f"{self._name}.{kind}", self._made_of)
        return kept.decode().split("\n") if kept else []

    def _keep(self, kind: str, lines: Iterable[str]) -> None:
        keep_made(f"{self._name}.{kind}", self._made_of, "\n".join(lines).encode())


def years_of(issues: Sequence[PublishedIssue]) -> tuple[Year, ...]:
    """Return the words of all years, the oldest first."""
    return tuple(Year(tuple(year)) for _, year in groupby(issues, lambda issue: issue.day.year))


def slots_of(issue: PublishedIssue) -> int:
    """Return how many slots an issue takes: one at least."""
    return max(1, ceil(len(issue.pieces) / SLOT))


def _words(issue: PublishedIssue) -> Words:
    """Return the words of an issue, which were counted when it was read."""
    return kept_words(issue) or words_of(opened(issue), [piece.key for piece in issue.pieces])


def _in_drawers(forms: Iterable[str]) -> Iterator[str]:
    """Yield the forms in each drawer: those whose stem is looked for there, or they themselves."""
    drawers: defaultdict[int, list[str]] = defaultdict(list)
    for form in forms:
        stem, ending = form.split(":")
        whole = ending[1:] if ending.startswith("=") else stem + ending
        for drawer in {drawer_of(stem), drawer_of(whole)}:
            drawers[drawer].append(form)
    for drawer in range(DRAWERS):
        yield " ".join(sorted(drawers[drawer]))


def _digest(parts: Iterable[bytes]) -> str:
    digest = hashlib.blake2b(digest_size=_DIGEST // 2)
    for part in parts:
        digest.update(part)
    return digest.hexdigest()
