"""Where the next line with text is."""

from __future__ import annotations

from collections.abc import Sequence


def next_written(lines: Sequence[str], place: int) -> int:
    """Return the first place from this one on whose line has text; the end if there is none."""
    while place < len(lines) and not lines[place].strip():
        place += 1
    return place


def last_written(lines: Sequence[str], place: int) -> int:
    """Return the last place up to this one whose line has text; -1 if there is none."""
    while place >= 0 and not lines[place].strip():
        place -= 1
    return place


def line_at(lines: Sequence[str], place: int) -> str:
    """Return the line in a place, without its end; nothing before the first and after the last."""
    if 0 <= place < len(lines):
        return lines[place]
    return ""
