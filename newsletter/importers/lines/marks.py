"""A line of Markdown: with and without its marks."""

from __future__ import annotations

import re

from newsletter.text.markdown.reading import inline_tokens, visible

_LONGEST = 2_000
"""Characters: a longer line is none of those above or below a text, and is not read."""
_HEADING = re.compile(r"#{1,6}[ \t]+(.*)")
_AROUND = re.compile(r"(\*\*|__|\*|_)(?=\S)((?:(?!\1).)+?)(?<=\S)\1")
_LINK = re.compile(
    r"\[((?:[^\[\]\\]|\\.)*)\]"
    r"\(<?([^\s()<>]{0,2000}(?:\([^\s()]{0,200}\)[^\s()<>]{0,2000}){0,5})>?"
    r"(?:\s+(?:\"[^\"\n]{0,500}\"|'[^'\n]{0,500}'))?\s*\)"
)
_ADDRESS = re.compile(r"<?(https?://[^\s<>]+)>?")


def without_break(line: str) -> str:
    """Return a line without the mark of a line break at its end."""
    if line.endswith("\\"):
        return line[:-1]
    return line.rstrip(" \t")


def is_heading(line: str) -> bool:
    """Return whether a line is a heading: ``## Sources``."""
    return _HEADING.fullmatch(without_break(line)) is not None


def is_emphasised(line: str) -> bool:
    """Return whether all of a line is in bold or italics."""
    return _AROUND.fullmatch(without_break(line).strip()) is not None


def unmarked(line: str) -> str:
    """Return a line without the marks of a heading, or of bold or italics around all of it."""
    line = without_break(line).strip()
    heading = _HEADING.fullmatch(line)
    text = _without_closing(heading[1]) if heading else line
    while around := _AROUND.fullmatch(text):
        text = around[2]
    return text.strip()


def _without_closing(heading: str) -> str:
    """Return the text of a heading without the ``##`` that may close it."""
    text = heading.rstrip("#")
    if text.endswith((" ", "\t")) or not text:
        return text.rstrip()
    return heading


def plain(line: str) -> str:
    """Return a line as readers see it: without marks, its links as their words."""
    text = unmarked(line)
    if len(text) > _LONGEST or not re.search(r"[*_~^`\[<\\&]", text):
        return " ".join(text.split())
    shown = "".join(visible(token) for token in inline_tokens(text))
    return " ".join(shown.split())


def links_in(line: str) -> list[tuple[str, str]]:
    """Return the words and the address of each link in a line, bare addresses last."""
    linked = [(plain(words), address) for words, address in _LINK.findall(line)]
    bare = _ADDRESS.findall(_LINK.sub("", line))
    return [*linked, *((address, address.rstrip(".,;")) for address in bare)]


def only_link(line: str) -> tuple[str, str] | None:
    """Return the words and the address of a line that is one link and nothing else."""
    found = _LINK.fullmatch(unmarked(line))
    if found:
        return (plain(found[1]), found[2])
    return None
