"""Lines whose markup is plainly written, as in most paragraphs: read as the parser would, in a
tenth of its time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it.token import Token

from newsletter.text.markdown.dialect import parser
from newsletter.text.markdown.plain_links import PLAIN_ADDRESS

_MARKS = r"*_~^`\[<\\&@\x00-\x09\x0b-\x1f"
"""The characters of markup, entities and mail addresses, and those that are no text."""
_MARK = re.compile(f"[{_MARKS}]")
_SCHEME, _HOST = "//", "www."
"""What every other bare address has in it."""
_NO_SIGN_BEFORE = r"""[^ \n('"‘“—–-]"""
_SIGN_AFTER = r"""(?![^ \n.,;:!?)'"’”…—–-])"""
"""What is around an emphasised phrase, if its marks can be read one way alone. Of other spaces the
parser does not count all as such (U+2028)."""


def _phrase(marks: str) -> str:
    """Return what matches a phrase between ``marks``, without anything that is read otherwise."""
    words = rf"[^\W_](?:[^{_MARKS}]*[^\W_])?"
    return rf"{marks}(?<!{_NO_SIGN_BEFORE}{marks})({words}){marks}{_SIGN_AFTER}"


_LINK = rf"\[(?<!!\[)([^{_MARKS}\]]+)\]\(({PLAIN_ADDRESS})\)"
_MARKED = re.compile("|".join((_LINK, _phrase(r"\*\*"), _phrase(r"\*"), _phrase("_"))))
_ADDRESS = 2
_PHRASES = {3: ("strong", "**"), 4: ("em", "*"), 5: ("em", "_")}
"""The tag and the marks of what each group matches that is not of a link."""


def paragraph_of(lines: list[str], end: int) -> list[Token]:
    """Return the tokens of a paragraph that ends before the line ``end`` of its text."""
    place = [end - len(lines), end]
    content = "\n".join(lines)
    inline = Token("inline", "", 0, map=place, level=1, content=content, block=True)
    inline.children = plain_line(content) or _parsed(content)
    return [
        Token("paragraph_open", "p", 1, map=place, block=True),
        inline,
        Token("paragraph_close", "p", -1, block=True),
    ]


def _parsed(content: str) -> list[Token]:
    (inline,) = parser().parseInline(content)
    return inline.children or []


def plain_line(content: str) -> list[Token] | None:
    """Return the tokens of a line, or of the lines of a paragraph, as the parser would; None if
    there may be markup in it that only the parser knows.
    """
    if " \n" in content or "\n " in content:
        return None

    tokens: list[Token] = []
    place = 0
    for marked in _MARKED.finditer(content):
        before, place = content[place : marked.start()], marked.end()
        if _may_be_marked(before):
            return None
        tokens += _written(before)

        group = marked.lastindex or 0
        if group == _ADDRESS:
            tokens += _link(marked[1], marked[_ADDRESS])
        elif _may_be_marked(marked[group]):
            return None
        else:
            tokens += _emphasis(marked[group], *_PHRASES[group])

    rest = content[place:]
    if _may_be_marked(rest):
        return None
    return [*tokens, *_written(rest)]


def _may_be_marked(text: str) -> bool:
    return _MARK.search(text) is not None or _SCHEME in text or _HOST in text.lower()


def _link(words: str, address: str) -> Iterator[Token]:
    yield Token("link_open", "a", 1, attrs={"href": address})
    yield from _written(words, level=1)
    yield Token("link_close", "a", -1)


def _emphasis(words: str, tag: str, marks: str) -> Iterator[Token]:
    yield Token(f"{tag}_open", tag, 1, markup=marks)
    yield from _written(words, level=1)
    yield Token(f"{tag}_close", tag, -1, markup=marks)


def _written(text: str, level: int = 0) -> Iterator[Token]:
    """Yield the tokens of a text without markup."""
    for number, line in enumerate(text.split("\n")):
        if number:
            yield Token("softbreak", "br", 0, level=level)
        if line:
            yield Token("text", "", 0, level=level, content=line)
