"""What is wrong with text that is not YAML: the line an editor must look at, what to do, and how to read on.

libyaml names the place where it could not go on; the fault is often further up. What was opened there, and how the
line's text begins, show which of the usual mistakes it was.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

import yaml

from newsletter.model.names import FIELD_NAMES

_START = re.compile(r"(\s*(?:- +)*)(?:([\w-]+):(?=\s|$)[ \t]*)?")
"""Indentation and hyphens, then a field's name."""
_NAME = re.compile(r"([\w-]+)(:?)")
_QUOTES = ("'", '"')
_CURLY_QUOTES = tuple("“”„«‘’‚‹")
_PUT_IN_QUOTES = "Put the text in quotes."


@dataclass(frozen=True)
class Fault:
    """A fault in a line, counted from 0; ``fixed`` is the line in a form that the parser can read, if that is known."""

    line: int
    message: str
    hint: str
    fixed: str | None = None


def diagnose(error: yaml.MarkedYAMLError, lines: list[str], scalar: Any) -> Fault:
    """Return the fault behind a parser's error; ``scalar`` is the event of the text read just before, or None."""
    said = error.problem or ""
    opened_here = not (error.context or "while parsing a block").startswith("while parsing a block")
    mark = (error.context_mark if opened_here else None) or error.problem_mark
    line, column = (min(mark.line, len(lines) - 1), mark.column) if mark else (0, 0)
    if "document start" in said:
        return Fault(
            line,
            "YAML ends above this line.",
            "Delete the three dots above it; write one 'name: value' on each line.",
        )
    fault = _quote(said, lines, line, column, None if opened_here else scalar)
    if not fault and (
        "mapping values are not allowed" in said or "could not find expected ':'" in said
    ):
        fault = _colon(lines, line, column, scalar)
    if not fault and column <= _indent(lines[line]):
        fault = _placement(lines, line)
    return fault or _first_character(lines, line) or _unknown(said, line)


def unwanted(lines: list[str], line: int, column: int | None) -> Fault:
    """Return the fault of an alias, an anchor or a tag, or of something that cannot be the name of a field."""
    fault = _first_character(lines, line)
    if not fault:
        hint = "Write it as 'name: value', or put quotes around text that has brackets."
        return Fault(line, "The name of a field is expected here.", hint)
    alone = column is not None and re.fullmatch(r"[&!]\S*\s*", lines[line][column:])
    return replace(fault, fixed=lines[line][:column]) if alone else fault


def _quote(said: str, lines: list[str], line: int, column: int, scalar: Any) -> Fault | None:
    if "escape" in said or "hexdecimal" in said:
        hint = "Put the text in single quotes, or delete the backslash."
        return Fault(
            line,
            "A backslash has a special meaning between double quotes.",
            hint,
            _quoted(lines[line]),
        )
    if lines[line][column : column + 1] in _QUOTES and (
        "end of stream" in said or "document indicator" in said
    ):
        return _unclosed(lines, line)
    if scalar is None or scalar.style not in _QUOTES or scalar.end_mark.line != line:
        return None
    if scalar.start_mark.line < line:
        return _unclosed(lines, scalar.start_mark.line)
    other = {"'": 'double quotes (")', '"': "single quotes (')"}[scalar.style]
    hint = f"If the quotes belong to the text, put {other} around the whole text."
    return Fault(line, "There is more text after the closing quote.", hint, _quoted(lines[line]))


def _unclosed(lines: list[str], line: int) -> Fault:
    message = "A quote is opened here and never closed."
    return Fault(line, message, "Close it at the end of the text.", _quoted(lines[line]))


def _colon(lines: list[str], line: int, column: int, scalar: Any) -> Fault:
    """Return the fault: an extra or missing colon, or a line in the wrong place that was read as part of a text."""
    above = scalar.start_mark.line if scalar and not scalar.style else line
    fault = (
        _name_without_space(lines, above)
        or _name_without_colon(lines, above)
        or _name_without_space(lines, line)
    )
    if fault:
        return fault
    name = _START.match(lines[line])
    if name and name[2] in FIELD_NAMES and column == name.end(2):
        if "-" in name[1] and re.match(r"\s*(?:- +)?kind:", lines[above]):
            hint = "Write 'items:' between the two, below 'kind:'."
            return Fault(
                line, "The pieces of this section begin here, but not below 'items:'.", hint
            )
        hint = "Line it up with the name above; if it continues the text above, put that text in quotes."
        fixed = " " * _name_column(lines[above]) + lines[line].lstrip()
        return Fault(line, f"'{name[2]}' is indented further than the field above.", hint, fixed)
    if column < len(lines[line]) and lines[line][column] == ":":
        hint = 'Put the text in quotes, as in title: "Film Review: Palaces".'
        if _value(lines[line])[:1] in _CURLY_QUOTES:
            hint = f'Put straight quotes (") around it: {_value(lines[line])[0]} does not count as a quote.'
        fixed = lines[line][:column] + re.sub(r":(?=\s|$)", ".", lines[line][column:])
        return Fault(line, "There is a colon in text that is not in quotes.", hint, fixed)
    hint = "If it continues the text above, indent it two spaces further than the name there."
    return Fault(line, "This line is neither a field nor part of the text above.", hint, "")


