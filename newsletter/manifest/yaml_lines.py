"""The lines of a YAML file before YAML reads them: spaces, tabs and colons that look right but are not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsletter.model.names import FIELD_NAMES

_OTHER_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""No-break spaces, spaces of a set width, the ideographic space: an editor sees no difference, YAML does."""
_NAMES = "|".join(map(re.escape, sorted(FIELD_NAMES, key=len, reverse=True)))
_BEGINNING = re.compile(
    rf"[ {_OTHER_SPACES}]*(?:-[ {_OTHER_SPACES}]+)*(?:(?:{_NAMES}):[ {_OTHER_SPACES}]+)?"
)
_HAS_OTHER_SPACE = re.compile(f"[{_OTHER_SPACES}]")
_TAB_INDENT = re.compile(r"(?=[ -]*\t)[ \t]*(?:-[ \t]+)*(?=[^\s])")
_OTHER_COLON = re.compile(
    rf"([ ]*(?:- +)*({_NAMES}))[ ]?([\uff1a\ufe55\ufe13\ufe30\u2236\ua789])[ ]*"
)
_OPENS_BLOCK = re.compile(r"([ ]*)((?:- +)*)([\w-]+:[ \t]+)?[|>][-+0-9]*[ \t]*(?:[ \t]#.*)?$")


def straighten_spaces(lines: list[str]) -> None:
    """Replace all other spaces with plain ones, in place, in indentation and after a hyphen or a field's name."""
    for number in _outside_blocks(lines):
        beginning = _BEGINNING.match(lines[number])
        if beginning and _HAS_OTHER_SPACE.search(beginning[0]):
            plain = _HAS_OTHER_SPACE.sub(" ", beginning[0].replace("\u3000", "  "))
            lines[number] = plain + lines[number][beginning.end() :]


def tabbed(lines: list[str]) -> list[int]:
    """Return the numbers, from 0, of lines that are indented with a tab."""
    return [
        number
        for number in _outside_blocks(lines)
        if "\t" in lines[number] and _TAB_INDENT.match(lines[number])
    ]


def straighten_colons(lines: list[str]) -> Iterator[tuple[int, str, str]]:
    """Replace any other colon after a field's name with a plain one, in place; yield each line's number, from 0, the
    field's name and the character.
    """
    for number in _outside_blocks(lines):
        if found := _OTHER_COLON.match(lines[number]):
            lines[number] = f"{found[1]}: {lines[number][found.end() :]}"
            yield number, found[2], found[3]


def _outside_blocks(lines: list[str]) -> Iterator[int]:
    """Yield the numbers of all lines except those of a text after | or >, in which every character is text."""
    block: int | None = None
    for number in range(len(lines)):
        line = lines[number]
        indent = len(line) - len(line.lstrip(" "))
        if block is not None and (indent > block or not line.strip()):
            continue
        yield number  # the caller may change this line
        opening = _OPENS_BLOCK.match(lines[number])
        block = _column_of_name(opening) if opening else None


def _column_of_name(opening: re.Match[str]) -> int:
    """Return the column of the name before |; for a list's entry, the column of its last hyphen."""
    hyphens = opening[2] if opening[3] else opening[2].rstrip()[:-1]
    return len(opening[1]) + len(hyphens)
