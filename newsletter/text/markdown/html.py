"""Tokens to HTML, each tag with the theme's inline style for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

from markupsafe import Markup

from newsletter.text.markdown.lines import as_written
from newsletter.text.markdown.reading import Blocks, inline_tokens

if TYPE_CHECKING:
    from markdown_it.token import Token

TAGS = ("p", "em", "strong", "s", "a", "code", "ul", "ol", "li", "blockquote", "sub", "sup", "br")
"""Every HTML tag that Markdown can become."""
_ATTRIBUTES = ("href", "start", "value")


def to_html(blocks: Blocks, styles: Mapping[str, str]) -> Markup:
    """Return the HTML of block tokens; ``styles`` has the inline style of each tag that has one."""
    tokens: list[Token] = []
    for block in blocks:
        if block.type == "inline":
            tokens += block.children or []
        else:
            tokens.append(block)
    return _html(tokens, styles)


def line_to_html(title: str) -> Markup:
    """Return the HTML of a title, with its emphasis, or of any other text of one line, without
    inline styles.
    """
    written = as_written(title)
    if written == title:
        return Markup.escape(written)
    return _emphasised(written)


@lru_cache(maxsize=1024)
def _emphasised(written: str) -> Markup:
    return _html(inline_tokens(written), {})


def _html(tokens: Iterable[Token], styles: Mapping[str, str]) -> Markup:
    elements = [_element(token, styles) for token in tokens]
    return Markup("".join(elements))  # noqa: S704  _element escapes all text


def _element(token: Token, styles: Mapping[str, str]) -> str:
    if token.type == "softbreak":
        return "\n"
    if token.type == "hardbreak":
        return "<br>\n"
    if token.type == "footnote_ref":
        number = token.meta["id"] + 1
        return f"{_start_tag('sup', {}, styles)}[{number}]</sup>"
    if token.type == "code_inline":
        code = escape(token.content, quote=False)
        return f"{_start_tag('code', {}, styles)}{code}</code>"
    if not token.nesting:
        return escape(token.content, quote=False)
    if token.hidden:  # a paragraph in a list without empty lines
        return ""
    if token.nesting > 0:
        return _start_tag(token.tag, token.attrs, styles)
    end = "\n" if token.block else ""
    return f"</{token.tag}>{end}"


def _start_tag(tag: str, attributes: Mapping[str, object], styles: Mapping[str, str]) -> str:
    written = f"<{tag}"
    for name, value in attributes.items():
        if name in _ATTRIBUTES:
            written += f' {name}="{escape(str(value))}"'
    if tag in styles:
        written += f' style="{styles[tag]}"'
    return f"{written}>"
