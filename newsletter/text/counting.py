"""How long a text is, counted in words, in scripts with spaces between words and in those without.

Three ideographs or kana count as a word. So do six characters of Thai, Lao, Burmese and Khmer, as
an English word and its space have; where one of their words ends, only a dictionary knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from newsletter.text.cells import is_simple
from newsletter.text.wrapping import CJK, has_plain_words, words

_SIXTHS = 6
_SIXTHS_OF_IDEOGRAPH = 2
_WITHOUT_SPACES = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
"""Thai, Lao, Burmese and Khmer (line-breaking class SA of UAX 14)."""


class Word(NamedTuple):
    """A word of a text, or what is between two spaces where they part only phrases."""

    text: str
    end: int
    """Where it ends, in characters from the start of the text."""
    words: float
    """How many words the text has up to its end."""

    @property
    def is_ideograph(self) -> bool:
        """Whether the next one may belong to the same word of its language."""
        return _has_ideograph(self.text)


def words_of(text: str) -> Iterator[Word]:
    """Yield each word of a text."""
    sixths = 0
    for match in words(text):
        sixths += _sixths(match[0])
        yield Word(match[0], match.end(), sixths / _SIXTHS)


def word_count(text: str) -> float:
    """Return how many words a text has."""
    if has_plain_words(text):
        return len(text.split())
    return sum(_sixths(word[0]) for word in words(text)) / _SIXTHS


def is_longer(text: str, limit: int) -> bool:
    """Return whether a text has more than ``limit`` words."""
    if has_plain_words(text):
        return len(text.split(maxsplit=limit)) > limit
    return any(word.words > limit for word in words_of(text))


def _sixths(word: str) -> int:
    if is_simple(word):
        return _SIXTHS
    if _has_ideograph(word):
        return _SIXTHS_OF_IDEOGRAPH
    if _WITHOUT_SPACES.search(word):
        return len(word)
    return _SIXTHS


def _has_ideograph(word: str) -> bool:
    return not is_simple(word) and _ideograph().search(word) is not None


@cache
def _ideograph() -> re.Pattern[str]:
    """Return the pattern of an ideograph, which takes 2 ms to compile."""
    return re.compile(f"[{CJK}]")
