"""Text in the form format=flowed (RFC 3676), whose paragraphs readers' programs wrap themselves.

A line that ends with a space goes on in the next one. In a program that does not know the form it
looks like any other plain text.

Where lines break between ideographs, which have no spaces, the text is written with DelSp: the last
space of a line does not count, so there are two where one is meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from newsletter.text.cells import cells, is_simple
from newsletter.text.wrapping import LINE_START, pieces

_LONGEST = 76
"""Cells of a line without the spaces at its ends; with them it has at most 78 (RFC 3676, 4.2)."""
_QUOTED = re.compile(r"(?:> )*(?:>$)?")
"""How the lines of a quotation begin; an empty one has no space after its last mark."""
_STUFFED = (" ", ">", "From ")
"""What a line begins with that gets a space before it (RFC 3676, 4.4)."""
_SEPARATOR = "-- "
"""The line before a signature, which goes on nowhere (RFC 3676, 4.3)."""


class Flowed(NamedTuple):
    """A text as format=flowed."""

    text: str
    delete_spaces: bool
    """The parameter DelSp: whether the last space of a line that goes on does not count."""


class _Line(NamedTuple):
    depth: int
    """The number of quotation marks before it."""
    content: str


def flowed(paragraphs: str, width: int) -> Flowed:
    """Return a text, which has each paragraph on a line of its own, in lines of at most ``width``
    cells. An address is never broken.
    """
    lines = [_quoted(line) for line in paragraphs.split("\n")]
    delete_spaces = any(_has_ideographs(line.content) for line in lines)

    written: list[str] = []
    for depth, paragraph in lines:
        room = min(width, _LONGEST) - len("> " * depth)
        contents = _broken(paragraph, room, delete_spaces=delete_spaces)
        written += [_written(_Line(depth, content)) for content in contents]
    return Flowed("\n".join(written), delete_spaces)


def _quoted(line: str) -> _Line:
    match = _QUOTED.match(line)
    marks = match[0] if match else ""
    return _Line(marks.count(">"), line.removeprefix(marks).rstrip(" "))


def _has_ideographs(text: str) -> bool:
    """Return whether a line of the text can break where there is no space."""
    if is_simple(text):
        return False
    _, *others = pieces(text) or [("", "")]
    return any(space == "" for space, _ in others)


def _broken(paragraph: str, width: int, *, delete_spaces: bool) -> Iterator[str]:
    """Yield the lines of a paragraph, all but the last with the spaces that say so."""
    measure: Callable[[str], int] = len if is_simple(paragraph) else cells
    end = " " if delete_spaces else ""
    breaks = (" ", "") if delete_spaces else (" ",)

    start = LINE_START.match(paragraph)
    line = start[0] if start else ""
    for number, (space, piece) in enumerate(pieces(paragraph.removeprefix(line))):
        broken = line + space + end
        can_break = number > 0 and space in breaks and broken != _SEPARATOR
        if can_break and measure(line + space + piece) > width:
            yield broken
            line = piece
        else:
            line += space + piece
    yield line


def _written(line: _Line) -> str:
    depth, content = line
    if content.startswith(_STUFFED) or (depth and content):
        content = f" {content}"
    return ">" * depth + content


def unflowed(text: str, *, delete_spaces: bool) -> str:
    """Return a text that was written as format=flowed with each paragraph on a line of its own."""
    paragraphs: list[str] = []
    goes_on = False
    last_depth = 0
    for line in text.split("\n"):
        depth, content = _read(line)
        if goes_on and depth == last_depth:
            paragraphs[-1] += content
        else:
            marks = "> " * depth
            paragraphs.append(marks + content if content else marks.rstrip())

        goes_on = content.endswith(" ") and content != _SEPARATOR
        if goes_on and delete_spaces:
            paragraphs[-1] = paragraphs[-1].removesuffix(" ")
        last_depth = depth
    return "\n".join(paragraphs)


def _read(line: str) -> _Line:
    """Return a line without its quotation marks and the space that it was stuffed with."""
    content = line.lstrip(">")
    return _Line(len(line) - len(content), content.removeprefix(" "))
