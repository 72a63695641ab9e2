"""Which way the lines of a plain text run: no program is told so, and some never look.

Programs take the direction of a line from its first letter, or have the same one for all lines. A
line within an embedding (Unicode Standard Annex 9) has its words and signs in the right order in
each of them; a mark before Latin letters is its first letter.
"""

from __future__ import annotations

import re
from unicodedata import bidirectional

_EMBEDDING, _END, _MARK = "\u202b", "\u202c", "\u200f"
"""RIGHT-TO-LEFT EMBEDDING, POP DIRECTIONAL FORMATTING and RIGHT-TO-LEFT MARK."""
CONTROLS = re.compile(f"[{_EMBEDDING}{_END}{_MARK}]")
"""What is added to lines that run from right to left."""
_QUOTED = re.compile(r"(?:> )*")
_ADDRESS_OR_NOTHING = re.compile(r"\s*(?:->|\[\d+\]) |[> ]*$")
"""Lines that are left alone: an address with a mark at its end is another address."""
_LETTERS = {"L": False, "R": True, "AL": True}
"""The classes of letters, and whether they run from right to left."""
_ALWAYS_RIGHT = {"R", "AL", "NSM", "WS"}
"""Letters from right to left, their vowels, and spaces, which are in order whatever is around."""


def right_to_left(text: str) -> str:
    """Return a text whose lines run from right to left, with addresses as they are."""
    return "\n".join(map(_marked, text.split("\n")))


def _marked(line: str) -> str:
    classes = list(map(bidirectional, line))
    if _ADDRESS_OR_NOTHING.match(line) or _ALWAYS_RIGHT.issuperset(classes):
        return line

    letters = (_LETTERS[name] for name in classes if name in _LETTERS)
    mark = "" if next(letters, False) else _MARK
    quoted = _QUOTED.match(line)
    end = quoted.end() if quoted else 0
    return f"{line[:end]}{_EMBEDDING}{mark}{line[end:]}{_END}"
