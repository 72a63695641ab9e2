"""Authors' Markdown to HTML and to plain text: paragraphs, emphasis, links, lists, quotations, sub- and superscript.

Anything else, raw HTML included, appears as the text it is. Links lead only to http, https and mailto.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from newsletter.wrapping import wrap

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

TAGS = ("p", "em", "strong", "a", "ul", "ol", "li", "blockquote", "sub", "sup", "br")
"""Every HTML tag that Markdown can become."""
_ALLOWED_LINK = re.compile(r"(https?://[^/\s]|mailto:[^\s])", re.IGNORECASE)
_RULES = ["emphasis", "link", "autolink", "list", "blockquote", "escape", "entity", "newline", "sub", "sup"]


@lru_cache(maxsize=2)
def _parser(check_links: bool = True) -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.subscript import sub_plugin
    from mdit_py_plugins.superscript import superscript_plugin

    parser = MarkdownIt("zero", {"html": False, "maxNesting": 20}).use(sub_plugin).use(superscript_plugin)
    parser.enable(_RULES)
    parser.validateLink = _is_allowed if check_links else lambda address: True  # type: ignore[method-assign]
    return parser


def _is_allowed(address: str) -> bool:
    return bool(_ALLOWED_LINK.match(address))


@lru_cache(maxsize=4096)
def tokens(source: str) -> list[Token]:
    """The block tokens of a text; callers do not change them."""
    return _parser().parse(source)


def refused_links(source: str) -> Iterator[tuple[int, str]]:
    """(lines below the first, address) of each link that is not shown as one, because of where it leads."""
    for block in _parser(check_links=False).parse(source):
        for token in block.children or ():
            address = str(token.attrGet("href") or "")
            if token.type == "link_open" and not _is_allowed(address):
                yield (block.map[0] if block.map else 0), address


def to_html(blocks: list[Token], styles: Mapping[str, str]) -> Markup:
    """HTML of block tokens; ``styles`` has the inline style of each tag that has one."""
    renderer, parser = _renderer(), _parser()
    renderer.styles = styles
    return Markup(renderer.render(blocks, parser.options, {}))


@lru_cache(maxsize=1)
def _renderer() -> Any:
    from markdown_it.renderer import RendererHTML

    class StyledRenderer(RendererHTML):
        styles: Mapping[str, str]

        def renderAttrs(self, token: Token) -> str:  # type: ignore[override]
            attributes = RendererHTML.renderAttrs(token)
            style = self.styles.get(token.tag) if token.nesting >= 0 else None
            return f'{attributes} style="{style}"' if style else attributes

    return StyledRenderer(_parser())


def to_line(token: Token) -> str:
    """The visible text of one inline token, on one line."""
    return "".join(map(_visible, token.children or ()))


def _visible(token: Token) -> str:
    return " " if token.type in ("softbreak", "hardbreak") else token.content


def to_text(blocks: list[Token], width: int) -> str:
    """Plain text of block tokens in lines of at most ``width`` cells. Links are numbered, and their addresses follow
    the text, each on a line of its own.
    """
    return _PlainText(width).render(blocks)


class _PlainText:
    def __init__(self, width: int) -> None:
        self.width = width
        self.lines: list[str] = []
        self.addresses: list[str] = []
        self.prefixes: list[tuple[str, str]] = []
        self.counters: list[int | None] = []

    def render(self, blocks: list[Token]) -> str:
        for token in blocks:
            if token.type == "inline":
                self._paragraph(token)
            elif token.type in ("bullet_list_open", "ordered_list_open"):
                start = int(token.attrGet("start") or 1) if token.tag == "ol" else None
                self.counters.append(start)
            elif token.type in ("bullet_list_close", "ordered_list_close"):
                self.counters.pop()
                self._gap()
            elif token.type == "list_item_open":
                self.prefixes.append(self._marker())
            elif token.type == "blockquote_open":
                self.prefixes.append(("> ", "> "))
            elif token.type in ("list_item_close", "blockquote_close"):
                self.prefixes.pop()
            elif token.type == "paragraph_close" and not token.hidden:
                self._gap()
        while self.lines and not self.lines[-1].strip("> "):
            self.lines.pop()
        if self.addresses:
            self.lines.append("")
            self.lines += [f"[{number}] {address}" for number, address in enumerate(self.addresses, start=1)]
        return "\n".join(self.lines)

    def _marker(self) -> tuple[str, str]:
        number = self.counters[-1]
        if number is None:
            return "- ", "  "
        self.counters[-1] = number + 1
        marker = f"{number}. "
        return marker, " " * len(marker)

    def _gap(self) -> None:
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def _paragraph(self, inline: Token) -> None:
        for line in self._inline(inline).split("\n"):
            first = "".join(first for first, _ in self.prefixes)
            rest = "".join(rest for _, rest in self.prefixes)
            self.prefixes = [(rest, rest) for _, rest in self.prefixes]  # a marker stands before its first line only
            self.lines += wrap(line, self.width, first, rest)

    def _inline(self, inline: Token) -> str:
        text, links = "", []
        for token in inline.children or ():
            if token.type == "hardbreak":
                text += "\n"
            elif token.type == "sup_open":
                text += "^"
            elif token.type == "link_open":
                links.append((str(token.attrGet("href")), len(text)))
            elif token.type == "link_close":
                address, start = links.pop()
                if address.removeprefix("mailto:") != text[start:]:
                    self.addresses.append(address.removeprefix("mailto:"))
                    text += f" [{len(self.addresses)}]"
            else:
                text += _visible(token)
        return text
