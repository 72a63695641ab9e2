"""Straight and curly quotes are mixed.

What it does: looks for both straight (' ") and curly quotes (‘ ’ “ ” „) in the title and the texts
of the same item, apostrophes included, and names the first of the rarer kind. Where each item keeps
to one kind, but not all to the same, that is an info. The titles of sources, of works and of pieces
elsewhere are left as they are, and so are names. Characters after a number (5'-cap, 6' or 12"),
Hebrew abbreviations, „German“ quotations in English, and quotes in code are not counted; nor are «
and », which go with either.

Why it matters: mixed quotes look pasted together, and often are: half typed, half from a word
processor. Curly quotes are better typography, but either kind will do:
https://typographyforlawyers.com/straight-and-curly-quotes.html

Wrong:

```yaml item
title: A phrase that the regulator's lawyers use
url: https://www.bionews.org.uk/page_200004
teaser: The regulator’s lawyers say 'serious medical condition', and doctors ask what is meant.
```

Right:

```yaml item
title: A phrase that the regulator's lawyers use
url: https://www.bionews.org.uk/page_200004
teaser: The regulator's lawyers say 'serious medical condition', and doctors ask what is meant.
```
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from newsletter.checks.galley import Galley
from newsletter.manifest import Passage
from newsletter.model import Elsewhere, Finding, Place, Severity, Source, Work
from newsletter.text.printable import printable

SEVERITIES: tuple[Severity, ...] = ("warning", "info")
_CURLY = re.compile("[‘’‚“”„]")
_STRAIGHT = re.compile(r"""(?<![\d\u0590-\u05ff])'|(?<![\d\u0590-\u05ff])(?!(?<=\w)"\w)\"""")
_CODE = r"""=(?:"[^"]*"|'[^']*')"""
_LOW_FIRST = "„[^“”]*[“”]|‚[^‘’]*[‘’]"
"""A quotation as in German or Polish: in English, one that quotes those languages."""
_NAMES = (
    *("name", "publisher", "postal_address", "place", "advertiser", "role", "credit", "credits"),
    *("label", "channel", "venue", "dates", "isbn", "topics"),
)
"""Fields that hold a name, or what is said of one: they are written as their owners write them."""
_WITH_OTHERS_TITLES = (Source, Work, Elsewhere)
_AROUND = 20
"""Characters shown before and after an odd quote."""


_Found = tuple[Passage, re.Match[str]]


class _Quotes(NamedTuple):
    """The quotes of one item, or of what is around the items."""

    curly: list[_Found]
    straight: list[_Found]


def check(galley: Galley) -> Iterator[Finding]:
    """Yield each item with both kinds of quotes; then the first item whose kind is not that of most others."""
    is_english = galley.issue.publication.primary_language == "en"
    left_out = re.compile(f"{_CODE}|{_LOW_FIRST}" if is_english else _CODE)
    own = [passage for passage in galley.manuscript.passages if _is_own(passage)]
    by_piece = groupby(own, key=lambda passage: _piece(galley, passage))
    pieces = [_quotes(passages, left_out) for _, passages in by_piece]
    for curly, straight in pieces:
        if curly and straight:
            place, message, hint = _odd_one(galley, curly, straight)
            yield place.warning(message, hint)
    curly_pieces = [curly[0] for curly, straight in pieces if curly and not straight]
    straight_pieces = [straight[0] for curly, straight in pieces if straight and not curly]
    if curly_pieces and straight_pieces:
        place, message, hint = _odd_one(galley, curly_pieces, straight_pieces)
        yield place.info(message, hint)


def _is_own(passage: Passage) -> bool:
    """Whether the words are the newsletter's own: not a name, and not somebody else's title."""
    is_others_title = passage.field == "title" and isinstance(passage.noun, _WITH_OTHERS_TITLES)
    return passage.field not in _NAMES and not is_others_title


def _piece(galley: Galley, passage: Passage) -> tuple[Path, str | None]:
    """Return what a passage belongs to: an item, or what a file has around its items."""
    item = galley.manuscript.item_of(passage)
    place = galley.manuscript.find_in(passage, "")
    return place.path, item.key if item else None


def _quotes(passages: Iterable[Passage], left_out: re.Pattern[str]) -> _Quotes:
    quotes = _Quotes([], [])
    for passage in passages:
        text = left_out.sub(lambda found: " " * len(found[0]), passage.prose)
        quotes.curly.extend((passage, match) for match in _CURLY.finditer(text))
        quotes.straight.extend((passage, match) for match in _STRAIGHT.finditer(text))
    return quotes


def _odd_one(galley: Galley, curly: list[_Found], straight: list[_Found]) -> tuple[Place, str, str]:
    """Return the first quote of the rarer kind: where it is, what is wrong, and what to do."""
    is_curly_rarer = len(curly) < len(straight)
    odd, name, others = (
        (curly, "curly", "straight") if is_curly_rarer else (straight, "straight", "curly")
    )
    passage, match = odd[0]
    message = f"A {name} quote among {others} ones: '{printable(_around(passage, match))}'."
    return (
        galley.manuscript.find_in(passage, _word(match)),
        message,
        f"Make all of them {others}, or all {name}.",
    )


def _around(passage: Passage, match: re.Match[str]) -> str:
    start, end = max(0, match.start() - _AROUND), match.end() + _AROUND
    return (
        ("…" if start else "")
        + passage.text[start:end].strip()
        + ("…" if end < len(passage.text) else "")
    )


def _word(match: re.Match[str]) -> str:
    """Return what is around a quote, up to the next spaces."""
    before = re.split(r"\s", match.string[: match.start()][-_AROUND:])[-1]
    return before + match.string[match.start() :].split(maxsplit=1)[0]
