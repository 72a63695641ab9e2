"""What is wrong with text that is not YAML: the line, what to do, and how to read on.

libyaml names the place where it could not go on; the fault is often further up. What was opened
there, and how the line's text begins, show which of the usual mistakes it was.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

import yaml

from newsletter.manifest import yaml_line_parts as parts
from newsletter.model.names import FIELD_NAMES

_COLON = re.compile(r":(?=\s|$)")
"""A colon that YAML takes for the end of a name."""
_KIND = re.compile(r"\s*(?:- +)?kind:")
_QUOTES = ("'", '"')
_OTHER_QUOTES = {"'": 'double quotes (")', '"': "single quotes (')"}
_CURLY_QUOTES = tuple("“”„«‘’‚‹")
_PUT_IN_QUOTES = "Put the text in quotes."


@dataclass(frozen=True)
class Fault:
    """A fault in a line, counted from 0.

    ``fixed`` is the line in a form that the parser can read, if that is known.
    """

    line: int
    message: str
    hint: str
    fixed: str | None = None


def diagnose(error: yaml.MarkedYAMLError, lines: list[str], scalar: Any) -> Fault:
    """Return the fault behind a parser's error.

    ``scalar`` is the event of the text that was read just before, or None.
    """
    reason = error.problem or ""
    is_within_block = (error.context or "while parsing a block").startswith("while parsing a block")
    mark = error.problem_mark
    if not is_within_block and error.context_mark:
        mark = error.context_mark

    line, column = 0, 0
    if mark:
        line, column = min(mark.line, len(lines) - 1), mark.column

    if "document start" in reason:
        message = "YAML ends above this line."
        hint = "Delete the three dots above it; write one 'name: value' on each line."
        return Fault(line, message, hint)

    fault = _quote(reason, lines, line, column, scalar if is_within_block else None)
    if not fault and _is_about_colon(reason):
        fault = _colon(lines, line, column, scalar)
    if not fault and column <= parts.indent(lines[line]):
        fault = _placement(lines, line)
    return fault or _first_character(lines, line) or _unknown(reason, line)


def unexpected(lines: list[str], line: int, column: int | None) -> Fault:
    """Return the fault of an alias, an anchor or a tag, or of what cannot name a field."""
    fault = _first_character(lines, line)
    if fault is None:
        message = "The name of a field is expected here."
        hint = "Write it as 'name: value', or put quotes around text that has brackets."
        return Fault(line, message, hint)

    has_no_text = column is not None and re.fullmatch(r"[&!]\S*\s*", lines[line][column:])
    if has_no_text:
        return replace(fault, fixed=lines[line][:column])
    return fault


# Quotes


def _quote(reason: str, lines: list[str], line: int, column: int, scalar: Any) -> Fault | None:
    text = lines[line]
    if "escape" in reason or "hexdecimal" in reason:
        message = "A backslash has a special meaning between double quotes."
        hint = "Put the text in single quotes, or delete the backslash."
        return Fault(line, message, hint, parts.quoted(text))

    is_at_quote = text[column : column + 1] in _QUOTES
    if is_at_quote and ("end of stream" in reason or "document indicator" in reason):
        return _unclosed(lines, line)

    if scalar is None or scalar.style not in _QUOTES or scalar.end_mark.line != line:
        return None
    if scalar.start_mark.line < line:
        return _unclosed(lines, scalar.start_mark.line)

    message = "There is more text after the closing quote."
    other = _OTHER_QUOTES[scalar.style]
    hint = f"If the quotes belong to the text, put {other} around the whole text."
    return Fault(line, message, hint, parts.quoted(text))


def _unclosed(lines: list[str], line: int) -> Fault:
    message = "A quote is opened here and never closed."
    return Fault(line, message, "Close it at the end of the text.", parts.quoted(lines[line]))


# Colons


def _is_about_colon(reason: str) -> bool:
    return "mapping values are not allowed" in reason or "could not find expected ':'" in reason


def _colon(lines: list[str], line: int, column: int, scalar: Any) -> Fault:
    """Return the fault of an extra or missing colon, or of a misplaced line read as text."""
    above = line
    if scalar and not scalar.style:
        above = scalar.start_mark.line
    fault = _name_without_space(lines, above) or _name_without_colon(lines, above)
    fault = fault or _name_without_space(lines, line)
    if fault:
        return fault

    text = lines[line]
    start = parts.start_of(text)
    if start[2] in FIELD_NAMES and column == start.end(2):
        is_entry = "-" in start[1]
        if is_entry and _KIND.match(lines[above]):
            return _items_missing(line)
        return _indented_too_far(lines, line, above, start[2])

    if text[column : column + 1] == ":":
        return _colon_in_text(text, line, column)
    message = "This line is neither a field nor part of the text above."
    hint = "If it continues the text above, indent it two spaces further than the name there."
    return Fault(line, message, hint, "")


def _items_missing(line: int) -> Fault:
    message = "The pieces of this section begin here, but not below 'items:'."
    return Fault(line, message, "Write 'items:' between the two, below 'kind:'.")


def _indented_too_far(lines: list[str], line: int, above: int, name: str) -> Fault:
    message = f"'{name}' is indented further than the field above."
    hint = (
        "Line it up with the name above; if it continues the text above, put that text in quotes."
    )
    fixed = " " * parts.name_column(lines[above]) + lines[line].lstrip()
    return Fault(line, message, hint, fixed)


def _colon_in_text(text: str, line: int, column: int) -> Fault:
    message = "There is a colon in text that is not in quotes."
    hint = 'Put the text in quotes, as in title: "Film Review: Palaces".'
    first = parts.value(text)[:1]
    if first in _CURLY_QUOTES:
        hint = f'Put straight quotes (") around it: {first} does not count as a quote.'

    fixed = text[:column] + _COLON.sub(".", text[column:])
    return Fault(line, message, hint, fixed)


def _name_without_space(lines: list[str], line: int) -> Fault | None:
    """Return the fault of ``title:One``, which YAML reads as text."""
    text = lines[line]
    name = parts.known_name(text)
    if not name or not name[2]:
        return None

    rest = text[name.end() :]
    if not rest or rest.startswith(" "):
        return None
    return Fault(line, *space_missing(name[1]), f"{text[: name.end(1)]}: {rest}")


def _name_without_colon(lines: list[str], line: int) -> Fault | None:
    """Return the fault of ``number 652``, which YAML reads as text."""
    text = lines[line]
    name = parts.known_name(text)
    if not name or name[2]:
        return None

    rest = text[name.end() :]
    if _COLON.search(rest):
        return None
    message = f"A colon is missing after '{name[1]}'."
    fixed = f"{text[: name.end(1)]}: {rest.lstrip()}"
    return Fault(line, message, _write_name(name[1]), fixed)


def space_missing(name: str) -> tuple[str, str]:
    """Return (what is wrong, what to do) about ``title:One``."""
    return f"A space is missing after '{name}:'.", _write_name(name)


def _write_name(name: str) -> str:
    return f"Write '{name}: ' and then the text."


# Places, and characters with a meaning of their own


def hyphen_without_space(lines: list[str], line: int) -> Fault | None:
    """Return the fault of ``-title: One``, which YAML reads as a field called '-title'."""
    fixed, found = re.subn(r"^( *(?:- +)*-)(?=\w)", r"\1 ", lines[line])
    if not found:
        return None
    message = "A space is missing after the hyphen."
    return Fault(line, message, "Write '- ' and then the name of the field.", fixed)


def _placement(lines: list[str], line: int) -> Fault:
    """Return the fault of a line that is indented in a way that fits nothing above it."""
    fault = hyphen_without_space(lines, line)
    if fault:
        return fault

    text = lines[line].lstrip()
    if text.startswith("-"):
        message = "This line is not below the list it belongs to."
        hint = (
            "Line it up with the other lines of its list that begin with '- ', "
            "or name its list, as in items:."
        )
        return Fault(line, message, hint)

    fixed = None
    above = _last_with_fields(lines[:line])
    if parts.field_name(lines[line]) and parts.field_name(above):
        fixed = " " * parts.name_column(above) + text
    message = "This line is not aligned with the ones above."
    hint = "Indent it exactly like its neighbours; an item begins with '- '."
    return Fault(line, message, hint, fixed)


def _last_with_fields(lines: list[str]) -> str:
    """Return the last line that is neither empty nor a comment."""
    for line in reversed(lines):
        if line.strip() and not line.lstrip().startswith("#"):
            return line
    return ""


_NO_COMMA = re.compile(r"(?<=[^\s,{]) +(url|src|alt|date(?=: \d)|width|height)(?=: )")
"""A field between braces that follows another without a comma, and is no word of a headline."""
_CLOSE = "Close it; if it is part of the text, put the text in quotes."
_NEXT_LINE = "Put it on the next line, indented; or put the whole text in quotes."
_ALIAS = ("Text that begins with & or * is an alias in YAML.", _PUT_IN_QUOTES)
_BLOCK = ("Text after | or > must begin on a line of its own.", _NEXT_LINE)
_INDICATORS = {
    "[": ("A bracket begins a list in YAML, but this list has no proper end.", _CLOSE),
    "{": ("A brace begins named fields in YAML, but these have no proper end.", _CLOSE),
    "&": _ALIAS,
    "*": _ALIAS,
    "!": ("Text that begins with ! is a tag in YAML.", _PUT_IN_QUOTES),
    "|": _BLOCK,
    ">": _BLOCK,
}
"""First characters of a text: what is wrong, and what to do (YAML 1.1, 5.3)."""
_OTHER_INDICATORS = frozenset("]},%@`?-")


def _first_character(lines: list[str], line: int) -> Fault | None:
    """Return the fault of a text whose first character has a meaning in YAML."""
    text = lines[line]
    first = parts.value(text)[:1]
    if first == "{" and (name := _NO_COMMA.search(text)):
        message = f"A comma is missing before '{name[1]}:'."
        fixed = f"{text[: name.start()]}, {text[name.start(1) :]}"
        return Fault(line, message, "Write one after each field but the last.", fixed)

    if first in _INDICATORS:
        message, hint = _INDICATORS[first]
        return Fault(line, message, hint, parts.quoted(text))
    if first in _OTHER_INDICATORS:
        message = f"The text begins with {first}, which has a special meaning in YAML."
        return Fault(line, message, _PUT_IN_QUOTES, parts.quoted(text))
    return None


def _unknown(reason: str, line: int) -> Fault:
    message = f"YAML cannot read this line ({reason})."
    return Fault(line, message, "Compare it with its neighbours; quotes often help.")
