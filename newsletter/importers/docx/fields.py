"""Fields: links, page numbers, tables of contents, with an instruction and a result (17.16)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from newsletter.importers.docx.names import W, value

_CONTENTS = re.compile(r"\s*(?:TOC|INDEX)\b", re.IGNORECASE)
_LINK = re.compile(r'\s*HYPERLINK\s+(?:"([^"]*)"|([^\\\s"]\S*))?', re.IGNORECASE)
_PLACE = re.compile(r'\\l\s+(?:"([^"]*)"|(\S+))')
_UNSEEN = re.compile(
    r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES|SECTION|TOC|INDEX|RD|XE|TC|TA|PRIVATE)\b", re.IGNORECASE
)
"""Fields whose result has no meaning in an email, and marks that are never seen."""
_DEEPEST = 20
"""Word itself takes no more fields within fields."""


@dataclass
class _Field:
    instruction: str = ""
    has_result: bool = False
    """Whether its instruction has ended, so that its result follows."""


class Fields:
    """The fields of a part that have begun and not ended, the inner ones last."""

    def __init__(self) -> None:
        self._open: list[_Field] = []

    @property
    def are_seen(self) -> bool:
        """Whether words here are seen, and no instruction or page number."""
        return all(
            field.has_result and not _UNSEEN.match(field.instruction) for field in self._open
        )

    @property
    def are_contents(self) -> bool:
        """Whether words here are a line of a table of contents or an index."""
        return any(field.has_result and _CONTENTS.match(field.instruction) for field in self._open)

    def instruction(self, element: Element) -> None:
        """Read a ``w:instrText``."""
        if self._open:
            self._open[-1].instruction += element.text or ""

    def character(self, element: Element) -> list[Element]:
        """Read a ``w:fldChar``; return what of its field mammoth should read: links alone."""
        kind = value(element, "fldCharType")
        if kind == "begin" and len(self._open) < _DEEPEST:
            self._open.append(_Field())
        elif self._open and kind == "separate":
            self._open[-1].has_result = True
            return _link_start(_address(self._open[-1]))
        elif self._open and kind == "end":
            ended = self._open.pop()
            return [element] if ended.has_result and _address(ended) else []
        return []


def as_characters(field: Element) -> list[Element]:
    """Return a ``w:fldSimple`` as what begins, separates and ends the same field."""
    instruction = Element(W + "instrText")
    instruction.text = value(field, "instr")
    return [_character("begin"), instruction, _character("separate"), *field, _character("end")]


def _address(field: _Field) -> str:
    """Return where a field leads; empty if it is no link, or one within the document."""
    link = _LINK.match(field.instruction)
    if link is None:
        return ""
    address: str = link[1] or link[2] or ""
    place = _PLACE.search(field.instruction, link.end())
    if place and address:
        address = f"{address.partition('#')[0]}#{place[1] or place[2]}"
    return address


def _link_start(address: str) -> list[Element]:
    """Return a link in the one form that mammoth reads right: it knows no switches."""
    if not address:
        return []
    instruction = Element(W + "instrText")
    instruction.text = f'HYPERLINK "{address.replace(chr(34), "%22")}"'
    return [_character("begin"), instruction, _character("separate")]


def _character(kind: str) -> Element:
    return Element(W + "fldChar", {W + "fldCharType": kind})
