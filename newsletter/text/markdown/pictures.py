"""A picture on a line of its own: ``![what it shows](images/lab.jpg "The text below it")``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

START_OF_PICTURE, _BETWEEN, _END = "![", "](", ")"
_CONTROLS = re.compile(r"[\t\n\f\r]")
"""Characters of references such as &#10;, which may not break a line."""
_QUOTES = {'"': '"', "'": "'", "”": "“", "’": "‘"}
"""The opening mark of a caption, by its closing one."""


class Picture(NamedTuple):
    """A picture as it is written."""

    src: str
    """Its file, or its address on the web."""
    alt: str
    """What it shows, for readers who cannot see it."""
    caption: str
    """The text below it, as Markdown; empty if there is none."""
    line: int = 0
    """Its line in the text, counted from 0."""

    @classmethod
    def of(cls, token: Token) -> Picture:
        """Return the picture that a token stands for."""
        line = token.map[0] if token.map else 0
        return cls(str(token.attrs["src"]), str(token.attrs["alt"]), token.content, line)


def picture_in(line: str) -> Picture | None:
    """Return the picture that a line is; None if it is anything else, or has anything beside it."""
    line = line.strip()
    if not line.startswith(START_OF_PICTURE) or not line.endswith(_END):
        return None
    between = _end_of_alt(line)
    if between is None:
        return None

    alt = line[len(START_OF_PICTURE) : between]
    inside = line[between + len(_BETWEEN) : -len(_END)].strip()
    address, caption = _without_caption(inside)
    if not _is_one_address(address):
        return None
    return Picture(_plain(address.removeprefix("<").removesuffix(">")), _plain(alt), caption)


def read_picture(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a line that is a picture, outside of lists and quotations."""
    first = state.bMarks[start] + state.tShift[start]
    is_within_others = state.level > 0 and state.sCount[start] >= state.blkIndent
    if is_within_others or not state.src.startswith(START_OF_PICTURE, first):
        return False
    picture = picture_in(state.src[first : state.eMarks[start]])
    if picture is None:
        return False
    if silent:
        return True

    place = [start, start + 1]
    state.push("figure_open", "figure", 1).map = place
    image = state.push("picture", "img", 0)
    image.map = place
    image.attrs = {"src": picture.src, "alt": picture.alt}
    image.content = picture.caption
    if picture.caption:
        state.push("figcaption_open", "figcaption", 1)
        inline = state.push("inline", "", 0)
        inline.map = place
        inline.content = picture.caption
        inline.children = []
        state.push("figcaption_close", "figcaption", -1)
    state.push("figure_close", "figure", -1)
    state.line = start + 1
    return True


def _end_of_alt(line: str) -> int | None:
    """Return where the first "](" is that no backslash escapes."""
    place = line.find(_BETWEEN)
    while place > 0 and line[place - 1] == "\\":
        place = line.find(_BETWEEN, place + 1)
    return place if place >= 0 else None


def _without_caption(inside: str) -> tuple[str, str]:
    """Return the address, and the caption without its quotation marks."""
    opening = _QUOTES.get(inside[-1:])
    if opening is None:
        return inside, ""

    address, found, caption = inside.partition(f" {opening}")
    if not found:
        return inside, ""
    return address.rstrip(), caption[:-1].strip()


def _is_one_address(text: str) -> bool:
    """Return whether every bracket of a text is closed in it, as in ``lab_(2).jpg``."""
    open_brackets = 0
    for character in text:
        if character == "(":
            open_brackets += 1
        elif character == ")":
            open_brackets -= 1
        if open_brackets < 0:
            return False
    return open_brackets == 0 and text != ""


def _plain(text: str) -> str:
    """Return a text with its escaped characters and references as readers see them."""
    from markdown_it.common.utils import unescapeAll

    return _CONTROLS.sub(" ", unescapeAll(text))
