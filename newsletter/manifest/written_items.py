"""The sections and items of an issue as they are written, even if the issue is not complete yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from newsletter.errors import ManifestError
from newsletter.manifest import references, shorthand
from newsletter.manifest.front_matter import FrontMatterError, split
from newsletter.manifest.issue_files import Place, file_in
from newsletter.manifest.node import Node
from newsletter.manifest.project import IssueFolder
from newsletter.manifest.text_file import read_text
from newsletter.manifest.yaml_tree import parse_yaml
from newsletter.model import ITEM_OF_SECTION
from newsletter.model.walking import Way
from newsletter.problem import Problem


@dataclass(frozen=True)
class WrittenItem:
    """An item as it is written: in a file of its own, or in issue.yaml."""

    path: Path
    way: Way
    """The way to its entry in issue.yaml."""
    kind: str
    file: str | None
    """Its own file, as issue.yaml names it; None if it has none."""
    tree: Node = field(repr=False)
    """Its fields."""
    body: str
    body_line: int
    """The line that its text begins in."""

    @property
    def section(self) -> int:
        """The number of its section, from 0."""
        return int(self.way[1])

    def value(self, name: str) -> Any:
        """Return the value of a field, as text, lists and named fields; None if it is empty."""
        node = self.tree
        for step in name.split("."):
            field = node.field(step)
            if field is None or field.value is None:
                return None
            node = field
        return node.data()


class WrittenSection(NamedTuple):
    """A section as it is written."""

    kind: str
    title: str | None
    items: tuple[WrittenItem, ...]


@dataclass(frozen=True)
class WrittenIssue:
    """What is written of an issue."""

    folder: IssueFolder
    tree: Node = field(repr=False)
    sections: tuple[WrittenSection, ...]

    @property
    def items(self) -> Iterator[WrittenItem]:
        """All items, in the order in which they are written."""
        for section in self.sections:
            yield from section.items


def read_written(folder: IssueFolder) -> WrittenIssue:
    """Return what is written of an issue.

    Raise ManifestError if its issue.yaml cannot be read. An item whose file cannot be read has no
    fields.
    """
    problems: list[Problem] = []
    text = read_text(folder.manifest, problems)
    tree = parse_yaml(text, folder.manifest, problems) if text else None
    if tree is None or not isinstance(tree.value, dict):
        hint = "Bring the file back, or write number, date and sections."
        problems = problems or [Problem(folder.manifest, 1, "There are no fields here.", hint)]
        raise ManifestError(problems)

    _as_read(tree)
    sections = [
        _section(node, number, folder) for number, node in enumerate(tree.parts("sections"))
    ]
    return WrittenIssue(folder, tree, tuple(sections))


def _section(node: Node, number: int, folder: IssueFolder) -> WrittenSection:
    kind = node.text("kind") or ""
    noun = ITEM_OF_SECTION.get(kind)
    usual_kind = noun.model_fields["kind"].default if noun else ""

    items: list[WrittenItem] = []
    for entry, item in enumerate(node.parts("items")):
        way = ("sections", number, "items", entry)
        items.append(_item(item, way, usual_kind, folder))
    return WrittenSection(kind, node.text("title"), tuple(items))


def _item(entry: Node, way: Way, usual_kind: str, folder: IssueFolder) -> WrittenItem:
    name = entry.field("file")
    if name is None:
        kind = entry.text("kind") or usual_kind
        body = entry.text("body") or ""
        line = entry.nearest(("body",)).text_line
        return WrittenItem(entry.path, way, kind, None, entry, body, line)

    file = str(name.value)
    path = file_in(Place(folder.path), name, [])
    if path is None:
        nothing = _nothing_in(entry.path, entry.line)
        return WrittenItem(entry.path, way, usual_kind, file, nothing, "", entry.line)

    tree, body, line = _file(path)
    kind = tree.text("kind") or usual_kind
    return WrittenItem(path, way, kind, file, tree, body, line)


def _file(path: Path) -> tuple[Node, str, int]:
    """Return the fields, the text and its line in an item's file, as far as they can be read."""
    source = read_text(path, [])
    if source is None:
        return _nothing_in(path), "", 1
    try:
        file = split(source)
    except FrontMatterError:
        return _nothing_in(path), source, 1

    tree = parse_yaml(file.fields, path, [], file.first_line)
    if tree is None or not isinstance(tree.value, dict):
        return _nothing_in(path), file.text, file.text_line
    _as_read(tree)
    return tree, file.text, file.text_line


def _nothing_in(path: Path, line: int = 1) -> Node:
    return Node({}, path, line, line, line)


def _as_read(tree: Node) -> None:
    references.decode(tree)
    shorthand.write_out(tree, [])
