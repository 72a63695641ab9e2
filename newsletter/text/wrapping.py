"""Plain text in lines, counted as a reader sees them: a wide character takes two cells, a combining
mark none.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from functools import cache, lru_cache

from newsletter.text.cells import cells, is_simple

UNLIMITED = sys.maxsize
"""A width: each paragraph is on one line."""
_MARKS = "\u0300-\u036f\u3099\u309a\ufe00-\ufe0f\U000e0100-\U000e01ef"
CJK = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3041-\u3096\u309d-\u309f"
    "\u30a1-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_OPENING = "（「『【〔《〈［｛"
_CLOSING = re.escape("、。，．・：；？！）」』】〕》〉］｝々ー…—.,:;?!)]}'\"’”»") + _MARKS
# A line may break between ideographs, but not after opening punctuation or before closing
# punctuation.
_WORD = f"(?:[{_OPENING}“‘]*[{CJK}][{_CLOSING}]*|[{_OPENING}]*[^\\s{CJK}{_OPENING}]+|[{_OPENING}]+)"
LINE_START = re.compile(r"(?:> |(?:-|->|\d+\.|\(\d+\)|\[\d+\]) |\s)*")
"""How the lines of quotations and lists begin, and those of addresses."""
_GLUE = "[\xa0\u202f]"
_GLUED = 4
"""How many no-break spaces keep their neighbours together, as in « Rien ! » and 6:30 PM – 8:00 PM:
more are of a whole paragraph that was pasted with them."""
_WORDS = re.compile(rf"(\s*)(\S+(?:{_GLUE}\S+){{0,{_GLUED}}})")
_BETWEEN_SPACES = re.compile(r"\S+")
_UNUSUAL_SPACES = re.compile(r"[^\S\xa0\u202f]{2,}|[^\S\xa0\u202f ]")
"""Spaces where a line may break, but for a single one that is a space."""


@lru_cache(maxsize=1024)
def wrap(text: str, width: int, first: str = "", rest: str = "") -> tuple[str, ...]:
    """Return lines of at most ``width`` cells; ``first`` begins the first line and ``rest`` the
    others. A word longer than a line, such as a web address, stays whole on a line of its own.
    """
    if width == UNLIMITED:
        line = _UNUSUAL_SPACES.sub(" ", text.strip())
        return (first + line,) if line else ()

    measure: Callable[[str], int] = len if is_simple(first + rest + text) else cells
    parts = [(space and " ", piece) for space, piece in pieces(text)]
    if not parts:
        return ()

    (_, line), *others = parts
    line = first + line
    lines: list[str] = []
    for space, piece in others:
        longer = line + space + piece
        if measure(longer) <= width:
            line = longer
        else:
            lines.append(line)
            line = rest + piece
    return (*lines, line)


def pieces(text: str) -> list[tuple[str, str]]:
    """Return the parts of a text that stay on one line, each after the space before it."""
    pattern = _WORDS if is_simple(text) else _piece()
    return pattern.findall(text)


@cache
def _piece() -> re.Pattern[str]:
    """Return the pattern of a space and the words behind it that stay on one line.

    It takes 5 ms to compile, and most texts are simple.
    """
    return re.compile(rf"(\s*)(https?://\S+|{_WORD}(?:{_GLUE}{_WORD}){{0,{_GLUED}}})")


def words(text: str) -> Iterator[re.Match[str]]:
    """Yield each word of a text, for counting: what is between spaces, and each ideograph with its
    punctuation.
    """
    pattern = _BETWEEN_SPACES if has_plain_words(text) else _word()
    return pattern.finditer(text)


def has_plain_words(text: str) -> bool:
    """Return whether the words of a text are simply what is between its spaces."""
    return all(map(is_simple, text.split("\n")))


@cache
def _word() -> re.Pattern[str]:
    """Return the pattern of a word in any script, which takes 3 ms to compile."""
    return re.compile(_WORD)
