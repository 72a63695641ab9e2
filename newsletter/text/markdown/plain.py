"""Texts without any markup, which most teasers are: their tokens are known without a parser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.token import Token

_PLAIN_LINE = re.compile(r"(?![-+>#|:]|\d+[.)])[^*_~^`\[<\\&@\x00-\x1f]+")
"""A line that no block begins with, and without the characters of inline markup, entities and mail
addresses."""
_SCHEME, _HOST = "//", "www."
"""What every other bare address has in it."""


def plain_paragraphs(source: str) -> list[Token] | None:
    """Return the tokens of a text that has paragraphs and line breaks but no markup, as the parser
    would; None if there may be markup in the text, and only the parser knows.
    """
    if _SCHEME in source or _HOST in source.lower():
        return None

    blocks: list[Token] = []
    paragraph: list[str] = []
    # The empty line behind the text ends the last paragraph.
    for number, line in enumerate([*source.split("\n"), ""]):
        if line:
            if line != line.strip() or not _PLAIN_LINE.fullmatch(line):
                return None
            paragraph.append(line)
        elif paragraph:
            blocks += _paragraph(paragraph, number)
            paragraph = []
    return blocks


def _paragraph(lines: list[str], end: int) -> list[Token]:
    """Return the tokens of a paragraph that ends before the line ``end`` of its text."""
    from markdown_it.token import Token

    children: list[Token] = []
    for line in lines:
        if children:
            children.append(Token("softbreak", "br", 0))
        children.append(Token("text", "", 0, content=line))

    place = [end - len(lines), end]
    inline = Token("inline", "", 0, map=place, level=1, children=children)
    inline.content = "\n".join(lines)
    inline.block = True
    return [
        Token("paragraph_open", "p", 1, map=place, block=True),
        inline,
        Token("paragraph_close", "p", -1, block=True),
    ]
