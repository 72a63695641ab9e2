"""What is sent instead of a .docx, and what its sender can do."""

from __future__ import annotations

from typing import NamedTuple

ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The first bytes of a compound file (MS-CFB 2.2): a .doc, or what holds an encrypted .docx."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""The name of the stream that holds an encrypted document (MS-OFFCRYPTO 2.3.4.4)."""
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument"
"""ODF 1.3, part 2, 3.3: the name and content of the first part."""

SUFFIXES = frozenset((".doc", ".dot", ".odt", ".ott", ".pages", ".pdf", ".rtf", ".wpd", ".wps"))

_SAVE = "Open it, save it as Word (.docx), and add that file."


class Advice(NamedTuple):
    """What a file is, and what to do."""

    message: str
    hint: str


_PDF = Advice(
    "This is a PDF, which does not say where paragraphs begin and end.",
    "Ask for the document that it was made from, or copy the text and paste it.",
)
_ENCRYPTED_WORD = Advice(
    "This document is protected by a password.",
    "Open it in Word, remove the password (File, Info, Protect Document), and save it.",
)
_OLD_WORD = Advice("This is a document of Word 97 to 2003 (.doc).", _SAVE)
_BY_SUFFIX = {
    ".pdf": _PDF,
    ".doc": _OLD_WORD,
    ".dot": _OLD_WORD,
    ".odt": Advice("This is an OpenDocument text (.odt).", _SAVE),
    ".ott": Advice("This is an OpenDocument text (.ott).", _SAVE),
    ".rtf": Advice("This is a document in Rich Text Format (.rtf).", _SAVE),
    ".pages": Advice(
        "This is a document of Apple Pages.",
        "In Pages: File, Export To, Word. Add the file that this makes.",
    ),
}
_OTHER = Advice("This is not a Word document (.docx).", _SAVE)


def advice_on(suffix: str, content: bytes) -> Advice | None:
    """Return what a file is instead of a .docx, by its content first; None if it may be one."""
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start:
        return Advice("This file is empty.", "Get it again: the copy may have stopped half-way.")

    if start.startswith(_OLE):
        return _ENCRYPTED_WORD if _ENCRYPTED in content else _OLD_WORD
    if start.startswith(ZIP):
        return _zip_advice(content)
    if start.startswith(b"%PDF"):
        return _PDF
    if start.startswith(b"{\\rtf"):
        return _BY_SUFFIX[".rtf"]
    if b"http://schemas.microsoft.com/office/2006/xmlPackage" in start:
        return Advice("This is a Word document saved as a single XML file.", _SAVE)
    return _BY_SUFFIX.get(suffix, _OTHER)


def _zip_advice(content: bytes) -> Advice | None:
    if _OPEN_DOCUMENT in content[:100]:
        return _BY_SUFFIX[".odt"]
    if b"Index/Document.iwa" in content or b"Index.zip" in content:
        return _BY_SUFFIX[".pages"]
    if b"xl/workbook" in content and b"word/document" not in content:
        return Advice("This is an Excel workbook.", "Save its sheet as CSV, and add that file.")
    if b"ppt/presentation" in content and b"word/document" not in content:
        return Advice("This is a PowerPoint presentation.", "Copy its text and paste it.")
    return None
