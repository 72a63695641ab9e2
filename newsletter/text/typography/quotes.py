"""Which way a quote turns: from the signs on both sides of it, and from what is open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from newsletter.text.typography.languages import Rules
from newsletter.text.typography.signs import Change

APOSTROPHE = "’"
_RUN = re.compile(r"['\"]+")
_AND = re.compile(r"(?<=\w[ -])'[nN]'(?=[ -]\w)")
"""The word in the middle of "rock 'n' roll"."""
_HEIGHT = re.compile(r"\d'[ \xa0]?\d{1,2}\"")
"""Feet and inches."""
_INCHES = re.compile(r"(?<=\d)''(?![\w'])")
"""Inches, typed as two quotes."""
_MAY_BE_FIXED = re.compile(r"'(?<=\d')|'[nN]'")
"""What all of these have in them."""
_OPENING = "([{<¡¿‘“‚„«‹"
_DASHES = "-‐‑–—/"
_CLOSING = ",.;:!?…)]}>’”»›" + _DASHES
_POSSESSIVE = r"(?<=s)' (?=[a-z'\"(])"
_CLOSES_LATER = re.compile(
    rf"(?<=[^\W\d]|[.,;:!?…)%])(?!{_POSSESSIVE})'(?![\w-])|(?<=\d)'(?=[,.;:!?…)]|$)"
)
"""Not that of "dogs' tails", nor feet."""
_OPENS_AGAIN = re.compile(r"[\s(]'\w")


def quote_changes(text: str, rules: Rules) -> Iterator[Change]:
    """Yield a change for each straight quote of a text that can be told to open or to close
    something, or to be an apostrophe. Those of feet, inches and directions of genes stay.
    """
    return _Quotes(text, rules).changes()


class _Quotes:
    """The straight quotes of a text, from left to right."""

    def __init__(self, text: str, rules: Rules) -> None:
        self.text = text
        self.marks = rules.quotes
        self.elision = _elision(rules.elisions)
        self.is_open = {'"': False, "'": False}

    def changes(self) -> Iterator[Change]:
        fixed = _fixed(self.text)
        for run in _RUN.finditer(self.text):
            before = self.text[run.start() - 1 : run.start()] or " "
            after = self.text[run.end() : run.end() + 1] or " "
            if not _is_clear(run[0], before, after):
                continue

            for place in range(run.start(), run.end()):
                new = fixed.get(place) or self._turned(place, before, after)
                if new == APOSTROPHE and after.isalnum():
                    before = " "  # the next one opens: l'"arte"
                if new != self.text[place]:
                    yield Change(place, place + 1, new)

    def _turned(self, place: int, before: str, after: str) -> str:
        """Return what a quote becomes between these two signs; itself if it stays as it is."""
        quote = self.text[place]
        opens = self._opens(quote, before, after)
        if quote == '"':
            return self._double(opens, before)
        if opens and not self._is_elision(place):
            self.is_open[quote] = True
            return self.marks.opening_single
        return self._closing_single(before, after)

    def _opens(self, quote: str, before: str, after: str) -> bool:
        if before.isspace() and after.isspace():
            return not self.is_open[quote]
        if before.isspace() or before in _OPENING:
            return True
        if after.isspace() or after in _CLOSING or before.isalnum():
            return False
        return before in _DASHES or not self.is_open[quote]

    def _double(self, opens: bool, before: str) -> str:
        is_of_inches = before.isdigit() and not self.is_open['"']
        if is_of_inches and not opens:
            return '"'
        self.is_open['"'] = opens
        return self.marks.opening_double if opens else self.marks.closing_double

    def _closing_single(self, before: str, after: str) -> str:
        """Return the end of a quotation, or an apostrophe, which often looks the same."""
        is_within_word = before.isalnum() and after.isalnum()
        closes = self.is_open["'"] and not is_within_word
        if before.isdigit() and not closes and not after.islower():
            return "'"  # of feet, minutes, or an end of DNA
        if not closes:
            return APOSTROPHE
        self.is_open["'"] = False
        return self.marks.closing_single

    def _is_elision(self, place: int) -> bool:
        """Return whether a word begins with an apostrophe, as 'tis, or the '90s. It does not if a
        quotation may begin there, since it is closed.
        """
        if not self.elision.match(self.text, place + 1):
            return False
        if self.is_open["'"]:
            return True

        rest = self.text[place + 1 :]
        again = _OPENS_AGAIN.search(rest)
        end = again.end() if again else len(rest)
        return not _CLOSES_LATER.search(rest, 0, end)


def _is_clear(quotes: str, before: str, after: str) -> bool:
    """Return whether the signs on both sides say which way some quotes turn."""
    if before.isspace() and after.isspace():
        return quotes == '"'
    if before.isalnum() and after.isalnum():
        return quotes in ("'", "'\"")
    return True


def _fixed(text: str) -> dict[int, str]:
    """Return the quotes that are known whatever is around them, by their places."""
    fixed: dict[int, str] = {}
    if not _MAY_BE_FIXED.search(text):
        return fixed
    for height in _HEIGHT.finditer(text):
        fixed |= {height.start() + 1: "'", height.end() - 1: '"'}
    for inches in _INCHES.finditer(text):
        fixed |= {inches.start(): "'", inches.end() - 1: "'"}
    for word in _AND.finditer(text):
        fixed |= {word.start(): APOSTROPHE, word.end() - 1: APOSTROPHE}
    return fixed


@lru_cache(maxsize=16)
def _elision(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?:\d\ds?|{pattern})\b")
