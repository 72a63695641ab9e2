"""The blocks of a text, and what they are in: what HTML becomes before it is Markdown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from newsletter.importers.html.lines import EMPTY, Line

DEEPEST = 8
"""Levels of quotations (1 each) and lists (2 each) around a quotation or a list that the Markdown
reader still knows as one."""


@dataclass(eq=False)
class Quote:
    """A quotation."""

    levels = 1


@dataclass(eq=False)
class List:
    """A list, with the number of its next item; None if its items have no numbers."""

    next_number: int | None = None
    is_loose: bool = False
    """Whether there are empty lines between its items."""
    first: Item | None = None
    last: Item | None = None

    @property
    def is_ordered(self) -> bool:
        """Whether its items have numbers."""
        return self.next_number is not None

    def item(self, number: int | None = None) -> Item:
        """Return a new item of the list, with its own number if it has one."""
        if self.next_number is not None:
            number = self.next_number if number is None else number
            self.next_number = number + 1
        self.last = Item(self, number)
        self.first = self.first or self.last
        return self.last


@dataclass(eq=False)
class Item:
    """An item of a list."""

    of: List
    number: int | None
    levels = 2


Container = Quote | Item


class Picture(NamedTuple):
    """A picture that a text shows: its name, what it shows, the text below it."""

    name: str
    alt: str
    caption: Line


class Block(NamedTuple):
    """A paragraph, a heading, a picture or a table."""

    within: tuple[Container, ...]
    line: Line = EMPTY
    level: int = 0
    """1 to 6 for a heading."""
    picture: Picture | None = None
    rows: tuple[tuple[Line, ...], ...] = ()
    """Of a table; the first has the names of the columns, which may be empty."""
    note: str = ""
    """The number of the footnote that it is in."""
