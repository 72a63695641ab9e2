"""A text to the words that can be found in it; search.js does the same with what readers type.

A word is a run of letters and digits. Two that are joined by a hyphen or an apostrophe, and
numbers with a point or a comma, are found as one word and as its parts: "PGT-M" as pgtm and pgt,
"O'Neill" as oneill and neill, "l'embryon" as lembryon and embryon, an ISBN with hyphens or without.
Scripts without spaces (Chinese, Japanese, Thai and their like) are found by every two characters.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060]")
_POINTS = "\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
"""Accents, the points of Hebrew, and the vowel signs of Arabic, which are folded away."""
_LETTER = f"[\\w{_POINTS}\u0900-\u109f]"
"""What a word is made of; from U+0900 on are scripts whose words have marks within them."""
_JOINT = "['’‐‑־-]"
_WORD = re.compile(f"{_LETTER}+(?:{_JOINT}{_LETTER}+|[.,][0-9]{_LETTER}*)*")
_PART = re.compile(f"{_LETTER}+")
_ACCENT = re.compile(f"[{_POINTS}]")
UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff]+"
)
"""A run of letters of a script without spaces."""
_LATIN = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"}
    | {"ς": "σ"}
)
"""Letters that are no other letter with an accent."""


def words(text: str) -> list[str]:
    """Return the words of a text as they are written, in lower case; compounds are not parted."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    return _WORD.findall(text.lower().replace("_", " "))


def parts(word: str) -> tuple[str, ...]:
    """Return what a word is found by, as it is written: the whole, and the parts of a compound."""
    if word.isalnum() and word.isascii():
        return (word,)

    found = _PART.findall(word)
    if len(found) > 1:
        long = [part for part in found if len(part) > 1]
        found = ["".join(found), *long]
    return tuple(gram for part in found for gram in _grams(part))


def _grams(part: str) -> list[str]:
    """Return the part; if a script without spaces is in it, every two characters of that."""
    if part.isascii() or not UNSPACED.search(part):
        return [part]

    grams = [gram for gram in UNSPACED.split(part) if gram]
    for run in UNSPACED.findall(part):
        grams += pairs(run) or [run]
    return grams


def pairs(run: str) -> list[str]:
    """Return every two characters of a run that stand side by side."""
    return [run[place : place + 2] for place in range(len(run) - 1)]


@lru_cache(maxsize=1 << 17)
def folded(word: str) -> str:
    """Return a word without accents, in letters that every keyboard has: zoë and Zoe are one."""
    if word.isascii():
        return word
    bare = _ACCENT.sub("", unicodedata.normalize("NFKD", word))
    return unicodedata.normalize("NFC", bare).lower().translate(_LATIN)
