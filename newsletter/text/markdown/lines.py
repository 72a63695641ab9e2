"""Texts of one line: titles, which may have emphasis, and all others, which are plain."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Self

from newsletter.text.markdown.dialect import is_allowed, parser
from newsletter.text.markdown.links import nearly_links

if TYPE_CHECKING:
    from markdown_it.token import Token

_MAY_BE_MARKUP = re.compile(r"[*_~^`\[<\\&]")
_SPACES = re.compile(" +")
_COMMENT = re.compile(r"<!--.*?(-->|$)")
_IN_TITLES = ("em", "strong", "sub", "sup")
_SMALL = {
    "sub": str.maketrans(
        "0123456789+-−=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ"
    ),
    "sup": str.maketrans("0123456789+-−=()in", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁱⁿ"),
}
"""The characters that Unicode has in small, for each tag."""


class Title(str):
    """A title as readers see it in plain text; ``markdown`` is what was written, with its
    emphasis.
    """

    markdown: str

    def __new__(cls, plain: str, markdown: str) -> Self:
        """Return the title whose plain text is ``plain``."""
        title = super().__new__(cls, plain)
        title.markdown = markdown
        return title

    def __repr__(self) -> str:
        return f"Title({str(self)!r}, {self.markdown!r})"

    def __getnewargs__(self) -> tuple[str, str]:  # type: ignore[override]
        return str(self), self.markdown


def read_title(source: str) -> Title:
    """Return the title without the marks of emphasis, with ₂ and ² where Unicode has the
    character.
    """
    if not _MAY_BE_MARKUP.search(source):
        return Title(source, source)

    plain, tag = "", ""
    for token in _inline(source).children or ():
        if token.tag not in _SMALL:
            plain += _in_small(token.content, tag)
        elif token.nesting > 0:
            tag = token.tag
        else:
            tag = ""
    return Title(_SPACES.sub(" ", plain).strip(" "), source)


def as_written(title: str) -> str:
    """Return a title with its emphasis; any other text as it is."""
    if isinstance(title, Title):
        return title.markdown
    return str(title)


def markup_in(source: str, *, is_title: bool = False) -> str | None:
    """Return the first piece of Markdown in a text of one line that readers would see raw, or None.
    A title may have emphasis, sub- and superscript; other texts show code and addresses in < and >
    as they are written.
    """
    if not _MAY_BE_MARKUP.search(source):
        return None
    comment = _COMMENT.search(source)
    if comment and not is_title:
        return comment[0]

    inline = _inline(source)
    line = inline.children or []
    for place, token in enumerate(line):
        if token.type == "code_inline" and is_title:
            return f"{token.markup}{token.content}{token.markup}"
        if token.nesting > 0 and not _is_allowed_here(token, is_title=is_title):
            return _markdown_of(line[place:])

    written_links = (written for written, _ in nearly_links(inline))
    return next(written_links, None)


@lru_cache(maxsize=256)
def _inline(source: str) -> Token:
    (inline,) = parser(check_links=False, bare_addresses=False).parseInline(source)
    return inline


def _in_small(text: str, tag: str) -> str:
    """Return text in small characters; as it is, if Unicode lacks one of them."""
    if tag not in _SMALL:
        return text
    small = text.translate(_SMALL[tag])
    has_all = not set(small) & set(text)
    return small if has_all else text


def _is_allowed_here(opening: Token, *, is_title: bool) -> bool:
    """Return whether readers see the element that a token opens as it is meant."""
    if opening.markup == "autolink":
        is_address = is_allowed(str(opening.attrGet("href")))
        return not is_title or not is_address
    return is_title and opening.tag in _IN_TITLES


def _markdown_of(tokens: list[Token]) -> str:
    """Return the element that the first token opens, as its author wrote it."""
    opening, level, text = tokens[0], 0, ""
    for token in tokens:
        level += token.nesting
        text += token.content
        if level == 0:
            break

    if opening.markup == "autolink":
        return f"<{text}>"
    if opening.tag == "a":
        return f"[{text}]({opening.attrGet('href')})"
    return f"{opening.markup}{text}{opening.markup}"
