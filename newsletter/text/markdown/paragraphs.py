"""Texts of paragraphs alone, which most are: only what has markup in it needs a parser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.token import Token

_LINE = re.compile(r"(?![-+>#|:!\s]|\*[ \t]|\*$|\d+[.)])[^\x00-\x1f]+(?<!\s)")
"""A line that no block begins with, without spaces around it."""
_DEFINITION, _COMMENT = "]:", "<!--"
"""What may reach beyond its paragraph."""


def paragraphs(source: str) -> list[Token] | None:
    """Return the tokens of a text that has paragraphs alone, as the parser would; None if there may
    be other blocks in it, and only the parser knows.
    """
    if _DEFINITION in source or _COMMENT in source:
        return None

    from newsletter.text.markdown.plain_marks import paragraph_of  # takes long to import

    blocks: list[Token] = []
    paragraph: list[str] = []
    # The empty line behind the text ends the last paragraph.
    for number, line in enumerate([*source.split("\n"), ""]):
        if line:
            if not _LINE.fullmatch(line):
                return None
            paragraph.append(line)
        elif paragraph:
            blocks += paragraph_of(paragraph, number)
            paragraph = []
    return blocks


def beginning(source: str, words: int) -> str:
    """Return the first paragraphs of a text, of so many words or more; all of it if something else
    than paragraphs is among them, or if what follows may change how they are read.
    """
    if _DEFINITION in source or _COMMENT in source:
        return source

    end = 0
    while words > 0:
        start, end = end, source.find("\n\n", end + 2)
        if end < 0:
            return source
        lines = source[start:end].lstrip("\n").split("\n")
        if not all(map(_LINE.fullmatch, lines)):
            return source
        words -= sum(len(line.split()) for line in lines)
    return source[:end]
