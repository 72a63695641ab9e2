"""A Markdown file edited as text: its fields, its body, or both."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from newsletter.errors import ManifestError
from newsletter.manifest.front_matter import FrontMatterError, split
from newsletter.manifest.yaml_editing import Edit, edited

_LINE_END = re.compile(r"\r\n|\r|\n")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_EMPTY_LINES = re.compile(r"\A(?:[ \t]*(?:\r\n|\r|\n))+")


def edited_markdown(source: str, edits: Iterable[Edit], path: Path, body: str | None = None) -> str:
    """Return a Markdown file with some edits of its fields, and another body if one is given.

    Fields are edited as in ``edited``; without a body the text below them stays byte for byte. A
    new one gets the file's line ends, below the empty lines that the old one began with. ``path``
    is the file, for messages. Raise ManifestError.
    """
    mark = source[: source.startswith("\ufeff")]
    lines: list[str] = _LINE.findall(source.removeprefix(mark))
    first_line, text_line = _parts(lines, path)
    above = lines[: first_line - 1]
    fields = lines[first_line - 1 : text_line - 2]
    delimiter, *below = lines[text_line - 2 :]

    changed = edited("".join(fields), edits, path, first_line=first_line)
    beginning = mark + "".join(above) + changed
    text = "".join(below)
    if body is None:
        return beginning + delimiter + text

    line_end = _line_end(source)
    delimiter = delimiter.rstrip("\r\n") + line_end
    return beginning + delimiter + _with_body(text, body, line_end)


def _parts(lines: list[str], path: Path) -> tuple[int, int]:
    """Return the lines, from 1, in which the fields and the text begin."""
    plain = "".join(_LINE_END.sub("\n", line) for line in lines)
    try:
        file = split(plain)
    except FrontMatterError as fault:
        raise ManifestError.at(path, fault.line, fault.message, fault.hint) from None
    return file.first_line, file.text_line


def _with_body(below: str, body: str, line_end: str) -> str:
    """Return what is below the fields with another body."""
    empty_lines = _EMPTY_LINES.search(below)
    words = _LINE_END.sub(line_end, body.strip("\r\n"))
    beginning = str(empty_lines[0]) if empty_lines else ""
    return beginning + words + line_end


def _line_end(source: str) -> str:
    found = _LINE_END.search(source)
    return str(found[0]) if found else "\n"
