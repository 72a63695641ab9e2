"""The two parts of a Markdown file: its fields between two lines of three hyphens, and its text."""

from __future__ import annotations

import re
from typing import NamedTuple

_DELIMITER = re.compile(r"---[ \t]*")
_NEARLY_DELIMITER = re.compile(
    r"\s*(?:[-\u2010-\u2015\u2212\u00ad]\s?){2,}|\s*[\u2012-\u2015\u2e3a\u2e3b]\s*"
)
"""What a word processor, or a slip of the fingers, makes of three hyphens."""
_ENTRY = re.compile(r"-[ \t]+(?!-\s*$)\S+\s*")
"""An entry of a list, which may itself be a dash: ``- --``."""
_FIELD = re.compile(r"[\w-]+[:\uff1a]|\"|'|#|-[ \t]|[\]}]|[ \t\u00a0\u3000]")
"""How a line of the fields begins, or continues."""
_NAME = re.compile(r"[\w-]+:\s")
_HOW = "Begin with ---, then title: and the other fields, then ---."


class FrontMatter(NamedTuple):
    """The fields as YAML, and the text, with the lines in which they begin, from 1."""

    fields: str
    first_line: int
    text: str
    text_line: int


class FrontMatterError(ValueError):
    """The file cannot be split: the line, what is wrong, and what to do."""

    def __init__(self, line: int, message: str, hint: str) -> None:
        self.line = line
        self.message = message
        self.hint = hint
        super().__init__(message)


def split(source: str) -> FrontMatter:
    """Split a file into fields and text. Raise FrontMatterError if that fails.

    Empty lines at its start are ignored.
    """
    lines = source.split("\n")
    above = _first_with_text(lines)
    if above is None:
        raise FrontMatterError(1, "This file is empty.", _HOW)
    if not _DELIMITER.fullmatch(lines[above]):
        raise _no_beginning(lines[above], above)

    start = above + 1
    below = _next_delimiter(lines, start)
    end = below or len(lines)
    _require_no_other_delimiter(lines, start, end)
    first_of_text = _first_of_text(lines, start, end)
    if first_of_text is not None:
        raise _no_end(above, first_of_text)
    if below is None:
        raise _no_end(above, _last_with_text(lines))

    fields = "".join(f"{line}\n" for line in lines[start:below])
    text = "\n".join(lines[below + 1 :])
    return FrontMatter(fields, start + 1, text, below + 2)


# Lines are counted from 0 from here on; a FrontMatterError has them from 1.


def _first_with_text(lines: list[str]) -> int | None:
    for number, line in enumerate(lines):
        if line.strip():
            return number
    return None


def _last_with_text(lines: list[str]) -> int:
    number = len(lines) - 1
    while not lines[number].strip():
        number -= 1
    return number


def _next_delimiter(lines: list[str], start: int) -> int | None:
    for number in range(start, len(lines)):
        if _DELIMITER.fullmatch(lines[number]):
            return number
    return None


def _first_of_text(lines: list[str], start: int, end: int) -> int | None:
    """Return the first line that must be text: it follows an empty one, and cannot be a field."""
    is_after_empty = False
    for number in range(start, end):
        line = lines[number]
        if is_after_empty and line.strip() and not _FIELD.match(line):
            return number
        is_after_empty = not line.strip()
    return None


def _require_no_other_delimiter(lines: list[str], start: int, end: int) -> None:
    """Raise FrontMatterError for a line among the fields that was probably meant as their end."""
    for number in range(start, end):
        line = lines[number]
        is_indented = line[:2].isspace()
        if is_indented or _ENTRY.fullmatch(line):
            continue

        if _NEARLY_DELIMITER.fullmatch(line):
            raise _nearly(line, number)


def _no_beginning(line: str, number: int) -> FrontMatterError:
    if _NEARLY_DELIMITER.fullmatch(line):
        return _nearly(line, number)

    message = "The file does not begin with its fields between two lines of three hyphens."
    if _NAME.match(line):
        message = "The line of three hyphens is missing above the fields."
    return FrontMatterError(number + 1, message, _HOW)


def _nearly(line: str, number: int) -> FrontMatterError:
    hyphens = line.strip()
    message = "There is a space before the three hyphens."
    if hyphens.strip("-"):
        message = f"A program has turned the hyphens here into a dash ('{hyphens[:10]}')."
    elif len(hyphens) != 3:
        message = f"There are {len(hyphens)} hyphens here, not three."

    hint = "Write --- at the start of the line, and nothing else on it."
    return FrontMatterError(number + 1, message, hint)


def _no_end(above: int, number: int) -> FrontMatterError:
    message = f"The fields that begin in line {above + 1} have no end."
    hint = "Put a line of three hyphens (---) below the last field, above the text."
    return FrontMatterError(number + 1, message, hint)
