"""What is around a place in a text, so that a message can quote it."""

from __future__ import annotations

import re


def word_around(found: re.Match[str], letter: str, longest: int, middle: str | None = None) -> str:
    """Return what was found together with the letters right before and after it.

    ``letter`` is the regular expression of one letter; at most ``longest`` of them are taken on
    each side. ``middle`` is put in place of what was found.
    """
    if middle is None:
        middle = found[0]
    before = end_of_word(found.string, found.start(), letter, longest)
    after = start_of_word(found.string, found.end(), letter, longest)
    return before + middle + after


def end_of_word(text: str, end: int, letter: str, longest: int) -> str:
    """Return the letters right before ``end``, at most ``longest``."""
    near = text[max(0, end - longest) : end]
    backwards = _leading(near[::-1], letter)
    return backwards[::-1]


def start_of_word(text: str, start: int, letter: str, longest: int) -> str:
    """Return the letters right after ``start``, at most ``longest``."""
    near = text[start : start + longest]
    return _leading(near, letter)


def excerpt(text: str, start: int, end: int) -> str:
    """Return the part of a text between two positions, with ``…`` where it is cut."""
    part = text[max(0, start) : end].strip()
    if start > 0:
        part = f"…{part}"
    if end < len(text):
        part = f"{part}…"
    return part


def _leading(text: str, letter: str) -> str:
    letters = re.match(f"{letter}*", text)
    if letters is None:
        return ""
    return letters[0]
