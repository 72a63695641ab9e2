"""A list, a quotation, a heading, a table or a picture is lost, because YAML joins its lines.

What it does: looks at the texts in Markdown (welcome, why, teaser, body) that begin with `>`, are
in quotes, or begin right after the colon: YAML makes one line of each of their paragraphs. A line
in the middle of one that begins like the entry of a list (`- `, `* `, `1. `) or like a quotation
(`> `) counts if another one does too, or if a sentence or a colon ends above it, and so does a row
of a table; a heading (`## `) and a picture (`![…](…)`) always count.

Why it matters: readers see one long paragraph with hyphens in it, and not a list.

Wrong:

```yaml written
number: 700
date: 2030-01-07
sections:
  - kind: news
    items:
      - title: Three genes are read
        url: https://www.bionews.org.uk/page_100006
        body: >
          Readers asked for the names of the genes:
          - the first, read in spring
          - the second, read in summer
```

Right:

```yaml written
number: 700
date: 2030-01-07
sections:
  - kind: news
    items:
      - title: Three genes are read
        url: https://www.bionews.org.uk/page_100006
        body: |
          Readers asked for the names of the genes:

          - the first, read in spring
          - the second, read in summer
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby, pairwise
from typing import NamedTuple

from newsletter.checks.galley import Galley
from newsletter.manifest.manuscript import JoinedText
from newsletter.model import Finding, Severity

SEVERITIES: tuple[Severity, ...] = ("warning",)
_MARKS = {
    "list": re.compile(r"(?:[-*+]|\d{1,2}[.)]) +\S"),
    "quotation": re.compile(r"> *[^\s\d=]"),
    "heading": re.compile(r"#{2,6} +\S"),
    "picture": re.compile(r"!\[.*\]\(.+\)$"),
    "table": re.compile(r"\|.+\|$"),
}
_ALONE = ("heading", "picture")
"""What is a line of its own."""
_LATER_NUMBER = re.compile(r"(?!1[.)])\d")
"""The number of an entry that no list can begin with.

Alone, it is a date or the end of a sentence.
"""
_SENTENCE_END = re.compile(r"[.!?:;…]['\"’”)*_]*$")


class _Line(NamedTuple):
    """A line of a text: its number there, from 0, and what it begins like."""

    number: int
    text: str
    kind: str | None


def check(galley: Galley) -> Iterator[Finding]:
    """Yield the first line of each text that is lost among those above it."""
    for text in galley.manuscript.joined_texts():
        lost = next(_lost(text.lines), None)
        if lost is None:
            continue

        first = text.place.line or 1
        place = replace(text.place, line=first + lost.number)
        message = f"YAML joins these lines into one, so the {lost.kind} is lost."
        yield place.warning(message, _hint(text))


def _lost(lines: list[str]) -> Iterator[_Line]:
    """Yield each line that is not what it was meant to be."""
    for paragraph in _paragraphs(lines):
        if len(paragraph) == 1:
            continue

        if paragraph[0].kind in _ALONE:  # the text below becomes part of it
            yield paragraph[0]
        yield from _lost_within(paragraph)


def _lost_within(paragraph: list[_Line]) -> Iterator[_Line]:
    """Yield each line below the first of a paragraph that was meant to begin something."""
    kinds = [line.kind for line in paragraph]

    for above, line in pairwise(paragraph):
        if line.kind is None:
            continue
        is_one_of_several = kinds.count(line.kind) > 1
        if line.kind in _ALONE or is_one_of_several or _begins_anew(above, line):
            yield line


def _begins_anew(above: _Line, line: _Line) -> bool:
    """Return whether a sentence ends above a line, so that a list or a quotation may begin."""
    if not _SENTENCE_END.search(above.text):
        return False
    return not _LATER_NUMBER.match(line.text)


def _paragraphs(lines: list[str]) -> Iterator[list[_Line]]:
    numbered: list[_Line] = []
    for number, text in enumerate(lines):
        kind = _kind(text)
        numbered.append(_Line(number, text, kind))

    for has_text, paragraph in groupby(numbered, key=lambda line: line.text != ""):
        if has_text:
            yield list(paragraph)


def _kind(line: str) -> str | None:
    for kind, mark in _MARKS.items():
        if mark.match(line):
            return kind
    return None


def _hint(text: JoinedText) -> str:
    if text.style == ">":
        return f"Write | instead of > after '{text.field}:'."

    hint = f"Write '{text.field}: |' and begin the text on the next line"
    if text.style:
        hint += " without the quotes"
    return f"{hint}."