def _name_without_space(lines: list[str], line: int) -> Fault | None:
    """Return the fault of ``title:One``, which YAML reads as text."""
    name = _NAME.match(lines[line], _name_column(lines[line]))
    rest = lines[line][name.end() :] if name else ""
    if not name or name[1] not in FIELD_NAMES or not name[2] or rest[:1] in ("", " "):
        return None
    return Fault(line, *space_missing(name[1]), f"{lines[line][: name.end(1)]}: {rest}")


def _name_without_colon(lines: list[str], line: int) -> Fault | None:
    """Return the fault of ``number 652``, which YAML reads as text."""
    name = _NAME.match(lines[line], _name_column(lines[line]))
    rest = lines[line][name.end() :] if name else ""
    if not name or name[1] not in FIELD_NAMES or name[2] or re.search(r":(?=\s|$)", rest):
        return None
    message = f"A colon is missing after '{name[1]}'."
    return Fault(
        line, message, _write_name(name[1]), f"{lines[line][: name.end(1)]}: {rest.lstrip()}"
    )


def space_missing(name: str) -> tuple[str, str]:
    """(what is wrong, what to do) about ``title:One``."""
    return f"A space is missing after '{name}:'.", _write_name(name)


def _write_name(name: str) -> str:
    return f"Write '{name}: ' and then the text."


def hyphen_without_space(lines: list[str], line: int) -> Fault | None:
    """Return the fault of ``-title: One``, which YAML reads as a field called '-title'."""
    fixed, found = re.subn(r"^( *(?:- +)*-)(?=\w)", r"\1 ", lines[line])
    message = "A space is missing after the hyphen."
    return (
        Fault(line, message, "Write '- ' and then the name of the field.", fixed) if found else None
    )


def _placement(lines: list[str], line: int) -> Fault:
    if fault := hyphen_without_space(lines, line):
        return fault
    start = _START.match(lines[line])
    if lines[line].lstrip().startswith("-"):
        hint = "Line it up with the other lines of its list that begin with '- ', or name its list, as in items:."
        return Fault(line, "This line is not below the list it belongs to.", hint)
    fixed = None
    above = next(
        (row for row in reversed(lines[:line]) if row.strip() and not row.lstrip().startswith("#")),
        "",
    )
    if start and start[2] and (name := _START.match(above)) and name[2]:
        fixed = " " * _name_column(above) + lines[line].lstrip()
    hint = "Indent it exactly like its neighbours; an item begins with '- '."
    return Fault(line, "This line is not aligned with the ones above.", hint, fixed)


_NO_COMMA = re.compile(r"(?<=[^\s,{]) +(url|src|alt|date(?=: \d)|width|height)(?=: )")
"""A field between braces that follows another without a comma, and is no word of a headline."""
_INDICATORS = {
    "[": ("A bracket begins a list in YAML, but this list has no proper end.", True),
    "{": ("A brace begins named fields in YAML, but these have no proper end.", True),
    "&": ("Text that begins with & or * is an alias in YAML.", True),
    "*": ("Text that begins with & or * is an alias in YAML.", True),
    "!": ("Text that begins with ! is a tag in YAML.", True),
    "|": ("Text after | or > must begin on a line of its own.", False),
    ">": ("Text after | or > must begin on a line of its own.", False),
}
"""First characters of a text: what they mean, and whether quotes alone fix it."""


def _first_character(lines: list[str], line: int) -> Fault | None:
    first = _value(lines[line])[:1]
    if first == "{" and (found := _NO_COMMA.search(lines[line])):
        fixed = f"{lines[line][: found.start()]}, {lines[line][found.start(1) :]}"
        message = f"A comma is missing before '{found[1]}:'."
        return Fault(line, message, "Write one after each field but the last.", fixed)
    if first in _INDICATORS:
        message, quotes = _INDICATORS[first]
        bracket = "Close it; if it is part of the text, put the text in quotes."
        hint = bracket if first in "[{" else _PUT_IN_QUOTES
        hint = (
            hint
            if quotes
            else "Put it on the next line, indented; or put the whole text in quotes."
        )
        return Fault(line, message, hint, _quoted(lines[line]))
    if first and first in "]},%@`?-":
        message = f"The text begins with {first}, which has a special meaning in YAML."
        return Fault(line, message, _PUT_IN_QUOTES, _quoted(lines[line]))
    return None


def _unknown(said: str, line: int) -> Fault:
    return Fault(
        line,
        f"YAML cannot read this line ({said}).",
        "Compare it with its neighbours; quotes often help.",
    )


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _name_column(line: str) -> int:
    start = _START.match(line)
    return start.end(1) if start else 0


def _value(line: str) -> str:
    start: Any = _START.match(line)
    return line[start.end() :].rstrip()


def _quoted(line: str) -> str:
    value = _value(line)
    return line[: len(line.rstrip()) - len(value)] + "'" + value.replace("'", "''") + "'"
