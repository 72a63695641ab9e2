"""Find words with holes that a template shows as they are: readers would see "Issue {number}"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from newsletter.problem import Problem
from newsletter.text.holes import holes
from newsletter.theme.folder import ThemeFolder, read

_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_OUTPUT = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_WORD = re.compile(r"\bwords\.(\w+)")
_FILLED = re.compile(r"\|\s*filled\b")


def unfilled_words(folder: ThemeFolder, words: dict[str, Any]) -> Iterator[Problem]:
    """Yield a problem for each tag that shows a word with holes and fills none."""
    texts = {name: word for name, word in words.items() if isinstance(word, str)}
    with_holes = {name: word for name, word in texts.items() if holes(word)}
    for path in folder.files_in_use():
        if path.suffix != ".j2":
            continue
        for line, name in _words_as_they_are(read(path)):
            if name in with_holes:
                word = with_holes[name]
                message = f"Nothing fills the hole of 'words.{name}': readers would see '{word}'."
                yield Problem(path, line, message, _how_to_fill(name, word))


def _words_as_they_are(template: str) -> Iterator[tuple[int, str]]:
    """Yield the line of each tag that fills no holes, with the name of each word that it shows."""
    text = _COMMENT.sub(_line_breaks, template)
    for tag in _OUTPUT.finditer(text):
        if _FILLED.search(tag[0]):
            continue
        line = text.count("\n", 0, tag.start()) + 1
        for name in dict.fromkeys(_WORD.findall(tag[0])):
            yield line, name


def _line_breaks(comment: re.Match[str]) -> str:
    return "\n" * comment[0].count("\n")


def _how_to_fill(name: str, word: str) -> str:
    values = ", ".join(f"{hole}=…" for hole in holes(word))
    return f"Write {{{{ words.{name} | filled({values}) }}}}."
