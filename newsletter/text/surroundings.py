"""What is around a place in a text, so that a message can quote the word that something is in."""

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
    match = re.search(rf"{letter}*\Z", near)
    return match[0] if match else ""


def start_of_word(text: str, start: int, letter: str, longest: int) -> str:
    """Return the letters right after ``start``, at most ``longest``."""
    near = text[start : start + longest]
    match = re.match(rf"{letter}*", near)
    return match[0] if match else ""
