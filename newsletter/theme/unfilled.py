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
        text = _COMMENT.sub(_line_breaks, read(path))
        for tag in _OUTPUT.finditer(text):
            if _FILLED.search(tag[0]):
                continue
            for name in set(_WORD.findall(tag[0])) & with_holes.keys():
                word = with_holes[name]
                line = text.count("\n", 0, tag.start()) + 1
                message = f"Nothing fills the hole of 'words.{name}': readers would see '{word}'."
                yield Problem(path, line, message, _how_to_fill(name, word))


def _line_breaks(comment: re.Match[str]) -> str:
    return "\n" * comment[0].count("\n")


def _how_to_fill(name: str, word: str) -> str:
    values = ", ".join(f"{hole}=…" for hole in holes(word))
    return f"Write {{{{ words.{name} | filled({values}) }}}}."
