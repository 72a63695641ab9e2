"""The words that a theme's templates use, in the publication's language.

``words.toml`` has those of the theme's own language, which it names; ``words.de.toml`` beside it
has the German ones. A theme's words go over those of the default theme. What is missing in a
language is shown in the theme's own.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from newsletter.errors import ThemeError
from newsletter.model.fields import is_language
from newsletter.problem import Problem
from newsletter.text.holes import has_broken_hole, holes
from newsletter.text.printable import printable
from newsletter.theme.folder import WORDS, ThemeFolder, default_folder, read

LANGUAGE = "language"
"""What words.toml calls its language: a tag, such as ``en``."""
_KINDS_OF_VALUES: dict[type, str] = {
    bool: "true or false",
    int: "a number",
    float: "a number",
    list: "a list",
    dict: "a group of words",
}
"""What each type of TOML is called."""
_HTML = re.compile(r"</?[A-Za-z][^<>]*>")
_FILE = re.compile(r"words(?:\.[A-Za-z0-9-]+)?\.toml")
_LINE_NUMBER = re.compile(r"at line (\d+)")
_LINE_OF_ERROR = re.compile(r" \(at line (\d+), column \d+\)| \(at end of document\)")

Words = dict[str, Any]
"""Each word by its name, and each group of words, such as ``sections``, as a dictionary of them."""


class WordFile(NamedTuple):
    """A theme's file of words."""

    path: Path
    toml: str
    words: Words

    def line(self, name: str, group: str | None = None) -> int | None:
        """Return the number of the line that gives ``name`` its value; None if it is not found.

        ``group`` is the group that the name is in, if it is in one.
        """
        heading = _named(group).search(self.toml) if group else None
        start = heading.start() if heading else 0
        match = _named(name, group).search(self.toml, start) or heading
        if not match:
            return None
        return self.toml.count("\n", 0, match.start("name")) + 1


def read_words(folder: ThemeFolder, language: str) -> Words:
    """Return the words of a theme in a language: a tag, such as ``de-AT``.

    Raise ThemeError for every value that is not text, or has not the holes that it must have.
    """
    general, own = files_for(folder, language)
    problems = list(faulty_words([*general, *own]))
    if problems:
        raise ThemeError(problems)
    return _merged([*general, *own])


def missing_words(folder: ThemeFolder, language: str) -> dict[str, str]:
    """Return the words that a theme does not have in a language, and what is shown in their place.

    Words in a group have its name before theirs: ``sections.news``. Raise ThemeError.
    """
    general, own = files_for(folder, language)
    there = _flat(_merged(own))
    shown = _flat(_merged([*general, *own]))
    return {name: word for name, word in shown.items() if name not in there}


def word_files(folder: ThemeFolder) -> Iterator[WordFile]:
    """Yield all files of words of a theme, of any language. Raise ThemeError."""
    for path in folder.files():
        if _FILE.fullmatch(path.name):
            yield _word_file(path, read(path))


def default_words() -> Words:
    """Return the words of the default theme's own language: no other file has others."""
    path = default_folder() / WORDS
    return _word_file(path, read(path)).words


def faulty_words(files: Iterable[WordFile]) -> Iterator[Problem]:
    """Yield a problem for each word of these files that cannot be used, at its line."""
    usual = default_words()
    for file in files:
        for name, value in file.words.items():
            usual_value = usual.get(name)
            if name == LANGUAGE and isinstance(value, str):
                yield from _faulty_language(file, value)
            elif isinstance(usual_value, dict):
                yield from _faulty_group(file, name, value, usual_value)
            else:
                for message, hint in _faults(name, value, usual_value):
                    yield Problem(file.path, file.line(name), message, hint)


def language_tags(language: str) -> list[str]:
    """Return a language's tag, and those of the languages that it is a form of: de, de-AT."""
    subtags = language.split("-")
    return ["-".join(subtags[:length]) for length in range(1, len(subtags) + 1)]


# Which files


def files_for(folder: ThemeFolder, language: str) -> tuple[list[WordFile], list[WordFile]]:
    """Return the files of other languages that are used where a word is missing, and those of the
    language; in both, each file's words go over those of the files before it.
    """
    tags = language_tags(language)
    general: list[WordFile] = []
    own: list[WordFile] = []
    for path, toml in folder.layers(WORDS):
        file = _word_file(path, toml)
        # One that names no language is in the publication's.
        its_language = str(file.words.get(LANGUAGE, language))
        is_own = its_language.partition("-")[0].lower() == tags[0].lower()
        (own if is_own else general).append(file)

    for tag in tags:
        layers = folder.layers(words_in(tag))
        own += [_word_file(path, toml) for path, toml in layers]

    own.sort(key=lambda file: folder.folders.index(file.path.parent), reverse=True)
    return general, own


