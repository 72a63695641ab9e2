"""The web copy of a whole issue: "News Letter Issue 652 (16 April 2012)" and all its pieces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from newsletter.importers.composing import piece_of
from newsletter.importers.lines.head_lines import facts_in
from newsletter.importers.lines.kinds import kind_of_section
from newsletter.importers.lines.places import line_at, next_written
from newsletter.importers.lines.written_days import certain_day
from newsletter.importers.piece import Found, Piece
from newsletter.importers.plain_text import markdown_of_lines
from newsletter.model import Publication
from newsletter.text.days import in_words
from newsletter.text.normalise import normalised_title

_HEADING = re.compile(
    r"(?:.{1,60}?\s+)?news\s?letter,? (?:issue|number|no\.?)\s*(?P<number>[1-9]\d{0,4}[a-z]?)"
    r"\s*[(,–-]?\s*(?P<date>.{6,40}?)\)?",
    re.IGNORECASE,
)
_FIRST_LINES = 40


class IssueHeading(NamedTuple):
    """Where the heading of an issue is, and what it says."""

    place: int
    number: str
    day: date | None


class _Start(NamedTuple):
    """Where a piece begins, and the kind of its section."""

    place: int
    kind: str | None
    section: str


def issue_heading(lines: Sequence[str], language: str) -> IssueHeading | None:
    """Return the heading of an issue among the first lines; None if this is another page."""
    for place, line in enumerate(lines[:_FIRST_LINES]):
        found = _HEADING.fullmatch(line.strip())
        if found:
            day = certain_day(found["date"], language)
            return IssueHeading(place, found["number"].lower(), day)
    return None


def pieces_of_issue(
    lines: Sequence[str], heading: IssueHeading, publication: Publication
) -> Iterator[Piece]:
    """Yield the pieces of an issue in their order. What is above them is left out of the first."""
    starts = _last_of_each_title(_starts(lines, heading.place + 1, publication), lines)
    ends = [_end(lines, start.place, publication) for start in starts[1:]] + [len(lines)]
    left_out = _above(lines, starts, heading, publication)

    for start, end in zip(starts, ends, strict=True):
        piece = _piece(lines[start.place : end], start, heading, publication)
        yield replace(piece, left_out=left_out + piece.left_out)
        left_out = ()


def _piece(
    lines: Sequence[str], start: _Start, heading: IssueHeading, publication: Publication
) -> Piece:
    rule = f'the section "{start.section}"'
    known = {"kind": Found(start.kind, rule)} if start.kind else {}
    piece = piece_of(markdown_of_lines(lines), publication, known)
    hints = dict(piece.hints)
    if "date" not in piece.fields and heading.day:
        hints.setdefault("date", f"The issue is of {in_words(heading.day)}.")
    return replace(piece, number=heading.number, hints=hints)


def _above(
    lines: Sequence[str], starts: Sequence[_Start], heading: IssueHeading, publication: Publication
) -> tuple[str, ...]:
    """Return what is said above the first piece, without the contents."""
    titles = {normalised_title(lines[start.place]) for start in starts}
    end = starts[0].place if starts else len(lines)
    said: list[str] = []
    for place, line in enumerate(lines[:end]):
        is_known = place == heading.place or normalised_title(line) in titles
        if line.strip() and not is_known and kind_of_section(line, publication.name) is None:
            said.append(f'Above the first piece: "{line.strip()}"')
    return tuple(said)


def _last_of_each_title(starts: Sequence[_Start], lines: Sequence[str]) -> list[_Start]:
    """Return the starts without those in the contents, whose titles come again."""
    last = {normalised_title(lines[start.place]): start for start in starts}
    return sorted(last.values())


def _starts(lines: Sequence[str], first: int, publication: Publication) -> list[_Start]:
    """Return where pieces begin: at a title of the contents that comes again, or above a date."""
    seen: set[str] = set()
    starts: list[_Start] = []
    kind, section = None, ""
    for place in range(first, len(lines)):
        line = lines[place].strip()
        section_kind = kind_of_section(line, publication.name) if line else None
        if section_kind:
            kind, section = section_kind, line
            continue

        title = normalised_title(line)
        is_again = title in seen
        if line and (is_again or _is_above_head(lines, place, publication)):
            starts.append(_Start(place, kind, section))
            seen.discard(title)
        elif title and not starts:
            seen.add(title)
    return starts


def _is_above_head(lines: Sequence[str], place: int, publication: Publication) -> bool:
    """Return whether a line is a title: it has a date below it, and is none of these itself."""
    line = lines[place].strip()
    if facts_in(line, publication) or len(line) > 200 or line.endswith((".", ",", ";")):
        return False
    below = line_at(lines, next_written(lines, place + 1))
    facts = facts_in(below, publication)
    return facts is not None and "date" in {*facts.fields, *facts.hints}


def _end(lines: Sequence[str], next_start: int, publication: Publication) -> int:
    """Return where the piece above another ends: above the section's heading that is between."""
    place = next_start
    while not lines[place - 1].strip() or kind_of_section(lines[place - 1], publication.name):
        place -= 1
    return place
