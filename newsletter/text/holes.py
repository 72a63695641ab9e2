"""Texts with holes, such as ``Issue {number}``.

A hole is a name or a number in braces, and nothing else is read: no format of Python's own, which
could look into what it is given.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from markupsafe import Markup, escape, soft_str

_HOLE = re.compile(r"\{(\w+)\}")
_BRACE = re.compile(r"[{}]")


def holes(text: str) -> list[str]:
    """Return the name of each hole of a text."""
    return _HOLE.findall(text)


def pieces(text: str) -> list[str]:
    """Return the text around and between holes, one piece more than there are holes."""
    return _HOLE.split(text)[0::2]


def has_broken_hole(text: str) -> bool:
    """Return whether a text has a brace that belongs to no hole."""
    return bool(_BRACE.search(_HOLE.sub("", text)))


def fill(text: str, values: Mapping[str, object]) -> str:
    """Return the text with a value in each hole. If it is markup, so is the result, and values that
    are not are escaped.

    Raise ValueError for a hole without a value.
    """
    as_written = escape if isinstance(text, Markup) else soft_str

    def value(hole: re.Match[str]) -> str:
        name = hole[1]
        if name not in values:
            message = f"nothing fills the hole {{{name}}} of '{text}'"
            raise ValueError(message)
        return as_written(values[name])

    filled = _HOLE.sub(value, text)
    return type(text)(filled)
