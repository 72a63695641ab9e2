"""A text as somebody has written it, to a Piece: its first lines, its last lines, its body."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from newsletter.importers.closing_lines import Closing, split_closing
from newsletter.importers.lines.bylines import is_name
from newsletter.importers.lines.marks import plain
from newsletter.importers.opening_lines import Opening, split_opening
from newsletter.importers.page_end import cut_page_end
from newsletter.importers.piece import Found, Piece
from newsletter.importers.work_block import WorkBlock, split_work
from newsletter.model import Publication

_ABOUT = re.compile(r"(.{5,60}?),?\s+(?:is|was|works|studies|teaches|writes)\s")


def piece_of(
    markdown: str, publication: Publication, known: Mapping[str, Found] | None = None
) -> Piece:
    """Return the piece that a text in Markdown is.

    ``known`` has the fields that are known otherwise, and they win. Only news has a field for its
    sources: those of a comment or a review stay in its body.
    """
    opening = split_opening(markdown, publication)
    piece = composed(opening, publication, known)
    in_text = tuple(
        f"The text itself says for {name}: {found.value}"
        for name, found in opening.fields.items()
        if piece.fields[name].value != found.value and name in (known or {})
    )
    return replace(piece, left_out=in_text + piece.left_out)


def composed(
    opening: Opening, publication: Publication, known: Mapping[str, Found] | None = None
) -> Piece:
    """Return the piece whose first lines have been read."""
    fields = {**opening.fields, **(known or {})}
    closing = _closing(opening.body, fields, publication)
    work = _work(closing.body, fields, publication)

    fields = {**fields, **closing.fields, **work.fields, "body": Found(work.body, "the text")}
    hints = {**_hint_at_author(work.body), **opening.hints, **work.hints}
    return Piece(
        fields,
        hints={name: hint for name, hint in hints.items() if name not in fields},
        left_out=opening.left_out + work.left_out + closing.left_out,
        number=opening.number,
        related=closing.related,
    )


def _hint_at_author(body: str) -> dict[str, str]:
    """Return the last paragraph as a hint, if it says who somebody is."""
    last = plain(body.rpartition("\n\n")[2])
    about = _ABOUT.match(last)
    if about is None or not is_name(about[1]):
        return {}
    return {"authors": f'Is the author in the last paragraph: "{last}"?'}


def _closing(body: str, fields: Mapping[str, Found], publication: Publication) -> Closing:
    kind = fields.get("kind")
    if kind is None or kind.value == "news":
        return split_closing(body, publication)

    end = cut_page_end(body, publication)
    return Closing(end.body, {}, end.related, end.left_out)


def _work(body: str, fields: Mapping[str, Found], publication: Publication) -> WorkBlock:
    kind = fields.get("kind")
    if kind is None or kind.value != "review":
        return WorkBlock({}, body)
    return split_work(body, fields, publication.language)
