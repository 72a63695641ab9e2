"""A list, a quotation or a heading is lost, because YAML joins its lines into one.

What it does: looks at the texts in Markdown (welcome, why, teaser, body) that begin with `>`, are
in quotes, or begin right after the colon: YAML makes one line of each of their paragraphs. A line
in the middle of one that begins like the entry of a list (`- `, `* `, `1. `) or like a quotation
(`> `) counts if another one does too, or if a sentence or a colon ends above it; a heading (`## `)
always counts.

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
from itertools import groupby

from newsletter.checks.galley import Galley
from newsletter.manifest.manuscript import JoinedText
from newsletter.model import Finding, Severity

SEVERITIES: tuple[Severity, ...] = ("warning",)
_MARKS = {
    "list": re.compile(r"(?:[-*+]|\d{1,2}[.)]) +\S"),
    "quotation": re.compile(r"> *[^\s\d=]"),
    "heading": re.compile(r"#{2,6} +\S"),
}
_LATER_NUMBER = re.compile(r"(?!1[.)])\d")
"""The number of an entry that no list can begin with: alone, it is a date or the end of a sentence."""
_ENDS = re.compile(r"[.!?:;…]['\"’”)*_]*$")


def check(galley: Galley) -> Iterator[Finding]:
    """Yield the first line of each text that is lost among those above it."""
    for text in galley.manuscript.joined_texts():
        for number, kind in _lost(text.lines):
            place = replace(text.place, line=(text.place.line or 1) + number)
            yield place.warning(
                f"YAML joins these lines into one, so the {kind} is lost.", _hint(text)
            )
            break


def _lost(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Yield the number of each line, from 0, that is not what it was meant to be, and what that is."""
    for is_text, numbered in groupby(enumerate(lines), key=lambda numbered: bool(numbered[1])):
        paragraph = list(numbered)
        if not is_text or len(paragraph) == 1:
            continue
        kinds = [_kind(line) for _, line in paragraph]
        if kinds[0] == "heading":  # the text below becomes part of it
            yield paragraph[0][0], "heading"
        for (_, above), (number, line), kind in zip(
            paragraph, paragraph[1:], kinds[1:], strict=False
        ):
            begins = _ENDS.search(above) and not _LATER_NUMBER.match(line)
            if kind and (kind == "heading" or kinds.count(kind) > 1 or begins):
                yield number, kind


def _kind(line: str) -> str | None:
    return next((kind for kind, mark in _MARKS.items() if mark.match(line)), None)


def _hint(text: JoinedText) -> str:
    if text.style == ">":
        return f"Write | instead of > after '{text.field}:'."
    without = " without the quotes" if text.style else ""
    return f"Write '{text.field}: |' and begin the text on the next line{without}."
