"""Tokens to HTML, each tag with the theme's inline style for it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Protocol

from markupsafe import Markup

from newsletter.text.markdown.lines import as_written
from newsletter.text.markdown.reading import Blocks, inline_tokens

if TYPE_CHECKING:
    from markdown_it.token import Token

TAGS = (
    *("p", "em", "strong", "s", "a", "code", "ul", "ol", "li", "blockquote", "sub", "sup", "br"),
    *("h4", "h5", "figure", "img", "figcaption"),
)
"""Every tag that a theme has a style for. Headings have that of h4 or h5, whatever their level in
an email is."""
_ATTRIBUTES = ("href", "start", "value", "src", "alt", "width", "height")
_HEADINGS = {"h1": "h4", "h2": "h5"}
"""The tag whose style a heading has, by its level in its text."""
_OF_FIGURES = {"figure": "div", "figcaption": "p"}
"""What is written for the tags that Word does not know: it would run their texts together."""


class Shown(Protocol):
    """A picture that was prepared for readers."""

    @property
    def address(self) -> str:
        """Where it is on the web."""

    @property
    def width(self) -> int:
        """Pixels."""

    @property
    def height(self) -> int | None:
        """Pixels; None if it is not known."""


Pictures = Mapping[str, Shown]
"""Pictures by what is written for their files."""


def to_html(
    blocks: Blocks, styles: Mapping[str, str], *, level: int = 4, pictures: Pictures | None = None
) -> Markup:
    """Return the HTML of block tokens.

    ``styles`` has the inline style of each tag that has one, ``level`` is that of the highest
    headings, and ``pictures`` are those that were prepared.
    """
    written: list[str] = []
    for block in blocks:
        if block.type == "inline":
            written += [element(token, styles) for token in block.children or ()]
        elif block.tag in _HEADINGS:
            written.append(_heading(block, styles, level))
        elif block.tag in _OF_FIGURES:
            written.append(_tag(block, _OF_FIGURES[block.tag], styles.get(block.tag)))
        elif block.type == "picture":
            written.append(_picture(block, styles, pictures or {}))
        else:
            written.append(element(block, styles))
    return Markup("".join(written))  # noqa: S704  all text in it is escaped


def _heading(block: Token, styles: Mapping[str, str], level: int) -> str:
    return _tag(block, heading_tag(block, level), styles.get(_HEADINGS[block.tag]))


def heading_tag(block: Token, level: int) -> str:
    """Return the tag of a heading in a text whose highest headings have this level."""
    below_the_highest = int(block.tag.removeprefix("h")) - 1
    return f"h{level + below_the_highest}"


def _tag(block: Token, tag: str, style: str | None) -> str:
    if block.nesting > 0:
        return start_tag(tag, {}, style)
    return f"</{tag}>\n"


def _picture(block: Token, styles: Mapping[str, str], pictures: Pictures) -> str:
    style = styles.get("img", "")
    attributes: dict[str, object] = {"src": block.attrs["src"], "alt": block.attrs["alt"]}
    shown = pictures.get(str(block.attrs["src"]))
    if shown:
        style = f"width:{shown.width}px;{style}"
        attributes |= {"src": shown.address, "width": shown.width}
        if shown.height:  # without it, Word shows a picture as large as its file
            attributes["height"] = shown.height
    return start_tag("img", attributes, style)


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
    elements = [element(token, {}) for token in inline_tokens(written)]
    return Markup("".join(elements))  # noqa: S704  all text in it is escaped


def element(token: Token, styles: Mapping[str, str]) -> str:
    """Return the HTML of a token: text, a tag, or a break."""
    if token.type == "softbreak":
        return "\n"
    if token.type == "hardbreak":
        return "<br>\n"
    if token.type == "footnote_ref":
        number = token.meta["id"] + 1
        return f"{start_tag('sup', {}, styles.get('sup'))}[{number}]</sup>"
    if token.type == "code_inline":
        code = escape(token.content, quote=False)
        return f"{start_tag('code', {}, styles.get('code'))}{code}</code>"
    if not token.nesting:
        return escape(token.content, quote=False)
    if token.hidden:  # a paragraph in a list without empty lines
        return ""
    if token.nesting > 0:
        return start_tag(token.tag, token.attrs, styles.get(token.tag))
    end = "\n" if token.block else ""
    return f"</{token.tag}>{end}"


def start_tag(tag: str, attributes: Mapping[str, object], style: str | None) -> str:
    """Return a start tag with those of the attributes that texts can have."""
    written = f"<{tag}"
    for name, value in attributes.items():
        if name in _ATTRIBUTES:
            written += f' {name}="{escape(str(value))}"'
    if style:
        written += f' style="{style}"'
    return f"{written}>"
