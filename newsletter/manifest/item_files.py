"""The items of an issue, made complete: with the fields of their files, and a kind each."""

from __future__ import annotations

import difflib
from functools import lru_cache
from pathlib import Path, PurePath

from newsletter.manifest.field_files import FieldFiles
from newsletter.manifest.front_matter import FrontMatterError, split
from newsletter.manifest.issue_files import Place, check_picture, file_in
from newsletter.manifest.missing_name import take_work_out_of_picture
from newsletter.manifest.node import Node
from newsletter.model import ITEM_OF_SECTION, Review
from newsletter.model.fields import LONGEST_SLUG, RESERVED_SLUGS
from newsletter.problem import Problem
from newsletter.text.printable import printable
from newsletter.text.slug import slug

_REVIEW = Review.model_fields["kind"].default
_LONGEST_KIND = 20
"""Characters of a section's kind that are compared with the kinds there are."""


class ItemFiles:
    """Completes the items of one issue; ``place`` is its folder. Problems go to ``files``."""

    def __init__(self, place: Place, files: FieldFiles) -> None:
        self.place = place
        self.files = files
        self.problems = files.problems
        self.implied_slugs: set[Node] = set()
        """Those that nobody wrote, but the names of files give."""
        self._names: dict[PurePath, Node] = {}
        """Where each file was named first."""

    def complete(self, issue: Node) -> None:
        """Give each item the fields of its file, and the kind of its section."""
        for section in issue.parts("sections"):
            kind = _kind_of_items(section.text("kind") or "")
            for item in section.parts("items"):
                self._complete_item(item, kind)

    def _complete_item(self, item: Node, kind: str | None) -> None:
        if name := item.field("file"):
            self._read_file(item, name)
        if kind:
            _set_kind(item, kind)
        if kind == _REVIEW:
            take_work_out_of_picture(item, self.problems)
        if picture := item.field("picture"):
            check_picture(picture, self.place, self.problems)

    def _read_file(self, item: Node, name: Node) -> None:
        """Replace the field that names a Markdown file with the fields of that file."""
        if isinstance(item.value, dict):
            self._report_other_fields(item.value)
        item.value, item.incomplete = {}, True  # until the file has been read

        first = self._names.setdefault(PurePath(str(name.value)), name)
        if first is not name:
            message = f"'{printable(name.value)}' is already in this issue, in line {first.line}."
            self._report(name, message, "Delete one of the two.")
            return

        path = file_in(self.place, name, self.problems)
        if path is None:
            return
        text = self.files.text_of(path)
        if text is not None:
            self._fill(item, path, text)

    def _report_other_fields(self, fields: dict[str, Node]) -> None:
        for name, field in fields.items():
            if name != "file":
                message = "An item with 'file' cannot have other fields here."
                self._report(field, message, "Move this field into that file.")

    def _fill(self, item: Node, path: Path, source: str) -> None:
        """Fill an item with the fields above a Markdown text, and the text as its body."""
        try:
            file = split(source)
        except FrontMatterError as fault:
            self.problems.append(Problem(path, fault.line, fault.message, fault.hint))
            return
        tree = self.files.fields_in(file.fields, path, file.first_line)
        if tree is None or not isinstance(tree.value, dict):
            return

        if body := tree.field("body"):
            message = "The field 'body' cannot be written here."
            self._report(body, message, "Write the text below the ---.")
        if tree.field("slug") is None:
            implied = Node.in_line(_slug_of(path), path, file.first_line)
            tree.value["slug"] = implied
            self.implied_slugs.add(implied)
        last_line = file.text_line + file.text.count("\n")
        tree.value["body"] = Node(
            file.text or None, path, file.text_line, file.text_line, last_line
        )

        item.value, item.incomplete = tree.value, tree.incomplete
        item.path, item.line = path, tree.line

    def _report(self, node: Node, message: str, hint: str) -> None:
        self.problems.append(node.problem(message, hint))


def _slug_of(path: Path) -> str | None:
    """Return the slug that a file's name gives; None if it is none that a page can have."""
    name = slug(path.stem, LONGEST_SLUG)
    return name if name and name not in RESERVED_SLUGS else None


def _set_kind(item: Node, kind: str) -> None:
    """Give an item the kind of its section's items, if it says none itself."""
    if not isinstance(item.value, dict):
        return
    written = item.field("kind")
    if written is None or written.value is None:
        item.value["kind"] = Node.in_line(kind, item.path, item.line)


@lru_cache(maxsize=64)
def _kind_of_items(section_kind: str) -> str | None:
    """Return the kind of a section's items.

    If the section's own kind is misspelt, its items are checked all the same.
    """
    near = difflib.get_close_matches(section_kind[:_LONGEST_KIND], ITEM_OF_SECTION, n=1)
    if not near:
        return None
    kind: str = ITEM_OF_SECTION[near[0]].model_fields["kind"].default
    return kind
