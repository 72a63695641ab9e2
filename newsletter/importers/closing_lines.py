"""The lines below a piece: its sources and references, and the pieces that its page leads to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from newsletter.importers.lines.marks import is_emphasised, is_heading, plain
from newsletter.importers.lines.places import last_written, line_at
from newsletter.importers.lines.source_entries import is_place, sources_in
from newsletter.importers.page_end import cut_page_end
from newsletter.importers.piece import Found, Related
from newsletter.model import Publication

_HEADING = re.compile(
    r"(?:(?:main |news )?sources?(?:\s*(?:and|&|/)\s*references?)?|references?"
    r"(?:\s*(?:and|&|/)\s*sources?)?|further (?:reading|information)|read more)\s*:?",
    re.IGNORECASE,
)
_LABEL = re.compile(r"\W{0,2}sources?\W{0,2}:[*_]{0,2}\s*((?=.*\w).+)", re.IGNORECASE)
_NUMBERED = re.compile(r"\s*(?:[-*+•]\s+)?(?:\(\d{1,2}\)|\[\d{1,2}\]|\\\[\d{1,2}\\\]|\[\^\w+\]:)")
_PLAIN_NUMBER = re.compile(r"\s*\d{1,2}[.)]\s")
_REFERRED_TO = re.compile(r"(?:\(\d{1,2}(?:\s*[,–-]\s*\d{1,2})*\)|\\?\[\d{1,2}\\?\]|\^\d{1,2}\^)")


class Closing(NamedTuple):
    """The text above the last lines, and what they say."""

    body: str
    fields: Mapping[str, Found]
    """As in a Piece: ``sources``."""
    related: tuple[Related, ...] = ()
    left_out: tuple[str, ...] = ()
    """Sentences about what belongs to a web page and not to the piece."""


def split_closing(markdown: str, publication: Publication) -> Closing:
    """Return the body, and what the lines below it say. What is not certain stays body.

    A list of sources is taken only as a whole: if one of its entries cannot be read, or the text
    refers to them by number, all of it stays where it is.
    """
    end = cut_page_end(markdown, publication)
    lines = end.body.split("\n")
    body, found = _below_heading(lines, publication) or _pairs_at_end(lines, publication)
    fields = {"sources": found} if found else {}
    return Closing("\n".join(body).strip("\n"), fields, end.related, end.left_out)


def _below_heading(lines: list[str], publication: Publication) -> tuple[list[str], Found] | None:
    """Return the lines above the heading "Sources", and what is below it."""
    for place in range(len(lines) - 1, -1, -1):
        label = _LABEL.fullmatch(lines[place].strip())
        heading = plain(lines[place])
        if label is None and not _is_heading(lines, place):
            continue

        above = lines[:place]
        below = [label[1], *lines[place + 1 :]] if label else lines[place + 1 :]
        entries = sources_in(below, publication.language)
        if entries is None or _are_referred_to(above, below):
            return None
        rule = f'the list below "{heading.rstrip(":")}"' if label is None else "a label (Source:)"
        return above, Found(entries, rule)
    return None


def _is_heading(lines: list[str], place: int) -> bool:
    line = lines[place]
    if not _HEADING.fullmatch(plain(line)):
        return False
    is_alone = place == 0 or not lines[place - 1].strip()
    return is_alone or is_heading(line) or is_emphasised(line)


def _are_referred_to(above: list[str], below: list[str]) -> bool:
    """Return whether the text refers to the entries of a list by their numbers."""
    is_referring = bool(_REFERRED_TO.search("\n".join(above)))
    if any(_NUMBERED.match(line) for line in below):
        return True
    return is_referring and any(_PLAIN_NUMBER.match(line) for line in below)


def _pairs_at_end(lines: list[str], publication: Publication) -> tuple[list[str], Found | None]:
    """Return the sources at the end that have no heading: a title, then "The Times | 6 December"
    and the year.
    """
    start = len(lines)
    while True:
        where = last_written(lines, start - 1)
        title = last_written(lines, where - 1)
        is_pair = "|" in line_at(lines, where) and is_place(lines[where], publication.language)
        above = plain(line_at(lines, title))
        if not above or not is_pair or "|" in above or _HEADING.fullmatch(above):
            break
        start = title

    entries = sources_in(lines[start:], publication.language)
    if not entries:
        return lines, None
    return lines[:start], Found(entries, "titles with publisher and date below the text")
