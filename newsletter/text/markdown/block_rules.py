"""The parser's rules for blocks, each with a condition: which lines are text and begin no block."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from newsletter.text.markdown.months import MONTHS, WORDS_TOO

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock

    BlockRule = Callable[[StateBlock, int, int, bool], bool]

_DEEPEST = 8
"""Levels of quotations and lists (a list has two); anything deeper is text. The parser would drop
it."""
_NUMBER = re.compile(r"(?P<number>\d+)[.)](?:[ \t]+(?P<word>[^\W\d_]+)(?P<year>[ \t]+\d{4}\b)?)?")
_MOST_DIGITS = 2
"""Digits of a number that begins a list; with more it is a year, or the end of a sentence."""
_RULE = re.compile(r"([*-])[ \t]*(?:\1[ \t]*){2,}")
_HEADING_WITHOUT_WORDS = re.compile(r"#{1,6}[ \t#]*")
_COMPARISON = re.compile(r">\d")


def not_too_deep(rule: BlockRule) -> BlockRule:
    """Return a rule that reads no block within more than eight others."""

    def read(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if state.level >= _DEEPEST:
            return False
        return rule(state, start, end, silent)

    return read


def not_within_itself(rule: BlockRule) -> BlockRule:
    """Return a rule that reads no block within another of its kind: the parser takes footnotes out
    of the text one by one, and would leave half a list behind.
    """
    within = f"within {rule.__name__}"

    def read(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if silent:  # it is asked where the text before ends
            return rule(state, start, end, silent)
        if state.env.get(within):
            return False
        state.env[within] = True
        try:
            return rule(state, start, end, silent)
        finally:
            state.env[within] = False

    return read


def unless(is_text: Callable[[str], bool], rule: BlockRule) -> BlockRule:
    """Return a rule that reads no block where a line is text."""

    def read(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if is_text(_line(state, start)):
            return False
        return rule(state, start, end, silent)

    return read


def ends_a_list(state: StateBlock, start: int, _: int, silent: bool) -> bool:
    """End a list at a line that looks like its next item, but is not one."""
    line = _line(state, start)
    return silent and is_not_an_item(line)


def is_heading_without_words(line: str) -> bool:
    """Return whether a line is nothing but ``#``."""
    return _HEADING_WITHOUT_WORDS.fullmatch(line) is not None


def is_footnote(line: str) -> bool:
    """Return whether a line begins as a footnote does, which is no definition of an address."""
    return line.startswith("[^")


def is_comparison(line: str) -> bool:
    """Return whether a line begins with a comparison, such as ">50% of all"."""
    return _COMPARISON.match(line) is not None


def is_not_an_item(line: str) -> bool:
    """Return whether a line begins with a year, or with a day and its month, or is ``* * *``."""
    if _RULE.fullmatch(line):
        return True

    numbered = _NUMBER.match(line)
    if numbered is None:
        return False
    return len(numbered["number"]) > _MOST_DIGITS or _is_date(numbered)


def _is_date(numbered: re.Match[str]) -> bool:
    word = (numbered["word"] or "").lower()
    if word in WORDS_TOO:
        return numbered["year"] is not None
    return word in MONTHS


def _line(state: StateBlock, number: int) -> str:
    indent = state.tShift[number]
    start = state.bMarks[number] + indent
    end = state.eMarks[number]
    return state.src[start:end]
