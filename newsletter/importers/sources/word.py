"""Word documents, also as Google Docs and LibreOffice write them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from newsletter.importers.docx.other_formats import SUFFIXES, ZIP
from newsletter.importers.original import unreadable
from newsletter.importers.protocol import Fit

if TYPE_CHECKING:
    from newsletter.importers.original import Original
    from newsletter.importers.piece import Piece
    from newsletter.importers.protocol import Context

TITLE = "Word (.docx)"

_SUFFIXES = SUFFIXES | {".docx", ".docm", ".dotx", ".dotm"}
_PART = b"word/document"
"""What the text is named in the zip, in nearly every document."""


def fit(original: Original) -> Fit:
    """Return YES for documents of word processors; all but .docx are refused, with advice."""
    if original.suffix in _SUFFIXES:
        return Fit.YES
    content = original.content
    return Fit.YES if content.startswith(ZIP) and _PART in content else Fit.NO


def read(original: Original, context: Context) -> Iterator[Piece]:
    """Yield the piece in a document."""
    from newsletter.importers.docx.document import read_document
    from newsletter.importers.docx.package import Refused, open_package
    from newsletter.importers.docx.piece import piece_of

    try:
        package = open_package(original.suffix, original.content)
        text = read_document(package, context.decide_changes)
        piece = piece_of(text, original.name, context.publication)
    except Refused as refusal:
        raise unreadable(original, refusal.message, refusal.hint) from refusal
    yield piece
