"""Which way a text runs, where letters of both directions meet: marks keep each in its place.

No program is told which way a plain text runs. Programs take it from a line's first letter, or have
the same for all lines. In each of them a line within an embedding (Unicode Standard Annex 9) has
its words and signs in order, and a mark before Latin letters is its first letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Literal
from unicodedata import bidirectional

from markupsafe import Markup

Direction = Literal["ltr", "rtl"]
_LEFT_TO_RIGHT_MARK, _RIGHT_TO_LEFT_MARK = "\u200e", "\u200f"
_MARKS: dict[Direction, str] = {"ltr": _LEFT_TO_RIGHT_MARK, "rtl": _RIGHT_TO_LEFT_MARK}
_EMBEDDING, _END = "\u202b", "\u202c"
"""RIGHT-TO-LEFT EMBEDDING and POP DIRECTIONAL FORMATTING."""
CONTROLS = re.compile(f"[{_LEFT_TO_RIGHT_MARK}{_RIGHT_TO_LEFT_MARK}{_EMBEDDING}{_END}]")
"""What is added here."""
_QUOTED = re.compile(r"(?:> )*")
_ALWAYS_RIGHT = {"R", "AL", "NSM", "WS"}
"""Letters from right to left, their vowels, and spaces: in order whatever is around them."""
_LETTERS = {"L": False, "R": True, "AL": True}
"""The classes of letters (Unicode Standard Annex 9), and whether they run from right to left."""
_LEFT_ALONE = re.compile(r"\s*(?:->|\[\d+\]) |[> ]*$")
"""Lines that are no text: addresses, and empty ones. An address with a mark is another one."""


def right_to_left(text: str) -> str:
    """Return a text whose lines run from right to left, with addresses as they are."""
    return "\n".join(map(_embedded, text.split("\n")))


def kept_apart(part: str, direction: Direction) -> str:
    """Return a part of a text that runs in ``direction``, with the mark that it needs after it."""
    return part + mark_after(part, direction)


def mark_after(part: str, direction: Direction) -> str:
    """Return a mark if a part ends the other way: otherwise a comma and a number that follow would
    be shown as if they belonged to it.

    All mail programs know these marks, but not the newer isolates (U+2068) and ``<bdi>``.
    """
    if direction == "ltr" and part.isascii():  # as most parts are
        return ""
    text = part.striptags() if isinstance(part, Markup) else part
    last = next(_directions(reversed(text)), None)
    if last is None or last == (direction == "rtl"):
        return ""
    return _MARKS[direction]


def _embedded(line: str) -> str:
    if _LEFT_ALONE.match(line) or _ALWAYS_RIGHT.issuperset(map(bidirectional, line)):
        return line

    mark = "" if next(_directions(line), False) else _RIGHT_TO_LEFT_MARK
    quoted = _QUOTED.match(line)
    end = quoted.end() if quoted else 0
    return f"{line[:end]}{_EMBEDDING}{mark}{line[end:]}{_END}"


def runs_against(direction: Direction, text: Iterable[str]) -> bool:
    """Return whether all letters of a text, or of its parts, run against ``direction``.

    One with letters of both ways, as a Hebrew title that begins with "DNA", is in the language of
    the text around it, and runs as that does.
    """
    is_right_to_left = direction == "rtl"
    has_letters = False
    for letter_is in _directions(chain.from_iterable(text)):
        if letter_is == is_right_to_left:
            return False
        has_letters = True
    return has_letters


def _directions(text: Iterable[str]) -> Iterator[bool]:
    """Yield for each letter whether it runs from right to left."""
    for character in text:
        letter = bidirectional(character)
        if letter in _LETTERS:
            yield _LETTERS[letter]
