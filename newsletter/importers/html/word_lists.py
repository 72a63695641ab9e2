"""Lists that are paragraphs with a bullet or a number before them, as Word and Outlook paste."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from newsletter.importers.html.blocks import DEEPEST, Container, Item, List
from newsletter.importers.html.lines import Line, part_of

_LEVEL = re.compile(r"level(\d)")
_MARK = re.compile(
    r"(?:(?P<number>\d{1,3})[.)]|(?P<letter>\(?[A-Za-z]{1,4}[.)])|[^\w\s(]|[oØü§Ÿv])\s+"
)
"""What Word puts before a paragraph that it says is in a list."""
_BULLET = re.compile(r"[•◦▪‣⁃]\s+|·(?:\s\s+|\u00a0\s*)|(?P<number>\d{1,3})[.)] *\u00a0\s*")
"""What anybody puts before one: a number only with the space that Word and Outlook paste."""


class Marked(NamedTuple):
    """The text of an item without its mark, and the containers that it is in."""

    line: Line
    within: tuple[Container, ...]


def level_of(said: Mapping[str, str]) -> int:
    """Return the level at which a paragraph says that it is in a list; 0 if it says no such
    thing.
    """
    level = _LEVEL.search(said.get("mso-list", ""))
    return int(level[1]) if level else 0


class WordLists:
    """The lists that the last paragraphs were in, the outer first."""

    def __init__(self) -> None:
        self._lists: list[List] = []

    def end(self) -> None:
        """End all lists."""
        self._lists.clear()

    def item(self, line: Line, level: int, outer: tuple[Container, ...]) -> Marked | None:
        """Return a paragraph as an item, if there is a mark before it."""
        mark = (_MARK if level else _BULLET).match(line.text)
        if mark is None:
            return None

        numbered = mark.groupdict()
        number = int(numbered["number"]) if numbered.get("number") else None
        is_ordered = number is not None or bool(numbered.get("letter"))
        within = self.items(max(level, 1), number, is_ordered=is_ordered)
        while sum(one.levels for one in (*outer, *within[:-1])) >= DEEPEST:
            del within[-1]
        return Marked(part_of(line, mark.end(), len(line.text)), (*outer, *within))

    def items(self, level: int, number: int | None, *, is_ordered: bool) -> list[Item]:
        """Return a new item at a level, and those that it is in, the outer first."""
        del self._lists[level:]
        is_deeper = len(self._lists) < level
        if is_deeper or self._lists[-1].is_ordered != is_ordered:
            del self._lists[level - 1 :]
            self._lists.append(List(next_number=1 if is_ordered else None))

        *outer, innermost = self._lists
        above = [one.last for one in outer if one.last]
        return [*above, innermost.item(number)]
