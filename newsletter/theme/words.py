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
_LINE_OF_ERROR = re.compile(r" \(at line (\d+), column \d+\)| \(at end of document\)")


def read_words(folder: ThemeFolder) -> dict[str, Any]:
    """Return each word by its name, and ``sections``, a heading for each kind of section. Raises ThemeError for every
    value that is not text.
    """
    words: dict[str, Any] = {}
    problems: list[Problem] = []
    for path, toml in folder.layers(WORDS):
        own = _parsed(path, toml)
        problems += _problems(path, toml, own)
        words |= own | {SECTIONS: {**words.get(SECTIONS, {}), **_sections(own)}}
    if problems:
        raise ThemeError(problems)
    return words


def word_names(path: Path, toml: str) -> Iterator[tuple[str, int | None]]:
    """Yield the name of each word of a words.toml, with its line. Raises ThemeError if it is not TOML."""
    for name in _parsed(path, toml):
        yield name, _line(toml, name)


def _parsed(path: Path, toml: str) -> dict[str, Any]:
    try:
        return tomllib.loads(toml)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        message = str(error)
        line = re.search(r"at line (\d+)", message)
        message = f"TOML: {_LINE_OF_ERROR.sub('', message)}."
        raise ThemeError.at(
            path, int(line[1]) if line else None, message, 'Write each word as name = "text".'
        ) from error


def _sections(words: dict[str, Any]) -> dict[str, Any]:
    sections = words.get(SECTIONS, {})
    return sections if isinstance(sections, dict) else {}


def _problems(path: Path, toml: str, words: dict[str, Any]) -> Iterator[Problem]:
    """Yield a problem for each value that should be text and is not, at its line."""
    for name, value in words.items():
        if name == SECTIONS and not isinstance(value, dict):
            hint = f'Write [{SECTIONS}] on its own line, and below it lines such as news = "News".'
            yield Problem(
                path, _line(toml, name), f"'{SECTIONS}' is not a group of headings.", hint
            )
        elif name != SECTIONS and not isinstance(value, str):
            yield Problem(
                path,
                _line(toml, name),
                f"'{name}' is {_called(value)}, not text.",
                _hint(name, value),
            )
        elif name != SECTIONS and not value.strip():
            yield Problem(
                path,
                _line(toml, name),
                f"'{name}' is empty.",
                "Write the words, or delete the line.",
            )
    for kind, heading in _sections(words).items():
        line = _line(toml, kind, within=SECTIONS)
        if kind not in _KINDS:
            near = difflib.get_close_matches(kind, _KINDS, n=1)
            hint = f"Did you mean '{near[0]}'?" if near else f"The kinds are: {', '.join(_KINDS)}."
            yield Problem(path, line, f"There is no kind of section '{kind}'.", hint)
        elif not isinstance(heading, str):
            yield Problem(
                path, line, f"'{kind}' is {_called(heading)}, not text.", _hint(kind, heading)
            )


def _called(value: Any) -> str:
    kinds = {
        bool: "true or false",
        int: "a number",
        float: "a number",
        list: "a list",
        dict: "a group of words",
    }
    return kinds.get(type(value), "a date or a time")


def _hint(name: str, value: Any) -> str:
    if isinstance(value, dict):
        return f'Only [{SECTIONS}] is a group. Write each word as name = "text" above it.'
    if isinstance(value, list):
        return f'Write one piece of text in quotation marks: {name} = "text".'
    written = str(value).lower() if isinstance(value, bool) else value
    return f'Put it in quotation marks: {name} = "{written}".'


def _line(toml: str, name: str, within: str | None = None) -> int | None:
    """Return the number of the line that gives ``name`` its value, in the group ``within`` if there is one; None if
    it is not found.
    """
    group = _named(within).search(toml) if within else None
    found = _named(name, within).search(toml, group.start() if group else 0) or group
    return toml.count("\n", 0, found.start("name")) + 1 if found else None


def _named(name: str, within: str | None = None) -> re.Pattern[str]:
    """Return a pattern of a name at the start of a line, as a key or as the heading of a group, with or without the
    group's own name before it.
    """
    group = rf"(?:{within}[ \t]*\.[ \t]*)?" if within else ""
    return re.compile(
        rf"""^[ \t]*\[*[ \t]*{group}["']?(?P<name>{re.escape(name)})["']?[ \t]*[].=]""",
        re.MULTILINE,
    )
