"""Where each part of a YAML text is written, to the character."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from newsletter.manifest.yaml_lines import straighten_spaces
from newsletter.manifest.yaml_values import USUAL_STYLE, Style
from newsletter.model.fields import HIDDEN

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LINE_END = re.compile(r"\r\n|\r|\n")
_PARTED = re.compile(r"(\r\n|\r|\n)")
_COLON = re.compile(r"[ \t]*:")
_KEEPS_ITS_END = re.compile(r"[|>][0-9]?\+")
_WIDEST_INDENT = 9


class NoPlaceError(Exception):
    """A place that cannot be edited as text; its index, what is wrong, what to do."""

    def __init__(self, index: int, message: str, hint: str) -> None:
        self.index, self.message, self.hint = index, message, hint
        super().__init__(message)


@dataclass(frozen=True)
class Layout:
    """A YAML text and its nodes, as PyYAML marks them."""

    text: str
    root: Any
    """The outermost node; None if nothing is written."""

    @classmethod
    def of(cls, text: str) -> Layout:
        """Return the layout of a text that the manifest's reader can read.

        Hidden characters and odd spaces are read as the reader does, each as one character.
        """
        parts = _PARTED.split(text)
        lines = [HIDDEN.sub(" ", line) for line in parts[::2]]
        straighten_spaces(lines)
        parts[::2] = lines
        plain = "".join(parts)
        if len(plain) != len(text):
            message = "A line of this file is indented with wide spaces."
            raise NoPlaceError(0, message, "Indent it with plain spaces.")
        return cls(text, yaml.compose(plain, Loader=_Loader))

    # Lines

    def line_start(self, index: int) -> int:
        """Return where the line begins that a character is in."""
        line_feed = self.text.rfind("\n", 0, index)
        carriage_return = self.text.rfind("\r", 0, index)
        return max(line_feed, carriage_return) + 1

    def line_end(self, index: int) -> int:
        """Return where the line ends that a character is in, before its line break."""
        found = _LINE_END.search(self.text, index)
        return found.start() if found else len(self.text)

    def next_line(self, index: int) -> int:
        """Return where the line below begins; the end of the text if there is none."""
        found = _LINE_END.search(self.text, index)
        return found.end() if found else len(self.text)

    def line_above(self, index: int) -> int:
        """Return where the line above the one of a character ends, before its line break."""
        start = self.line_start(index)
        above = self.text[:start]
        return len(above.removesuffix("\n").removesuffix("\r"))

    def is_empty_line(self, index: int) -> bool:
        """Return whether nothing but spaces is in the line that a character is in."""
        line = self.text[self.line_start(index) : self.line_end(index)]
        return not line.strip()

    def line_break(self, index: int) -> str:
        """Return the break of the line that a character is in, or of the first, or a line feed."""
        found = _LINE_END.search(self.text, index) or _LINE_END.search(self.text)
        return found[0] if found else "\n"

    def column(self, index: int) -> int:
        """Return how many characters are before this one in its line."""
        return index - self.line_start(index)

    # Nodes

    def colon(self, key: Any) -> int:
        """Return the index behind the colon of a field's name."""
        found = _COLON.match(self.text, key.end_mark.index)
        if found is None:
            raise NoPlaceError(key.start_mark.index, "This field has no colon in its line.", "")
        return found.end()

    def hyphen(self, sequence: Any, entry: Any) -> int:
        """Return the index of the hyphen before an entry of a block list."""
        column = sequence.start_mark.column
        line = self.line_start(entry.start_mark.index)
        while not self._has_hyphen(line, column):
            if line <= self.line_start(sequence.start_mark.index):
                message = "The hyphen of this entry cannot be found."
                raise NoPlaceError(entry.start_mark.index, message, "")
            line = self.line_start(self.line_above(line))
        return int(line + column)

    def _has_hyphen(self, line: int, column: int) -> bool:
        before = self.text[line : line + column + 1]
        return before.endswith("-") and not before.strip(" -")

    def end(self, node: Any) -> int:
        """Return where the text of a node ends, without the comments below it."""
        if isinstance(node, yaml.ScalarNode):
            return self._end_of_scalar(node)
        if node.flow_style or not node.value:
            return int(node.end_mark.index)

        last = node.value[-1]
        if isinstance(node, yaml.MappingNode):
            _, last = last
        return self.end(last)

    def _end_of_scalar(self, node: Any) -> int:
        start, end = node.start_mark.index, node.end_mark.index
        if node.style not in ("|", ">"):
            return int(end)

        written = self.text[start:end]
        if _KEEPS_ITS_END.match(written):
            return len(self.text[:end].removesuffix("\n").removesuffix("\r"))
        return self.line_end(start + len(written.rstrip()))

    def end_with_comments(self, node: Any, column: int) -> int:
        """Return the end of the last line that belongs to a node: its own, or that of a comment
        below it which is further in than ``column``.
        """
        end = self.line_end(self.end(node))
        for start in self._lines_below(end):
            line = self.text[start : self.line_end(start)]
            words = line.lstrip(" ")
            if not words.strip():
                continue

            is_further_in = len(line) - len(words) > column
            if not words.startswith("#") or not is_further_in:
                break
            end = self.line_end(start)
        return end

    def _lines_below(self, index: int) -> Iterator[int]:
        """Yield where each line below begins."""
        start = self.next_line(index)
        while start < len(self.text):
            yield start
            start = self.next_line(start)

    def style(self) -> Style:
        """Return how the file is laid out, by its first list and its first step."""
        indent, lists_indented = USUAL_STYLE
        for is_list, step in reversed(list(_steps(self.root))):
            if is_list:
                lists_indented = step > 0
            if step > 1:
                indent = min(step, _WIDEST_INDENT)
        return Style(indent, lists_indented)


def _steps(node: Any) -> Iterator[tuple[bool, int]]:
    """Yield, for each block below a node, whether it is a list, and how far in it is."""
    if isinstance(node, yaml.SequenceNode):
        for entry in node.value:
            yield from _steps(entry)
    if not isinstance(node, yaml.MappingNode):
        return

    for key, value in node.value:
        if isinstance(value, yaml.CollectionNode) and value.value and not value.flow_style:
            is_list = isinstance(value, yaml.SequenceNode)
            yield is_list, value.start_mark.column - key.start_mark.column
        yield from _steps(value)
