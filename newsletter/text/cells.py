"""How wide a text is where all letters are as wide, in cells: an ideograph takes two, a combining
mark none.
"""

from __future__ import annotations

import re

_SIMPLE = re.compile("[ -~\xa0-¬®-˿‐-‧\u202f-⁞₠-₿]*")
"""Latin text and its punctuation: each character takes one cell, and lines break only at spaces."""


def is_simple(text: str) -> bool:
    """Return whether each character takes one cell, and lines break only at spaces."""
    return _SIMPLE.fullmatch(text) is not None


def cells(text: str) -> int:
    """Return how many cells a text takes."""
    if is_simple(text):
        return len(text)

    from wcwidth import width  # takes 9 ms, and most texts are simple

    return width(text)


def clipped(text: str, most: int) -> str:
    """Return a text, or as much of it as fits with "…" into ``most`` cells."""
    if cells(text) <= most:
        return text
    if is_simple(text):
        start = text[: most - 1]
    else:
        from wcwidth import clip

        start = clip(text, 0, most - 1)
    return start.rstrip() + "…"
