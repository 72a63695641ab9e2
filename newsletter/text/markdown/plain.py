"""Texts without any markup, which most teasers are: their tokens are known without a parser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.token import Token

_PLAIN_LINE = re.compile(r"(?![-+>#]|\d+[.)])[^*_~^`\[<\\&@\x00-\x1f]+")
"""A line that no block begins with, and without the characters of inline markup, entities and mail
addresses."""
_SCHEME, _HOST = "//", "www."
"""What every other bare address has in it."""


def plain_paragraphs(source: str) -> list[Token] | None:
    """Return the tokens of a text that has paragraphs and line breaks but no markup, as the parser
    would; None if there may be markup in the text, and only the parser knows.
    """
    from markdown_it.token import Token

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
            place = [number - len(paragraph), number]
            blocks += [
                Token("paragraph_open", "p", 1, map=place, block=True),
                _inline(paragraph, place),
                Token("paragraph_close", "p", -1, block=True),
            ]
            paragraph = []
    return blocks


def _inline(lines: list[str], place: list[int]) -> Token:
    from markdown_it.token import Token

    children: list[Token] = []
    for line in lines:
        children += [Token("softbreak", "br", 0), Token("text", "", 0, content=line)]
    del children[0]
    return Token(
        "inline",
        "",
        0,
        map=place,
        level=1,
        children=children,
        content="\n".join(lines),
        block=True,
    )
