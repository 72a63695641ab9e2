"""The files of an issue to an Issue, or every problem that they have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from newsletter.errors import ManifestError, Problem
from newsletter.manifest.wording import field_problem
from newsletter.manifest.yaml_tree import Node, parse_yaml, read_text
from newsletter.markdown import refused_links
from newsletter.model import ITEM_OF_SECTION, Issue, Noun, Publication

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_MARKDOWN_FIELDS = ("welcome", "why", "teaser", "body")


def read_issue(folder: Path) -> Issue:
    """The issue that ``folder/issue.yaml`` and the Markdown beside it describe, with ``publication.yaml`` from the
    folder above. Raises ManifestError with every problem of all these files.
    """
    return _Reader(folder).read()


class _Reader:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []

    def read(self) -> Issue:
        publication_tree = self._tree(self.folder.parent / "publication.yaml")
        issue_tree = self._tree(self.folder / "issue.yaml")
        if issue_tree:
            self._complete_items(issue_tree)
        publication = self._model(Publication, publication_tree)
        issue = self._model(Issue, issue_tree, publication=publication)
        if issue_tree:
            self._check_number(issue_tree)
            self._check_items(issue_tree)
        for tree in filter(None, (publication_tree, issue_tree)):
            self._check_links(tree)
        if self.problems or not isinstance(issue, Issue):
            raise ManifestError(self.problems)
        return issue

    def _tree(self, path: Path) -> Node | None:
        text = read_text(path, self.problems)
        tree = parse_yaml(text, path, self.problems) if text is not None else None
        return self._only_fields(tree)

    def _only_fields(self, tree: Node | None) -> Node | None:
        if tree and not isinstance(tree.value, dict):
            what = "This file holds no fields." if tree.value is None else "Fields are expected at the top of this file."
            self._report(tree, what, "Write one 'name: value' on each line.")
            return None
        return tree

    def _model(self, noun: type[Noun], tree: Node | None, **given: Any) -> Noun | None:
        if tree is None:
            return None
        try:
            return noun.model_validate(tree.data() | given)
        except ValidationError as error:
            for one in error.errors():
                if one["loc"][0] not in given:
                    self._report(_node_at(tree, one["loc"]), *field_problem(one, noun))
            return None

    def _report(self, node: Node, what: str, hint: str) -> None:
        self.problems.append(Problem(node.path, node.line, what, hint))

    # Items: each gets its kind from its section, and its fields from its file.

    def _complete_items(self, tree: Node) -> None:
        for section in _entries(tree, "sections"):
            kind = _text(section, "kind")
            item = ITEM_OF_SECTION.get(kind or "")
            for entry in _entries(section, "items"):
                if isinstance(entry.value, dict) and "file" in entry.value:
                    self._read_item_file(entry)
                if isinstance(entry.value, dict) and item and "kind" not in entry.value:
                    default = item.model_fields["kind"].default
                    entry.value["kind"] = Node(default, entry.path, entry.line, entry.line)

    def _read_item_file(self, entry: Node) -> None:
        assert isinstance(entry.value, dict)
        name = entry.value.pop("file")
        for other in entry.value.values():
            self._report(other, "Beside 'file' there can be no other field.", "Move it into that file.")
        entry.value = {}
        path = self._inside(name)
        text = read_text(path, self.problems) if path else None
        if path is None or text is None:
            return
        match = _FRONT_MATTER.match(text)
        if not match:
            what = "The file does not begin with its fields between two lines of three hyphens."
            self.problems.append(Problem(path, 1, what, "Begin with ---, then title: and the other fields, then ---."))
            return
        tree = self._only_fields(parse_yaml(match[1], path, self.problems, first_line=2))
        if tree and isinstance(tree.value, dict):
            if "body" in tree.value:
                self._report(tree.value["body"], "There can be no field 'body' here.", "The body stands below the ---.")
            body_line = text.count("\n", 0, match.end()) + 1
            tree.value["body"] = Node(text[match.end() :] or None, path, body_line, body_line)
            entry.value, entry.path, entry.line = tree.value, path, tree.line

    def _inside(self, name: Node) -> Path | None:
        """The file that an editor names, if it lies in the issue's folder once symbolic links are followed."""
        given = str(name.value or "")
        path = self.folder / given
        try:
            if not given or "\0" in given or not path.resolve().is_relative_to(self.folder.resolve()):
                raise ValueError
            exists = path.is_file()
        except (ValueError, OSError, RuntimeError):
            self._report(name, f"'{given}' is not in this issue's folder.", f"Put the file into {self.folder.name}/.")
            return None
        if not exists:
            self._report(name, f"There is no file '{given}' in this issue's folder.", "Check the name, or add the file.")
            return None
        return path

    # What no single field can tell.

    def _check_number(self, tree: Node) -> None:
        number, folder = _text(tree, "number"), self.folder.resolve().name
        if number and re.fullmatch(r"[1-9][0-9]*[a-z]?", folder) and number != folder:
            node = _node_at(tree, ("number",))
            self._report(node, f"The number is {number}, but the folder is called {folder}.", "Change one of them.")

    def _check_items(self, tree: Node) -> None:
        seen: dict[tuple[str, str], Node] = {}
        for section in _entries(tree, "sections"):
            for item in _entries(section, "items"):
                for name in ("title", "url"):
                    self._check_seen_once(item, name, seen)
                if picture := _field(item, "picture"):
                    self._complete_picture(picture)

    def _check_seen_once(self, item: Node, name: str, seen: dict[tuple[str, str], Node]) -> None:
        text, node = _text(item, name), _node_at(item, (name,))
        if not text:
            return
        first = seen.setdefault((name, text.strip().casefold()), node)
        if first is not node:
            place = f"line {first.line}" if first.path == node.path else f"{first.path.name}:{first.line}"
            what = f"The same {name} stands in this issue already, in {place}."
            self._report(node, what, "Take one of the two out.")

    def _complete_picture(self, picture: Node) -> None:
        src = _field(picture, "src")
        address = _text(picture, "src") or ""
        if src is None or address.startswith("https://"):
            return
        if re.match(r"[A-Za-z][A-Za-z0-9+.-]+:", address):
            self._report(src, "A picture's address must begin with https://.", "Or name a file in the issue's folder.")
            return
        path = self._inside(src)
        if path and isinstance(picture.value, dict) and not {"width", "height"} & picture.value.keys():
            import imagesize

            for name, pixels in zip(("width", "height"), imagesize.get(path), strict=True):
                if pixels > 0:
                    picture.value[name] = Node(str(pixels), picture.path, picture.line, picture.line)

    def _check_links(self, node: Node, name: str = "") -> None:
        if isinstance(node.value, dict):
            for field, child in node.value.items():
                self._check_links(child, field)
        elif isinstance(node.value, list):
            for child in node.value:
                self._check_links(child)
        elif node.value and name in _MARKDOWN_FIELDS:
            for offset, address in refused_links(node.value):
                what = f"The link to '{address}' leads nowhere from an email."
                hint = "Write the whole address, beginning with https://, http:// or mailto:."
                self.problems.append(Problem(node.path, node.text_line + offset, what, hint))


def _field(node: Node, name: str) -> Node | None:
    return node.value.get(name) if isinstance(node.value, dict) else None


def _text(node: Node, name: str) -> str | None:
    field = _field(node, name)
    return field.value if field and isinstance(field.value, str) else None


def _entries(node: Node, name: str) -> Iterator[Node]:
    field = _field(node, name)
    if field and isinstance(field.value, list):
        yield from field.value


def _node_at(node: Node, place: tuple[int | str, ...]) -> Node:
    """The node that pydantic means; names of kinds, which are no fields, are passed over."""
    for part in place:
        if isinstance(node.value, dict) and part in node.value:
            node = node.value[str(part)]
        elif isinstance(node.value, list) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
    return node
