"""A bracket or a quote is opened and not closed, or closed and not opened.

What it does: looks in each text for ( ), [ ], “ ”, „ “ and « » of which one is missing, and for an
odd number of straight double quotes. Numbers such as "a)" and "1)", smileys, intervals such as [0,
1), inches (17" or 17”), code, and single quotes, which may be apostrophes, are not counted; a new
paragraph may open a quotation again that goes on; and a text that ends in "..." or "…" may be cut
within one.

Why it matters: readers wait for the end of what was opened, and with quotes they cannot see whose
words they read. Style guides ask for brackets to be closed:
https://www.crowncommercial.gov.uk/crown-commercial-service-style-guide/formatting

Wrong:

```yaml item
title: A new test for a rare condition
url: https://www.bionews.org.uk/page_200005
teaser: The test (which was tried in three hospitals finds the condition before birth.
```

Right:

```yaml item
title: A new test for a rare condition
url: https://www.bionews.org.uk/page_200005
teaser: The test (which was tried in three hospitals) finds the condition before birth.
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from newsletter.checks.galley import Galley
from newsletter.manifest import Passage
from newsletter.model import Finding, Severity
from newsletter.text.printable import printable
from newsletter.text.surroundings import end_of_word, excerpt, start_of_word

SEVERITIES: tuple[Severity, ...] = ("warning",)
_SAME_AT_BOTH_ENDS = ("sv", "fi", "da", "nb", "nn", "no", "he")
"""Languages whose quotations may begin and end with the same character: ”so”."""
_WITHIN_WORDS = ("he", "yi")
"""Languages that write the straight double quote within words too: their number says nothing."""
_PARTNERS = {"“": "”", "„": "“”", "«": "»", "»": "«"}
_FULL_WIDTH = str.maketrans("（）［］", "()[]")
_SMILEY = re.compile(r"[:;=]['-]?([()]+)")
_NUMBER = re.compile(r"(?<![\w(.-])(?:\d{1,2}\.?|[ivx]{1,4}|[^\W\d_])\)")
_INTERVAL = re.compile(r"\[[-−+\d.]+[,;] *[-−+\d.∞]+\)|\([-−+\d.∞]+[,;] *[-−+\d.]+\]")
_INCHES = re.compile(r"\d”")
_STRAIGHT = re.compile(r'(?!(?<=\w)"\w)"')
_AFTER_A_CUT = ")]\"'”’»“ "
_AROUND = 30
"""Characters shown beside the one without a partner."""


class _Unmatched(NamedTuple):
    """The positions of the characters that open and are not closed, and the reverse."""

    opened: list[int]
    closed: list[int]


def check(galley: Galley) -> Iterator[Finding]:
    """Yield the first character without a partner, of each kind, in each field."""
    language = galley.issue.publication.primary_language
    is_same = language in _SAME_AT_BOTH_ENDS

    for field in galley.manuscript.fields:
        text = _text(field, language)
        is_cut = text.rstrip(_AFTER_A_CUT).endswith(("...", "…"))

        for opened, closed in _all_kinds(text, is_same):
            positions = closed if is_cut else opened + closed
            if positions:
                yield _finding(galley, field, text, min(positions))


def _text(field: Sequence[Passage], language: str) -> str:
    """Return the text of a field, with spaces for what only looks like a bracket or a quote."""
    text = "\n".join(passage.prose for passage in field)
    text = text.translate(_FULL_WIDTH)
    text = _INTERVAL.sub(lambda interval: " " * len(interval[0]), text)
    if language in _WITHIN_WORDS:
        text = text.replace('"', " ")
    return text


def _all_kinds(text: str, is_same: bool) -> Iterator[_Unmatched]:
    yield _round(text)
    yield _brackets(text, "[", "]")
    if "«" in text:  # a » alone is an arrow, as in "Read on »"
        yield _quotes(text, "«»", is_same)

    curly = _quotes(text, "„“”", is_same)
    straight = _straight(text)
    may_be_one_pair = straight.opened and any(curly)  # mixed, not unmatched
    if not may_be_one_pair:
        yield curly
        yield straight


def _brackets(text: str, opening: str, closing: str) -> _Unmatched:
    opened: list[int] = []
    closed: list[int] = []
    for position, character in enumerate(text):
        if character == opening:
            opened.append(position)
        elif character == closing and opened:
            opened.pop()
        elif character == closing:
            closed.append(position)
    return _Unmatched(opened, closed)


def _round(text: str) -> _Unmatched:
    """Return round brackets, unless smileys and numbers such as "a)" explain those left over."""
    opened, closed = _brackets(text, "(", ")")
    smileys = "".join(_SMILEY.findall(text))
    if len(opened) <= smileys.count("("):
        opened = []

    numbers = _NUMBER.findall(text)
    if len(closed) <= smileys.count(")") + len(numbers):
        closed = []
    return _Unmatched(opened, closed)


def _quotes(text: str, characters: str, is_same: bool) -> _Unmatched:
    opened: list[int] = []
    closed: list[int] = []
    for position, character in enumerate(text):
        if character not in characters:
            continue

        last = text[opened[-1]] if opened else ""
        if character in _partners(last, is_same):
            opened.pop()
        elif character == "”" and not is_same:
            closed.append(position)
        elif character != last or not _begins_paragraph(text, position):
            opened.append(position)

    inches = _INCHES.findall(text) if "”" in characters else []
    if len(closed) <= len(inches):
        closed = []
    return _Unmatched(opened, closed)


def _partners(quote: str, is_same: bool) -> str:
    """Return the characters that can close a quote; none if there is no quote."""
    if quote in _PARTNERS:
        return _PARTNERS[quote]
    if is_same:
        return quote
    return ""


def _straight(text: str) -> _Unmatched:
    """Return the last straight double quote, if their number is odd and none can mean inches."""
    opened: list[int] = []
    is_open = False
    for match in _STRAIGHT.finditer(text):
        position = match.start()
        if text[max(0, position - 1)].isdigit():
            return _Unmatched([], [])

        goes_on = is_open and _begins_paragraph(text, position)
        if not goes_on:
            is_open = not is_open
            opened = [position]

    if not is_open:
        opened = []
    return _Unmatched(opened, [])


def _begins_paragraph(text: str, position: int) -> bool:
    """Return whether a quote begins a paragraph, where a quotation that goes on is opened again."""
    return position > 0 and text[position - 1] == "\n"


def _finding(galley: Galley, field: Sequence[Passage], text: str, position: int) -> Finding:
    lines_above = text.count("\n", 0, position)
    passage = field[lines_above]
    start_of_passage = text.rfind("\n", 0, position) + 1
    start = position - start_of_passage
    before = end_of_word(passage.text, start, r"\S", _AROUND)
    after = start_of_word(passage.text, start, r"\S", _AROUND)
    place = galley.manuscript.find_in(passage, before + after)

    character = passage.text[start]
    around = excerpt(passage.text, start - _AROUND, start + _AROUND)
    quoted = printable(around, 2 * _AROUND + 2)
    message = f"The character {character} has no partner: '{quoted}'."
    return place.warning(message, "Write its partner, or delete it.")
