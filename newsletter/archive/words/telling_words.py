"""The words that tell what a piece is about; in scripts without spaces, every two characters."""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain

from newsletter.archive.words.spelling import UNSPACED, pairs

_MOST = 40
"""Words of one piece."""
_ADDRESS = re.compile(r"https?://\S+")
_WORD = re.compile(r"[^\W\d_]{4,}")
_IN_ASCII = re.compile("[a-z]{4,}")
"""The same, found in half the time."""
_HIRAGANA = re.compile("[\u3040-\u309f]+")
"""What Japanese writes its endings and particles in."""


def telling_words(title: str, body: str) -> tuple[str, ...]:
    """Return the words that tell what a piece is about, in the order of the alphabet: those of its
    title, and those that are at least twice in its body, the most frequent first.
    """
    counted = _stems(_words(_ADDRESS.sub(" ", body).casefold()))
    often = [stem for stem, times in counted.most_common(_MOST) if times > 1]

    of_title = map(_stem, _words(title.casefold()))
    words = list(dict.fromkeys([*of_title, *often]))
    return tuple(sorted(words[:_MOST]))


def _words(text: str) -> list[str]:
    if text.isascii():
        return _IN_ASCII.findall(text)

    text = _HIRAGANA.sub(" ", text)
    unspaced = chain.from_iterable(map(pairs, UNSPACED.findall(text)))
    return [*_WORD.findall(UNSPACED.sub(" ", text)), *unspaced]


def _stems(words: list[str]) -> Counter[str]:
    """Return how often each stem occurs. A word is stemmed once, however often it is there."""
    stems: dict[str, int] = {}
    for word, times in Counter(words).items():
        stem = _stem(word)
        stems[stem] = stems.get(stem, 0) + times
    return Counter(stems)


def _stem(word: str) -> str:
    """Return a word of which singular and plural are one in English, French and Spanish."""
    return word.rstrip("s")
