"""In which drawers of the index a word is looked for."""

from __future__ import annotations

from functools import cache

DRAWERS = 256
"""In how many parts the words of the archive are. A power of two."""
_LETTERS = 4
"""Words with the same first letters are in the same drawer, so that a beginning is enough to find
it."""


def drawer_of(word: str) -> int:
    """Return which drawer a word is in."""
    return _drawer_of(word[:_LETTERS])


@cache
def _drawer_of(letters: str) -> int:
    number = 0x811C9DC5
    for letter in letters:  # FNV-1a, 32 bits
        number = (number ^ ord(letter)) * 0x01000193 & 0xFFFFFFFF
    return (number ^ number >> 15) % DRAWERS
