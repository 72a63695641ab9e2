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
from itertools import pairwise

from newsletter.checks.galley import Galley
from newsletter.model import Finding, Severity
from newsletter.text.printable import printable

SEVERITIES: tuple[Severity, ...] = ("warning",)
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_ALLOWED = {
    "en": "had that is was are were do did her you it who what so very really many much more long far no yes never now "
    "well there hear tut knock chop bye ha hey aye oh ah can go yo pom dik tuk cha choo night wee agar beri bora mahi "
    "peri piri ylang nous vous",
    "fr": "nous vous très en bien tout si non oui petit la faire est que plus on ha ah tac toc coucou y",
    "de": "die der das den dem denen sie es ihr ihm ihn uns euch wir was wer wen welche welcher welches an auf in zu "
    "aus mit vor ein über um ab war ist hat sehr ganz ja nein ha ach so nach durch",
}
"""Words that can appear twice in a row in a sound sentence."""
_SMALL = {
    "en": "the a an of and or to in on at for with by from be as this but not we they its their has have",
    "fr": "le les un une des de du et ou à au aux dans sur pour par avec ne pas qui sont ce se sa son",
    "de": "und oder von für bei als dass wird sind nicht auch im am zum zur",
}
"""Words that are not part of any name, so that twice is wrong in capitals too."""
_CLOSED_BY_IN = (
    "came come comes coming bring brings brought go goes going went gone send sent handed phased move moved set carry "
    "carried live lives lived signed kicked"
)
"""Words that "in" or "on" may belong to, so that the next one starts something new: "the law came in in May"."""


def check(galley: Galley) -> Iterator[Finding]:
    """Yield a finding for each word that appears twice in a row and should not."""
    language = galley.issue.publication.primary_language
    if language not in _ALLOWED:
        return
    allowed, small = set(_ALLOWED[language].split()), set(_SMALL[language].split())
    for passage in galley.manuscript.passages:
        for before, word, pair in _pairs(passage.prose):
            lower = word.lower()
            if (
                lower in allowed
                or not _is_slip(word, pair.split()[-1], small)
                or _ends_with_in(before, lower)
            ):
                continue
            message = f"'{printable(pair)}': the word '{lower}' appears twice."
            yield galley.manuscript.find_in(passage, pair).warning(
                message, "Delete one of the two."
            )


def _pairs(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield, for each word followed by itself once, the word before, the word, and the two as they are written."""
    words = list(_WORD.finditer(text))
    same = [
        first[0].lower() == second[0].lower() and text[first.end() : second.start()].isspace()
        for first, second in pairwise(words)
    ]
    for index, is_same in enumerate(same):
        if (
            is_same
            and not any(same[max(0, index - 1) : index])
            and not any(same[index + 1 : index + 2])
        ):
            before = words[index - 1][0].lower() if index else ""
            yield before, words[index][0], text[words[index].start() : words[index + 1].end()]


def _is_slip(first: str, second: str, small: set[str]) -> bool:
    """Return whether two words that differ in capitals at most are one word written twice."""
    lower = first.lower()
    if any(letter.isdigit() or letter == "_" for letter in first) or (
        len(first) == 1 and first + second != "aa"
    ):
        return False
    if first == second and first.islower():
        return not re.fullmatch(r"[acgtu]{3,}", first)  # a sequence of bases
    begins_sentence = first == first.capitalize() and second.islower()
    return lower in small and (first == second or begins_sentence)


def _ends_with_in(before: str, word: str) -> bool:
    return word in ("in", "on") and before in _CLOSED_BY_IN.split()
