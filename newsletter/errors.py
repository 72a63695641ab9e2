"""What can go wrong, as the editor is told it.

NewsletterError              a problem at a place: path, line, what is wrong, what to do
├── ManifestError            every problem of every file of an issue, found in one go
└── ThemeError               an unknown theme, or a theme that breaks a rule of themes
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from newsletter.files import seen_from_here


@dataclass(frozen=True)
class Problem:
    """One thing to mend: printed as ``path:line: what is wrong. What to do.``

    ``line`` counts from 1; None where a whole file is meant.
    """

    path: Path
    line: int | None
    what: str
    hint: str

    def place(self) -> tuple[str, int, str]:
        """What problems are sorted by."""
        return str(self.path), self.line or 0, self.what

    def __str__(self) -> str:
        path = seen_from_here(self.path)
        place = path if self.line is None else f"{path}:{self.line}"
        return f"{place}: {self.what} {self.hint}".rstrip()


class NewsletterError(Exception):
    """One or more problems; its text has one line for each of them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems), key=Problem.place))
        super().__init__("\n".join(map(str, self.problems)))

    @classmethod
    def at(cls, path: Path, line: int | None, what: str, hint: str) -> Self:
        """One problem at a place."""
        return cls([Problem(path, line, what, hint)])


class ManifestError(NewsletterError):
    """The files of an issue cannot be used as they stand."""


class ThemeError(NewsletterError):
    """The theme cannot be used as it stands."""
