"""The text of a page of the website, as it is copied from a browser: one piece, or a whole issue.

A page of one piece has its title, its date, often its author, "Appeared in BioNews 596", the lines
about the work that it reviews, its text, its sources, and what the site puts on each page. A whole
issue begins with "News Letter Issue 652 (16 April 2012)".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from newsletter.importers.composing import composed, piece_of
from newsletter.importers.decoding import is_text, text_of, text_or_none
from newsletter.importers.holes import with_questions
from newsletter.importers.lines.head_lines import Facts
from newsletter.importers.lines.kinds import kind_fields
from newsletter.importers.lines.marks import plain
from newsletter.importers.opening_lines import Opening
from newsletter.importers.original import Original
from newsletter.importers.page_end import is_of_the_site
from newsletter.importers.page_head import Head, above_the_title, head_with_date, heads
from newsletter.importers.piece import Found, Piece
from newsletter.importers.plain_text import literal, markdown_of_lines
from newsletter.importers.protocol import Context, Fit
from newsletter.importers.whole_issue import issue_heading, pieces_of_issue
from newsletter.manifest.text_file import MAX_BYTES
from newsletter.model import Publication

TITLE = "the text of a page of the website"
_APPEARED = re.compile(
    r"(?:first )?(?:appear(?:s|ed)|published) in .{1,60}? \d{1,5}[a-z]?\.?"
    r"|published .{6,40} posted in .{1,60} and appears in .{1,60}? \d{1,5}[a-z]?",
    re.IGNORECASE,
)
_MARKED_UP = re.compile(r"\s*(?:<[!?a-z]|---\s*\n|\+\+\+\s*\n|#|\{|[\w-]+:\s)", re.IGNORECASE)
_FIRST_LINES = 60
_LONGEST_CAPTION = 200
_ENDS_SENTENCE = re.compile(r"[.!?…:](?:['\"’”)]*|\s*<!--.*)$")
_ENGLISH = "en"


def fit(original: Original) -> Fit:
    """Return YES for a text with lines that only a page of the site has."""
    if not is_text(original) or len(original.content) > MAX_BYTES:
        return Fit.NO
    text = text_or_none(original) or ""
    is_page = not _MARKED_UP.match(text) or text.startswith("Page URL:")
    if is_page and _is_page(text.split("\n")):
        return Fit.YES
    return Fit.NO


def _is_page(lines: Sequence[str]) -> bool:
    written = [line.strip() for line in lines if line.strip()]
    first = written[:_FIRST_LINES]
    if issue_heading(first, _ENGLISH):
        return True
    notices = [line for line in written[-_FIRST_LINES:] if is_of_the_site(line)]
    return len(notices) > 1 or any(_APPEARED.fullmatch(line) for line in first)


def read(original: Original, context: Context) -> Iterator[Piece]:
    """Yield the piece of a page, or each piece of an issue."""
    publication = context.publication
    lines = [line.rstrip() for line in text_of(original, MAX_BYTES).split("\n")]
    heading = issue_heading(lines, publication.language)
    if heading:
        pieces = pieces_of_issue(lines, heading, publication)
    else:
        pieces = _pieces_of_page(lines, publication)
    yield from map(with_questions, pieces)


def _pieces_of_page(lines: Sequence[str], publication: Publication) -> Iterator[Piece]:
    found = heads(lines, publication)
    if not found and (head := head_with_date(lines, publication)):
        found = [head]
    if not found:
        yield piece_of(markdown_of_lines(lines), publication)
        return

    place = 0
    for number, head in enumerate(found):
        is_last = number + 1 == len(found)
        end = len(lines) if is_last else found[number + 1].title
        above = lines[place : head.title] if number == 0 else []
        yield _piece(lines, head, end, above_the_title(above, publication), publication)
        place = end


def _piece(
    lines: Sequence[str], head: Head, end: int, above: Facts, publication: Publication
) -> Piece:
    title = literal(lines[head.title])
    facts = above.joined(head.facts)
    fields = {
        **kind_fields(lines[head.title].strip()),
        "title": Found(title, "the line above the date"),
        **facts.fields,
    }
    body = markdown_of_lines(lines[head.text : end])
    opening = Opening(fields, body, facts.number, facts.hints, facts.left_out)
    return _with_hint_at_caption(composed(opening, publication))


def _with_hint_at_caption(piece: Piece) -> Piece:
    """Return a piece with its first paragraph as a hint, if it is no sentence; not a review."""
    first, _, below = piece.fields["body"].value.partition("\n\n")
    is_short = len(first) <= _LONGEST_CAPTION and not _ENDS_SENTENCE.search(first)
    if not is_short or not below or "work.title" in piece.fields:
        return piece
    hint = f'Is this below a picture: "{plain(first)}"?'
    return replace(piece, hints={"picture.caption": hint, **piece.hints})
