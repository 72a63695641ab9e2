"""Footnotes: a link to a place in the text from which a link leads back.

So do Word, Google Docs, LibreOffice, WordPress and mammoth write them, each with names of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from xml.etree.ElementTree import Element

_NOTES = ("li", "aside", "p", "div", "td")
_NEAR = 3
"""Elements between a link and the one around it that has its name."""


class Footnotes:
    """The footnotes of a text: their numbers by the links to them, and by the elements that hold
    them; and the links back, which readers of Markdown need not see.
    """

    def __init__(self, root: Element) -> None:
        self.references: dict[Element, str] = {}
        self.notes: dict[Element, str] = {}
        self.links_back: set[Element] = set()
        links = [link for link in root.iter("a") if link.get("href", "").startswith("#")]
        if links:
            self._parents = {child: parent for parent in root.iter() for child in parent}
            self._pair(root, links)

    def _pair(self, root: Element, links: list[Element]) -> None:
        places = {name: element for element in root.iter() for name in _names(element)}
        by_name: dict[str, Element] = {}
        for link in links:
            target = places.get(_target(link))
            reference = by_name.get(_target(link))
            if reference is not None and self._is_at(link, places.get(_target(reference))):
                self._add(reference, link)
            elif target is not None:
                by_name |= dict.fromkeys(self._names_around(link), link)

    def _add(self, reference: Element, link_back: Element) -> None:
        note = self._note_around(link_back)
        if note is None or reference in self._above(link_back):
            return
        number = self.notes.setdefault(note, str(len(self.notes) + 1))
        self.references[reference] = number
        self.links_back.add(link_back)

    def _is_at(self, link: Element, place: Element | None) -> bool:
        """Return whether a link is at a place: the place itself, in it, or around it."""
        if place is None:
            return False
        return place is link or place in self._above(link) or place in link.iter()

    def _note_around(self, link_back: Element) -> Element | None:
        above = list(islice(self._above(link_back), _NEAR))
        notes = [element for element in above if element.tag in _NOTES]
        for element in notes:
            if element.tag == "li":
                return element
        return notes[0] if notes else None

    def _names_around(self, link: Element) -> Iterator[str]:
        """Yield the names of a link, and of what is in it and just around it."""
        for element in [*link.iter(), *islice(self._above(link), _NEAR)]:
            if element.tag not in _NOTES:
                yield from _names(element)

    def _above(self, element: Element) -> Iterator[Element]:
        above = self._parents.get(element)
        while above is not None:
            yield above
            above = self._parents.get(above)


def _names(element: Element) -> list[str]:
    return [name for name in (element.get("id"), element.get("name")) if name]


def _target(link: Element) -> str:
    return link.get("href", "").removeprefix("#")
