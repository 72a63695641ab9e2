"""HTML that is text and no page: from the clipboard, from Word, Google Docs or a mail program."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from newsletter.importers.composing import piece_of
from newsletter.importers.decoding import MOST_BYTES
from newsletter.importers.markdown_writer import markdown_of
from newsletter.importers.original import Original, unreadable
from newsletter.importers.pages.pictures import Pictures
from newsletter.importers.pages.saved import decoded
from newsletter.importers.piece import Piece
from newsletter.importers.protocol import Context, Fit

TITLE = "pasted HTML"
_LOOKED_AT = 4096
_TAGS = (
    rb"p|div|span|b|strong|i|em|u|a|ul|ol|h[1-6]|table|blockquote|br|font|section|figure|img|pre"
)
_FRAGMENT = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:\s|<!--.*?-->|<meta\b[^>]*>)*<(?:" + _TAGS + rb")\b",
    re.IGNORECASE | re.DOTALL,
)
_PAGE = re.compile(rb"<(?:html|head|body)\b", re.IGNORECASE)
_OFFICE = re.compile(
    rb"urn:schemas-microsoft-com:office|content=\W?(?:Microsoft|LibreOffice|OpenOffice)",
    re.IGNORECASE,
)
"""What word processors write in the head of their HTML."""
_CLIPBOARD = "clipboard"


def fit(original: Original) -> Fit:
    """Return YES for a part of a page, and for what a word processor has written."""
    beginning = original.content[:_LOOKED_AT]
    if original.name == _CLIPBOARD and original.media_type == "text/html":
        return Fit.YES
    if _PAGE.search(beginning):
        return Fit.YES if _OFFICE.search(beginning) else Fit.NO
    return Fit.YES if _FRAGMENT.match(beginning) else Fit.NO


def read(original: Original, context: Context) -> Iterator[Piece]:
    """Yield the piece that the text is."""
    if len(original.content) > MOST_BYTES:
        message = f"This HTML is larger than {MOST_BYTES // 1_000_000} MB."
        raise unreadable(original, message, "Send its text in parts, and its pictures as files.")

    pictures = Pictures(_is_not_here)
    html = decoded(original.content, original.charset)
    written = markdown_of(html, address=original.address, picture=pictures.name)
    piece = piece_of(written.markdown, context.publication)
    yield replace(
        piece,
        pictures=pictures.files,
        repairs=piece.repairs + written.repairs,
        left_out=piece.left_out + written.left_out + tuple(pictures.left_out),
    )


def _is_not_here(address: str) -> None:
    """Return None for every picture whose content is not in its address."""
