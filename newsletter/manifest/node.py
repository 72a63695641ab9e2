"""A file as a tree of nodes, each of which knows where it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newsletter.model.names import FIELD_NAMES
from newsletter.problem import Problem


@dataclass(eq=False)
class Node:
    """A piece of a file: text, a list, or named fields; None if nothing is written.

    ``text_line`` is where the text itself begins, ``last_line`` where it ends. ``incomplete`` if a
    fault hides what else belongs to it: nothing is reported as missing there. ``comment`` is what
    YAML reads as one after the text. ``style`` is how YAML has the text: ``|`` keeps its lines;
    ``>``, either quote and "" (as it is) join them.
    """

    value: str | list[Node] | dict[str, Node] | None
    path: Path
    line: int
    text_line: int
    last_line: int
    incomplete: bool = False
    comment: str = ""
    style: str = "|"

    @classmethod
    def in_line(cls, value: str | None, path: Path, line: int) -> Node:
        """Return a text of one line."""
        return cls(value, path, line, line, line)

    def within(self, value: list[Node] | dict[str, Node]) -> Node:
        """Return a list or fields around this node, on the same lines."""
        return Node(value, self.path, self.line, self.text_line, self.last_line)

    def data(self) -> Any:
        """Return plain lists, dictionaries and text.

        Empty fields count as left out, except unknown ones, which may be part of a lost text.
        """
        if isinstance(self.value, dict):
            fields: dict[str, Any] = {}
            for name, node in self.value.items():
                if node.value is not None or name not in FIELD_NAMES:
                    fields[name] = node.data()
            return fields
        if isinstance(self.value, list):
            return [node.data() for node in self.value]
        return self.value

    def written_in(self, lines: Mapping[Path, list[str]]) -> list[str]:
        """Return the lines that the text is written in; ``lines`` has the lines of each file."""
        first, last = self.text_line - 1, self.last_line
        return lines.get(self.path, [])[first:last]

    def child(self, step: int | str) -> Node | None:
        """Return the node of a field, or of an entry of a list by its place, counted from 0."""
        if isinstance(step, str):
            return self.field(step)
        if isinstance(self.value, list) and step < len(self.value):
            return self.value[step]
        return None

    def field(self, name: str) -> Node | None:
        """Return the node of a field, if it is there."""
        if isinstance(self.value, dict):
            return self.value.get(name)
        return None

    def text(self, name: str) -> str | None:
        """Return the text of a field, if it is there and is text."""
        field = self.field(name)
        if field and isinstance(field.value, str):
            return field.value
        return None

    def parts(self, name: str) -> Iterator[Node]:
        """Yield the nodes in a field that is a list."""
        field = self.field(name)
        if field and isinstance(field.value, list):
            yield from field.value

    def leaves(self, name: str = "") -> Iterator[tuple[str, Node]]:
        """Yield each text below this node, or place for one, with the name of its field.

        Entries of a list have the list's name.
        """
        waiting = [(name, self)]
        while waiting:
            name, node = waiting.pop()
            if isinstance(node.value, dict):
                waiting += reversed(node.value.items())
            elif isinstance(node.value, list):
                waiting += [(name, child) for child in reversed(node.value)]
            else:
                yield name, node

    def at(self, place: tuple[int | str, ...]) -> Node:
        """Return the node that pydantic means; ignore names of kinds, which are not fields."""
        node = self
        for step in place:
            node = node.child(step) or node
        return node

    def nearest(self, way: tuple[int | str, ...]) -> Node:
        """Return the node at the end of a way, or the last one on it if the rest was left out."""
        node = self
        for step in way:
            child = node.child(step)
            if child is None:
                break
            node = child
        return node

    def problem(self, message: str, hint: str) -> Problem:
        """Return a problem at this node."""
        return Problem(self.path, self.line, message, hint)

    def is_cut_off_at_its_end(self) -> None:
        """Record that the text ends too early here: each last node may have had more."""
        node: Node | None = self
        while node:
            node.incomplete = True
            node = node.last_child()

    def last_child(self) -> Node | None:
        """Return the last field or entry, if there is one."""
        if isinstance(self.value, dict):
            return next(reversed(self.value.values()), None)
        if isinstance(self.value, list) and self.value:
            return self.value[-1]
        return None
