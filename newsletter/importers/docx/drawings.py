"""Drawings: the pictures in them, and the boxes with text, in the forms that mammoth reads."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element, SubElement

from newsletter.importers.docx.names import PIC, WP, A, R, V, W
from newsletter.importers.docx.package import Package, Relationship
from newsletter.importers.html.notices import Notices
from newsletter.importers.picture_kinds import picture_suffix

_BOX = W + "txbxContent"
_TARGETS = (R + "embed", R + "link", R + "id", R + "href")
"""How a picture says where its file is."""
_DRAWN = ("chart", "chartex", "diagram")
"""The kinds of drawings that say something, though they have neither words nor pictures."""
_MISSING = "A picture that is not in the file was left out"
_UNKNOWN = "A picture of a kind that cannot be read was left out"


class Pictures:
    """The pictures that a document shows."""

    def __init__(self, package: Package, notices: Notices) -> None:
        self.shown: dict[str, bytes] = {}
        """By the names of their parts."""
        self._package = package
        self._notices = notices

    def kept(self, drawing: Element, leads_to: Mapping[str, Relationship]) -> Iterator[Element]:
        """Yield the pictures in a drawing that can be read from the file; note the others."""
        common = _alt(drawing.find(f".//{WP}docPr"))
        for picture in pictures_in(drawing):
            source = picture.find(f".//{A}blip")
            if source is None:
                source = picture.find(V + "imagedata")
            said = {} if source is None else source.attrib
            relationship = next((said[name] for name in _TARGETS if name in said), "")
            if not self._is_in_file(leads_to.get(relationship)):
                continue

            alt = common or _alt(picture.find(f"{PIC}nvPicPr/{PIC}cNvPr")) or picture.get("alt", "")
            if _is_cropped(picture):
                named = f": “{alt}”" if alt else ""
                self._notices.repaired(f"A picture is shown whole that is cropped in Word{named}.")
            yield _picture(relationship, alt)

    def _is_in_file(self, target: Relationship | None) -> bool:
        if target is None or target.is_external:
            where = f": {target.target}" if target else ""
            self._notices.not_kept(f"{_MISSING}{where}.")
            return False

        name = posixpath.basename(target.target)
        content = self.shown.get(target.target) or self._package.read(target.target)
        if not content:
            self._notices.not_kept(f"{_MISSING}: {name}.")
        elif picture_suffix(content) is None:
            self._notices.not_kept(f"{_UNKNOWN}: {name}.")
        else:
            self.shown[target.target] = content
        return target.target in self.shown


def boxes_in(drawing: Element) -> Iterator[Element]:
    """Yield the boxes with text in a drawing, without those within others."""
    return (element for element in _outside_boxes(drawing) if element.tag == _BOX)


def pictures_in(drawing: Element) -> Iterator[Element]:
    """Yield the pictures in a drawing, without those in boxes with text."""
    for element in _outside_boxes(drawing):
        if element.tag == PIC + "pic" or element.find(V + "imagedata") is not None:
            yield element


def other_drawing(drawing: Element) -> str | None:
    """Return what a drawing without words and pictures is, if it is more than lines."""
    for data in drawing.iter(A + "graphicData"):
        kind = data.get("uri", "").rpartition("/")[2]
        return kind if kind in _DRAWN else None
    return None


def _picture(relationship: str, alt: str) -> Element:
    drawing = Element(W + "drawing")
    inline = SubElement(drawing, WP + "inline")
    SubElement(inline, WP + "docPr", {"descr": alt})
    innermost = inline
    for name in (A + "graphic", A + "graphicData", PIC + "pic", PIC + "blipFill"):
        innermost = SubElement(innermost, name)
    SubElement(innermost, A + "blip", {R + "embed": relationship})
    return drawing


def _outside_boxes(drawing: Element) -> Iterator[Element]:
    yield drawing
    for child in drawing if drawing.tag != _BOX else ():
        yield from _outside_boxes(child)


def _is_cropped(picture: Element) -> bool:
    crop = picture.find(f".//{A}srcRect")
    return crop is not None and not {*crop.attrib.values()} <= {"0", ""}


def _alt(properties: Element | None) -> str:
    if properties is None:
        return ""
    return " ".join((properties.get("descr") or properties.get("title") or "").split())
