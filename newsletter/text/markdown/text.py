"""Tokens to plain text: quotations after ">", lists with their markers, links numbered."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from wcwidth import width as cells

from newsletter.text.markdown.reading import Blocks, visible
from newsletter.text.wrapping import wrap

if TYPE_CHECKING:
    from markdown_it.token import Token

_OWN_NUMBERS = re.compile(r"\[([\d,;–\s-]+)\]")
"""Numbers of an author's own in brackets, as in [1], [2,3] and [4-6]."""
_MAILTO = re.compile(r"^mailto:", re.IGNORECASE)
_MARKS = {"hardbreak": "\n", "sup_open": "^", "s_open": "~~", "s_close": "~~"}
"""What plain text has for a token that is a tag in HTML."""


@lru_cache(maxsize=1024)
def to_text(blocks: Blocks, width: int) -> str:
    """Return the plain text of block tokens in lines of at most ``width`` cells. Links are numbered, and their
    addresses follow the text, each on a line of its own.
    """
    return _PlainText(width).render(blocks)


class _List:
    """An open list: its markers, all as wide as the widest."""

    def __init__(self, blocks: Blocks, place: int) -> None:
        opening = blocks[place]
        start: Any = opening.attrGet("start")
        self.number = None if opening.tag == "ul" else 1 if start is None else int(start)
        self.form = "({})" if opening.type == "footnote_block_open" else "{}."
        self.width = 0
        if self.number is not None:
            self.width = max(map(len, self._all_markers(blocks, place)), default=0)

    def _all_markers(self, blocks: Blocks, place: int) -> list[str]:
        level, markers = 0, []
        number = self.number
        for below in range(place + 1, len(blocks)):
            block = blocks[below]
            if block.tag in ("ul", "ol"):
                level += block.nesting
            if level < 0:
                break
            if level == 0 and block.tag == "li" and block.nesting > 0:
                markers.append(self._next(block))
        self.number = number
        return markers

    def _next(self, item: Token) -> str:
        value: Any = item.attrGet("value")
        number = int(value) if value is not None else self.number
        if number is None:
            return "-"
        self.number = number + 1
        return self.form.format(number)

    def marker(self, item: Token) -> str:
        """Return the marker of the next item, with the space after it."""
        return self._next(item).rjust(self.width) + " "


class _PlainText:
    def __init__(self, width: int) -> None:
        self.width = width
        self.lines: list[str] = []
        self.addresses: dict[int, str] = {}
        self.numbers: Iterator[int] = itertools.count(1)
        self.prefixes: list[tuple[str, str]] = []
        self.lists: list[_List] = []
        self.gap: int | None = None
        """The number of prefixes on the empty line before the next text; None for no empty line."""

    def render(self, blocks: Blocks) -> str:
        self.numbers = _free_numbers(blocks)
        for place, token in enumerate(blocks):
            if token.type == "inline":
                self._paragraph(token)
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
        if token.tag in ("ul", "ol"):
            self.lists.append(_List(blocks, place))
        elif token.tag == "li":
            marker = self.lists[-1].marker(token)
            self.prefixes.append((marker, " " * len(marker)))
        elif token.tag == "blockquote":
            self.prefixes.append(("> ", "> "))
            self._leave_gap(len(self.prefixes) - 1)

    def _close(self, token: Token) -> None:
        if token.tag in ("li", "blockquote"):
            self.prefixes.pop()
        elif token.tag in ("ul", "ol"):
            self.lists.pop()
        ends_paragraph = token.tag == "blockquote" or (token.tag == "p" and not token.hidden)
        ends_list = token.tag in ("ul", "ol") and not self.lists
        if ends_paragraph or ends_list or self.gap is not None:
            self._leave_gap(len(self.prefixes))

    def _leave_gap(self, prefixes: int) -> None:
        self.gap = prefixes if self.gap is None else min(self.gap, prefixes)

    def _paragraph(self, inline: Token) -> None:
        if self.gap is not None and self.lines:
            self.lines.append("".join(rest for _, rest in self.prefixes[: self.gap]).rstrip())
        self.gap = None
        for line in self._inline(inline).split("\n"):
            first = "".join(first for first, _ in self.prefixes)
            rest = "".join(rest for _, rest in self.prefixes)
            self.prefixes = [
                (rest, rest) for _, rest in self.prefixes
            ]  # a marker is only before its first line
            if cells(first) > self.width // 2:  # too wide to repeat on every line
                self.lines += wrap(first + line, self.width)
            else:
                self.lines += wrap(line, self.width, first, rest)

    def _inline(self, inline: Token) -> str:
        text, links = "", []
        for token in inline.children or ():
            if token.type in _MARKS:
                text += _MARKS[token.type]
            elif token.type == "footnote_ref":
                text = f"{text.rstrip()} ({token.meta['id'] + 1})"
            elif token.type == "link_open":
                links.append((_MAILTO.sub("", str(token.attrGet("href"))), len(text)))
            elif token.type == "link_close":
                address, start = links.pop()
                if not _shows(text[start:], address):
                    number = next(self.numbers)
                    self.addresses[number] = address
                    text += f" [{number}]"
            else:
                text += visible(token)
        return text


def _free_numbers(blocks: Blocks) -> Iterator[int]:
    """The numbers for links: all but those that the author has put in brackets."""
    found = [numbers for token in blocks for numbers in _OWN_NUMBERS.findall(token.content)]
    taken = {int(number) for numbers in found for number in re.findall(r"\d{1,4}", numbers)}
    return (number for number in itertools.count(1) if number not in taken)


def _shows(text: str, address: str) -> bool:
    """Return whether a link's text is its address, which then need not be repeated."""
    text = _MAILTO.sub("", text)
    return address in (text, f"https://{text}")
