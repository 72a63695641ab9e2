"""Where a text is written: its line within a file, even if YAML has joined its lines."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from itertools import accumulate, pairwise
from pathlib import Path
from urllib.parse import unquote

from newsletter.manifest.node import Node
from newsletter.model.walking import Way
from newsletter.text.normalise import as_typed

_INTERNATIONAL_HOST = re.compile(r"https?://([^/?#:]*xn--[^/?#:]*)")


class WrittenLines:
    """The lines of files, in which the texts of their nodes are searched for."""

    def __init__(self, lines: Mapping[Path, list[str]]) -> None:
        self._lines = lines
        self._joined: dict[Node, tuple[str, list[int]]] = {}
        """The lines of nodes as one, so far: many findings may be in one long text."""

    def find(self, leaf: Node, words: str, below: int = 0) -> int:
        """Return the line of some words of a text, even if they are in type by now; the text's own
        line if it does not have them.

        Search from ``below`` lines under the first line, then from the top.
        """
        words = " ".join(words.split())
        if not words:
            return leaf.line

        if leaf not in self._joined:
            self._joined[leaf] = _joined(leaf.written_in(self._lines))
        joined, starts = self._joined[leaf]

        line = _line_with(words, joined, starts, below)
        if line is None:
            typed = [as_typed(joined[start:end]) for start, end in pairwise([*starts, None])]
            line = _line_with(as_typed(words), *_run_together(typed), below)
        if line is None:
            return leaf.line
        return leaf.text_line + line


def _line_with(words: str, joined: str, starts: list[int], below: int) -> int | None:
    """Return the number of the line in which some words begin, counted from 0."""
    position = -1
    if below < len(starts):
        position = joined.find(words, starts[below])
    if position < 0:
        position = joined.find(words)
    if position < 0:
        return None
    return bisect_right(starts, position) - 1


def _run_together(lines: list[str]) -> tuple[str, list[int]]:
    """Return lines as one, and where each begins in it."""
    starts = accumulate(map(len, lines[:-1]), initial=0)
    return "".join(lines), list(starts)


def _joined(lines: list[str]) -> tuple[str, list[int]]:
    """Return lines as one, with single spaces, and where each begins in it."""
    joined = ""
    starts: list[int] = []
    for line in lines:
        starts.append(len(joined))
        for word in line.split():
            joined += f"{word} "
    return joined.rstrip(), starts


def leaves(node: Node, way: Way) -> Iterator[tuple[Way, Node]]:
    """Yield each text that is written in a node, and the way to it; ``way`` leads to the node.

    What is ignored is left out: it quotes what it is about.
    """
    if isinstance(node.value, dict):
        for name, child in node.value.items():
            if name != "ignore":
                yield from leaves(child, (*way, name))
    elif isinstance(node.value, list):
        for entry, child in enumerate(node.value):
            yield from leaves(child, (*way, entry))
    elif node.value:
        yield way, node


def forms_of(text: str) -> list[str]:
    """Return a text or an address in each form that an editor may have written."""
    forms: list[str] = []
    for form in (text, unquote(text), _in_own_letters(text)):
        if form.strip() and form not in forms:
            forms.append(form)
    return forms


def _in_own_letters(address: str) -> str:
    """Return the address with its host as an editor writes it, not in the ASCII form of IDNA."""
    host = _INTERNATIONAL_HOST.match(address)
    if not host:
        return address
    import idna

    try:
        in_letters = idna.decode(host[1])
    except idna.IDNAError:
        return address

    before, after = address[: host.start(1)], address[host.end(1) :]
    return before + in_letters + unquote(after)
