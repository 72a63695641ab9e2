"""Authors' Markdown to HTML and to plain text: paragraphs, emphasis, links, lists, quotations, sub- and superscript.

Anything else, raw HTML included, appears as the text it is. Links lead only to http, https and mailto.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from markupsafe import Markup
from wcwidth import width as cells

from newsletter.wrapping import wrap

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

TAGS = ("p", "em", "strong", "a", "ul", "ol", "li", "blockquote", "sub", "sup", "br")
"""Every HTML tag that Markdown can become."""
_ALLOWED_LINK = re.compile(r"(https?://[^/\s]|mailto:[^\s])", re.IGNORECASE)
_MAILTO = re.compile(r"^mailto:", re.IGNORECASE)
_ATTRIBUTES = ("href", "start")
_RULES = ["emphasis", "link", "autolink", "list", "blockquote", "escape", "entity", "newline", "sub", "sup"]
_DEEPEST = 8
"""Levels of quotations and lists (a list has two); what is deeper is text. The parser itself would leave it out."""
_BREAKS = ("softbreak", "hardbreak")


class Blocks(list["Token"]):
    """The block tokens of a text, which nobody changes: equal only to themselves, so that results can be kept."""

    __hash__ = object.__hash__  # type: ignore[assignment]
    __eq__ = object.__eq__


@lru_cache(maxsize=2)
def _parser(check_links: bool = True) -> MarkdownIt:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import blockquote, list_block
    from mdit_py_plugins.subscript import sub_plugin
    from mdit_py_plugins.superscript import superscript_plugin

    parser = MarkdownIt("zero", {"html": False, "maxNesting": 20}).use(sub_plugin).use(superscript_plugin)
    parser.enable(_RULES)
    may_interrupt = ["paragraph", "reference", "blockquote"]
    parser.block.ruler.at("blockquote", _not_too_deep(blockquote), {"alt": [*may_interrupt, "list"]})
    parser.block.ruler.at("list", _not_too_deep(list_block), {"alt": may_interrupt})
    is_allowed = _is_allowed if check_links else bool
    parser.validateLink = is_allowed  # type: ignore[method-assign, assignment]
    return parser


def _not_too_deep(rule: Callable[..., bool]) -> Callable[..., bool]:
    return lambda state, *lines: state.level < _DEEPEST and rule(state, *lines)


def _is_allowed(address: str) -> bool:
    try:
        urlsplit(address)
    except ValueError:  # brackets in the host that enclose no address
        return False
    return bool(_ALLOWED_LINK.match(address))


@lru_cache(maxsize=512)
def tokens(source: str) -> Blocks:
    """The block tokens of a text."""
    blocks = Blocks(_parser().parse(source))
    for block in blocks:
        for token in block.children or ():
            token.content = re.sub(r"[\t\n\f\r]", " ", token.content)  # from entities such as &#10;
    return blocks


def links(source: str) -> Iterator[str]:
    """The address of each link in a text."""
    for block in tokens(source):
        yield from (str(token.attrGet("href")) for token in block.children or () if token.type == "link_open")


def refused_links(source: str) -> Iterator[tuple[int, str]]:
    """(lines below the first, address) of each link that is not shown as one, because of where it leads."""
    for block in _parser(check_links=False).parse(source):
        for token in block.children or ():
            address = str(token.attrGet("href") or "")
            if token.type == "link_open" and not _is_allowed(address):
                yield (block.map[0] if block.map else 0), address


def to_html(blocks: Blocks, styles: Mapping[str, str]) -> Markup:
    """HTML of block tokens; ``styles`` has the inline style of each tag that has one."""
    html = "".join(_element(token, styles) for block in blocks for token in _flat(block))
    return Markup(html)  # noqa: S704  _element escapes all that an author wrote


def _flat(block: Token) -> list[Token]:
    return (block.children or []) if block.type == "inline" else [block]


def _element(token: Token, styles: Mapping[str, str]) -> str:
    if token.type in _BREAKS:
        return "<br>\n" if token.type == "hardbreak" else "\n"
    if not token.nesting:
        return escape(token.content, quote=False)
    if token.hidden:  # a paragraph in a list without empty lines
        return ""
    if token.nesting < 0:
        return f"</{token.tag}>\n" if token.block else f"</{token.tag}>"
    given = {name: escape(str(value)) for name, value in token.attrs.items() if name in _ATTRIBUTES}
    if token.tag in styles:
        given["style"] = styles[token.tag]
    return f"<{token.tag}" + "".join(f' {name}="{value}"' for name, value in given.items()) + ">"


def to_line(inline: Token) -> str:
    """The visible text of one inline token, on one line."""
    return "".join(map(visible, inline.children or ()))


def visible(token: Token) -> str:
    """What a reader sees of one token within a line."""
    return " " if token.type in _BREAKS else token.content


@lru_cache(maxsize=1024)
def to_text(blocks: Blocks, width: int) -> str:
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
        self.gap: int | None = None
        """How many of the prefixes an empty line before the next text has; None if there is to be none."""

    def render(self, blocks: Blocks) -> str:
        for token in blocks:
            if token.type == "inline":
                self._paragraph(token)
            elif token.nesting > 0:
                self._open(token)
            else:
                self._close(token)
        if self.addresses:
            self.lines.append("")
        for number, address in enumerate(self.addresses, start=1):
            self.lines += wrap(f"[{number}] {address}", self.width)
        return "\n".join(self.lines)

    def _open(self, token: Token) -> None:
        if token.tag in ("ul", "ol"):
            start: Any = token.attrGet("start")
            self.counters.append(None if token.tag == "ul" else 1 if start is None else int(start))
        elif token.tag == "li":
            self.prefixes.append(self._marker())
        elif token.tag == "blockquote":
            self.prefixes.append(("> ", "> "))
            self._leave_gap(len(self.prefixes) - 1)

    def _close(self, token: Token) -> None:
        if token.tag in ("li", "blockquote"):
            self.prefixes.pop()
        elif token.tag in ("ul", "ol"):
            self.counters.pop()
        ends_paragraph = token.tag == "blockquote" or (token.tag == "p" and not token.hidden)
        ends_list = token.tag in ("ul", "ol") and not self.counters
        if ends_paragraph or ends_list or self.gap is not None:
            self._leave_gap(len(self.prefixes))

    def _leave_gap(self, prefixes: int) -> None:
        self.gap = prefixes if self.gap is None else min(self.gap, prefixes)

    def _marker(self) -> tuple[str, str]:
        number = self.counters[-1]
        if number is None:
            return "- ", "  "
        self.counters[-1] = number + 1
        marker = f"{number}. "
        return marker, " " * len(marker)

    def _paragraph(self, inline: Token) -> None:
        if self.gap is not None and self.lines:
            self.lines.append("".join(rest for _, rest in self.prefixes[: self.gap]).rstrip())
        self.gap = None
        for line in self._inline(inline).split("\n"):
            first = "".join(first for first, _ in self.prefixes)
            rest = "".join(rest for _, rest in self.prefixes)
            self.prefixes = [(rest, rest) for _, rest in self.prefixes]  # a marker stands before its first line only
            if cells(first) > self.width // 2:  # too many to stand before every line
                self.lines += wrap(first + line, self.width)
            else:
                self.lines += wrap(line, self.width, first, rest)

    def _inline(self, inline: Token) -> str:
        text, links = "", []
        for token in inline.children or ():
            if token.type == "hardbreak":
                text += "\n"
            elif token.type == "sup_open":
                text += "^"
            elif token.type == "link_open":
                links.append((_MAILTO.sub("", str(token.attrGet("href"))), len(text)))
            elif token.type == "link_close":
                address, start = links.pop()
                if address != _MAILTO.sub("", text[start:]):
                    self.addresses.append(address)
                    text += f" [{len(self.addresses)}]"
            else:
                text += visible(token)
        return text
