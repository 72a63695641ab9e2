"""Where a theme's files have a piece of text."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path


def line_with(snippet: str, path: Path) -> int | None:
    """Return the number of the first line of a file that has a piece of text."""
    changed = path.stat().st_mtime_ns
    for number, line in enumerate(_lines(path, changed), start=1):
        if snippet in line:
            return number
    return None


@lru_cache(maxsize=64)
def _lines(path: Path, _: int) -> list[str]:
    """Return the lines of a file, as it is at this time of change; none if it cannot be read."""
    try:
        return path.read_text("utf-8").split("\n")
    except (OSError, UnicodeDecodeError):
        return []
