"""All words of the archive as files for search.js: those of the latest year, and of all before it.

So a new issue changes the few files of its year. Readers load two files for a word.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from newsletter.archive.search.years import Drawer, Year
from newsletter.archive.words.drawers import DRAWERS

_IN_A_FILE = 32
"""Pieces for each file of a tier, until there are as many files as drawers."""


class Tier(NamedTuple):
    """Years that have their files in common."""

    name: str
    years: tuple[Year, ...]
    first: int
    """The number of its first slot: they are numbered through all tiers."""
    files: int
    """How many files it has, a power of two."""

    @classmethod
    def of(cls, name: str, years: Sequence[Year], *, first: int) -> Tier:
        """Return the tier of these years, whose slots are numbered from ``first`` on."""
        files = files_for(sum(year.pieces for year in years))
        return cls(name, tuple(years), first, files)

    @property
    def end(self) -> int:
        """The number after that of its last slot."""
        return self.first + sum(year.slots for year in self.years)

    def digest(self, file: int) -> str:
        """Return a digest of all that a file is made of."""
        digest = hashlib.blake2b(digest_size=16)
        for first, year in self._years():
            digest.update(f"{first}\n".encode())
            for place in self._places(file):
                digest.update(year.digests[place].encode())
        return digest.hexdigest()

    def content(self, file: int) -> dict[str, tuple[str, list[int], str]]:
        """Return the content of a file: of each stem the endings of its forms, the steps from slot
        to slot, and its pieces in each slot.
        """
        endings: defaultdict[str, set[str]] = defaultdict(set)
        slots: defaultdict[str, list[int]] = defaultdict(list)
        pieces: defaultdict[str, list[str]] = defaultdict(list)
        for first, drawer in self._drawers_in(file):
            for form in drawer.forms.split():
                stem, ending = form.split(":")
                endings[stem].add(ending)
            for slot, entry in _entries(first, drawer):
                stem, in_slot = entry.split(":")
                slots[stem].append(slot)
                pieces[stem].append(in_slot)

        return {
            stem: (" ".join(sorted(several)), _steps(slots[stem]), " ".join(pieces[stem]))
            for stem, several in sorted(endings.items())
        }

    def _years(self) -> Iterator[tuple[int, Year]]:
        """Yield each year after the number of its first slot."""
        first = self.first
        for year in self.years:
            yield first, year
            first += year.slots

    def _drawers_in(self, file: int) -> Iterator[tuple[int, Drawer]]:
        """Yield the drawers of all years that are in a file, each after the number of its year's
        first slot.
        """
        for first, year in self._years():
            for place in self._places(file):
                yield first, year.drawers[place]

    def _places(self, file: int) -> range:
        """Return which drawers of each year are in a file."""
        return range(file, DRAWERS, self.files)


def files_for(pieces: int) -> int:
    """Return how many files a tier of so many pieces has."""
    files = 1
    while files < min(DRAWERS, pieces / _IN_A_FILE):
        files *= 2
    return files


def _entries(first: int, drawer: Drawer) -> Iterator[tuple[int, str]]:
    """Yield what is in a drawer: a stem with its pieces, after the number of their slot."""
    for slot, entries in enumerate(drawer.slots.split(";"), first):
        for entry in entries.split():
            yield slot, entry


def _steps(slots: Sequence[int]) -> list[int]:
    """Return the first number, and how much each is greater than the one before it."""
    return [slot - last for last, slot in zip([0, *slots], slots, strict=False)]


def packed(content: Any) -> bytes:
    """Return JSON as a browser unpacks it (gzip), so that no server has to compress it."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    pack = zlib.compressobj(wbits=31)  # without a time
    return pack.compress(text.encode()) + pack.flush()
