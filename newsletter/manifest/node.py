"""A file as a tree of nodes, each of which knows where it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newsletter.model.names import FIELD_NAMES
from newsletter.problem import Problem


@dataclass(eq=False)
class Node:
    """A piece of a file: text, a list, or named fields; None if nothing is written.

    ``text_line`` is where the text itself begins, ``last_line`` where it ends. ``incomplete`` if a fault hides what
    else belongs to it: nothing is reported as missing there. ``comment`` is what YAML reads as one after the text.
    ``style`` is how YAML has the text: ``|`` keeps its lines; ``>``, either quote and "" (as it is) join them.
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
        return cls(value, path, line, line, line)

    def within(self, value: list[Node] | dict[str, Node]) -> Node:
        """Return a list or fields around this node, on the same lines."""
        return Node(value, self.path, self.line, self.text_line, self.last_line)

    def data(self) -> Any:
        """Return plain lists, dictionaries and text. Empty fields count as left out, except unknown ones, which may be
        part of a lost text.
        """
        if isinstance(self.value, dict):
            fields = self.value.items()
            return {
                name: node.data()
                for name, node in fields
                if node.value is not None or name not in FIELD_NAMES
            }
        if isinstance(self.value, list):
            return [node.data() for node in self.value]
        return self.value

    def child(self, step: int | str) -> Node | None:
        """Return the node of a field, or of an entry of a list by its place, counted from 0; None if there is none."""
        if isinstance(self.value, dict) and isinstance(step, str):
            return self.value.get(step)
        if isinstance(self.value, list) and isinstance(step, int) and step < len(self.value):
            return self.value[step]
        return None

    def field(self, name: str) -> Node | None:
        return self.value.get(name) if isinstance(self.value, dict) else None

    def text(self, name: str) -> str | None:
        """Return the text of a field, if it is there and is text."""
        field = self.field(name)
        return field.value if field and isinstance(field.value, str) else None

    def parts(self, name: str) -> Iterator[Node]:
        """Yield the nodes in a field that is a list."""
        field = self.field(name)
        if field and isinstance(field.value, list):
            yield from field.value

    def leaves(self, name: str = "") -> Iterator[tuple[str, Node]]:
        """Yield each text below this node, or place for one, with its field's name; parts of a list have the list's."""
        if isinstance(self.value, dict):
            for field, child in self.value.items():
                yield from child.leaves(field)
        elif isinstance(self.value, list):
            for child in self.value:
                yield from child.leaves(name)
        else:
            yield name, self

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
        return Problem(self.path, self.line, message, hint)

    def is_cut_off_at_its_end(self) -> None:
        """Record that the text ends too early here: each last node may have had more."""
        node: Node | None = self
        while node:
            node.incomplete = True
            children = list(node.value.values()) if isinstance(node.value, dict) else node.value
            node = children[-1] if isinstance(children, list) and children else None
