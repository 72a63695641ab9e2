"""Holes in a text: where the words of a link were lost when it was copied."""

from __future__ import annotations

import re
from dataclasses import replace

from newsletter.importers.piece import Found, Piece
from newsletter.text.editor_notes import question_note

_HOLE = re.compile(
    r"(?<=\w)[ \u00a0]+[,.;](?=\s|$)|\([ \u00a0]*\)|(?<!\w)''(?!\w)|‘’|“”|(?<!\w)\"\"(?!\w)"
)
_AROUND = 30
"""Characters that are shown before a hole."""


def with_questions(piece: Piece) -> Piece:
    """Return the piece with an open question at the end of each paragraph that has a hole."""
    body = piece.fields["body"]
    asked = "\n\n".join(map(_asked, body.value.split("\n\n")))
    return replace(piece, fields={**piece.fields, "body": Found(asked, body.rule)})


def _asked(paragraph: str) -> str:
    holes = [_shown(paragraph, found) for found in _HOLE.finditer(paragraph)]
    if not holes:
        return paragraph
    places = ", ".join(f'"{hole}"' for hole in holes)
    return f"{paragraph} {question_note(f'Which words are missing at {places}?')}"


def _shown(paragraph: str, hole: re.Match[str]) -> str:
    before = paragraph[max(0, hole.start() - _AROUND) : hole.start()].partition(" ")[2]
    return f"{before}{hole[0]}"
