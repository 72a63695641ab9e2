"""Text drawn with the font of the builder: which letters it has, and lines that have room.

The font is Noto Sans Bold (version 2.015, SIL Open Font License 1.1, which is beside it), reduced
to the Latin, Greek and Cyrillic scripts, without hints and with its kerning as a table of pairs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from newsletter.pictures.shapes import Size

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

_FILE = Path(__file__).parent / "fonts" / "NotoSans-Bold.ttf"
_NO_CHARACTER = "\uffff"
_IN_WORDS = "LM"
"""The categories of Unicode without which a word is another."""
_INVISIBLE = "Cf"
_LAST_LATIN = "\u024f"
"""Of Latin Extended-B: up to there the font has every letter."""
_LEADING = 1.25
"""From one line to the next, in heights of letters."""
_MORE = "…"
_SPACES = re.compile(" +")


class Lines(NamedTuple):
    """A text in lines that have room."""

    size: int
    """Pixels of the height of the letters."""
    lines: Sequence[str]

    @property
    def leading(self) -> float:
        """Pixels from one line to the next."""
        return self.size * _LEADING


@cache
def font(size: int) -> FreeTypeFont:
    """Return the font in a size in pixels. What is drawn with it does not depend on what a computer
    has besides.
    """
    from PIL import ImageFont

    return ImageFont.truetype(_FILE, size, layout_engine=ImageFont.Layout.BASIC)


def unknown_letters(text: str) -> str:
    """Return the letters of a text that the font has not got, each once."""
    return "".join(sorted({each for each in _composed(text) if _is_lost(each)}))


def known(text: str) -> str:
    """Return a text as it can be drawn: without symbols that the font has not got, and empty if it
    has not all letters.
    """
    composed = _composed(text)
    if any(map(_is_lost, composed)):
        return ""
    drawable = "".join(filter(_has_glyph, composed))
    return _SPACES.sub(" ", drawable).strip()


def in_lines(text: str, sizes: Sequence[int], room: Size) -> Lines:
    """Return a text in lines, at the largest of ``sizes`` at which it has room. At the smallest,
    long words are divided, and what has no room is left out.
    """
    for size in sizes:
        lines = list(_lines(text, size, room.width))
        most = max(1, int(room.height / (size * _LEADING)))
        if len(lines) <= most and all(_width(line, size) <= room.width for line in lines):
            return Lines(size, lines)

    divided = " ".join(_divided(word, size, room.width) for word in text.split(" "))
    lines = list(_lines(divided, size, room.width))
    if len(lines) > most:
        lines[most - 1] = _cut(lines[most - 1], size, room.width)
    return Lines(size, lines[:most])


def _lines(text: str, size: int, width: int) -> Iterator[str]:
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if line and _width(longer, size) > width:
            yield line
            longer = word
        line = longer
    yield line


def _divided(word: str, size: int, width: int) -> str:
    """Return a word with a space wherever a line ends in it."""
    divided, part = "", ""
    for character in word:
        if part and _width(part + character, size) > width:
            divided += f"{part} "
            part = ""
        part += character
    return divided + part


def _cut(line: str, size: int, width: int) -> str:
    """Return a line that says that there is more."""
    while _width(line + _MORE, size) > width:
        shorter, _, _ = line.rpartition(" ")
        line = shorter or line[:-1]
    return line + _MORE


def _width(line: str, size: int) -> float:
    return font(size).getlength(line)


def _composed(text: str) -> str:
    """Return a text with each letter and its accents as one character where Unicode has it, and
    without invisible ones.
    """
    composed = unicodedata.normalize("NFC", text)
    return "".join(each for each in composed if unicodedata.category(each) != _INVISIBLE)


def _is_lost(character: str) -> bool:
    if character <= _LAST_LATIN:  # known without the font, which takes a while to load
        return False
    return unicodedata.category(character)[0] in _IN_WORDS and not _has_glyph(character)


@lru_cache(maxsize=4096)
def _has_glyph(character: str) -> bool:
    return _drawn(character) != _drawn(_NO_CHARACTER)


def _drawn(character: str) -> bytes:
    mask, _ = font(32).getmask2(character)
    return bytes(mask)
