"""Tokens to plain text: quotations after ">", lists with their markers, links numbered."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from newsletter.text.cells import cells
from newsletter.text.holes import fill
from newsletter.text.markdown.reading import Blocks, visible
from newsletter.text.wrapping import wrap

if TYPE_CHECKING:
    from markdown_it.token import Token

_OWN_NUMBERS = re.compile(r"\[([\d,;–\s-]+)\]")
"""Numbers of an author's own in brackets, as in [1], [2,3] and [4-6]."""
_NUMBER = re.compile(r"\d{1,4}")
_MAILTO = re.compile(r"^mailto:", re.IGNORECASE)
_MARKS = {"hardbreak": "\n", "sup_open": "^", "s_open": "~~", "s_close": "~~"}
"""What plain text has for a token that is a tag in HTML."""
_LISTS = ("ul", "ol")
_PARAGRAPHS = ("p", "h1", "h2", "figure")
"""What has an empty line below it."""


@lru_cache(maxsize=256)
def to_text(blocks: Blocks, width: int, picture: str = "{text}") -> str:
    """Return the plain text of block tokens in lines of at most ``width`` cells. Links are
    numbered, and their addresses follow the text, each on a line of its own. ``picture`` is what
    is written of a picture; its hole is for its words.
    """
    return _PlainText(width, picture).render(blocks)


class _Prefix(NamedTuple):
    """What the lines of a list item or a quotation begin with: the first line, and the others."""

    first: str
    rest: str


class _List:
    """An open list, which numbers its items. All markers are as wide as the widest."""

    def __init__(self, blocks: Blocks, place: int) -> None:
        opening = blocks[place]
        self._form = "({})" if opening.type == "footnote_block_open" else "{}."
        self._next_number = _first_number(opening)

        self._width = 0
        if self._next_number is not None:
            markers = [self._next_marker(item) for item in _items(blocks, place)]
            self._width = max(map(len, markers), default=0)
            self._next_number = _first_number(opening)

    def marker(self, item: Token) -> str:
        """Return the marker of the next item, with the space after it."""
        marker = self._next_marker(item)
        return marker.rjust(self._width) + " "

    def _next_marker(self, item: Token) -> str:
        value: Any = item.attrGet("value")
        number = self._next_number if value is None else int(value)
        if number is None:
            return "-"
        self._next_number = number + 1
        return self._form.format(number)


def _first_number(opening: Token) -> int | None:
    """Return the number of a list's first item; None if its items have no numbers."""
    if opening.tag == "ul":
        return None
    start: Any = opening.attrGet("start")
    return 1 if start is None else int(start)


def _items(blocks: Blocks, place: int) -> Iterator[Token]:
    """Yield the opening of each item of the list that opens at a place, not of lists within it."""
    level = 0
    for block in blocks[place + 1 :]:
        if block.tag in _LISTS:
            level += block.nesting
        if level < 0:
            return
        if level == 0 and block.tag == "li" and block.nesting > 0:
            yield block


