"""One line of text with its marks, written as Markdown and read back.

The reader decides what must be escaped: a line is written, read, and compared with what was meant.
So no escape is there that is not needed, and nothing is read otherwise than it was meant.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from newsletter.importers.html.line_reading import reads_as
from newsletter.importers.html.lines import CODE, NOTE, SMALL, Line, Span

_DELIMITERS = {"strong": "**", "s": "~~", "sub": "~", "sup": "^", NOTE: ""}
_VERBATIM = (CODE, NOTE)
_SPECIAL = re.compile(r"[\\`*_~^\[\]<&|!]|^[-+#>=:]|#$", re.MULTILINE)
"""Characters that may be markup, some only in some places."""
_NUMBER = re.compile(r"^\d+([.)])", re.MULTILINE)
_ALWAYS = re.compile(r"<(?=!--)|\[(?=\^)")
"""The start of a comment or of a footnote's name, which may mean something in another paragraph."""
_MOST_TRIED = 30
"""Escapes that are left off one by one; if there are more, one kind after another."""
_PUNCTUATION = ".,;:!?…'\"‘’“”()[]«»-–—/&%"
_BALANCED = re.compile(r"[^()<>]*(?:\([^()<>]*\)[^()<>]*)*")
"""An address that needs no brackets."""
_BACKTICKS = re.compile("`+")
_ENTITY = re.compile(r"&(?=#?\w+;)")


class WrittenLine(NamedTuple):
    """The Markdown of a line, and the spans of it that Markdown cannot have."""

    markdown: str
    left_off: tuple[Span, ...] = ()


def write_line(line: Line, before: str = "") -> WrittenLine:
    """Return the Markdown that is read as this line; ``before`` is what makes it a heading."""
    meant = _nested(_within_lines(line))
    written = _least_escaped(line.text, meant, before)
    if written is not None:
        return WrittenLine(written)

    possible = {span: _possible(line.text, span) for span in meant}
    for attempt in (possible, {span: span for span in meant if span.is_link}, {}):
        spans = [span for span in attempt.values() if span]
        written = _least_escaped(line.text, spans, before)
        if written is not None:
            left_off = tuple(span for span in meant if not attempt.get(span))
            return WrittenLine(written, left_off)
    return WrittenLine(_marked(line.text, (), _special_places(line.text, ())), tuple(meant))


# What is marked


def _within_lines(line: Line) -> Iterator[Span]:
    """Yield the spans; of code that has several lines, one for each, as Markdown has no others."""
    for span in line.spans:
        if span.mark != CODE:
            yield span
            continue
        start = span.start
        for words in line.text[span.start : span.end].split("\n"):
            end = start + len(words.rstrip())
            if start < end:
                yield Span(start, end, CODE)
            start += len(words) + 1


def _nested(spans: Iterable[Span]) -> list[Span]:
    """Return the spans, the outer first; those that cross another are cut in two."""
    waiting = [(_order(span), number, span) for number, span in enumerate(spans)]
    heapify(waiting)
    nested: list[Span] = []
    still_open: list[Span] = []
    while waiting:
        _, number, span = heappop(waiting)
        while still_open and still_open[-1].end <= span.start:
            still_open.pop()

        border = still_open[-1].end if still_open else span.end
        if border < span.end:
            rest = span._replace(start=border)
            heappush(waiting, (_order(rest), number, rest))
            span = span._replace(end=border)
        nested.append(span)
        still_open.append(span)
    return nested


def _order(span: Span) -> tuple[int, int, bool]:
    """Return what outer spans have less of; what is small is innermost."""
    return span.start, -span.end, span.mark in SMALL


def _possible(text: str, span: Span) -> Span | None:
    """Return the span, or as much of it as can be marked where it is; None if it cannot be."""
    if span.is_link or span.mark in _VERBATIM:
        return span

    start, end, mark = span
    words = text[start:end]
    end_of_words = start + len(words.rstrip(_PUNCTUATION))
    start_of_words = end - len(words.lstrip(_PUNCTUATION))
    for first, last in (
        (start, end),
        (start, end_of_words),
        (start_of_words, end),
        (start_of_words, end_of_words),
    ):
        if first < last and _can_be_marked(text, first, last, mark):
            return Span(first, last, mark)
    return None


def _can_be_marked(text: str, start: int, end: int, mark: str) -> bool:
    before = text[max(start - 1, 0) : start].strip()
    after = text[end : end + 1].strip()
    words = text[start:end]
    alone = Span(len(before), len(before) + len(words), mark)
    sample = before + words + after
    return reads_as(_marked(sample, [alone], _special_places(sample, ())), sample, [alone])


