"""A word appears twice in a row.

What it does: looks for the same word twice with only a space or a line break between, in English,
French and German. Pairs that can be right ("had had", "her her", "very very", "nous nous", "die
die") are left alone, and so are names such as Duran Duran and Gorilla gorilla, words written in two
ways ("who WHO"), numbers, code, and three or more in a row. Other languages are not checked, since
many double words on purpose.

Why it matters: the slip is easy to make while changing a sentence, and easy to miss, most of all at
the end of a line; so tools for editors have a rule for it, as Vale does:
https://vale.sh/explorer/repeatedwords/

Wrong:

```yaml item
title: A gene that keeps the clock of the cell
url: https://www.bionews.org.uk/page_200003
teaser: Cells keep time, and researchers have found the the gene that winds their clock.
```

Right:

```yaml item
title: A gene that keeps the clock of the cell
url: https://www.bionews.org.uk/page_200003
teaser: Cells keep time, and researchers have found the gene that winds their clock.
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from newsletter.checks.galley import Galley
from newsletter.model import Finding, Severity
from newsletter.text.printable import printable

SEVERITIES: tuple[Severity, ...] = ("warning",)
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_BASES = re.compile("[acgtu]{3,}")
"""A sequence of bases, as in DNA."""
_ALLOWED = {
    "en": (
        "had that is was are were do did her you it who what so very really many much more long "
        "far no yes never now well there hear tut knock chop bye ha hey aye oh ah can go yo pom "
        "dik tuk cha choo night wee agar beri bora mahi peri piri ylang nous vous"
    ),
    "fr": (
        "nous vous très en bien tout si non oui petit la faire est que plus on ha ah tac toc "
        "coucou y"
    ),
    "de": (
        "die der das den dem denen sie es ihr ihm ihn uns euch wir was wer wen welche welcher "
        "welches an auf in zu aus mit vor ein über um ab war ist hat sehr ganz ja nein ha ach so "
        "nach durch"
    ),
}
"""Words that can appear twice in a row in a sound sentence."""
_SMALL = {
    "en": (
        "the a an of and or to in on at for with by from be as this but not we they its their has "
        "have"
    ),
    "fr": (
        "le les un une des de du et ou à au aux dans sur pour par avec ne pas qui sont ce se sa son"
    ),
    "de": "und oder von für bei als dass wird sind nicht auch im am zum zur",
}
"""Words that are not part of any name, so that twice is wrong in capitals too."""
_VERBS = (
    "came come comes coming bring brings brought go goes going went gone send sent handed phased "
    "move moved set carry carried live lives lived signed kicked"
)
_CLOSED_BY_IN = frozenset(_VERBS.split())
"""Words that "in" or "on" may belong to, so that the next one starts something new: "the law came
in in May".
"""


class _Pair(NamedTuple):
    """A word that is followed by itself, with or without a capital."""

    before: str
    """The word before it, in lower case; empty at the start."""
    first: str
    second: str
    written: str
    """The two as they are written, with the space between them."""


def check(galley: Galley) -> Iterator[Finding]:
    """Yield a finding for each word that appears twice in a row and should not."""
    language = galley.issue.publication.primary_language
    if language not in _ALLOWED:
        return

    allowed = set(_ALLOWED[language].split())
    small = set(_SMALL[language].split())
    for passage in galley.manuscript.passages:
        for pair in _pairs(passage.prose):
            word = pair.first.lower()
            if word in allowed or _ends_with_in(pair):
                continue
            if not _is_slip(pair, small):
                continue

            message = f"'{printable(pair.written)}': the word '{word}' appears twice."
            place = galley.manuscript.find_in(passage, pair.written)
            yield place.warning(message, "Delete one of the two.")


def _pairs(text: str) -> Iterator[_Pair]:
    """Yield each word that is followed by itself once; three or more in a row are left alone."""
    before = None
    for same in _runs(text):
        if len(same) == 2:
            first, second = same
            written = text[first.start() : second.end()]
            word_before = before[0].lower() if before else ""
            yield _Pair(word_before, first[0], second[0], written)
        before = same[-1]


def _runs(text: str) -> Iterator[list[re.Match[str]]]:
    """Yield the words of a text, each together with those after it that repeat it."""
    run: list[re.Match[str]] = []
    word = ""
    for match in _WORD.finditer(text):
        before = word
        word = match[0].lower()
        if run and (word != before or not _is_beside(run[-1], match)):
            yield run
            run = []
        run.append(match)
    if run:
        yield run


def _is_beside(first: re.Match[str], second: re.Match[str]) -> bool:
    between = first.string[first.end() : second.start()]
    return between.isspace()


def _is_slip(pair: _Pair, small: set[str]) -> bool:
    """Return whether two words that differ in capitals at most are one word written twice."""
    first, second = pair.first, pair.second
    if _has_digits(first):
        return False
    if len(first) == 1:
        return first + second == "aa"

    is_same = first == second
    if is_same and first.islower():
        return not _BASES.fullmatch(first)

    if first.lower() not in small:
        return False
    is_capital_first = first == first.capitalize() and second.islower()
    return is_same or is_capital_first


def _has_digits(word: str) -> bool:
    return any(letter.isdigit() or letter == "_" for letter in word)


def _ends_with_in(pair: _Pair) -> bool:
    word = pair.first.lower()
    if word not in ("in", "on"):
        return False
    return pair.before in _CLOSED_BY_IN
