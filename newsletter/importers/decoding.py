"""The bytes of an original as text: UTF-8, UTF-16 or Windows-1252."""

from __future__ import annotations

import codecs

from newsletter.importers.original import Original, unreadable

MOST_BYTES = 5_000_000
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NOT_TEXT = (b"%PDF", b"{\\rtf", b"\xff\xd8\xff")
"""The beginnings of files that only look like text."""
_SHORTEST_WIDE = 8
"""Bytes: four letters."""
_LOOKED_AT = 4_000


def is_text(original: Original) -> bool:
    """Return whether the beginning of an original can be text, and is not HTML or a mail."""
    beginning = original.content[:_LOOKED_AT]
    if beginning.startswith(_NOT_TEXT):
        return False
    if any(beginning.startswith(mark) for mark, _ in _BYTE_ORDER_MARKS):
        return True
    if _wide_encoding(beginning):
        return True
    has_controls = any(byte < 9 or 13 < byte < 32 for byte in beginning)
    return bool(beginning.strip()) and not has_controls


def text_of(original: Original, most: int = MOST_BYTES) -> str:
    """Return the text of an original, its lines ended by a line feed. Raise UnreadableError if it
    has more than ``most`` bytes, or cannot be decoded.
    """
    if len(original.content) > most:
        message = f"This text is larger than {most:,} bytes."
        raise unreadable(original, message, "Check that it is the right one, or send it in parts.")
    text = text_or_none(original)
    if text is None:
        message = "This is no text in UTF-8, UTF-16 or Windows-1252."
        raise unreadable(original, message, "Save it as plain text in UTF-8.")
    return text


def text_or_none(original: Original) -> str | None:
    """Return the text of an original; None if it cannot be decoded."""
    try:
        text = _decoded(original.content, original.charset)
    except UnicodeDecodeError:
        return None
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _decoded(content: bytes, charset: str) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return content.decode(encoding)
    if wide := _wide_encoding(content[:_LOOKED_AT]):
        return content.decode(wide)

    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode(_known(charset) or "cp1252")


def _wide_encoding(beginning: bytes) -> str | None:
    """Return the UTF-16 that has no mark: of Western letters, every other byte is null."""
    evens, odds = beginning[0::2], beginning[1::2]
    if len(beginning) < _SHORTEST_WIDE:
        return None
    if odds.count(0) > 0.7 * len(odds) and not evens.count(0):
        return "utf-16-le"
    if evens.count(0) > 0.7 * len(evens) and not odds.count(0):
        return "utf-16-be"
    return None


def _known(charset: str) -> str | None:
    """Return an encoding by the name that a mail or a server gives it; None if it is not known."""
    try:
        name = codecs.lookup(charset).name
    except (LookupError, ValueError):
        return None
    if name in ("utf-8", "ascii", "iso8859-1"):
        return None
    return name
