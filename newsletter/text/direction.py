"""Which way the lines of a plain text run: programs take it from a line's first letter."""

from __future__ import annotations

import re
from unicodedata import bidirectional

from newsletter.text.wrapping import LINE_START

_RIGHT_TO_LEFT_MARK = "\u200f"
_LETTERS = {"L": False, "R": True, "AL": True}
"""The classes of letters (Unicode Standard Annex 9), and whether they run from right to left."""
_LEFT_ALONE = re.compile(r"\s*(?:->|\[\d+\]) |[> ]*$")
"""Lines that are no text: addresses, and empty ones. An address with a mark is another one."""


def right_to_left(text: str) -> str:
    """Return a text whose lines all run from right to left, in every program that takes this from
    a line's first letter: where that is Latin, or there is none, a mark comes before it.
    """
    return "\n".join(map(_marked, text.split("\n")))


def _marked(line: str) -> str:
    if _LEFT_ALONE.match(line) or _runs_right_to_left(line):
        return line

    start = LINE_START.match(line)
    end = start.end() if start else 0
    return line[:end] + _RIGHT_TO_LEFT_MARK + line[end:]


def _runs_right_to_left(line: str) -> bool:
    directions = map(bidirectional, line)
    return next((_LETTERS[letter] for letter in directions if letter in _LETTERS), False)
