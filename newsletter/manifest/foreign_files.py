"""Files that are not text in UTF-8: what they are, and how to turn them into text."""

from __future__ import annotations

import re

_AS_TEXT = "Open it, copy its text, and save that as a plain-text file in UTF-8."
_AS_UTF8 = "Save it as UTF-8: in Notepad choose File, Save As, and UTF-8 as the encoding."
_BEGINNINGS = (
    (b"%PDF", "a PDF document"),
    (b"{\\rtf", "a document in Rich Text Format"),
    (b"\xd0\xcf\x11\xe0", "an old Word document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
)
_IN_ZIP = (
    (b"word/", "a Word document"),
    (b"application/vnd.oasis.opendocument.text", "a LibreOffice document"),
    (b"application/epub+zip", "an e-book"),
    (b"xl/", "an Excel document"),
    (b"Index/", "a Pages document"),
)
_WIDE = (
    (b"\xff\xfe\0\0", "UTF-32"),
    (b"\0\0\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
_WINDOWS = "cp1252"


def document(raw: bytes) -> tuple[str, str] | None:
    """Return (what is wrong, what to do) if the first bytes are those of a document or a picture; otherwise None."""
    kind = next((kind for beginning, kind in _BEGINNINGS if raw.startswith(beginning)), None)
    if raw.startswith(b"PK\x03\x04"):
        kind = next((kind for part, kind in _IN_ZIP if part in raw), "a zip archive")
    if not kind:
        return None
    hint = "Give the name of a text file." if kind == "a picture" else _AS_TEXT
    return f"This is {kind}, not a text file, whatever its name says.", hint


def wide_encoding(raw: bytes) -> tuple[str, str] | None:
    """Return (what is wrong, what to do) if the bytes are UTF-16, UTF-32 or binary; otherwise None."""
    encoding = next((name for mark, name in _WIDE if raw.startswith(mark)), None)
    if not encoding and b"\0" in raw:
        pairs = re.compile(rb"(?:[^\0]\0){4}|(?:\0[^\0]){4}")
        encoding = "UTF-16" if pairs.match(raw) else "UTF-32" if b"\0\0\0" in raw[:16] else None
        if not encoding:
            return "This is not a text file: it contains null bytes.", _AS_TEXT
    if not encoding:
        return None
    called = " (Notepad may call it Unicode)" if encoding == "UTF-16" else ""
    return f"This file is encoded as {encoding}{called}, not as UTF-8.", _AS_UTF8


def single_bytes(raw: bytes, place: int) -> tuple[str, str]:
    """Return (what is wrong, what to do) if the byte at ``place`` is not UTF-8."""
    try:
        raw.decode(_WINDOWS)
    except UnicodeDecodeError:
        return f"Byte {place + 1} of the file (0x{raw[place]:02X}) is not UTF-8.", _AS_UTF8
    character = raw[place : place + 1].decode(_WINDOWS)
    written = f"The '{character}'" if character.isprintable() else f"The byte 0x{raw[place]:02X}"
    return (
        f"{written} here is encoded as Windows-1252 (Notepad calls it ANSI), not as UTF-8.",
        _AS_UTF8,
    )