def words_in(tag: str) -> str:
    """Return the name of the file with the words of a language."""
    return f"words.{tag}.toml"


def _word_file(path: Path, toml: str) -> WordFile:
    try:
        return WordFile(path, toml, tomllib.loads(toml))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        reason = str(error)
        number = _LINE_NUMBER.search(reason)
        line = int(number[1]) if number else None
        message = f"TOML: {_LINE_OF_ERROR.sub('', reason)}."
        hint = 'Write each word as name = "text".'
        raise ThemeError.at(path, line, message, hint) from error


def _merged(files: list[WordFile]) -> Words:
    words: Words = {}
    for file in files:
        for name, value in file.words.items():
            is_group = isinstance(value, dict)
            words[name] = words.get(name, {}) | value if is_group else value
    words.pop(LANGUAGE, None)
    return words


def _flat(words: Words) -> dict[str, str]:
    """Return words without groups; those of a group are named after it."""
    flat: dict[str, str] = {}
    for name, value in words.items():
        if isinstance(value, dict):
            flat |= {f"{name}.{one}": word for one, word in value.items()}
        else:
            flat[name] = value
    return flat


# What is wrong in one


def _faulty_language(file: WordFile, tag: str) -> Iterator[Problem]:
    """Yield a problem if a file is in no known language: its words would not be used."""
    if not is_language(tag):
        hint = "Write a language tag such as en, de or pt-BR."
        message = f"'{printable(tag)}' is not a known language."
        yield Problem(file.path, file.line(LANGUAGE), message, hint)


def _faulty_group(file: WordFile, group: str, words: Any, usual: Words) -> Iterator[Problem]:
    """Yield what is wrong in a group, such as the headings of the sections."""
    if not isinstance(words, dict):
        name, word = next(iter(usual.items()))
        hint = f'Write [{group}] on its own line, and below it lines such as {name} = "{word}".'
        yield Problem(file.path, file.line(group), f"'{group}' is not a group of words.", hint)
        return

    for name, value in words.items():
        if name in usual:
            faults = _faults(name, value, usual[name])
        else:
            faults = iter([(f"There is no word '{name}' in [{group}].", _nearest(name, usual))])
        for message, hint in faults:
            yield Problem(file.path, file.line(name, group), message, hint)


def _nearest(name: str, names: Words) -> str:
    near = difflib.get_close_matches(name, names, n=1)
    if near:
        return f"Did you mean '{near[0]}'?"
    return f"Its words are: {', '.join(names)}."


def _faults(name: str, value: Any, usual: str | None) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a word, and what to do; ``usual`` is the default theme's of this
    name.
    """
    if not isinstance(value, str):
        kind = _KINDS_OF_VALUES.get(type(value), "a date or a time")
        yield f"'{name}' is {kind}, not text.", _how_to_write(name, value)
    elif not value.strip():
        yield f"'{name}' is empty.", "Write the words, or delete the line."
    elif has_broken_hole(value):
        hint = "A brace belongs to a hole, such as {number}; there is no other use for it."
        yield f"'{name}' has a brace that is part of no hole.", hint
    elif _HTML.search(value):
        message = f"'{name}' has HTML, which readers would see as it is written."
        yield message, "Write the words alone."
    elif usual is not None:
        yield from _other_holes(name, value, usual)


def _other_holes(name: str, value: str, usual: str) -> Iterator[tuple[str, str]]:
    """Yield, with what to do, each hole that nothing fills, and each that is missing."""
    hint = f"Write it as in '{usual}'."
    for hole in sorted(set(holes(value)) - set(holes(usual))):
        yield f"'{name}' has a hole that nothing fills: {{{hole}}}.", hint
    for hole in sorted(set(holes(usual)) - set(holes(value))):
        yield f"'{name}' has no {{{hole}}}, so readers would not see it.", hint


def _how_to_write(name: str, value: Any) -> str:
    if isinstance(value, dict):
        groups = [one for one, words in default_words().items() if isinstance(words, dict)]
        for near in difflib.get_close_matches(name, groups, n=1):
            return f"Did you mean [{near}]?"
        return f'Write each word as name = "text", above all groups, or delete [{name}].'
    if isinstance(value, list):
        return f'Write one piece of text in quotation marks: {name} = "text".'

    written = str(value)
    if isinstance(value, bool):
        written = written.lower()
    return f'Put it in quotation marks: {name} = "{written}".'


def _named(name: str, group: str | None = None) -> re.Pattern[str]:
    """Return a pattern of a name at the start of a line, as a key or as the heading of a group.

    The group's own name may be before it.
    """
    before = rf"(?:{group}[ \t]*\.[ \t]*)?" if group else ""
    name_in_quotes = rf"""["']?(?P<name>{re.escape(name)})["']?"""
    return re.compile(rf"^[ \t]*\[*[ \t]*{before}{name_in_quotes}[ \t]*[].=]", re.MULTILINE)
