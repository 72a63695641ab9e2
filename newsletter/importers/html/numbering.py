"""Numbers before items that the reader of Markdown would take for text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from newsletter.importers.html.blocks import Block, Item, List
from newsletter.importers.html.lines import Line, Span
from newsletter.text.markdown.block_rules import is_not_an_item

_LARGEST = 99
"""The largest number that begins an item; one with more digits is read as a year."""


def with_readable_numbers(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with lists whose numbers are all read.

    A list that begins with a large number, or in which a number and a month look like a date, is
    written as paragraphs with the same numbers.
    """
    items = _items(blocks)
    as_text = {item.of for item, first in items.items() if _is_read_as_text(item, first)}
    _number_long_lists(item for item in items if item.of not in as_text)
    return [_without(as_text, block, items) for block in blocks]


def _items(blocks: Iterable[Block]) -> dict[Item, Block]:
    """Return each item that has a number, and the first block in it."""
    items: dict[Item, Block] = {}
    for block in blocks:
        for container in block.within:
            if isinstance(container, Item) and container.number is not None:
                items.setdefault(container, block)
    return items


def _is_read_as_text(item: Item, first: Block) -> bool:
    if item is item.of.first and is_not_an_item(f"{item.number}."):
        return True
    is_directly_in_it = first.within[-1] is item
    return is_directly_in_it and is_not_an_item(f"1. {first.line.text}")


def _number_long_lists(some_items: Iterable[Item]) -> None:
    """Give all items of a long list the number of the first: then readers count them."""
    items = list(some_items)
    long = {item.of for item in items if item.number and item.number > _LARGEST}
    for item in items:
        if item.of in long and item.of.first:
            item.number = item.of.first.number


def _without(as_text: set[List], block: Block, items: dict[Item, Block]) -> Block:
    """Return a block outside of these lists, with the number of its item in its text."""
    for container in block.within:
        if isinstance(container, Item) and container.of in as_text:
            if items.get(container) is block:
                block = block._replace(line=_after(f"{container.number}. ", block.line))
            within = tuple(one for one in block.within if one is not container)
            block = block._replace(within=within)
    return block


def _after(words: str, line: Line) -> Line:
    place = len(words)
    spans = tuple(Span(place + start, place + end, mark) for start, end, mark in line.spans)
    return Line(words + line.text, spans)
