r"""A word has letters of two alphabets that look the same.

What it does: looks in every text for words with Latin and Cyrillic letters in which all letters of
one of the two look like those of the other ("Аnna" with a Cyrillic А), and for Latin words that
begin with a Greek capital that looks Latin. Greek letters as science writes them are left alone
(TNF-α, β-globin, µm), and so are words in which the two can be distinguished, such as Russian
"SMS-ки".

Why it matters: the word looks right and is not: a search does not find it, a screen reader spells
it out, and an author's pieces are listed under two names. Filters know it as a way to imitate
names: Unicode Technical Standard 39, 5 (https://www.unicode.org/reports/tr39/).

Wrong:

```yaml item
title: A story with a letter that looks right
url: https://www.bionews.org.uk/page_100009
authors: ["\u0410nna Author"]
teaser: The first letter of the name is a Cyrillic one, so that a search for the name does not find
  the story...
```

Right:

```yaml item
title: A story with a letter that looks right
url: https://www.bionews.org.uk/page_100009
authors: [Anna Author]
teaser: The first letter of the name is a Latin one, so that a search for the name does find the
  story...
```
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from newsletter.checks.galley import Galley
from newsletter.manifest import Passage
from newsletter.model import Finding, Severity
from newsletter.text.printable import printable

SEVERITIES: tuple[Severity, ...] = ("warning",)
_CYRILLIC, _LATIN = "АВЕКМНОРСТУХаеорсух", "ABEKMHOPCTYXaeopcyx"
"""Letters of Russian, and the Latin ones that look like them (confusables.txt of Unicode)."""
_RARE_CYRILLIC, _RARE_LATIN = "ЅІЈѕіјԁԛԝ", "SIJsijdqw"
_GREEK_CAPITALS, _LATIN_CAPITALS = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX"
_TO_LATIN = str.maketrans(
    _CYRILLIC + _RARE_CYRILLIC + _GREEK_CAPITALS, _LATIN + _RARE_LATIN + _LATIN_CAPITALS
)
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_GREEK_OR_CYRILLIC = re.compile("[Ͱ-ϿЀ-ԯ]")
_WORD = re.compile(r"[^\W\d_]{2,}")
_GREEK_BEGINNING = re.compile(rf"[{_GREEK_CAPITALS}][a-z]{{2,}}")


def check(galley: Galley) -> Iterator[Finding]:
    """Yield a finding for each word that mixes alphabets without showing it."""
    for passage in galley.manuscript.passages:
        if not _GREEK_OR_CYRILLIC.search(passage.text):
            continue

        words = dict.fromkeys(_WORD.findall(passage.text))
        for word in words:
            meant = _in_one_alphabet(word)
            if meant:
                yield _finding(galley, passage, word, meant)


def _in_one_alphabet(word: str) -> str | None:
    """Return a mixed word as it was meant.

    Return None if it is in one alphabet already, or if its two can be distinguished.
    """
    if _GREEK_BEGINNING.fullmatch(word):
        return word.translate(_TO_LATIN)

    cyrillic = set(re.findall("[Ѐ-ԯ]", word))
    latin = set(re.findall("[A-Za-zÀ-ɏ]", word))
    if not cyrillic or not latin:
        return None
    if cyrillic <= set(_CYRILLIC + _RARE_CYRILLIC):
        return word.translate(_TO_LATIN)
    if latin <= set(_LATIN):
        return word.translate(_TO_CYRILLIC)
    return None


def _finding(galley: Galley, passage: Passage, word: str, meant: str) -> Finding:
    odd = _first_difference(word, meant)
    name = unicodedata.name(odd).lower()
    place = galley.manuscript.find_in(passage, word)
    shown = printable(word)
    message = f"'{shown}' has a letter of another alphabet: {name}."
    return place.warning(message, f"Type the word again: {printable(meant)}")


def _first_difference(word: str, meant: str) -> str:
    for letter, other in zip(word, meant, strict=True):
        if letter != other:
            return letter
    raise ValueError("the word is in one alphabet")
