"""Find the names in a theme's own palette.css and words.toml that nothing uses.

Most are misspelt ones of the default theme, whose colour or word would appear unchanged.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from newsletter.problem import Problem
from newsletter.theme.folder import PALETTE, WORDS, ThemeFolder, default_folder, read
from newsletter.theme.palette import colour_names
from newsletter.theme.words import GROUPS, word_names

_USING = (".css", ".j2")
"""Ends of the names of files that can use a colour or a word."""
_ANY_WORD = re.compile(r"\bwords\[\s*[^\s\"']")
"""A template that takes a word by a name that is known only when it runs."""

_ReadNames = Callable[[Path, str], Iterable[tuple[str, int | None]]]


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
    text = _text_that_uses(folder)
    yield from _unused_colours(folder, text)
    if not _ANY_WORD.search(text):
        yield from _unused_words(folder, text)


def _text_that_uses(folder: ThemeFolder) -> str:
    """Return the text of all files that can use a colour or a word."""
    texts = []
    for path in folder.files():
        if path.suffix in _USING and path.name != PALETTE:
            text = read(path)
            texts.append(text)
    return "\n".join(texts)


def _unused_colours(folder: ThemeFolder, text: str) -> Iterator[Problem]:
    for own in _own_names(folder, PALETTE, colour_names):
        is_used = re.search(rf"{re.escape(own.name)}(?![\w-])", text)
        if not is_used:
            hint = f"Write var({own.name}) where it belongs, or delete the line."
            yield own.unused("colour", hint)


def _unused_words(folder: ThemeFolder, text: str) -> Iterator[Problem]:
    for own in _own_names(folder, WORDS, word_names):
        if own.name in GROUPS:
            continue
        is_used = re.search(rf"""(?:\.|\[\s*["']){re.escape(own.name)}(?![\w-])""", text)
        if not is_used:
            yield own.unused("word", "Use it in a template, or delete the line.")


def _own_names(folder: ThemeFolder, file: str, read_names: _ReadNames) -> Iterator[_OwnName]:
    """Yield each name in a theme's own file that the default theme does not have."""
    default = default_folder() / file
    known = [name for name, _ in read_names(default, read(default))]

    for path, text in folder.layers(file):
        for name, line in read_names(path, text):
            if name in known:
                continue
            near = difflib.get_close_matches(name, known, n=1)
            yield _OwnName(name, path, line, near[0] if near else "")
