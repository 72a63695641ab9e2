"""Files that are not text in UTF-8: what they are, and how to turn them into text."""

from __future__ import annotations

import re

_AS_TEXT = "Open it, copy its text, and save that as a plain-text file in UTF-8."
_AS_UTF8 = "Save it as UTF-8: in Notepad choose File, Save As, and UTF-8 as the encoding."
_PICTURE = "a picture"
_BEGINNINGS = (
    (b"%PDF", "a PDF document"),
    (b"{\\rtf", "a document in Rich Text Format"),
    (b"\xd0\xcf\x11\xe0", "an old Word document"),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
)
_ZIP = b"PK\x03\x04"
_IN_ZIP = (
    (b"word/", "a Word document"),
    (b"application/vnd.oasis.opendocument.text", "a LibreOffice document"),
    (b"application/epub+zip", "an e-book"),
    (b"xl/", "an Excel document"),
    (b"Index/", "a Pages document"),
)
_BYTE_ORDER_MARKS = (
    (b"\xff\xfe\0\0", "UTF-32"),
    (b"\0\0\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
_UTF_16 = re.compile(rb"(?:[^\0]\0){4}|(?:\0[^\0]){4}")
"""Four Western characters: every other byte of them is null."""
_WINDOWS = "cp1252"

_Wording = tuple[str, str]
"""What is wrong, and what to do."""


def document(raw: bytes) -> _Wording | None:
    """Return (what is wrong, what to do) if this is a document or a picture; otherwise None."""
    kind = _kind_of_document(raw)
    if kind is None:
        return None

    hint = "Give the name of a text file." if kind == _PICTURE else _AS_TEXT
    return f"This is {kind}, not a text file, whatever its name says.", hint


def _kind_of_document(raw: bytes) -> str | None:
    for beginning, kind in _BEGINNINGS:
        if raw.startswith(beginning):
            return kind
    if not raw.startswith(_ZIP):
        return None

    for part, kind in _IN_ZIP:
        if part in raw:
            return kind
    return "a zip archive"


def wide_encoding(raw: bytes) -> _Wording | None:
    """Return (what is wrong, what to do) if this is UTF-16, UTF-32 or binary; otherwise None."""
    encoding = _wide_encoding_of(raw)
    if encoding is None and b"\0" not in raw:
        return None
    if encoding is None:
        return "This is not a text file: it contains null bytes.", _AS_TEXT
    if encoding == "UTF-16":
        encoding = "UTF-16 (Notepad may call it Unicode)"
    return f"This file is encoded as {encoding}, not as UTF-8.", _AS_UTF8


def _wide_encoding_of(raw: bytes) -> str | None:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            return encoding

    if _UTF_16.match(raw):
        return "UTF-16"
    if b"\0\0\0" in raw[:16]:
        return "UTF-32"
    return None


def single_bytes(raw: bytes, place: int) -> _Wording:
    """Return (what is wrong, what to do) if the byte at ``place`` is not UTF-8."""
    byte = f"0x{raw[place]:02X}"
    try:
        raw.decode(_WINDOWS)
    except UnicodeDecodeError:
        return f"Byte {place + 1} of the file ({byte}) is not UTF-8.", _AS_UTF8

    character = raw[place : place + 1].decode(_WINDOWS)
    written = f"The '{character}'" if character.isprintable() else f"The byte {byte}"
    message = f"{written} here is encoded as Windows-1252 (Notepad calls it ANSI), not as UTF-8."
    return message, _AS_UTF8
