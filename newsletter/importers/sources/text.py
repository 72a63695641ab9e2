"""Markdown and plain text, with or without fields above it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from newsletter.importers.composing import composed, piece_of
from newsletter.importers.decoding import is_text, text_of
from newsletter.importers.foreign_fields import FrontMatter, split_fields
from newsletter.importers.foreign_markdown import Foreign, as_ours, is_foreign
from newsletter.importers.lines.kinds import kind_fields
from newsletter.importers.lines.marks import is_heading, plain
from newsletter.importers.opening_lines import Opening
from newsletter.importers.original import Original
from newsletter.importers.other_files import is_other
from newsletter.importers.piece import Piece
from newsletter.importers.plain_text import markdown_of_text
from newsletter.importers.protocol import Context, Fit
from newsletter.manifest.text_file import MAX_BYTES
from newsletter.model import Publication
from newsletter.text.normalise import normalised_title

TITLE = "Markdown and plain text"
_MARKDOWN = (".md", ".markdown", ".mdown", ".mkd", ".qmd", ".mdx")
_PLAIN = (".txt", ".text")
_MARKED_UP = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|body|\?xml|svg)\b", re.IGNORECASE
)
"""HTML and XML, whatever the name says."""


def fit(original: Original) -> Fit:
    """Return YES for a file of text by its name, and PERHAPS for any other text."""
    if is_other(original):
        return Fit.NO
    if not is_text(original) or _MARKED_UP.match(original.content[:200]):
        return Fit.NO
    is_named = original.suffix in (*_MARKDOWN, *_PLAIN)
    if is_named:
        return Fit.YES
    return Fit.PERHAPS


def read(original: Original, context: Context) -> Iterator[Piece]:
    """Yield the piece that the text is."""
    publication = context.publication
    text = text_of(original, MAX_BYTES)
    front = split_fields(text, publication)
    source = front.text if front else text

    is_markdown = front or original.suffix in _MARKDOWN or original.media_type == "text/markdown"
    ours = _as_ours(source, original) if is_markdown else Foreign(markdown_of_text(source))
    piece = _with_fields(front, ours.markdown, publication) if front else None
    piece = piece or piece_of(ours.markdown, publication)
    yield replace(
        piece,
        pictures=ours.pictures,
        repairs=ours.repairs,
        left_out=piece.left_out + ours.left_out,
    )


def _as_ours(source: str, original: Original) -> Foreign:
    if is_foreign(source):
        return as_ours(source, original.path)
    return Foreign(source.strip("\n"))


def _with_fields(front: FrontMatter, markdown: str, publication: Publication) -> Piece:
    """Return the piece with the fields above its text. A heading that is its title again is cut
    off.
    """
    facts = front.facts
    title = facts.fields.get("title")
    if title is None:
        return piece_of(markdown, publication, facts.fields)

    first, _, below = markdown.partition("\n")
    is_title = normalised_title(plain(first)) == normalised_title(plain(title.value))
    body = below.strip("\n") if is_heading(first) and is_title else markdown
    fields = {**kind_fields(plain(title.value)), **facts.fields}
    opening = Opening(fields, body, facts.number, facts.hints, facts.left_out)
    return composed(opening, publication)
