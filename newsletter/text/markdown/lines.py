"""Texts of one line: titles, which may have emphasis, and all others, which are plain."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Self

from newsletter.text.markdown.dialect import is_allowed, parser
from newsletter.text.markdown.links import nearly_links

if TYPE_CHECKING:
    from markdown_it.token import Token

_MAY_BE_MARKUP = re.compile(r"[*_~^`\[<\\&]")
_IN_TITLES = ("em", "strong", "sub", "sup")
_LOW = str.maketrans(
    "0123456789+-−=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ"
)
_HIGH = str.maketrans("0123456789+-−=()in", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁱⁿ")


class Title(str):
    """A title as readers see it in plain text; ``markdown`` is what was written, with its emphasis."""

    markdown: str

    def __new__(cls, plain: str, markdown: str) -> Self:
        title = super().__new__(cls, plain)
        title.markdown = markdown
        return title

    def __getnewargs__(self) -> tuple[str, str]:  # type: ignore[override]
        return str(self), self.markdown


def read_title(source: str) -> Title:
    """Return the title without the marks of emphasis, with ₂ and ² where Unicode has the character."""
    if not _MAY_BE_MARKUP.search(source):
        return Title(source, source)
    plain, opened = "", ""
    for token in _inline(source).children or ():
        if token.tag in ("sub", "sup"):
            opened = token.tag if token.nesting > 0 else ""
        else:
            plain += _in_small(token.content, opened)
    return Title(" ".join(plain.split()), source)


def as_written(title: str) -> str:
    """Return a title with its emphasis; any other text as it is."""
    return title.markdown if isinstance(title, Title) else str(title)


def markup_in(source: str, *, is_title: bool = False) -> str | None:
    """Return the first piece of Markdown in a text of one line that readers would see raw, or None. A title may have
    emphasis, sub- and superscript; other texts show code and addresses in < and > as they are written.
    """
    if not _MAY_BE_MARKUP.search(source):
        return None
    if not is_title and (comment := re.search(r"<!--.*?(-->|$)", source)):
        return comment[0]
    inline = _inline(source)
    line = inline.children or []
    for place, token in enumerate(line):
        if token.type == "code_inline" and is_title:
            return f"{token.markup}{token.content}{token.markup}"
        is_allowed_here = token.tag in _IN_TITLES if is_title else token.markup == "autolink"
        if token.nesting > 0 and not is_allowed_here and not _is_text_in_brackets(token):
            return _as_written(line[place:])
    return next((written for written, _ in nearly_links(inline)), None)


def _inline(source: str) -> Token:
    (inline,) = parser(check_links=False, bare_addresses=False).parseInline(source)
    return inline


def _in_small(text: str, tag: str) -> str:
    small = text.translate({"sub": _LOW, "sup": _HIGH}.get(tag, {}))
    has_all = not set(small) & set(text)
    return small if tag and has_all else text


def _is_text_in_brackets(token: Token) -> bool:
    """Return whether < and > enclose something that is not an address."""
    return token.markup == "autolink" and not is_allowed(str(token.attrGet("href")))


def _as_written(tokens: list[Token]) -> str:
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
