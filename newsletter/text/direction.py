"""Which way a text runs, where letters of both directions meet: marks keep each in its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal
from unicodedata import bidirectional

from markupsafe import Markup

from newsletter.text.wrapping import LINE_START

Direction = Literal["ltr", "rtl"]
_LEFT_TO_RIGHT_MARK, _RIGHT_TO_LEFT_MARK = "\u200e", "\u200f"
_MARKS: dict[Direction, str] = {"ltr": _LEFT_TO_RIGHT_MARK, "rtl": _RIGHT_TO_LEFT_MARK}
_LETTERS = {"L": False, "R": True, "AL": True}
"""The classes of letters (Unicode Standard Annex 9), and whether they run from right to left."""
_LEFT_ALONE = re.compile(r"\s*(?:->|\[\d+\]) |[> ]*$")
"""Lines that are no text: addresses, and empty ones. An address with a mark is another one."""


def right_to_left(text: str) -> str:
    """Return a text whose lines all run from right to left, in every program that takes this from
    a line's first letter: where that is Latin, or there is none, a mark comes before it.
    """
    return "\n".join(map(_marked, text.split("\n")))


def kept_apart(part: str, direction: Direction) -> str:
    """Return a part of a text that runs in ``direction``, with the mark that it needs after it."""
    return part + mark_after(part, direction)


def mark_after(part: str, direction: Direction) -> str:
    """Return a mark if a part ends the other way: otherwise a comma and a number that follow would
    be shown as if they belonged to it.

    All mail programs know these marks, but not the newer isolates (U+2068) and ``<bdi>``.
    """
    text = part.striptags() if isinstance(part, Markup) else part
    last = next(_directions(reversed(text)), None)
    if last is None or last == (direction == "rtl"):
        return ""
    return _MARKS[direction]


def _marked(line: str) -> str:
    if _LEFT_ALONE.match(line) or _runs_right_to_left(line):
        return line

    start = LINE_START.match(line)
    end = start.end() if start else 0
    return line[:end] + _RIGHT_TO_LEFT_MARK + line[end:]


def _runs_right_to_left(line: str) -> bool:
    return next(_directions(line), False)


def runs_against(direction: Direction, text: str) -> bool:
    """Return whether all letters of a text run against ``direction``.

    A text of both is left to what is around it: a Hebrew title may begin with a Latin name.
    """
    is_right_to_left = direction == "rtl"
    if text.isascii() and not is_right_to_left:
        return False
    return set(_directions(text)) == {not is_right_to_left}


def _directions(text: Iterable[str]) -> Iterator[bool]:
    """Yield for each letter whether it runs from right to left."""
    for character in text:
        letter = bidirectional(character)
        if letter in _LETTERS:
            yield _LETTERS[letter]
