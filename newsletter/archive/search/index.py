"""All files that search.js reads."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any, get_args

from newsletter.archive.nouns import PublishedIssue
from newsletter.archive.search.tiers import Tier
from newsletter.archive.search.years import years_of
from newsletter.archive.words.counting import SLOT
from newsletter.archive.words.drawers import DRAWERS
from newsletter.model import SectionKind

IN_A_LIST = 4
"""How many issues have the addresses of their pieces in one file. The first ten results are mostly
of ten issues, and readers load the files of all."""


@dataclass(frozen=True)
class Index:
    """The words of all pieces, and where the pieces are."""

    issues: tuple[PublishedIssue, ...]
    """The oldest first."""

    @cached_property
    def tiers(self) -> tuple[Tier, Tier]:
        """The words of all years but the last, and those of the last."""
        years = years_of(self.issues)
        earlier = Tier.of("earlier", years[:-1], first=0)
        return earlier, Tier.of("latest", years[-1:], first=earlier.end)

    @cached_property
    def sections(self) -> list[str]:
        """The kinds of sections that there are pieces in."""
        kinds = {piece.section.kind for issue in self.issues for piece in issue.pieces}
        return [kind for kind in get_args(SectionKind) if kind in kinds]

    @cached_property
    def years(self) -> list[int]:
        """The years in which there are issues, the latest first."""
        return sorted({issue.day.year for issue in self.issues}, reverse=True)

    @cached_property
    def lists(self) -> list[Sequence[PublishedIssue]]:
        """The issues, as many together as have the addresses of their pieces in one file."""
        starts = range(0, len(self.issues), IN_A_LIST)
        return [self.issues[start : start + IN_A_LIST] for start in starts]

    def contents(self) -> dict[str, Any]:
        """Return what search.js needs for every search: of which section and year each piece is,
        and which files there are. A version is a part of a file's address, so that a browser never
        takes an old one with this one.
        """
        by_year = groupby(self.issues, _year)
        paths = repr(list(map(paths_of, self.lists)))
        return {
            "slot": SLOT,
            "drawers": DRAWERS,
            "sections": self.sections,
            "years": [(year, list(map(self._digits, issues))) for year, issues in by_year],
            "tiers": list(map(_entry, self.tiers)),
            "paths": {"issues": IN_A_LIST, "version": _version([paths])},
        }

    def _digits(self, issue: PublishedIssue) -> str:
        """Return a digit for the section of each piece of an issue."""
        return "".join(str(self.sections.index(piece.section.kind)) for piece in issue.pieces)


def paths_of(issues: Sequence[PublishedIssue]) -> list[list[str]]:
    """Return the paths of the pieces of each issue."""
    return [[piece.path for piece in issue.pieces] for issue in issues]


def _entry(tier: Tier) -> dict[str, Any]:
    """Return what search.js needs to know of a tier."""
    version = _version(map(tier.digest, range(tier.files)))
    return {"name": tier.name, "files": tier.files, "version": version}


def _version(parts: Iterable[str]) -> str:
    digest = hashlib.blake2b(digest_size=4)
    for part in parts:
        digest.update(part.encode())
    return digest.hexdigest()


def _year(issue: PublishedIssue) -> int:
    return issue.day.year
