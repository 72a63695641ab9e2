"""All words of the archive as files for search.js: those of the latest year, and of all before it.

So a new issue changes the few files of its year. Readers load two files for a word.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from newsletter.archive.search.years import DRAWERS, SLOT, Drawer, Year, add

_IN_A_FILE = 32
"""Pieces for each file of a tier, until there are as many files as drawers."""


class Tier(NamedTuple):
    """Years that have their files in common."""

    name: str
    years: tuple[Year, ...]
    first: int
    """The number of its first piece: they are numbered through all tiers."""
    files: int
    """How many files it has, a power of two."""

    @classmethod
    def of(cls, name: str, years: Sequence[Year], first: int, pieces: int) -> Tier:
        """Return the tier of these years, which have so many pieces."""
        files = 1
        while files < min(DRAWERS, pieces / _IN_A_FILE):
            files *= 2
        return cls(name, tuple(years), first, files)

    @property
    def end(self) -> int:
        """The number after that of its last piece."""
        return self.first + SLOT * sum(year.slots for year in self.years)

    def digest(self, file: int) -> str:
        """Return a digest of all that a file is made of."""
        digest = hashlib.blake2b(digest_size=16)
        for first, year in self._years():
            digest.update(b"%d\n" % first)
            for drawer in self._drawers(file):
                digest.update(year.drawers[drawer])
        return digest.hexdigest()

    def content(self, file: int) -> dict[str, tuple[str, list[int], str]]:
        """Return the content of a file: of each stem its forms, the steps from piece to piece, and
        its impacts as hexadecimal digits.
        """
        stems: Drawer = {}
        for first, year in self._years():
            for place in self._drawers(file):
                for stem, entry in json.loads(year.drawers[place]).items():
                    add(stems, stem, entry, first)

        return {
            stem: (_endings(stem, forms), _steps(pieces), "".join(map(_impact, pieces)))
            for stem, (forms, pieces) in sorted(stems.items())
        }

    def _years(self) -> Iterator[tuple[int, Year]]:
        """Yield each year after the number of its first piece."""
        first = self.first
        for year in self.years:
            yield first, year
            first += SLOT * year.slots

    def _drawers(self, file: int) -> range:
        return range(file, DRAWERS, self.files)


def _endings(stem: str, forms: str) -> str:
    """Return the forms of a stem: what follows it in each, or else "=" and the whole form."""
    return " ".join(
        form[len(stem) :] if form.startswith(stem) else f"={form}" for form in forms.split()
    )


def _steps(pieces: Sequence[int]) -> list[int]:
    """Return the number of the first piece, and how much each is greater than the one before it."""
    numbers = [piece // 16 for piece in pieces]
    return [number - last for last, number in zip([0, *numbers], numbers, strict=False)]


def _impact(piece: int) -> str:
    return f"{piece % 16:x}"


def packed(content: Any) -> bytes:
    """Return JSON as a browser unpacks it (gzip), so that no server has to compress it."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    pack = zlib.compressobj(wbits=31)  # without a time
    return pack.compress(text.encode()) + pack.flush()
