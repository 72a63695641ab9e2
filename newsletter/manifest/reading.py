"""The files of an issue to an Issue, or to every problem that they have."""

from __future__ import annotations

import difflib
from pathlib import Path, PurePath
from typing import Any, TypeVar

from newsletter.errors import ManifestError, ModelError
from newsletter.manifest import references, shorthand
from newsletter.manifest.body_pictures import picture_problems
from newsletter.manifest.complaints import complaints
from newsletter.manifest.consistency import (
    comment_problems,
    host_problems,
    item_problems,
    lead_problems,
    link_problems,
    markdown_in,
    number_problems,
    publication_problems,
    slug_problems,
)
from newsletter.manifest.front_matter import FrontMatterError, split
from newsletter.manifest.issue_files import Place, check_picture, file_in
from newsletter.manifest.manuscript import Manuscript
from newsletter.manifest.missing_name import take_work_out_of_picture
from newsletter.manifest.node import Node
from newsletter.manifest.project import IssueFolder, Project
from newsletter.manifest.text_file import MAX_BYTES, read_text
from newsletter.manifest.yaml_tree import parse_yaml
from newsletter.model import ITEM_OF_SECTION, Issue, Noun, Publication, Review, Section
from newsletter.model.fields import LONGEST_SLUG, RESERVED_SLUGS
from newsletter.problem import Problem
from newsletter.text.printable import printable
from newsletter.text.slug import slug

N = TypeVar("N", bound=Noun)
_SOUND: dict[tuple[Path, str | None], tuple[Node, Publication]] = {}
"""The publication that was read last, by its file and text, if it had no problem."""
_REVIEW = Review.model_fields["kind"].default
_OF_A_SECTION = Section.model_fields.keys()
_LONGEST_KIND = 20
"""Characters of a section's kind that are compared with the kinds there are."""


def read_issue(folder: IssueFolder | Path) -> Issue:
    """Return the issue in a folder.

    It is read from its issue.yaml, the Markdown beside it, and the publication.yaml of all issues.

    Raise ManifestError with every problem of all these files.
    """
    return read_manuscript(folder).issue


def read_manuscript(folder: IssueFolder | Path) -> Manuscript:
    """Return the same issue, with the place where each piece is written. Raise ManifestError."""
    if isinstance(folder, Path):
        folder = IssueFolder.at(folder)
    return _Reader(folder).read()


def read_publication(project: Project) -> Publication:
    """Return what all issues share. Raise ManifestError with every problem of publication.yaml."""
    return _Reader(IssueFolder(project.issues, project)).read_publication()


def line_of_format(publication: Path, name: str, field: str) -> int | None:
    """Return the line of a publication.yaml that has a field of the format of this name.

    It is where the format begins if that field was left out; None if there is no such format.
    """
    text = read_text(publication, [])
    tree = parse_yaml(text, publication, [], 1) if text else None
    if tree is None:
        return None

    for part in tree.parts("formats"):
        if part.text("name") == name:
            return part.nearest((field,)).line
    return None


