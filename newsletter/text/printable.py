"""Text that is safe to print: on one line, without characters that control a terminal or hide what
is there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from unicodedata import category

_BREAKS = re.compile("[\t\n\r\v\f\x85\u2028\u2029]+")
_CONTROLS = frozenset({"Cc", "Cf", "Cs"})
"""Categories of Unicode: control characters, invisible ones (among them those that reverse the
direction of text), and halves of characters, which no encoding can write."""
_NEEDED = frozenset("\u200c\u200d\u200e\u200f\u061c") | frozenset(map(chr, range(0xE0020, 0xE0080)))
"""Invisible characters that words and emoji need: joiners, marks of direction that end with their
character, and the letters in the flags of England, Scotland and Wales."""
_COMMAND = re.compile(r"^(\s*):(?=:)|##(?=\[)")
"""What GitHub's runner takes for a command when it reads a log: '::error::' at the start of a line,
'##[error]' anywhere (actions/runner, ActionCommand.cs)."""
LONGEST_ADDRESS = 100
"""Characters of an address on the web that a message quotes."""
_LONGEST = 60
_REPLACEMENT = "�"


def printable(written: object, longest: int = _LONGEST) -> str:
    """Return what an editor wrote as a message can quote it: short, on one line, without control
    characters.
    """
    text = str(written)
    if len(text) > longest:
        text = text[: longest - 1] + "…"
    return _replaced(text, str.isprintable)


def harmless(text: str) -> str:
    """Return the text on one line: each line break or tab as a space, each other harmful character
    as '�'.
    """
    line = _BREAKS.sub(" ", text)
    printable_line = _replaced(line, _is_harmless)
    return _COMMAND.sub(rf"\1{_REPLACEMENT}", printable_line)


def _replaced(text: str, is_kept: Callable[[str], bool]) -> str:
    characters = [character if is_kept(character) else _REPLACEMENT for character in text]
    return "".join(characters)


def _is_harmless(character: str) -> bool:
    if character in _NEEDED:
        return True
    return category(character) not in _CONTROLS
