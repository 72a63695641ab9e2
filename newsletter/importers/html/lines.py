"""One line of text, and what is marked in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

CODE, NOTE = "code", "note"
SMALL = ("sub", "sup")


class Span(NamedTuple):
    """A mark (``strong``, ``em``, ``s``, ``sub``, ``sup``, ``code``, ``note``), or the address of a
    link, from one place of a text to another.
    """

    start: int
    end: int
    mark: str

    @property
    def is_link(self) -> bool:
        """Whether the mark is an address."""
        return ":" in self.mark


class Line(NamedTuple):
    """A text with its line breaks, and what is marked in it, the outer spans first."""

    text: str
    spans: tuple[Span, ...] = ()


EMPTY = Line("")


def line_of(chunks: Iterable[tuple[str, Sequence[str]]]) -> Line:
    """Return the line that pieces of text make, each with its marks, the outer first. No space is
    at the ends of the line or of a mark.
    """
    pieces: list[str] = []
    place = 0
    begun: dict[str, int] = {}
    spans: list[Span] = []
    for piece, marks in [*chunks, ("", ())]:
        ended = [mark for mark in begun if mark not in marks]
        spans += [Span(begun.pop(mark), place, mark) for mark in ended]
        for mark in marks:
            begun.setdefault(mark, place)
        pieces.append(piece)
        place += len(piece)
    return _stripped("".join(pieces), spans)


def _stripped(text: str, spans: Iterable[Span]) -> Line:
    before = len(text) - len(text.lstrip())
    kept: list[Span] = []
    for start, end, mark in spans:
        words = text[start:end]
        first = start + len(words) - len(words.lstrip()) - before
        last = first + len(words.strip())
        if first < last:
            kept.append(Span(first, last, mark))
    return Line(text.strip(), tuple(kept))


def part_of(line: Line, start: int, end: int) -> Line:
    """Return a part of a line, with what is marked in it."""
    spans = [
        Span(max(span.start, start) - start, min(span.end, end) - start, span.mark)
        for span in line.spans
        if span.start < end and span.end > start
    ]
    return _stripped(line.text[start:end], spans)


def joined(lines: Iterable[Line]) -> Line:
    """Return some lines as one, with spaces between them."""
    text = ""
    spans: list[Span] = []
    for line in lines:
        if text:
            text += " "
        place = len(text)
        spans += [Span(place + start, place + end, mark) for start, end, mark in line.spans]
        text += line.text
    return Line(text, tuple(spans))