# Writing


def _least_escaped(text: str, spans: Sequence[Span], before: str) -> str | None:
    """Return the Markdown with as few escapes as its reader needs; None if none is enough."""
    has_addresses = any(_says_its_address(text, span) for span in spans)
    for bare in (True, False) if has_addresses else (False,):
        places = _special_places(text, _verbatim(text, spans, bare=bare))
        always = {match.start() for match in _ALWAYS.finditer(text)} & places
        plain = _marked(text, spans, always, bare=bare)
        if reads_as(before + plain, text, spans):
            return plain
        if not reads_as(before + _marked(text, spans, places, bare=bare), text, spans):
            continue

        for group in _groups(text, places - always):
            fewer = places - group
            if reads_as(before + _marked(text, spans, fewer, bare=bare), text, spans):
                places = fewer
        return _marked(text, spans, places, bare=bare)
    return None


def _groups(text: str, places: Collection[int]) -> Iterator[set[int]]:
    """Yield the places of escapes, the last first; of many, all places of one character."""
    if len(places) <= _MOST_TRIED:
        for place in sorted(places, reverse=True):
            yield {place}
        return
    for character in sorted({text[place] for place in places}):
        yield {place for place in places if text[place] == character}


def _special_places(text: str, verbatim: Iterable[Span]) -> set[int]:
    places = {match.start() for match in _SPECIAL.finditer(text)}
    places |= {match.start(1) for match in _NUMBER.finditer(text)}
    for span in verbatim:
        places -= set(range(span.start, span.end))
    return places


def _verbatim(text: str, spans: Iterable[Span], *, bare: bool) -> list[Span]:
    """Return the spans in which nothing is escaped."""
    return [span for span in spans if span.mark in _VERBATIM or _is_address(text, span, bare=bare)]


def _is_address(text: str, span: Span, *, bare: bool) -> bool:
    """Return whether a link is written as its address alone."""
    words = text[span.start : span.end]
    if bare:
        return _says_its_address(text, span)
    return span.mark in (words, f"mailto:{words}")


def _says_its_address(text: str, span: Span) -> bool:
    words = text[span.start : span.end]
    return span.mark in (words, f"https://{words}", f"mailto:{words}")


def _marked(
    text: str, spans: Sequence[Span], escapes: Collection[int], *, bare: bool = False
) -> str:
    """Return a text with its marks, and a backslash at each of these places."""
    opening: dict[int, str] = {}
    closing: dict[int, str] = {}
    escaped = {*escapes, *(place for place, character in enumerate(text) if character == "\n")}
    bold = {edge for span in spans if span.mark == "strong" for edge in _edges(span)}
    for span in spans:
        before, after = _delimiters(text, span, bold, bare=bare)
        opening[span.start] = opening.get(span.start, "") + before
        closing[span.end] = after + closing.get(span.end, "")
        if span.mark in SMALL:
            escaped |= {p for p in range(span.start, span.end) if text[p].isspace()}

    written: list[str] = []
    done = 0
    for place in sorted({*opening, *closing, *escaped}):
        written.append(text[done:place])
        written.append(closing.get(place, "") + opening.get(place, ""))
        if place in escaped:
            written.append("\\")
        done = place
    written.append(text[done:])
    return "".join(written)


def _edges(span: Span) -> set[tuple[str, int]]:
    return {("start", span.start), ("end", span.end)}


def _delimiters(
    text: str, span: Span, bold: Collection[tuple[str, int]], *, bare: bool
) -> tuple[str, str]:
    if span.mark == "em":
        touches = any(edge in bold for edge in _edges(span))
        delimiter = "_" if touches else "*"
        return delimiter, delimiter
    if span.mark == CODE:
        return _around_code(text[span.start : span.end])
    if not span.is_link:
        return _DELIMITERS[span.mark], _DELIMITERS[span.mark]

    if _is_address(text, span, bare=bare):
        return ("", "") if bare else ("<", ">")
    address = _ENTITY.sub("&amp;", span.mark)
    if not _BALANCED.fullmatch(address):
        address = f"<{address}>"
    return "[", f"]({address})"


def _around_code(words: str) -> tuple[str, str]:
    """Return more backticks than the code has in a row, apart from those at its ends."""
    longest = max(map(len, _BACKTICKS.findall(words)), default=0)
    ticks = "`" * (longest + 1)
    space = " " if words.startswith("`") or words.endswith("`") else ""
    return ticks + space, space + ticks
