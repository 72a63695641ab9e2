"""Lists: which paragraphs are items, at what level, and with which number in Word (17.9).

Mammoth is given two lists alone, one with bullets and one with numbers, and would number the items
after each paragraph between them from 1 again: the number is a mark where the words begin.
"""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement

from newsletter.importers.docx.names import (
    W,
    properties_of,
    run_of,
    set_value,
    value,
    whole,
    words_of,
)
from newsletter.importers.docx.styles import Styles

NUMBER = "\ue002{}\ue003"
"""The number of an item, where its words begin."""
_BULLETS, _NUMBERS = "1", "2"
_LEVELS = 5
"""Mammoth knows no more."""


class _Item(NamedTuple):
    level: int
    number: int | None
    """None if it has a bullet."""


class Lists:
    """The lists of a document, counted as its paragraphs come."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        found = Element("none") if root is None else root
        self._styles = styles
        self._lists = {value(one, "numId"): one for one in found.iter(W + "num")}
        kinds = found.iter(W + "abstractNum")
        self._kinds = {value(kind, "abstractNumId"): kind for kind in kinds}
        self._counts: dict[str | None, dict[int, int]] = defaultdict(dict)
        self._begun: set[str | None] = set()
        self._levels: list[int] = []
        """Those of the items above, from the outermost: an item is only one deeper than they."""

    def leave(self) -> None:
        """Note that a paragraph is in no list."""
        self._levels.clear()

    def place(self, paragraph: Element) -> None:
        """Put a paragraph in the list that it or its style says, if there is one."""
        properties = properties_of(paragraph, "pPr")
        item = self._item(properties)
        for former in properties.findall(W + "numPr"):
            properties.remove(former)
        if not words_of(paragraph):
            return  # it is counted, but not shown
        if item is None:
            self.leave()
            return

        self._levels = [*(other for other in self._levels if other < item.level), item.level]
        listed = SubElement(properties, W + "numPr")
        set_value(listed, "ilvl", str(min(len(self._levels), _LEVELS) - 1))
        set_value(listed, "numId", _BULLETS if item.number is None else _NUMBERS)
        if item.number is not None:
            paragraph.insert(1, run_of(NUMBER.format(item.number)))

    def _item(self, properties: Element) -> _Item | None:
        numbering = properties.find(W + "numPr")
        if numbering is None:
            numbering = self._styles.numbering(properties)
        if numbering is None:
            return None

        own = self._lists.get(value(numbering.find(W + "numId")))
        kind = self._kind(own)
        level = whole(value(numbering.find(W + "ilvl")))
        if level is None:
            level = _level_of_style(kind, value(properties.find(W + "pStyle")))
        said = _of_level(_of_level(own, "lvlOverride", level), "lvl", level)
        if said is None:
            said = _of_level(kind, "lvl", level)
        form = None if said is None else value(said.find(W + "numFmt"))
        if own is None or kind is None or form == "none":
            return None
        if form == "bullet":
            return _Item(level, None)
        return _Item(level, self._counted(own, value(kind, "abstractNumId"), level, said))

    def _kind(self, own: Element | None) -> Element | None:
        """Return what a list is, which may be said by a style of lists (17.9.21)."""
        kind = None if own is None else self._kinds.get(value(own.find(W + "abstractNumId")))
        link = None if kind is None else value(kind.find(W + "numStyleLink"))
        if link is None:
            return kind
        linked = self._lists.get(self._styles.list_of(link))
        return None if linked is None else self._kinds.get(value(linked.find(W + "abstractNumId")))

    def _counted(self, own: Element, kind_id: str | None, level: int, said: Element | None) -> int:
        """Count on: lists of one kind are counted together, until one says where it begins."""
        counts, list_id = self._counts[kind_id], value(own, "numId")
        override = _of_level(own, "lvlOverride", level)
        if override is not None and list_id not in self._begun:
            counts.clear()
        self._begun.add(list_id)
        for lower in [other for other in counts if other > level]:
            del counts[lower]
        counts[level] = counts.get(level, _start(override, said) - 1) + 1
        return counts[level]


def two_lists() -> Element:
    """Return the part that says what the lists are which mammoth is given."""
    root = Element(W + "numbering")
    for number, form in ((_BULLETS, "bullet"), (_NUMBERS, "decimal")):
        kind = SubElement(root, W + "abstractNum", {W + "abstractNumId": number})
        for level in range(_LEVELS):
            set_value(SubElement(kind, W + "lvl", {W + "ilvl": str(level)}), "numFmt", form)
        set_value(SubElement(root, W + "num", {W + "numId": number}), "abstractNumId", number)
    return root


def _level_of_style(kind: Element | None, style: str | None) -> int:
    """Return the level of an item that says none; a list may have one for each style (17.9.23)."""
    for found in () if kind is None or style is None else kind.findall(W + "lvl"):
        if value(found.find(W + "pStyle")) == style:
            return whole(value(found, "ilvl")) or 0
    return 0


def _of_level(parent: Element | None, name: str, level: int) -> Element | None:
    for element in () if parent is None else parent.findall(W + name):
        if (whole(value(element, "ilvl")) or 0) == level:
            return element
    return None


def _start(override: Element | None, level: Element | None) -> int:
    overridden = None if override is None else value(override.find(W + "startOverride"))
    usual = None if level is None else value(level.find(W + "start"))
    start = whole(overridden or usual)
    return 1 if start is None else start
