"""The words that a theme's templates use: words.toml, over that of the default theme."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

from newsletter.errors import ThemeError
from newsletter.model import SectionKind
from newsletter.problem import Problem
from newsletter.theme.folder import WORDS, ThemeFolder

SECTIONS = "sections"
"""The one table: the heading of each kind of section."""
_KINDS: tuple[str, ...] = get_args(SectionKind)
_KINDS_OF_VALUES: dict[type, str] = {
    bool: "true or false",
    int: "a number",
    float: "a number",
    list: "a list",
    dict: "a group of words",
}
"""What each type of TOML is called."""
_LINE_NUMBER = re.compile(r"at line (\d+)")
_LINE_OF_ERROR = re.compile(r" \(at line (\d+), column \d+\)| \(at end of document\)")


def read_words(folder: ThemeFolder) -> dict[str, Any]:
    """Return each word by its name, and ``sections``, a heading for each kind of section.

    Raise ThemeError for every value that is not text.
    """
    words: dict[str, Any] = {SECTIONS: {}}
    problems: list[Problem] = []
    for path, toml in folder.layers(WORDS):
        own = _parsed(path, toml)
        problems += _problems_of_words(path, toml, own)
        problems += _problems_of_headings(path, toml, own)

        headings = words[SECTIONS] | _headings(own)
        words |= own
        words[SECTIONS] = headings

    if problems:
        raise ThemeError(problems)
    return words


def word_names(path: Path, toml: str) -> Iterator[tuple[str, int | None]]:
    """Yield the name of each word of a words.toml, with its line.

    Raise ThemeError if it is not TOML.
    """
    for name in _parsed(path, toml):
        yield name, _line(toml, name)


def _parsed(path: Path, toml: str) -> dict[str, Any]:
    try:
        return tomllib.loads(toml)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        reason = str(error)
        number = _LINE_NUMBER.search(reason)
        line = int(number[1]) if number else None
        message = f"TOML: {_LINE_OF_ERROR.sub('', reason)}."
        hint = 'Write each word as name = "text".'
        raise ThemeError.at(path, line, message, hint) from error


def _headings(words: dict[str, Any]) -> dict[str, Any]:
    """Return the headings of the sections; none if they are not a table."""
    headings = words.get(SECTIONS)
    return headings if isinstance(headings, dict) else {}


def _problems_of_words(path: Path, toml: str, words: dict[str, Any]) -> Iterator[Problem]:
    """Yield a problem for each word that should be text and is not, at its line."""
    for name, value in words.items():
        line = _line(toml, name)
        if name == SECTIONS:
            if not isinstance(value, dict):
                example = 'news = "News"'
                hint = f"Write [{SECTIONS}] on its own line, and below it lines such as {example}."
                yield Problem(path, line, f"'{SECTIONS}' is not a group of headings.", hint)
        elif not isinstance(value, str):
            yield _not_text(path, line, name, value)
        elif not value.strip():
            hint = "Write the words, or delete the line."
            yield Problem(path, line, f"'{name}' is empty.", hint)


def _problems_of_headings(path: Path, toml: str, words: dict[str, Any]) -> Iterator[Problem]:
    """Yield a problem for each heading that is not text, or not of a kind of section."""
    for kind, heading in _headings(words).items():
        line = _line(toml, kind, within=SECTIONS)
        if kind not in _KINDS:
            message = f"There is no kind of section '{kind}'."
            yield Problem(path, line, message, _nearest_kind(kind))
        elif not isinstance(heading, str):
            yield _not_text(path, line, kind, heading)


def _nearest_kind(kind: str) -> str:
    near = difflib.get_close_matches(kind, _KINDS, n=1)
    if near:
        return f"Did you mean '{near[0]}'?"
    return f"The kinds are: {', '.join(_KINDS)}."


def _not_text(path: Path, line: int | None, name: str, value: Any) -> Problem:
    """Return the problem that a value is not text, with how to write it."""
    kind = _KINDS_OF_VALUES.get(type(value), "a date or a time")
    message = f"'{name}' is {kind}, not text."
    return Problem(path, line, message, _how_to_write(name, value))


def _how_to_write(name: str, value: Any) -> str:
    if isinstance(value, dict):
        return f'Only [{SECTIONS}] is a group. Write each word as name = "text" above it.'
    if isinstance(value, list):
        return f'Write one piece of text in quotation marks: {name} = "text".'

    written = str(value)
    if isinstance(value, bool):
        written = written.lower()
    return f'Put it in quotation marks: {name} = "{written}".'


def _line(toml: str, name: str, within: str | None = None) -> int | None:
    """Return the number of the line that gives ``name`` its value; None if it is not found.

    ``within`` is the group that the name is in, if it is in one.
    """
    group = _named(within).search(toml) if within else None
    start = group.start() if group else 0
    match = _named(name, within).search(toml, start) or group
    if not match:
        return None
    return toml.count("\n", 0, match.start("name")) + 1


def _named(name: str, within: str | None = None) -> re.Pattern[str]:
    """Return a pattern of a name at the start of a line, as a key or as the heading of a group.

    The group's own name may be before it.
    """
    group = rf"(?:{within}[ \t]*\.[ \t]*)?" if within else ""
    name_in_quotes = rf"""["']?(?P<name>{re.escape(name)})["']?"""
    return re.compile(rf"^[ \t]*\[*[ \t]*{group}{name_in_quotes}[ \t]*[].=]", re.MULTILINE)
