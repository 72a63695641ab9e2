"""The lines of a YAML file before YAML reads them: spaces, tabs and colons of the wrong sort."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from newsletter.model.names import FIELD_NAMES

_OTHER_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""No-break spaces, spaces of a set width, the ideographic space: they only look the same."""
_IDEOGRAPHIC_SPACE = "\u3000"
_NAMES = "|".join(map(re.escape, sorted(FIELD_NAMES, key=len, reverse=True)))
_OTHER_SPACE = re.compile(f"[{_OTHER_SPACES}]")
_TAB_INDENT = re.compile(r"(?=[ -]*\t)[ \t]*(?:-[ \t]+)*(?=[^\s])")
_OTHER_COLON = re.compile("[\uff1a\ufe55\ufe13\ufe30\u2236\ua789]")
_OPENS_BLOCK = re.compile(
    r"(?P<indent>[ ]*)(?P<hyphens>(?:- +)*)(?P<name>[\w-]+:[ \t]+)?[|>][-+0-9]*[ \t]*(?:[ \t]#.*)?$"
)


def straighten_spaces(lines: list[str]) -> None:
    """Replace all other spaces with plain ones, in place.

    Only those in indentation, and after a hyphen or a field's name, are replaced.
    """
    if not any(map(_OTHER_SPACE.search, lines)):
        return
    for number in _outside_blocks(lines):
        line = lines[number]
        if not _OTHER_SPACE.search(line):
            continue
        beginning = _beginning().match(line)
        if beginning is None or not _OTHER_SPACE.search(beginning[0]):
            continue
        as_wide = beginning[0].replace(_IDEOGRAPHIC_SPACE, "  ")
        plain = _OTHER_SPACE.sub(" ", as_wide)
        lines[number] = plain + line[beginning.end() :]


def tabbed(lines: list[str]) -> list[int]:
    """Return the numbers, from 0, of lines that are indented with a tab."""
    numbers: list[int] = []
    if not any("\t" in line for line in lines):
        return numbers
    for number in _outside_blocks(lines):
        line = lines[number]
        if "\t" in line and _TAB_INDENT.match(line):
            numbers.append(number)
    return numbers


def straighten_colons(lines: list[str]) -> Iterator[tuple[int, str, str]]:
    """Replace any other colon after a field's name with a plain one, in place.

    Yield each line's number, from 0, the field's name and the character.
    """
    if not any(map(_OTHER_COLON.search, lines)):
        return
    for number in _outside_blocks(lines):
        line = lines[number]
        beginning = _OTHER_COLON.search(line) and _name_and_colon().match(line)
        if beginning:
            upto_name, name, character = beginning.groups()
            lines[number] = f"{upto_name}: {line[beginning.end() :]}"
            yield number, name, character


@cache
def _beginning() -> re.Pattern[str]:
    """Return the pattern of indentation, hyphens, and a field's name with its colon."""
    some = f"[ {_OTHER_SPACES}]"
    return re.compile(rf"{some}*(?:-{some}+)*(?:(?:{_NAMES}):{some}+)?")


@cache
def _name_and_colon() -> re.Pattern[str]:
    """Return the pattern of a field's name with another colon than a plain one."""
    return re.compile(rf"([ ]*(?:- +)*({_NAMES}))[ ]?({_OTHER_COLON.pattern})[ ]*")


def _outside_blocks(lines: list[str]) -> Iterator[int]:
    """Yield the numbers of all lines except those of a text after | or >."""
    block: int | None = None
    """The column that the lines of the current text are indented beyond."""

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
    hyphens = opening["hyphens"]
    if not opening["name"]:
        hyphens = hyphens.rstrip()[:-1]
    return len(opening["indent"]) + len(hyphens)
