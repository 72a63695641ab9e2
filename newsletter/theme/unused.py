"""Find the names in a theme's own palette.css and words.toml that nothing uses: most are misspelt ones of the default
theme, whose colour or word would appear unchanged.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from newsletter.problem import Problem
from newsletter.theme.folder import PALETTE, WORDS, ThemeFolder, default_folder, read
from newsletter.theme.stylesheet import colour_names
from newsletter.theme.words import SECTIONS, word_names

_USING = (".css", ".j2")
"""Ends of the names of files that can use a colour or a word."""
_ANY_WORD = re.compile(r"\bwords\[\s*[^\s\"']")
"""A template that takes a word by a name that is known only when it runs."""
_Names = Callable[[Path, str], Iterable[tuple[str, int | None]]]


def unused(folder: ThemeFolder) -> Iterator[Problem]:
    """Yield a problem for each name that the default theme does not have and no file of this theme uses."""
    used = "\n".join(
        read(path) for path in folder.files() if path.suffix in _USING and path.name != PALETTE
    )

    for path, line, name, near in _own_names(folder, PALETTE, colour_names):
        if not re.search(rf"{re.escape(name)}(?![\w-])", used):
            message = f"Nothing in this theme uses the colour '{name}'."
            yield Problem(
                path,
                line,
                message,
                near or f"Write var({name}) where it belongs, or delete the line.",
            )

    if _ANY_WORD.search(used):
        return
    for path, line, name, near in _own_names(folder, WORDS, word_names):
        if name != SECTIONS and not re.search(
            rf"""(?:\.|\[\s*["']){re.escape(name)}(?![\w-])""", used
        ):
            message = f"Nothing in this theme uses the word '{name}'."
            yield Problem(path, line, message, near or "Use it in a template, or delete the line.")


def _own_names(
    folder: ThemeFolder, file: str, names: _Names
) -> Iterator[tuple[Path, int | None, str, str]]:
    """Yield each name in a theme's own file that the default theme does not have: where it is, and which of the default
    theme's names was probably meant, as a hint; empty if none was.
    """
    default = default_folder() / file
    known = [name for name, _ in names(default, read(default))]

    for path, text in folder.layers(file):
        for name, line in names(path, text):
            if name not in known:
                near = difflib.get_close_matches(name, known, n=1)
                yield path, line, name, f"Did you mean '{near[0]}'?" if near else ""
