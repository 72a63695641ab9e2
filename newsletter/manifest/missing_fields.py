"""Fields that are empty because a source did not have them: a note beside each says so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from newsletter.manifest.node import Node
from newsletter.model.walking import Way
from newsletter.text.editor_notes import missing_in


class MissingField(NamedTuple):
    """An empty field with a note beside it."""

    way: Way
    """The way to it, as editors write it: ``("work", "title")``."""
    node: Node
    hint: str
    """What may help to fill it."""

    @property
    def name(self) -> str:
        """Its name, and those of the fields around it in the item: ``work.title``."""
        way = self.way
        if way[:1] == ("sections",):  # and its number, "items", the item's number
            way = way[4:]
        names = [step for step in way if isinstance(step, str)]
        return ".".join(names)


def missing_fields(tree: Node, way: Way = ()) -> Iterator[MissingField]:
    """Yield the fields below a node that are empty and have such a note."""
    for step, child in _children(tree):
        yield from missing_fields(child, (*way, step))

    if tree.value is None:
        hint = missing_in(tree.comment)
        if hint is not None:
            yield MissingField(way, tree, hint)


def _children(tree: Node) -> Iterator[tuple[int | str, Node]]:
    if isinstance(tree.value, dict):
        yield from tree.value.items()
    elif isinstance(tree.value, list):
        yield from enumerate(tree.value)
