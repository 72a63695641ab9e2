"""Texts of paragraphs alone, which most are: only what has markup in it needs a parser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsletter.text.markdown.dialect import parser

if TYPE_CHECKING:
    from markdown_it.token import Token

_LINE = re.compile(r"(?![-+>#|:!]|\*[ \t]|\*$|\d+[.)])[^\x00-\x1f]+")
"""A line that no block begins with."""
_DEFINITION, _COMMENT = "]:", "<!--"
"""What may reach beyond its paragraph."""
_WITHOUT_MARKUP = re.compile(r"[^*_~^`\[<\\&@]+")
"""A text without the characters of inline markup, entities and mail addresses."""
_SCHEME, _HOST = "//", "www."
"""What every other bare address has in it."""


def paragraphs(source: str) -> list[Token] | None:
    """Return the tokens of a text that has paragraphs alone, as the parser would; None if there may
    be other blocks in it, and only the parser knows.
    """
    if _DEFINITION in source or _COMMENT in source:
        return None

    blocks: list[Token] = []
    paragraph: list[str] = []
    # The empty line behind the text ends the last paragraph.
    for number, line in enumerate([*source.split("\n"), ""]):
        if line:
            if line != line.strip() or not _LINE.fullmatch(line):
                return None
            paragraph.append(line)
        elif paragraph:
            blocks += _paragraph(paragraph, number)
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
        if not all(line == line.strip() and _LINE.fullmatch(line) for line in lines):
            return source
        words -= sum(len(line.split()) for line in lines)
    return source[:end]


def _paragraph(lines: list[str], end: int) -> list[Token]:
    """Return the tokens of a paragraph that ends before the line ``end`` of its text."""
    from markdown_it.token import Token

    place = [end - len(lines), end]
    content = "\n".join(lines)
    inline = Token("inline", "", 0, map=place, level=1, content=content, block=True)
    inline.children = _parsed(content) if _may_have_markup(content) else _as_written(lines)
    return [
        Token("paragraph_open", "p", 1, map=place, block=True),
        inline,
        Token("paragraph_close", "p", -1, block=True),
    ]


def _may_have_markup(text: str) -> bool:
    if not _WITHOUT_MARKUP.fullmatch(text):
        return True
    return _SCHEME in text or _HOST in text.lower()


def _parsed(content: str) -> list[Token]:
    (inline,) = parser().parseInline(content)
    return inline.children or []


def _as_written(lines: list[str]) -> list[Token]:
    from markdown_it.token import Token

    tokens: list[Token] = []
    for line in lines:
        if tokens:
            tokens.append(Token("softbreak", "br", 0))
        tokens.append(Token("text", "", 0, content=line))
    return tokens
