"""The parts of a Word document: a zip, looked into before anything is read from it.

Sizes are those that really come out of the zip, whatever its directory says; nothing is written to
disk and nothing is fetched. ECMA-376 part 2 says what parts and relationships are.
"""

from __future__ import annotations

import posixpath
import re
import zlib
from collections.abc import Mapping
from io import BytesIO
from lzma import LZMAError
from typing import NamedTuple
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser
from zipfile import BadZipFile, ZipFile, ZipInfo

from newsletter.importers.docx.names import usual_name
from newsletter.importers.docx.other_formats import advice_on

MOST_BYTES = 50_000_000
"""Of all parts together, unpacked."""
MOST_XML = 20_000_000
"""Of the parts that are parsed."""
_CHUNK = 1_000_000
"""Bytes that are unpacked at once, so that a wrong size is seen before there are many."""
MOST_PARTS = 5_000
MOST_ELEMENTS = 150_000
"""Fifty times those of a piece of a thousand words. Mammoth reads as many in 15 seconds."""
DEEPEST = 100
"""Twelve tables, each in a cell of the last, are 50 deep."""

_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_ENTRY = b"PK\x01\x02"
"""What begins each entry of a zip's directory (APPNOTE 4.3.12)."""
_DAMAGED = (
    BadZipFile,
    EOFError,
    LZMAError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    zlib.error,
)
"""What the zipfile module raises for damaged files, and for parts with a password."""


class Refused(Exception):
    """A document is not read: what is wrong, and what to do, each a sentence."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint


_GET_AGAIN = "Get it again, or open it in Word and save it under a new name."
_NEW_DOCUMENT = "Copy the piece into a new document, and add that."


class Relationship(NamedTuple):
    """What a part leads to: another part, or an address outside."""

    kind: str
    """The last word of its type: ``hyperlink``, ``image``."""
    target: str
    """The name of the part, or the address as it is written."""
    is_external: bool


class Package:
    """The parts of a document by name; upper and lower case make no difference (6.2.2.3)."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self._parts = {entry.filename.lower(): entry for entry in archive.infolist()}
        self._bytes_left = MOST_BYTES
        self._xml_left = MOST_XML
        self._elements_left = MOST_ELEMENTS

    @property
    def names(self) -> list[str]:
        """The names of all parts, as they are written."""
        return [part.filename for part in self._parts.values()]

    def read(self, name: str) -> bytes | None:
        """Return the content of a part; None if there is none. Raise Refused."""
        part = self._parts.get(name.lower())
        if part is None:
            return None
        content = _unpacked(self._archive, part, self._bytes_left)
        self._bytes_left -= len(content)
        return content

    def tree(self, name: str) -> Element | None:
        """Return a part as XML, with the names of the usual form; None if there is none."""
        content = self.read(name)
        if content is None:
            return None
        self._xml_left -= len(content)
        if self._xml_left < 0:
            raise _too_large(MOST_XML, "text")

        builder = _CountingBuilder(self._elements_left)
        parser = XMLParser(target=builder)  # noqa: S314 - the builder refuses what is dangerous
        try:
            parser.feed(content)
            root = parser.close()
        except (ParseError, LookupError, ValueError) as error:
            raise Refused(f"Its part {name} is damaged: {error}.", _GET_AGAIN) from error
        self._elements_left = builder.left
        return root

    def relationships(self, name: str) -> Mapping[str, Relationship]:
        """Return what a part leads to, by id; ``""`` is the package itself."""
        folder, base = posixpath.split(name)
        root = self.tree(posixpath.join(folder, "_rels", f"{base}.rels"))
        found = () if root is None else root.iter(_RELATIONSHIP)
        return {one.get("Id", ""): _relationship(one, folder) for one in found}


def open_package(suffix: str, content: bytes) -> Package:
    """Return a document's parts. Raise Refused for what is none, is protected or dangerous."""
    advice = advice_on(suffix, content)
    if advice:
        raise Refused(*advice)
    if content.count(_ENTRY) > MOST_PARTS:
        raise Refused(f"It has more than {MOST_PARTS:,} parts.", _NEW_DOCUMENT)

    try:
        archive = ZipFile(BytesIO(content))
    except _DAMAGED as error:
        raise Refused("The file is damaged or incomplete.", _GET_AGAIN) from error
    _look_into(archive.infolist())
    return Package(archive)


def _look_into(parts: list[ZipInfo]) -> None:
    for part in parts:
        name = part.orig_filename
        if re.match(r"[/\\]|[A-Za-z]:", name) or ".." in re.split(r"[/\\]", name):
            raise Refused(
                f"It has a part named “{name[:80]}”, which leads out of it.", _NEW_DOCUMENT
            )
        if part.flag_bits & 0x1:
            raise Refused("Parts of it are protected by a password.", _GET_AGAIN)
    if sum(part.file_size for part in parts) > MOST_BYTES:
        raise _too_large(MOST_BYTES, "content")


def _unpacked(archive: ZipFile, part: ZipInfo, most: int) -> bytes:
    content = bytearray()
    try:
        with archive.open(part) as file:
            while chunk := file.read(_CHUNK):
                content += chunk
                if len(content) > most:
                    raise _too_large(MOST_BYTES, "content")
    except _DAMAGED as error:
        raise Refused(f"Its part {part.filename} is damaged.", _GET_AGAIN) from error
    return bytes(content)


def _too_large(most: int, what: str) -> Refused:
    message = f"Unpacked it has more than {most // 1_000_000} MB of {what}."
    return Refused(message, f"No piece has as much. {_NEW_DOCUMENT}")


def _relationship(element: Element, folder: str) -> Relationship:
    target = element.get("Target", "")
    is_external = element.get("TargetMode") == "External"
    if not is_external:
        target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
    return Relationship(element.get("Type", "").rpartition("/")[2], target, is_external)


class _CountingBuilder(TreeBuilder):
    """Builds a tree of no more than so many elements, without any document type."""

    def __init__(self, left: int) -> None:
        super().__init__()
        self.left = left
        self._depth = 0

    def start(self, tag: str, attributes: dict[str, str]) -> Element:
        self.left -= 1
        self._depth += 1
        if self.left < 0:
            raise Refused(f"It has more than {MOST_ELEMENTS:,} elements.", _NEW_DOCUMENT)
        if self._depth > DEEPEST:
            raise Refused(f"It is nested more than {DEEPEST} deep.", _NEW_DOCUMENT)

        named = {usual_name(name): text for name, text in attributes.items()}
        return super().start(usual_name(tag), named)

    def end(self, tag: str) -> Element:
        self._depth -= 1
        return super().end(usual_name(tag))

    def doctype(self, name: str, public: str | None, system: str | None) -> None:
        raise Refused("It declares a document type, as no word processor does.", _NEW_DOCUMENT)
