"""One thing to fix, with its place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from newsletter.files import seen_from_here


@dataclass(frozen=True)
class Problem:
    """One thing to fix, printed as ``path:line: what is wrong. What to do.``

    ``line`` counts from 1; None means the whole file.
    """

    path: Path
    line: int | None
    what: str
    hint: str

    def place(self) -> tuple[str, int, str]:
        """Return the key that problems are sorted by."""
        return str(self.path), self.line or 0, self.what

    def __str__(self) -> str:
        path = seen_from_here(self.path)
        place = path if self.line is None else f"{path}:{self.line}"
        return f"{place}: {self.what} {self.hint}".rstrip()
