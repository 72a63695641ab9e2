"""Pairs of stars, ``**``, that are still in a text after Markdown: they make nothing bold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

STARS = re.compile(r"(?<!\*)\*\*(?!\*)")
_FIGURE = re.compile(r"(?<![\w*])\d[\d.,]*[^\W\d_]{0,2}$")
"""A price, a year or another number, up to the mark of a note, as in £5** or 12k**."""


class _Stars(NamedTuple):
    """A ``**``, and whether it is at the start or the end of a word."""

    number: int
    """Which text it is in."""
    match: re.Match[str]
    has_gap_before: bool
    has_gap_after: bool

    @property
    def is_after_figure(self) -> bool:
        before = self.match.string[: self.match.start()]
        return bool(_FIGURE.search(before))


def stray_stars(texts: Sequence[str]) -> Iterator[tuple[int, re.Match[str]]]:
    """Yield the first ``**`` of each text that begins or ends nothing, after the text's number.

    The texts belong together, as the paragraphs of a field do, for a note may be below its mark.
    Inside a word ``**`` hide letters; after one they may be the mark of a note.
    """
    stars: list[_Stars] = []
    for number, text in enumerate(texts):
        stars.extend(_stars_in(text, number))
    if _are_marks_of_notes(stars):
        return

    yielded: set[int] = set()
    for found in stars:
        is_at_one_end = found.has_gap_before != found.has_gap_after
        if is_at_one_end and found.number not in yielded:
            yielded.add(found.number)
            yield found.number, found.match


def _stars_in(text: str, number: int) -> Iterator[_Stars]:
    for match in STARS.finditer(text):
        has_gap_before = _is_gap(text, match.start() - 1)
        has_gap_after = _is_gap(text, match.end())
        yield _Stars(number, match, has_gap_before, has_gap_after)


def _is_gap(text: str, position: int) -> bool:
    """Return whether there is no letter or digit at a position of a text."""
    if not 0 <= position < len(text):
        return True
    character = text[position]
    return not character.isalnum() and character != "_"


def _are_marks_of_notes(stars: Sequence[_Stars]) -> bool:
    """Return whether a note begins with ``**`` below its mark, or was left out after a figure."""
    if all(found.is_after_figure for found in stars):
        return True

    has_mark = False
    for found in stars:
        if found.has_gap_after and not found.has_gap_before:
            has_mark = True
        elif has_mark and found.has_gap_before:
            return True
    return False
