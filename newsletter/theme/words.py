"""The words that a theme's templates use: words.toml, over that of the default theme."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

from newsletter.errors import ThemeError
from newsletter.model import ITEM_OF_SECTION, SectionKind
from newsletter.problem import Problem
from newsletter.theme.folder import WORDS, ThemeFolder

SECTIONS = "sections"
"""The group with the heading of each kind of section."""
ACTIONS = "actions"
"""The group with what the link of each kind of item says."""
GROUPS: dict[str, tuple[str, ...]] = {
    SECTIONS: get_args(SectionKind),
    ACTIONS: tuple(kind.model_fields["kind"].default for kind in ITEM_OF_SECTION.values()),
}
"""The groups of words, with the names in each."""
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
    """Return each word by its name, and each group as a dictionary under its own.

    Raise ThemeError for every value that is not text.
    """
    words: dict[str, Any] = {group: {} for group in GROUPS}
    problems: list[Problem] = []
    for path, toml in folder.layers(WORDS):
        own = _parsed(path, toml)
        problems += _problems_of_words(path, toml, own)
        groups = {}
        for group in GROUPS:
            problems += _problems_of_group(path, toml, own, group)
            groups[group] = words[group] | _group(own, group)
        words |= own | groups

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


def _group(words: dict[str, Any], name: str) -> dict[str, Any]:
    """Return the words of a group; none if it is not a table."""
    group = words.get(name)
    return group if isinstance(group, dict) else {}


def _problems_of_words(path: Path, toml: str, words: dict[str, Any]) -> Iterator[Problem]:
    """Yield a problem for each word that should be text and is not, at its line."""
    for name, value in words.items():
        line = _line(toml, name)
        if name in GROUPS:
            if not isinstance(value, dict):
                example = 'news = "News"'
                hint = f"Write [{name}] on its own line, and below it lines such as {example}."
                yield Problem(path, line, f"'{name}' is not a group of words.", hint)
        elif not isinstance(value, str):
            yield _not_text(path, line, name, value)
        elif not value.strip():
            hint = "Write the words, or delete the line."
            yield Problem(path, line, f"'{name}' is empty.", hint)


def _problems_of_group(
    path: Path, toml: str, words: dict[str, Any], group: str
) -> Iterator[Problem]:
    """Yield a problem for each word of a group that is not text, or whose name is unknown there."""
    for name, word in _group(words, group).items():
        line = _line(toml, name, within=group)
        if name not in GROUPS[group]:
            message = f"There is no '{name}' among the {group}."
            yield Problem(path, line, message, _nearest(name, GROUPS[group]))
        elif not isinstance(word, str):
            yield _not_text(path, line, name, word)


def _nearest(name: str, known: tuple[str, ...]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    if near:
        return f"Did you mean '{near[0]}'?"
    return f"Use one of: {', '.join(known)}."


def _not_text(path: Path, line: int | None, name: str, value: Any) -> Problem:
    """Return the problem that a value is not text, with how to write it."""
    kind = _KINDS_OF_VALUES.get(type(value), "a date or a time")
    message = f"'{name}' is {kind}, not text."
    return Problem(path, line, message, _how_to_write(name, value))


def _how_to_write(name: str, value: Any) -> str:
    if isinstance(value, dict):
        groups = " and ".join(f"[{group}]" for group in GROUPS)
        return f'Only {groups} are groups. Write each word as name = "text" above them.'
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
