"""Straight and curly quotes are mixed.

What it does: where quotes stay as they are typed (`typography: false` in publication.yaml, or a
language in which the builder sets none), looks for both straight (' ") and curly quotes
(‘ ’ “ ” „) in the title and the texts of the same item, apostrophes included, and names the first
of the rarer kind. Where each item keeps
to one kind, but not all to the same, that is an info. The titles of sources, of works and of pieces
elsewhere are left as they are, and so are names. Characters after a number (5'-cap, 6' or 12"),
Hebrew abbreviations, „German“ quotations in English, and quotes in code are not counted; nor are «
and », which go with either.

Why it matters: mixed quotes look pasted together, and often are: half typed, half from a word
processor. Curly quotes are better typography, but either kind will do:
https://typographyforlawyers.com/straight-and-curly-quotes.html

Wrong:

```yaml publication
typography: false
```

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
from newsletter.email.typesetting import sets_type
from newsletter.manifest import Passage
from newsletter.model import Elsewhere, Finding, Place, Severity, Source, Work
from newsletter.text.printable import printable
from newsletter.text.surroundings import excerpt, word_around

SEVERITIES: tuple[Severity, ...] = ("warning", "info")
_CURLY = re.compile("[‘’‚“”„]")
_STRAIGHT = re.compile(r"""(?<![\d\u0590-\u05ff])'|(?<![\d\u0590-\u05ff])(?!(?<=\w)"\w)\"""")
_CODE = re.compile(r"""=(?:"[^"]*"|'[^']*')""")
_LOW_FIRST = "„[^“”]*[“”]|‚[^‘’]*[‘’]"
"""A quotation as in German or Polish: in English, one that quotes those languages."""
_CODE_OR_LOW_FIRST = re.compile(f"{_CODE.pattern}|{_LOW_FIRST}")
_NAMES = (
    *("name", "publisher", "postal_address", "place", "advertiser", "role", "credit", "credits"),
    *("label", "channel", "venue", "dates", "isbn", "topics"),
)
"""Fields that hold a name, or what is said of one: they are written as their owners write them."""
_WITH_OTHERS_TITLES = (Source, Work, Elsewhere)
_AROUND = 20
"""Characters shown before and after an odd quote."""


class _Quote(NamedTuple):
    """A quote in a passage."""

    passage: Passage
    match: re.Match[str]


class _Quotes(NamedTuple):
    """The quotes of one item, or of what is around the items."""

    curly: list[_Quote]
    straight: list[_Quote]


def check(galley: Galley) -> Iterator[Finding]:
    """Yield each item with both kinds of quotes, and the first whose kind is not that of most."""
    if sets_type(galley.issue.publication):
        return

    pieces = _pieces(galley)
    for curly, straight in pieces:
        if curly and straight:
            odd = _odd_one(galley, curly, straight)
            yield odd.place.warning(odd.message, odd.hint)

    firsts = _firsts_of_one_kind(pieces)
    if firsts.curly and firsts.straight:
        odd = _odd_one(galley, firsts.curly, firsts.straight)
        yield odd.place.info(odd.message, odd.hint)


def _pieces(galley: Galley) -> list[_Quotes]:
    """Return the quotes of each item, and of what each file has around its items."""
    is_english = galley.issue.publication.primary_language == "en"
    left_out = _CODE_OR_LOW_FIRST if is_english else _CODE
    own = [passage for passage in galley.manuscript.passages if _is_own(passage)]

    pieces: list[_Quotes] = []
    for _, passages in groupby(own, key=lambda passage: _piece(galley, passage)):
        pieces.append(_quotes(passages, left_out))
    return pieces


def _is_own(passage: Passage) -> bool:
    """Return whether the words are the newsletter's own, not a name or somebody else's title."""
    if passage.field in _NAMES:
        return False
    return passage.field != "title" or not isinstance(passage.noun, _WITH_OTHERS_TITLES)


def _piece(galley: Galley, passage: Passage) -> tuple[Path, str | None]:
    """Return what a passage belongs to: an item, or what a file has around its items."""
    place = galley.manuscript.find_in(passage, "")
    item = galley.manuscript.item_of(passage)
    key = item.key if item else None
    return place.path, key


def _quotes(passages: Iterable[Passage], left_out: re.Pattern[str]) -> _Quotes:
    quotes = _Quotes([], [])
    for passage in passages:
        text = left_out.sub(_spaces, passage.prose)
        for match in _CURLY.finditer(text):
            quotes.curly.append(_Quote(passage, match))
        for match in _STRAIGHT.finditer(text):
            quotes.straight.append(_Quote(passage, match))
    return quotes


def _spaces(match: re.Match[str]) -> str:
    return " " * len(match[0])


class _OddOne(NamedTuple):
    """Where a quote of the rarer kind is, what is wrong with it, and what to do."""

    place: Place
    message: str
    hint: str


def _firsts_of_one_kind(pieces: list[_Quotes]) -> _Quotes:
    """Return the first quote of each piece that keeps to one kind."""
    firsts = _Quotes([], [])
    for curly, straight in pieces:
        if curly and not straight:
            firsts.curly.append(curly[0])
        elif straight and not curly:
            firsts.straight.append(straight[0])
    return firsts


def _odd_one(galley: Galley, curly: list[_Quote], straight: list[_Quote]) -> _OddOne:
    """Return the first quote of the rarer kind."""
    kind, others, quotes = "straight", "curly", straight
    if len(curly) < len(straight):
        kind, others, quotes = "curly", "straight", curly

    passage, match = quotes[0]
    start, end = match.span()
    word = word_around(match, r"\S", _AROUND)
    place = galley.manuscript.find_in(passage, word)

    around = excerpt(passage.text, start - _AROUND, end + _AROUND)
    quoted = printable(around)
    message = f"A {kind} quote among {others} ones: '{quoted}'."
    hint = f"Make all of them {others}, or all {kind}."
    return _OddOne(place, message, hint)
