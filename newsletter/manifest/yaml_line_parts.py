"""The parts of a line of YAML: indentation and hyphens, a field's name, and the text after it."""

from __future__ import annotations

import re
from typing import cast

from newsletter.model.names import FIELD_NAMES

_START = re.compile(r"(\s*(?:- +)*)(?:([\w-]+):(?=\s|$)[ \t]*)?")
"""Indentation and hyphens, then a field's name."""
_NAME = re.compile(r"([\w-]+)(:?)")


def start_of(line: str) -> re.Match[str]:
    """Return the beginning of a line: (1) indentation and hyphens, (2) a field's name, if any."""
    start = _START.match(line)
    return cast("re.Match[str]", start)  # it matches anything


def indent(line: str) -> int:
    """Return how many spaces a line begins with."""
    return len(line) - len(line.lstrip(" "))


def name_column(line: str) -> int:
    """Return the column after indentation and hyphens."""
    return start_of(line).end(1)


def field_name(line: str) -> str | None:
    """Return the name that a line gives a value to; None if it gives none."""
    return start_of(line)[2]


def known_name(line: str) -> re.Match[str] | None:
    """Return (1) the name of a field of ours that a line begins with, and (2) its colon, if any.

    Return None if it begins with another word.
    """
    name = _NAME.match(line, name_column(line))
    if name and name[1] in FIELD_NAMES:
        return name
    return None


def value(line: str) -> str:
    """Return the text after the name of the field."""
    return line[start_of(line).end() :].rstrip()


def quoted(line: str) -> str:
    """Return the line with its value in single quotes."""
    text = value(line)
    before = line[: len(line.rstrip()) - len(text)]
    escaped = text.replace("'", "''")
    return f"{before}'{escaped}'"
