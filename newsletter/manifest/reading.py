"""The files of an issue to an Issue, or to every problem that they have."""

from __future__ import annotations

import difflib
from pathlib import Path, PurePath
from typing import Any

from pydantic import ValidationError

from newsletter.errors import ManifestError
from newsletter.manifest import references, shorthand
from newsletter.manifest.complaints import complaints
from newsletter.manifest.consistency import (
    comment_problems,
    host_problems,
    item_problems,
    link_problems,
    number_problems,
)
from newsletter.manifest.front_matter import FrontMatterError, split
from newsletter.manifest.issue_files import complete_picture, file_in
from newsletter.manifest.manuscript import Manuscript
from newsletter.manifest.missing_name import take_work_out_of_picture
from newsletter.manifest.node import Node
from newsletter.manifest.project import IssueFolder
from newsletter.manifest.text_file import MAX_BYTES, read_text
from newsletter.manifest.yaml_tree import parse_yaml
from newsletter.model import ITEM_OF_SECTION, Issue, Noun, Publication, Review
from newsletter.problem import Problem
from newsletter.text.printable import printable


def read_issue(folder: IssueFolder | Path) -> Issue:
    """Return the issue in a folder: its issue.yaml, the Markdown beside it, and the publication.yaml of all issues.

    Raise ManifestError with every problem of all these files.
    """
    return read_manuscript(folder).issue


def read_manuscript(folder: IssueFolder | Path) -> Manuscript:
    """Return the same issue, with the place where each piece of it is written. Raise ManifestError."""
    if isinstance(folder, Path):
        folder = IssueFolder.at(folder)
    return _Reader(folder).read()


class _Reader:
    def __init__(self, folder: IssueFolder) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self.lines: dict[Path, list[str]] = {}
        self.room = MAX_BYTES
        """Bytes that the files of the issue may still have, after those read so far."""

    def read(self) -> Manuscript:
        issue_tree = self._tree(self.folder.manifest)
        if any(
            problem.line is None for problem in self.problems
        ):  # without this file there is no issue
            raise ManifestError(self.problems)
        publication_tree = self._tree(self.folder.project.publication)
        if issue_tree:
            self._complete_items(issue_tree)
        publication = self._model(Publication, publication_tree)
        issue = self._model(Issue, issue_tree, publication=publication)
        if issue_tree:
            self.problems.extend(number_problems(issue_tree, self.folder.name))
            self.problems.extend(item_problems(issue_tree))
        for tree in filter(None, (publication_tree, issue_tree)):
            self.problems.extend(host_problems(tree, self.lines))
            self.problems.extend(link_problems(tree, self.lines))
        if (
            self.problems
            or not isinstance(issue, Issue)
            or publication_tree is None
            or issue_tree is None
        ):
            raise ManifestError(self.problems)
        return Manuscript(self.folder, issue, publication_tree, issue_tree, self.lines)

    def _text(self, path: Path) -> str | None:
        text = read_text(path, self.problems, self.room)
        self.room -= len((text or "").encode())
        self.lines[path] = text.split("\n") if text else []
        return text

    def _tree(self, path: Path) -> Node | None:
        text = self._text(path)
        return self._fields(text, path, first_line=1) if text is not None else None

    def _fields(self, text: str, path: Path, first_line: int) -> Node | None:
        tree = parse_yaml(text, path, self.problems, first_line)
        if tree and not isinstance(tree.value, dict):
            message = (
                "There are no fields here." if tree.value is None else "Fields are expected here."
            )
            self._report(tree, message, "Write one 'name: value' on each line.")
            return None
        if tree:
            self.problems.extend(comment_problems(tree))
            references.decode(tree)
            shorthand.write_out(tree, self.problems)
        return tree

    def _report(self, node: Node, message: str, hint: str) -> None:
        self.problems.append(Problem(node.path, node.line, message, hint))

    def _model(self, noun: type[Noun], tree: Node | None, **given: Any) -> Noun | None:
        if tree is None:
            return None
        try:
            return noun.model_validate(tree.data() | given)
        except ValidationError as error:
            self.problems.extend(complaints(error, noun, tree, list(self.problems)))
            return None

    # Items: each gets its kind from its section, its fields from its file, and its picture's size from the picture.

    def _complete_items(self, tree: Node) -> None:
        files: dict[PurePath, Node] = {}
        for section in tree.parts("sections"):
            kind = _kind_of_items(section.text("kind") or "")
            for item in section.parts("items"):
                if name := item.field("file"):
                    self._read_item_file(item, name, files)
                written = item.field("kind")
                if (
                    isinstance(item.value, dict)
                    and kind
                    and (written is None or written.value is None)
                ):
                    item.value["kind"] = Node.in_line(kind, item.path, item.line)
                if kind == Review.model_fields["kind"].default:
                    take_work_out_of_picture(item, self.problems)
                if picture := item.field("picture"):
                    complete_picture(picture, self.folder.path, self.problems)

    def _read_item_file(self, item: Node, name: Node, files: dict[PurePath, Node]) -> None:
        """Replace the field that names a Markdown file with the fields of that file."""
        for field, other in item.value.items() if isinstance(item.value, dict) else ():
            if field != "file":
                self._report(
                    other,
                    "An item with 'file' cannot have other fields here.",
                    "Move this field into that file.",
                )
        item.value, item.incomplete = {}, True
        first = files.setdefault(PurePath(str(name.value)), name)
        if first is not name:
            message = f"'{printable(name.value)}' is already in this issue, in line {first.line}."
            self._report(name, message, "Delete one of the two.")
            return
        path = file_in(self.folder.path, name, self.problems)
        text = self._text(path) if path else None
        if path and text is not None:
            self._split_item_file(item, path, text)

    def _split_item_file(self, item: Node, path: Path, source: str) -> None:
        try:
            file = split(source)
        except FrontMatterError as fault:
            self.problems.append(Problem(path, fault.line, fault.message, fault.hint))
            return
        tree = self._fields(file.fields, path, file.first_line)
        if tree and isinstance(tree.value, dict):
            if body := tree.field("body"):
                self._report(
                    body,
                    "The field 'body' cannot be written here.",
                    "Write the text below the ---.",
                )
            last = file.text_line + file.text.count("\n")
            tree.value["body"] = Node(file.text or None, path, file.text_line, file.text_line, last)
            item.value, item.path, item.line, item.incomplete = (
                tree.value,
                path,
                tree.line,
                tree.incomplete,
            )


def _kind_of_items(section_kind: str) -> str | None:
    """Return the kind of a section's items, even if the section's own kind is misspelt: they are checked anyway."""
    near = difflib.get_close_matches(section_kind[:20], ITEM_OF_SECTION, n=1)
    return str(ITEM_OF_SECTION[near[0]].model_fields["kind"].default) if near else None
