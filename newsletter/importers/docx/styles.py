"""Styles: what a paragraph is, and what the words in one look like (ECMA-376, part 1, 17.7)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import copy
from xml.etree.ElementTree import Element, SubElement

from newsletter.importers.docx.names import W, is_on, value, whole

_ROLES = {
    "title": "Title",
    "quote": "Quote",
    "intense quote": "Quote",
    "quotations": "Quote",
    "block text": "Quote",
    "caption": "Caption",
}
"""Names of styles: Word keeps the English ones in every language (17.7.4.9)."""
_HEADING = re.compile(r"heading ?([1-9])")
_CONTENTS = re.compile(r"(?:toc|contents) ?(?:[1-9]|heading)|table of figures")
_LOWEST_HEADING = 6
_BODY_LEVEL = 9
"""The outline level of what is no heading (17.3.1.20)."""
_BASED_ON_MOST = 11
"""Word itself does not follow more styles that are based on others."""
_LOOKS = ("b", "i", "strike", "dstrike", "vertAlign", "vanish")
"""What a style may say of words, and mammoth or this program wants to know."""
_SWITCHES = frozenset(W + name for name in _LOOKS if name != "vertAlign")
_READ = _SWITCHES | {W + name for name in ("highlight", "position", "rFonts", "u", "vertAlign")}
"""What mammoth or this program reads of the properties of a run."""
_LEAST_MOVED = 2
"""Half points by which words are raised or lowered; less is not seen."""


class Styles:
    """The styles of a document."""

    def __init__(self, root: Element | None) -> None:
        found = () if root is None else root.findall(W + "style")
        self._styles = {value(style, "styleId"): style for style in reversed(found)}

    def role(self, properties: Element) -> str:
        """Return what a paragraph with these properties (``w:pPr``) is: Title, Heading1, Quote,
        Caption, Contents (a line of them); empty for all others.
        """
        style_id = value(properties.find(W + "pStyle"))
        names = [value(style.find(W + "name")) or "" for style in self._chain(style_id)]
        for name in names or [style_id or ""]:
            if role := _role_by_name(name.lower()):
                return role
        return self._role_by_outline(properties)

    def numbering(self, properties: Element) -> Element | None:
        """Return in what list (``w:numPr``) the style of a paragraph puts it."""
        for style in self._chain(value(properties.find(W + "pStyle"))):
            found = style.find(f"{W}pPr/{W}numPr")
            if found is not None:
                return found
        return None

    def list_of(self, style_id: str) -> str | None:
        """Return the number of the list that a style of lists is for."""
        style = self._styles.get(style_id)
        return None if style is None else value(style.find(f"{W}pPr/{W}numPr/{W}numId"))

    def hides(self, properties: Element) -> bool:
        """Return whether the style of a paragraph hides its words."""
        styles = self._chain(value(properties.find(W + "pStyle")))
        said = (style.find(f"{W}rPr/{W}vanish") for style in styles)
        return any(is_on(vanish) for vanish in said if vanish is not None)

    def write_out(self, properties: Element) -> None:
        """Write into the properties of a run (``w:rPr``) what its style says of its look."""
        for style in self._chain(value(properties.find(W + "rStyle"))):
            for name in _LOOKS:
                said = style.find(f"{W}rPr/{W}{name}")
                if said is not None and properties.find(W + name) is None:
                    properties.append(copy(said))

        properties[:] = [one for one in properties if one.tag in _READ]
        for said in [one for one in properties if one.tag in _SWITCHES and not is_on(one)]:
            properties.remove(said)  # mammoth does not know every way of switching off
        for struck in properties.findall(W + "dstrike"):
            struck.tag = W + "strike"
        # LibreOffice writes subscripts as words that are lowered, in half points.
        moved = whole(value(properties.find(W + "position"))) or 0
        if abs(moved) >= _LEAST_MOVED and properties.find(W + "vertAlign") is None:
            height = "superscript" if moved > 0 else "subscript"
            SubElement(properties, W + "vertAlign", {W + "val": height})

    def _role_by_outline(self, properties: Element) -> str:
        styles = self._chain(value(properties.find(W + "pStyle")))
        said = (properties, *(style.find(W + "pPr") for style in styles))
        levels = (value(one.find(W + "outlineLvl")) for one in said if one is not None)
        level = whole(next((level for level in levels if level is not None), None))
        return _heading(level + 1) if level is not None and 0 <= level < _BODY_LEVEL else ""

    def _chain(self, style_id: str | None) -> Iterator[Element]:
        """Yield a style, the style that it is based on, and so on."""
        for _ in range(_BASED_ON_MOST):
            style = self._styles.get(style_id)
            if style is None:
                return
            yield style
            style_id = value(style.find(W + "basedOn"))


def _role_by_name(name: str) -> str:
    if heading := _HEADING.fullmatch(name):
        return _heading(int(heading[1]))
    return "Contents" if _CONTENTS.fullmatch(name) else _ROLES.get(name, "")


def _heading(level: int) -> str:
    return f"Heading{min(level, _LOWEST_HEADING)}"
