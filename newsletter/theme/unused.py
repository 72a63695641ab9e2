"""Find the names in a theme's own palette.css and words.toml that nothing uses.

Most are misspelt ones of the default theme, whose colour or word would appear unchanged.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from newsletter.model.fields import is_language
from newsletter.problem import Problem
from newsletter.theme.folder import PALETTE, WORDS, ThemeFolder, default_folder, read
from newsletter.theme.palette import colour_names
from newsletter.theme.words import WordFile, default_words, word_files, words_in

_STYLES, _TEMPLATES = ".css", ".j2"
"""Ends of the names of files that can use a colour, and that can use a colour or a word."""
_MAYBE_WORD = re.compile(r"""(?:\.|\[\s*["'])([\w-]+)""")
"""A name of something within something else, which may be the words: ``.contents``."""
_WORD = re.compile(rf"\bwords{_MAYBE_WORD.pattern}")
"""The name of a word: ``words.contents``, ``words["read-on"]``."""
_ANY_WORD = re.compile(r"\bwords\[\s*[^\s\"']")
"""A template that takes a word by a name that is known only when it runs."""
_MAYBE_FILE = re.compile(r"words?\b.*\.(?:toml|txt|ya?ml)|words?[_-].*\.toml", re.IGNORECASE)
"""What a file of words may be called by mistake: Words.toml, words_de.toml."""


class _OwnName(NamedTuple):
    """A name that only this theme has, and where it is."""

    name: str
    path: Path
    line: int | None
    near: str
    """The name of the default theme that was probably meant; empty if none was."""

    def unused(self, kind: str, hint: str) -> Problem:
        """Return the problem that nothing uses this name."""
        if self.near:
            hint = f"Did you mean '{self.near}'?"
        message = f"Nothing in this theme uses the {kind} '{self.name}'."
        return Problem(self.path, self.line, message, hint)


def unused(folder: ThemeFolder) -> Iterator[Problem]:
    """Yield a problem for each name that the default theme does not have and no file uses."""
    yield from _unused_colours(folder)
    yield from unused_words(folder, word_files(folder))
    yield from unread_files(folder)


def _text(folder: ThemeFolder, *suffixes: str) -> str:
    """Return the text of all files in use with these ends of their names, but for the palette."""
    using = (path for path in folder.files_in_use() if path.suffix in suffixes)
    return "\n".join(read(path) for path in using if path.name != PALETTE)


def _unused_colours(folder: ThemeFolder) -> Iterator[Problem]:
    text = _text(folder, _STYLES, _TEMPLATES)
    for own in _own_colours(folder):
        is_used = re.search(rf"{re.escape(own.name)}(?![\w-])", text)
        if not is_used:
            hint = f"Write var({own.name}) where it belongs, or delete the line."
            yield own.unused("colour", hint)


def unused_words(folder: ThemeFolder, files: Iterable[WordFile]) -> Iterator[Problem]:
    """Yield a problem for each word of these files that the default theme does not have and no
    template uses.
    """
    own_words = list(_own_words(files))
    if not own_words:
        return

    text = _text(folder, _TEMPLATES)
    if _ANY_WORD.search(text):
        return

    used = set(_MAYBE_WORD.findall(text))
    for own in own_words:
        if own.name not in used:
            yield own.unused("word", _instead_of_word(own.name))


def unread_files(folder: ThemeFolder) -> Iterator[Problem]:
    """Yield a problem for each file that is meant to have words, by its name, and is not read."""
    for path in folder.files():
        if not _MAYBE_FILE.fullmatch(path.name) or _is_read(path.name):
            continue

        hint = "Call it words.toml; or words.de.toml, with the tag of its language."
        yield Problem(path, None, "Nothing reads this file of words.", hint)


def _is_read(name: str) -> bool:
    tag = name.removeprefix("words.").removesuffix(".toml")
    return name == WORDS or (name == words_in(tag) and is_language(tag))


def _instead_of_word(name: str) -> str:
    """Return what to do about a word that nothing uses: it may have lost its group."""
    for group, words in default_words().items():
        if isinstance(words, dict) and name in words:
            return f"Write it below a line [{group}], or delete it."
    return "Use it in a template, or delete the line."


def used_words(folder: ThemeFolder) -> set[str]:
    """Return the names of the words that a theme's templates use; all words, if a template takes
    one by a name that is known only when it runs.
    """
    text = _text(folder, _TEMPLATES)
    if _ANY_WORD.search(text):
        return {name for file in word_files(folder) for name in file.words}
    return set(_WORD.findall(text))


def _own_colours(folder: ThemeFolder) -> Iterator[_OwnName]:
    """Yield each colour of a theme that the default theme does not have."""
    default = default_folder() / PALETTE
    known = [name for name, _ in colour_names(default, read(default))]
    for path, text in folder.layers(PALETTE):
        for name, line in colour_names(path, text):
            if name not in known:
                yield _OwnName(name, path, line, _nearest(name, known))


def _own_words(files: Iterable[WordFile]) -> Iterator[_OwnName]:
    """Yield each word of these files that the default theme does not have."""
    known = default_words()
    for file in files:
        for name in file.words:
            if name not in known:
                yield _OwnName(name, file.path, file.line(name), _nearest(name, known))


def _nearest(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    return near[0] if near else ""
