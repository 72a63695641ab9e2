"""The blocks of a text in HTML, in the order in which readers meet them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import NamedTuple
from xml.etree.ElementTree import Element

from newsletter.importers.html.blocks import DEEPEST, Block, Container, List, Picture, Quote
from newsletter.importers.html.lines import EMPTY, NOTE, SMALL, Line, joined, line_of, part_of
from newsletter.importers.html.notices import text_of
from newsletter.importers.html.omissions import is_left_out
from newsletter.importers.html.page import Page
from newsletter.importers.html.pictures import is_one_picture, source_of
from newsletter.importers.html.styles import Marks, is_underlined, marks_in
from newsletter.importers.html.tables import data_rows, has_names
from newsletter.importers.html.word_lists import WordLists, level_of

_BLOCK_NAMES = (
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup html legend li main menu nav ol "
    "p pre section summary table tbody td tfoot th thead tr ul"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
"""What begins and ends a paragraph."""
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LISTS = ("ul", "ol", "menu", "dir")
_QUOTES = ("“", "”")
_NUMBER = re.compile(r"\s*[0-9]{1,9}\s*")
_SPACE = re.compile(r"[ \t\n\f\r]+")
_BETWEEN_PARAGRAPHS = re.compile(r"\n[^\S\n]*\n\s*")


class _Style(NamedTuple):
    """What holds for a piece of text."""

    marks: Marks = ()
    level: int = 0
    """Of the heading that it is in; 0 for none."""
    level_in_word: int = 0
    """Of the list that Word says it is in; 0 for none."""
    is_set: bool = False
    """Whether its spaces and line breaks count."""


class Walk:
    """One way through a tree, which ends with its blocks."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._notices = page.notices
        self._waiting: list[Callable[[], None]] = []
        self._chunks: list[tuple[str, Marks]] = []
        self._style = _Style()
        self._within: tuple[Container, ...] = ()
        self._lists: list[List] = []
        self._word_lists = WordLists()
        self._online_lists = WordLists()
        self._blocks: list[Block] = []
        self._pictures: list[Block] = []
        self._notes: list[Block] = []

    def through(self, root: Element) -> list[Block]:
        """Return the blocks in an element, and the footnotes below them."""
        self._waiting.append(partial(self._enter, root, _Style()))
        while self._waiting:  # no recursion, so that very deep nesting can be read too
            self._waiting.pop()()
        self._end_block()
        return self._blocks + self._notes

    def _enter(self, element: Element, outer: _Style) -> None:
        footnotes = self._page.footnotes
        said = self._page.styles.of(element)
        if is_left_out(element, said, self._notices) or element in footnotes.links_back:
            return
        if element in footnotes.references:
            self._add_reference(footnotes.references[element], outer)
        elif element in footnotes.notes:
            self._add_note(element)
        elif element.tag == "br":
            self._chunks.append(("\n", outer.marks))
        elif element.tag == "img":
            self._add_picture(element, EMPTY)
        else:
            self._note_underlining(element, said, outer)
            style = outer._replace(marks=marks_in(element, said, outer.marks))
            if element.tag == "p":
                style = style._replace(level_in_word=level_of(said))
            self._enter_text(element, style)

    def _note_underlining(self, element: Element, said: Mapping[str, str], outer: _Style) -> None:
        is_link = any(":" in mark for mark in outer.marks) or element.find(".//a") is not None
        if is_underlined(element, said) and element.tag != "a" and not is_link:
            self._notices.not_underlined(element)

    def _enter_text(self, element: Element, style: _Style) -> None:
        if element.tag == "table" and (rows := data_rows(element)):
            self._add_table(rows)
        elif element.tag == "figure" and is_one_picture(element):
            self._add_figure(element)
        else:
            self._enter_blocks(element)
            self._enter_children(element, self._style_in(element, style))

    def _style_in(self, element: Element, style: _Style) -> _Style:
        tag = element.tag
        if tag == "a":
            return self._linked(element, style)
        if tag == "pre":
            return style._replace(is_set=True)
        if tag == "dt":
            return style._replace(marks=(*style.marks, "strong"))
        if tag in _HEADINGS:
            return style._replace(level=int(tag[1]))
        return style

    def _enter_blocks(self, element: Element) -> None:
        if element.tag in _BLOCKS:
            self._end_block()
            self._waiting.append(self._end_block)

        if element.tag == "blockquote":
            self._go_into(Quote())
        elif element.tag == "li" and self._lists and "data-listid" in element.attrib:
            self._enter_item_of_word_online(element)
        elif element.tag == "li" and self._lists:
            self._enter_item(element)
        elif element.tag in _LISTS or any(child.tag == "li" for child in element):
            self._enter_list(element)

    def _enter_children(self, element: Element, style: _Style) -> None:
        before, after = _QUOTES if element.tag == "q" else ("", "")
        self._waiting.append(partial(self._add_text, after, style))
        for child in reversed(element):
            self._waiting.append(partial(self._add_text, child.tail or "", style))
            self._waiting.append(partial(self._enter, child, style))
        self._add_text(before + (element.text or ""), style)

    # Containers

    def _go_into(self, container: Container) -> None:
        """Put the blocks that follow into a container, until its element ends."""
        outer = self._within
        if sum(one.levels for one in outer) >= DEEPEST:
            self._notices.repaired("What is within more than three lists is not indented further.")
            return
        self._within = (*outer, container)
        self._waiting.append(partial(self._leave, outer))

    def _leave(self, outer: tuple[Container, ...]) -> None:
        self._end_block()
        self._within = outer

    def _enter_list(self, element: Element) -> None:
        if self._lists and self._lists[-1].last not in (None, *self._within):
            # A list in a list, beside its items, is part of the item before it.
            self._go_into(self._lists[-1].last)  # type: ignore[arg-type]
        first = _number(element.get("start"), 1) if element.tag == "ol" else None
        self._lists.append(List(first, is_loose=any(map(_has_paragraphs, element))))
        self._waiting.append(self._leave_list)

    def _leave_list(self) -> None:
        self._end_block()
        self._lists.pop()

    def _enter_item(self, element: Element) -> None:
        value = element.get("value")
        number = _number(value, 1) if value else None
        self._go_into(self._lists[-1].item(number))

    def _enter_item_of_word_online(self, element: Element) -> None:
        """Go into an item that is a list of its own in the HTML, whatever its level."""
        alone = self._lists[-1]
        level = _number(element.get("data-aria-level"), 1)
        number = alone.item().number
        for item in self._online_lists.items(level, number, is_ordered=alone.is_ordered):
            self._go_into(item)

    # Text

    def _add_text(self, text: str, style: _Style) -> None:
        if not text:
            return
        if not style.is_set:
            text = _SPACE.sub(" ", text)
            last = self._chunks[-1][0] if self._chunks else " "
            if last.endswith((" ", "\n")):
                text = text.removeprefix(" ")
        if text:
            self._style = style
            self._chunks.append((text, style.marks))

    def _linked(self, element: Element, style: _Style) -> _Style:
        written = element.get("href")
        if written is None:
            return style
        address = self._page.complete(written)
        if address is None:
            self._notices.no_link(text_of(element), written)
            return style
        return style._replace(marks=(*style.marks, address))

    def _end_block(self) -> None:
        line = line_of(self._chunks)
        self._chunks.clear()
        start = 0
        for gap in _BETWEEN_PARAGRAPHS.finditer(line.text):
            self._add_line(part_of(line, start, gap.start()))
            start = gap.end()
        self._add_line(part_of(line, start, len(line.text)))
        self._blocks += self._pictures
        self._pictures.clear()
        self._style = _Style()

    def _add_line(self, line: Line) -> None:
        if not line.text:
            return
        style = self._style
        item = self._word_lists.item(line, style.level_in_word, self._within)
        if item and item.line.text and not style.level:
            self._blocks.append(Block(item.within, item.line))
        else:
            self._word_lists.end()
            if not self._within:
                self._online_lists.end()
            self._blocks.append(Block(self._within, line, style.level))

    # Footnotes

    def _add_reference(self, number: str, style: _Style) -> None:
        marks = tuple(mark for mark in style.marks if mark not in SMALL)
        self._chunks.append((f"[^{number}]", (*marks, NOTE)))

    def _add_note(self, element: Element) -> None:
        self._end_block()
        number = self._page.footnotes.notes.pop(element)
        walk = Walk(self._page)
        for block in walk.through(element):
            self._notes.append(block._replace(note=number))

    # Pictures and tables

    def _add_picture(self, image: Element, caption: Line) -> None:
        source = source_of(image)
        if "1" in (image.get("width"), image.get("height")):  # it counts readers
            return
        alt = " ".join((image.get("alt") or "").split())
        name = self._page.picture_at(source)
        if name is None:
            self._notices.no_picture(alt, caption)
        else:
            self._pictures.append(Block((), picture=Picture(name, alt, caption)))

    def _add_figure(self, figure: Element) -> None:
        caption = EMPTY
        for element in figure.iter("figcaption"):
            caption = self._line_in(element)
        self._end_block()
        for image in figure.iter("img"):
            self._add_picture(image, caption)
        self._end_block()

    def _add_table(self, rows: list[list[Element]]) -> None:
        self._end_block()
        written = [tuple(map(self._line_in, row)) for row in rows]
        if not has_names(rows[0], written[0]):
            written.insert(0, (EMPTY,))
        self._blocks.append(Block(self._within, rows=tuple(written)))
        self._notices.repaired("A table is a list for readers, with a line for each row.")

    def _line_in(self, element: Element) -> Line:
        """Return all text in an element as one line."""
        walk = Walk(self._page)
        return joined(block.line for block in walk.through(element))


def _has_paragraphs(item: Element) -> bool:
    """Return whether an item is written as paragraphs; Google Docs does so with each, and says
    their direction.
    """
    return any(child.tag == "p" and "dir" not in child.attrib for child in item)


def _number(written: str | None, otherwise: int) -> int:
    if written is None or not _NUMBER.fullmatch(written):
        return otherwise
    return int(written)