class _PlainText:
    def __init__(self, width: int, picture: str) -> None:
        self.width = width
        self.picture = picture
        self.about_picture: list[str] = []
        """What it shows, and its caption."""
        self.lines: list[str] = []
        self.addresses: dict[int, str] = {}
        self.numbers: Iterator[int] = itertools.count(1)
        self.prefixes: list[_Prefix] = []
        self.lists: list[_List] = []
        self.gap: int | None = None
        """The number of prefixes on the empty line before the next text; None for no empty line."""

    def render(self, blocks: Blocks) -> str:
        self.numbers = _free_numbers(blocks)
        for place, token in enumerate(blocks):
            if token.type == "picture":
                self.about_picture = [str(token.attrs["alt"])]
            elif token.type == "inline" and self.about_picture:
                self.about_picture.append(self._inline(token))
            elif token.type == "inline":
                self._paragraph(self._inline(token))
            elif token.nesting > 0:
                self._open(blocks, place)
            else:
                self._close(token)

        if self.addresses:
            self.lines.append("")
        for number, address in self.addresses.items():
            self.lines += wrap(f"[{number}] {address}", self.width)
        return "\n".join(self.lines)

    def _open(self, blocks: Blocks, place: int) -> None:
        token = blocks[place]
        if token.tag in _LISTS:
            self.lists.append(_List(blocks, place))
        elif token.tag == "li":
            marker = self.lists[-1].marker(token)
            self.prefixes.append(_Prefix(marker, " " * len(marker)))
        elif token.tag == "blockquote":
            self.prefixes.append(_Prefix("> ", "> "))
            self._leave_gap(len(self.prefixes) - 1)

    def _close(self, token: Token) -> None:
        if token.tag in _LISTS:
            self.lists.pop()
        elif token.tag in ("li", "blockquote"):
            self.prefixes.pop()
        elif token.tag == "figure":
            self._figure()

        ends_list = token.tag in _LISTS and not self.lists
        ends_quotation = token.tag == "blockquote"
        ends_paragraph = token.tag in _PARAGRAPHS and not token.hidden
        if ends_list or ends_quotation or ends_paragraph or self.gap is not None:
            self._leave_gap(len(self.prefixes))

    def _leave_gap(self, prefixes: int) -> None:
        if self.gap is not None:
            prefixes = min(self.gap, prefixes)
        self.gap = prefixes

    def _figure(self) -> None:
        words = " ·\u00a0".join(filter(None, self.about_picture))
        self.about_picture = []
        if words:
            self._paragraph(fill(self.picture, {"text": words}))

    def _paragraph(self, text: str) -> None:
        if self.gap is not None and self.lines:
            empty_line = _rest(self.prefixes[: self.gap])
            self.lines.append(empty_line.rstrip())
        self.gap = None

        for line in text.split("\n"):
            first = "".join(prefix.first for prefix in self.prefixes)
            rest = _rest(self.prefixes)
            if cells(first) > self.width // 2:  # too wide to repeat on every line
                self.lines += wrap(first + line, self.width)
            else:
                self.lines += wrap(line, self.width, first, rest)
            # A marker is only before its first line.
            self.prefixes = [_Prefix(prefix.rest, prefix.rest) for prefix in self.prefixes]

    def _inline(self, inline: Token) -> str:
        text = ""
        open_links: list[tuple[str, int]] = []
        for token in inline.children or ():
            if token.type in _MARKS:
                text += _MARKS[token.type]
            elif token.type == "footnote_ref":
                number = token.meta["id"] + 1
                text = f"{text.rstrip()} ({number})"
            elif token.type == "link_open":
                address = _MAILTO.sub("", str(token.attrGet("href")))
                open_links.append((address, len(text)))
            elif token.type == "link_close":
                address, start = open_links.pop()
                text += self._reference(text[start:], address)
            else:
                text += visible(token)
        return text

    def _reference(self, words: str, address: str) -> str:
        """Return the number after a link's words, and keep its address; empty if the words say
        it so that a mail program makes a link of them.
        """
        words = _MAILTO.sub("", words)
        if address == words or (words.startswith("www.") and address == f"https://{words}"):
            return ""

        number = next(self.numbers)
        self.addresses[number] = address
        return f" [{number}]"


def _rest(prefixes: list[_Prefix]) -> str:
    """Return what a line begins with that is not the first."""
    return "".join(prefix.rest for prefix in prefixes)


def _free_numbers(blocks: Blocks) -> Iterator[int]:
    """Return the numbers for links: all but those that the author has put in brackets."""
    taken: set[int] = set()
    for block in blocks:
        for numbers in _OWN_NUMBERS.findall(block.content):
            taken.update(map(int, _NUMBER.findall(numbers)))
    return (number for number in itertools.count(1) if number not in taken)
