"""One thing to fix, with its place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from newsletter.files import relative_to_cwd


@dataclass(frozen=True)
class Problem:
    """One thing to fix.

    It is printed as ``path:line: what is wrong. What to do.`` ``line`` counts from 1; None means
    the whole file.
    """

    path: Path
    line: int | None
    message: str
    hint: str

    def sort_key(self) -> tuple[str, int, str]:
        """Return the key that problems are sorted by."""
        return str(self.path), self.line or 0, self.message

    def __str__(self) -> str:
        path = relative_to_cwd(self.path)
        place = path if self.line is None else f"{path}:{self.line}"
        return f"{place}: {self.message} {self.hint}".rstrip()