class _Reader:
    """Reads the files of one issue, and collects their problems."""

    def __init__(self, folder: IssueFolder) -> None:
        self.folder = folder
        self.place = Place(folder.path)
        self.problems: list[Problem] = []
        self.lines: dict[Path, list[str]] = {}
        self.empty_sections: tuple[Node, ...] = ()
        self.implied_slugs: set[Node] = set()
        """Those that nobody wrote, but the names of files give."""
        self.room = MAX_BYTES
        """Bytes that the files of the issue may still have, after those read so far."""

    def read(self) -> Manuscript:
        issue_tree = self._read_yaml(self.folder.manifest)
        if any(problem.line is None for problem in self.problems):
            raise ManifestError(self.problems)  # the whole file is missing, and so is the issue
        publication_tree, publication = self._read_shared()

        if issue_tree:
            self._leave_out_empty_sections(issue_tree)
            self._complete_items(issue_tree)
        issue = self._validated(Issue, issue_tree, publication=publication)
        if issue_tree:
            self.problems += number_problems(issue_tree, self.folder.name)
            self.problems += item_problems(issue_tree)
            self._check_markdown(issue_tree)
        if issue_tree and issue:
            self.problems += lead_problems(issue_tree, issue)
            self.problems += slug_problems(issue_tree, issue, self.implied_slugs)

        if self.problems or not (issue and publication_tree and issue_tree):
            raise ManifestError(self.problems)
        return Manuscript(
            self.folder, issue, publication_tree, issue_tree, self.lines, self.empty_sections
        )

    def read_publication(self) -> Publication:
        tree = self._read_yaml(self.folder.project.publication)
        publication = self._validated(Publication, tree)
        if publication is None:
            raise ManifestError(self.problems)
        return publication

    def _read_shared(self) -> tuple[Node | None, Publication | None]:
        """Return publication.yaml as a tree and as a noun. A sound one is read once for all issues.

        Problems are reported.
        """
        path = self.folder.project.publication
        text = self._read_text(path)
        key = (path, text)
        if sound := _SOUND.get(key):
            self._check_logo(sound[0])
            return sound

        faults_before = len(self.problems)
        tree = self._parse_fields(text, path, first_line=1) if text is not None else None
        if tree:
            self._check_logo(tree)
        publication = self._validated(Publication, tree)
        if tree:
            self.problems += publication_problems(tree, publication)
            self._check_markdown(tree)
        if tree and publication and len(self.problems) == faults_before:
            _SOUND.clear()
            _SOUND[key] = tree, publication
        return tree, publication

    # From a file to a tree, and from a tree to the model

    def _read_text(self, path: Path) -> str | None:
        text = read_text(path, self.problems, self.room)
        self.lines[path] = text.split("\n") if text else []
        if text:
            self.room -= len(text.encode())
        return text

    def _read_yaml(self, path: Path) -> Node | None:
        text = self._read_text(path)
        if text is None:
            return None
        return self._parse_fields(text, path, first_line=1)

    def _parse_fields(self, text: str, path: Path, first_line: int) -> Node | None:
        """Return the tree of named fields; None, with the reason reported, for anything else."""
        tree = parse_yaml(text, path, self.problems, first_line)
        if tree is None:
            return None
        if not isinstance(tree.value, dict):
            message = "Fields are expected here."
            if tree.value is None:
                message = "There are no fields here."
            self._report(tree, message, "Write one 'name: value' on each line.")
            return None

        self.problems += comment_problems(tree)
        references.decode(tree)
        shorthand.write_out(tree, self.problems)
        return tree

    def _validated(self, noun: type[N], tree: Node | None, **known: Any) -> N | None:
        """Return the noun that a tree and the fields ``known`` already describe."""
        if tree is None:
            return None
        try:
            return noun.model_validate(tree.data() | known)
        except ModelError as error:
            self.problems += complaints(error.refusal, noun, tree, list(self.problems))
            return None

    def _check_markdown(self, tree: Node) -> None:
        """Report the links and pictures in Markdown that no reader could follow or see."""
        for name, text in markdown_in(tree):
            self.problems += host_problems(text, self.lines)
            self.problems += link_problems(text, self.lines)
            self.problems += picture_problems(name, text, self.place, self.lines)

    def _report(self, node: Node, message: str, hint: str) -> None:
        problem = node.problem(message, hint)
        self.problems.append(problem)

    def _leave_out_empty_sections(self, issue: Node) -> None:
        """Leave out the sections that wait for their items, as in an issue that is new.

        Report if there is no other.
        """
        sections = list(issue.parts("sections"))
        self.empty_sections = tuple(filter(_waits_for_items, sections))
        if not self.empty_sections:
            return

        list_of_sections = issue.at(("sections",))
        filled: list[Node] = [one for one in sections if one not in self.empty_sections]
        list_of_sections.value = filled
        if not filled:
            list_of_sections.incomplete = True
            name = self.folder.name
            hint = (
                f"Add what was sent, with 'newsletter add {name} piece.docx', or write a piece "
                "below 'items:'; 'newsletter fields news' prints a form."
            )
            self._report(list_of_sections, "There is nothing in this issue yet.", hint)

    # Items: each gets its fields from its file, and its kind from its section

    def _complete_items(self, issue: Node) -> None:
        files: dict[PurePath, Node] = {}
        for section in issue.parts("sections"):
            kind = _kind_of_items(section.text("kind") or "")
            for item in section.parts("items"):
                if name := item.field("file"):
                    self._read_item_file(item, name, files)
                if kind:
                    _set_kind(item, kind)
                if kind == _REVIEW:
                    take_work_out_of_picture(item, self.problems)
                if picture := item.field("picture"):
                    check_picture(picture, self.place, self.problems)

    def _check_logo(self, publication: Node) -> None:
        if logo := publication.field("logo"):
            place = Place(publication.path.parent, f"the folder of {publication.path.name}")
            check_picture(logo, place, self.problems)

    def _read_item_file(self, item: Node, name: Node, files: dict[PurePath, Node]) -> None:
        """Replace the field that names a Markdown file with the fields of that file.

        ``files`` has the files that were named so far, and this one from now on.
        """
        if isinstance(item.value, dict):
            self._report_other_fields(item.value)
        item.value, item.incomplete = {}, True  # until the file has been read

        first = files.setdefault(PurePath(str(name.value)), name)
        if first is not name:
            message = f"'{printable(name.value)}' is already in this issue, in line {first.line}."
            self._report(name, message, "Delete one of the two.")
            return

        path = file_in(self.place, name, self.problems)
        if path is None:
            return
        text = self._read_text(path)
        if text is not None:
            self._fill_from_file(item, path, text)

    def _report_other_fields(self, fields: dict[str, Node]) -> None:
        for name, field in fields.items():
            if name != "file":
                message = "An item with 'file' cannot have other fields here."
                self._report(field, message, "Move this field into that file.")

    def _fill_from_file(self, item: Node, path: Path, source: str) -> None:
        try:
            file = split(source)
        except FrontMatterError as fault:
            self.problems.append(Problem(path, fault.line, fault.message, fault.hint))
            return
        tree = self._parse_fields(file.fields, path, file.first_line)
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


def _slug_of(path: Path) -> str | None:
    """Return the slug that a file's name gives; None if it is none that a page can have."""
    name = slug(path.stem, LONGEST_SLUG)
    return name if name and name not in RESERVED_SLUGS else None


def _waits_for_items(section: Node) -> bool:
    """Return whether a section has 'items:' with nothing behind it, and no other field that may
    hold what was meant.
    """
    if not isinstance(section.value, dict) or not section.value.keys() <= _OF_A_SECTION:
        return False
    items = section.field("items")
    return items is not None and not items.incomplete and items.value in (None, [])


def _set_kind(item: Node, kind: str) -> None:
    """Give an item the kind of its section's items, if it says none itself."""
    if not isinstance(item.value, dict):
        return
    written = item.field("kind")
    if written is None or written.value is None:
        item.value["kind"] = Node.in_line(kind, item.path, item.line)


def _kind_of_items(section_kind: str) -> str | None:
    """Return the kind of a section's items.

    If the section's own kind is misspelt, its items are checked all the same.
    """
    near = difflib.get_close_matches(section_kind[:_LONGEST_KIND], ITEM_OF_SECTION, n=1)
    if not near:
        return None
    kind: str = ITEM_OF_SECTION[near[0]].model_fields["kind"].default
    return kind
