"""The parser's rules within a line, each with a condition: which characters are text and no
markup.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from newsletter.text.wrapping import CJK

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline

    InlineRule = Callable[[StateInline, bool], bool]

_SCRIPT = {
    marker: re.compile(rf"{re.escape(marker)}((?:\\.|[^\s\\{marker}])+){re.escape(marker)}")
    for marker in "~^"
}
"""Sub- and superscript: what is between two markers, without spaces (group 1)."""
_NO_ADDRESS = re.compile(r"\(\s*\)")
_EMPTY_BRACKETS = re.compile(r"\]\(\s*\)")
_BEFORE_SUBSCRIPT = ")]}*_`~^>’”'\""
"""What a subscript may follow, besides letters and digits."""
_FENCE = 3
"""Backticks that fence a block of code."""


def not_within_a_word(rule: InlineRule, delimiters: str, shortest: int = 1) -> InlineRule:
    """Return a rule that reads no run of delimiters between two letters or digits, of at least
    ``shortest`` characters: HLA-B*57:01 and 2*3*4 keep their stars.
    """

    def read(state: StateInline, silent: bool) -> bool:
        if silent or state.src[state.pos] not in delimiters:
            return rule(state, silent)

        start, end = state.pos, _end_of_run(state)
        is_text = _splits_a_word(state, start, end) or _is_of_a_tag(state, start, end)
        if not is_text or end - start < shortest:
            return rule(state, silent)

        _keep_as_text(state, end)
        return True

    return read


def hanging_on(rule: InlineRule) -> InlineRule:
    """Return a rule that reads a subscript only after something, so that "~10%/~20%" and
    "5~10/6~12" have none, and that ends neither sub- nor superscript before a digit or between two
    letters, as it would seem to in "x^2+y^2".
    """

    def read(state: StateInline, silent: bool) -> bool:
        marker = state.src[state.pos]
        if silent or marker not in _SCRIPT:
            return False

        script = _SCRIPT[marker].match(state.src, state.pos, state.posMax)
        if script is None or _ends_within_a_word(script):
            return False
        if marker == "~" and not _can_have_a_subscript(_before(state.src, state.pos)):
            return False
        return rule(state, silent)

    return read


def with_an_address(rule: InlineRule) -> InlineRule:
    """Return a rule that reads no link with empty brackets for its address, as in ``[here]()``.

    It would lead nowhere, and nobody would see it.
    """

    def read(state: StateInline, silent: bool) -> bool:
        if state.src[state.pos] != "[" or not _has_empty_brackets(state.src):
            return rule(state, silent)

        end_of_words = state.md.helpers.parseLinkLabel(state, state.pos, True)
        if end_of_words >= 0 and _NO_ADDRESS.match(state.src, end_of_words + 1):
            return False
        return rule(state, silent)

    return read


@lru_cache(maxsize=8)
def _has_empty_brackets(source: str) -> bool:
    """Return whether a text may have a link without an address; it is asked at each bracket."""
    return _EMPTY_BRACKETS.search(source) is not None


def not_within_a_link(rule: InlineRule) -> InlineRule:
    """Return a rule that reads ``<https://a.org>`` within the words of a link as words: no link can
    be in another.
    """

    def read(state: StateInline, silent: bool) -> bool:
        is_address = rule(state, silent)
        if is_address and state.linkLevel and not silent:
            *before, _, words, _ = state.tokens
            state.tokens[:] = [*before, words]
        return is_address

    return read


def short_run(rule: InlineRule) -> InlineRule:
    """Return a rule that reads three backticks as text: they fence a block of code, which is not
    markup here.
    """

    def read(state: StateInline, silent: bool) -> bool:
        if state.src[state.pos] != "`":
            return rule(state, silent)

        end = _end_of_run(state)
        if end - state.pos < _FENCE:
            return rule(state, silent)

        _keep_as_text(state, end, silent=silent)
        return True

    return read


def as_text(rule: InlineRule) -> InlineRule:
    """Return a rule that reads a whole picture as text, and not as "!" before a link."""

    def read(state: StateInline, silent: bool) -> bool:
        start = state.pos
        if not rule(state, silent):
            return False
        if silent:
            return True

        picture = state.tokens[-1]
        picture.type = "text"
        picture.tag = ""
        picture.children = None
        picture.content = state.src[start : state.pos]
        return True

    return read


def _end_of_run(state: StateInline) -> int:
    """Return where a row of the character at the parser's place ends."""
    character = state.src[state.pos]
    end = state.pos
    while end < state.posMax and state.src[end] == character:
        end += 1
    return end


def _keep_as_text(state: StateInline, end: int, *, silent: bool = False) -> None:
    if not silent:
        state.append_pending(state.src[state.pos : end])
    state.pos = end


def _splits_a_word(state: StateInline, start: int, end: int) -> bool:
    if start == 0 or end >= state.posMax:
        return False

    before, after = state.src[start - 1], state.src[end]
    if _without_spaces().match(before) or _without_spaces().match(after):
        return False
    return _is_in_a_word(before) and _is_in_a_word(after)


def _is_of_a_tag(state: StateInline, start: int, end: int) -> bool:
    """Return whether a run is next to a bar, as in ``*|NAME|*``, which a check must find as it is
    written.
    """
    before = _before(state.src, start)
    after = state.src[end : end + 1]
    return "|" in (before, after)


def _ends_within_a_word(script: re.Match[str]) -> bool:
    end = script.end()
    last = script[1][-1]
    after = script.string[end : end + 1]
    if after.isdigit():
        return True
    return last.isalpha() and after.isalpha()


def _can_have_a_subscript(before: str) -> bool:
    if not before:
        return False
    return _is_in_a_word(before) or before in _BEFORE_SUBSCRIPT


def _before(text: str, place: int) -> str:
    """Return the character before a place in a text; empty at its beginning."""
    start = max(place - 1, 0)
    return text[start:place]


def _is_in_a_word(character: str) -> bool:
    """Return whether a character is a letter, a digit or an accent."""
    category = unicodedata.category(character)
    return category.startswith(("L", "N", "M"))


@cache
def _without_spaces() -> re.Pattern[str]:
    """Return the pattern of letters of languages that put no spaces between words.

    They are Chinese, Japanese, Thai, Lao, Burmese and Khmer; and Korean, which puts particles
    straight after words. It is seldom needed, and takes 3 ms to compile.
    """
    return re.compile(
        f"[{CJK}ー\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]"
    )
