"""The two parts of a Markdown file: its fields between two lines of three hyphens, and its text."""

from __future__ import annotations

import re
from typing import NamedTuple

_LINE = re.compile(r"---[ \t]*")
_NEARLY = re.compile(
    r"\s*(?:[-\u2010-\u2015\u2212\u00ad]\s?){2,}|\s*[\u2012-\u2015\u2e3a\u2e3b]\s*"
)
"""What a word processor, or a slip of the fingers, makes of three hyphens."""
_FIELD = re.compile(r"[\w-]+[:\uff1a]|\"|'|#|-[ \t]|[\]}]|[ \t\u00a0\u3000]")
"""How a line of the fields begins, or continues."""
_HOW = "Begin with ---, then title: and the other fields, then ---."


class FrontMatter(NamedTuple):
    """The fields as YAML, and the text; for each, the line of the file in which it begins, from 1."""

    fields: str
    first_line: int
    text: str
    text_line: int


class FrontMatterError(ValueError):
    """The file cannot be split: the line, what is wrong, and what to do."""

    def __init__(self, line: int, message: str, hint: str) -> None:
        self.line, self.message, self.hint = line, message, hint
        super().__init__(message)


def split(source: str) -> FrontMatter:
    """Split a file into fields and text; ignore empty lines at its start. Raise FrontMatterError if that fails."""
    lines = source.split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip()), None)
    if first is None:
        raise FrontMatterError(1, "This file is empty.", _HOW)
    if not _LINE.fullmatch(lines[first]):
        raise _no_beginning(lines, first)
    last = next(
        (number for number in range(first + 1, len(lines)) if _LINE.fullmatch(lines[number])), None
    )
    end = len(lines) if last is None else last
    for number in range(first + 1, end):
        if not lines[number][:2].isspace() and _NEARLY.fullmatch(lines[number]):
            raise _nearly(lines[number], number + 1)
    text = _first_of_text(lines, first + 1, end)
    if last is None or text is not None:
        message = f"The fields that begin in line {first + 1} have no end."
        line = (
            text
            if text is not None
            else max(number for number, line in enumerate(lines) if line.strip())
        )
        raise FrontMatterError(
            line + 1,
            message,
            "Put a line of three hyphens (---) below the last field, above the text.",
        )
    fields = "".join(f"{line}\n" for line in lines[first + 1 : last])
    return FrontMatter(fields, first + 2, "\n".join(lines[last + 1 :]), last + 2)


def _no_beginning(lines: list[str], first: int) -> FrontMatterError:
    if _NEARLY.fullmatch(lines[first]):
        return _nearly(lines[first], first + 1)
    if re.match(r"[\w-]+:\s", lines[first]):
        return FrontMatterError(
            first + 1, "The line of three hyphens is missing above the fields.", _HOW
        )
    message = "The file does not begin with its fields between two lines of three hyphens."
    return FrontMatterError(first + 1, message, _HOW)


def _nearly(line: str, number: int) -> FrontMatterError:
    hyphens = line.strip()
    if hyphens.strip("-"):
        message = f"A program has turned the hyphens here into a dash ('{hyphens[:10]}')."
    elif len(hyphens) != 3:
        message = f"There are {len(hyphens)} hyphens here, not three."
    else:
        message = "There is a space before the three hyphens."
    return FrontMatterError(
        number, message, "Write --- at the start of the line, and nothing else on it."
    )


def _first_of_text(lines: list[str], first: int, end: int) -> int | None:
    """Return the first line after an empty one that cannot be a field: the text has begun there. None if all can be."""
    was_empty = False
    for number in range(first, end):
        line = lines[number]
        if was_empty and line.strip() and not _FIELD.match(line):
            return number
        was_empty = not line.strip()
    return None
