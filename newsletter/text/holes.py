"""Texts with holes, such as ``Issue {number}``.

A hole is a name or a number in braces, and nothing else is read: no format of Python's own, which
could look into what it is given.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from markupsafe import Markup, escape, soft_str

_HOLE = re.compile(r"\{(\w+)\}")
_BRACE = re.compile(r"[{}]")


def holes(text: str) -> list[str]:
    """Return the name of each hole of a text."""
    return _HOLE.findall(text)


def pieces(text: str) -> list[str]:
    """Return the text around and between holes, one piece more than there are holes."""
    return list(_split(text)[0::2])


def has_broken_hole(text: str) -> bool:
    """Return whether a text has a brace that belongs to no hole."""
    return bool(_BRACE.search(_HOLE.sub("", text)))


def fill(text: str, values: Mapping[str, object]) -> str:
    """Return the text with a value in each hole. If it is markup, so is the result, and values that
    are not are escaped.

    Raise ValueError for a hole without a value.
    """
    as_written = escape if isinstance(text, Markup) else soft_str
    filled = list(_split(text))
    for place in range(1, len(filled), 2):
        name = filled[place]
        if name not in values:
            message = f"nothing fills the hole {{{name}}} of '{text}'"
            raise ValueError(message)
        filled[place] = as_written(values[name])
    return type(text)("".join(filled))


@lru_cache(maxsize=1024)
def _split(text: str) -> tuple[str, ...]:
    """Return the pieces of a text and the names of its holes, in turns."""
    return tuple(_HOLE.split(text))
