"""Tokens to HTML, each tag with the theme's inline style for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
    return _html((token for block in blocks for token in _flat(block)), styles)


def line_to_html(title: str) -> Markup:
    """Return the HTML of a title, with its emphasis, or of any other text of one line, without inline styles."""
    written = as_written(title)
    if written == title:
        return Markup.escape(written)
    return _html(inline_tokens(written), {})


def _html(tokens: Iterable[Token], styles: Mapping[str, str]) -> Markup:
    return Markup("".join(_element(token, styles) for token in tokens))  # noqa: S704  _element escapes all text


def _flat(block: Token) -> list[Token]:
    return (block.children or []) if block.type == "inline" else [block]


def _element(token: Token, styles: Mapping[str, str]) -> str:
    if token.type == "softbreak":
        return "\n"
    if token.type == "hardbreak":
        return "<br>\n"
    if token.type == "footnote_ref":
        return f"{_start_tag('sup', {}, styles)}[{token.meta['id'] + 1}]</sup>"
    if token.type == "code_inline":
        return f"{_start_tag('code', {}, styles)}{escape(token.content, quote=False)}</code>"
    if not token.nesting:
        return escape(token.content, quote=False)
    if token.hidden:  # a paragraph in a list without empty lines
        return ""
    if token.nesting < 0:
        return f"</{token.tag}>\n" if token.block else f"</{token.tag}>"
    return _start_tag(token.tag, token.attrs, styles)


def _start_tag(tag: str, attributes: Mapping[str, object], styles: Mapping[str, str]) -> str:
    given = {name: escape(str(value)) for name, value in attributes.items() if name in _ATTRIBUTES}
    if tag in styles:
        given["style"] = styles[tag]
    return f"<{tag}" + "".join(f' {name}="{value}"' for name, value in given.items()) + ">"
