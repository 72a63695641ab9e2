"""The words that tell what a piece is about."""

from __future__ import annotations

import re
from collections import Counter

_MOST = 40
"""Words of one piece."""
_ADDRESS = re.compile(r"https?://\S+")
_WORD = re.compile(r"[^\W\d_]{4,}")
_IN_ASCII = re.compile("[a-z]{4,}")
"""The same, found in half the time."""


def telling_words(title: str, body: str) -> tuple[str, ...]:
    """Return the words that tell what a piece is about, in the order of the alphabet: those of its
    title, and those that are at least twice in its body, the most frequent first.
    """
    text = _ADDRESS.sub(" ", body).casefold()
    found = (_IN_ASCII if text.isascii() else _WORD).findall(text)
    stems: dict[str, int] = {}  # each word is stemmed once, however often it is there
    for word, times in Counter(found).items():
        stem = _stem(word)
        stems[stem] = stems.get(stem, 0) + times
    often = [stem for stem, times in Counter(stems).most_common(_MOST) if times > 1]

    of_title = map(_stem, _WORD.findall(title.casefold()))
    words = list(dict.fromkeys([*of_title, *often]))
    return tuple(sorted(words[:_MOST]))


def _stem(word: str) -> str:
    """Return a word of which singular and plural are one in English, French and Spanish."""
    return word.rstrip("s")
