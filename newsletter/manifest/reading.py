"""The files of an issue to an Issue, or to every problem that they have."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

from newsletter.errors import ManifestError, ModelError
from newsletter.manifest.body_pictures import picture_problems
from newsletter.manifest.complaints import complaints
from newsletter.manifest.consistency import (
    host_problems,
    item_problems,
    lead_problems,
    link_problems,
    markdown_in,
    number_problems,
    publication_problems,
    slug_problems,
)
from newsletter.manifest.field_files import FieldFiles
from newsletter.manifest.issue_files import Place, check_picture
from newsletter.manifest.item_files import ItemFiles
from newsletter.manifest.manuscript import Manuscript
from newsletter.manifest.node import Node
from newsletter.manifest.project import IssueFolder, Project
from newsletter.manifest.text_file import read_text
from newsletter.manifest.yaml_tree import parse_yaml
from newsletter.model import Issue, Noun, Publication, Section
from newsletter.problem import Problem

N = TypeVar("N", bound=Noun)
_SOUND: dict[tuple[Path, str | None], tuple[Node, Publication]] = {}
"""The publication that was read last, by its file and text, if it had no problem."""
_OF_A_SECTION = Section.model_fields.keys()


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
        self.files = FieldFiles(self.problems)
        self.items = ItemFiles(self.place, self.files)
        self.empty_sections: tuple[Node, ...] = ()

    def read(self) -> Manuscript:
        issue_tree = self.files.fields_of(self.folder.manifest)
        if any(problem.line is None for problem in self.problems):
            raise ManifestError(self.problems)  # the whole file is missing, and so is the issue
        publication_tree, publication = self._read_shared()

        if issue_tree:
            self._leave_out_empty_sections(issue_tree)
            self.items.complete(issue_tree)
        issue = self._validated(Issue, issue_tree, publication=publication)
        if issue_tree:
            self.problems += number_problems(issue_tree, self.folder.name)
            self.problems += item_problems(issue_tree)
            self._check_markdown(issue_tree)
        if issue_tree and issue:
            self.problems += lead_problems(issue_tree, issue)
            self.problems += slug_problems(issue_tree, issue, self.items.implied_slugs)

        if self.problems or not (issue and publication_tree and issue_tree):
            raise ManifestError(self.problems)
        return Manuscript(
            self.folder, issue, publication_tree, issue_tree, self.files.lines, self.empty_sections
        )

    def read_publication(self) -> Publication:
        tree = self.files.fields_of(self.folder.project.publication)
        publication = self._validated(Publication, tree)
        if publication is None:
            raise ManifestError(self.problems)
        return publication

    def _read_shared(self) -> tuple[Node | None, Publication | None]:
        """Return publication.yaml as a tree and as a noun. A sound one is read once for all issues.

        Problems are reported.
        """
        path = self.folder.project.publication
        text = self.files.text_of(path)
        key = (path, text)
        if sound := _SOUND.get(key):
            self._check_logo(sound[0])
            return sound

        faults_before = len(self.problems)
        tree = self.files.fields_in(text, path) if text is not None else None
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
            self.problems += host_problems(text, self.files.lines)
            self.problems += link_problems(text, self.files.lines)
            self.problems += picture_problems(name, text, self.place, self.files.lines)

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
            problem = list_of_sections.problem("There is nothing in this issue yet.", hint)
            self.problems.append(problem)

    def _check_logo(self, publication: Node) -> None:
        if logo := publication.field("logo"):
            place = Place(publication.path.parent, f"the folder of {publication.path.name}")
            check_picture(logo, place, self.problems)


def _waits_for_items(section: Node) -> bool:
    """Return whether a section has 'items:' with nothing behind it, and no other field that may
    hold what was meant.
    """
    if not isinstance(section.value, dict) or not section.value.keys() <= _OF_A_SECTION:
        return False
    items = section.field("items")
    return items is not None and not items.incomplete and items.value in (None, [])
