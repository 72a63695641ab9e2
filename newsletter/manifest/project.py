"""The newsletter on disk: where its issues, themes and results are.

issues/publication.yaml       what all issues share
issues/652/issue.yaml         an issue, in a folder named by its number
issues/652/approvals.json     who approved it
issues/652/sources/           what its pieces were read from, and the receipts of that
issues/inbox/                 what waits to be added
issues/652/handed-over/       what was handed over
issues/old-addresses.csv      where pages of the archive were
templates/bionews/            a theme
build/652/                    what is built from an issue
public/                       all issues as a site
"""

from __future__ import annotations

import math
import os
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from newsletter.errors import ManifestError
from newsletter.manifest.text_file import called_otherwise

MANIFEST = "issue.yaml"
PUBLICATION = "publication.yaml"
OLD_ADDRESSES = "old-addresses.csv"
_NUMBER = re.compile(r"([1-9][0-9]{0,8})([a-z]?)")
_MOST_NAMED = 5
"""The number of issues that a hint names."""
_DEEPEST = 3
"""How many folders down copies of issues are looked for."""


class Project:
    """A newsletter on disk, known by the folder that holds its issues.

    The folder is listed once, when that is first needed: make a new Project to see later changes.
    """

    def __init__(self, issues: Path) -> None:
        self.issues = issues
        self.publication = issues / PUBLICATION
        self.inbox = issues / "inbox"

        self.root = Path(os.path.abspath(issues)).parent  # noqa: PTH100 - a link stays a link
        self.templates = self.root / "templates"
        self.build = self.root / "build"

    @classmethod
    def containing(cls, start: Path) -> Project:
        """Return the newsletter that the folder ``start`` is in, at any depth.

        Raise ManifestError if there is none.
        """
        for folder in (start, *start.parents):
            project = cls(folder / "issues")
            if project.publication.is_file() or called_otherwise(project.publication):
                return project

        raise ManifestError.at(
            start / "issues" / PUBLICATION,
            None,
            "This file does not exist.",
            "Run the command in the newsletter's folder.",
        )

    def issue_folders(self) -> list[IssueFolder]:
        """Return the folders that are named by a number and hold an issue.yaml, lowest first."""
        return list(self._existing(self._numbers))

    def newest_first(self) -> Iterator[IssueFolder]:
        """Yield the same folders from the highest number down, and look only at those asked for."""
        return self._existing(reversed(self._numbers))

    def before(self, number: str) -> Iterator[IssueFolder]:
        """Yield the issues before the one of this number, newest first.

        Before a folder that is not named by a number, these are all issues.
        """
        numbers = self._numbers
        count = bisect_left(numbers, number_order(number), key=number_order)
        return self._existing(reversed(numbers[:count]))

    def after(self, number: str) -> Iterator[IssueFolder]:
        """Yield the issues after the one of this number, lowest first."""
        numbers = self._numbers
        start = bisect_right(numbers, number_order(number), key=number_order)
        return self._existing(numbers[start:])

    def newest(self) -> IssueFolder:
        """Return the issue with the highest number. Raise ManifestError if there is no issue."""
        for folder in self.newest_first():
            return folder
        raise self._no_issue("652")

    def issue(self, number: str) -> IssueFolder:
        """Return the issue of this number. Raise ManifestError if there is none.

        An issue.yaml under a slightly different name counts: whoever reads it reports the name.
        """
        folder = IssueFolder(self.issues / number, self)
        if is_number(number) and folder.exists:
            return folder
        if number and called_otherwise(folder.manifest):
            return folder

        raise self._no_issue(number or "652")

    def has(self, number: str) -> bool:
        """Return whether there is an issue of this number, whose folder is looked at now."""
        return is_number(number) and IssueFolder(self.issues / number, self).exists

    @cached_property
    def copies(self) -> list[IssueFolder]:
        """The other folders with an issue.yaml, at most three down: ``652-copy`` or ``old/652``.

        A folder with a publication.yaml of its own is another newsletter. Links and hidden folders
        are left out.
        """
        numbered = set(self._numbers)
        copies: list[IssueFolder] = []
        for path in map(Path, _folders_with_manifest(str(self.issues))):
            is_issue = path.parent == self.issues and path.name in numbered
            if not is_issue:
                copies.append(IssueFolder(path, self))
        return copies

    @cached_property
    def _numbers(self) -> list[str]:
        """The folders named by a number, lowest first; some may hold no issue."""
        if not self.issues.is_dir():
            return []

        names = os.listdir(self.issues)  # noqa: PTH208 - five times as fast as making Paths
        return sorted(filter(is_number, names), key=number_order)

    def _existing(self, numbers: Iterable[str]) -> Iterator[IssueFolder]:
        for number in numbers:
            folder = IssueFolder(self.issues / number, self)
            if folder.exists:
                yield folder

    def _no_issue(self, number: str) -> ManifestError:
        newest = [folder.path.name for folder in self.issue_folders()[-_MOST_NAMED:]]
        hint = "Make a folder with an issue.yaml for the first one."
        if newest:
            hint = f"The newest are: {', '.join(newest)}."
        manifest = self.issues / number / MANIFEST
        return ManifestError.at(manifest, None, "This issue does not exist.", hint)


@dataclass(frozen=True)
class IssueFolder:
    """The folder of one issue, and the newsletter that it belongs to."""

    path: Path
    project: Project = field(repr=False, compare=False)

    @classmethod
    def at(cls, path: Path) -> IssueFolder:
        """Return the issue in a folder at any place; the folder above it is the newsletter's."""
        if path.name in ("", ".."):
            path = path.resolve()

        project = Project(path.parent)
        return cls(path, project)

    @property
    def name(self) -> str:
        """The folder's name, usually the issue's number. A link has its target's name."""
        return self.path.resolve().name

    @property
    def manifest(self) -> Path:
        """The issue's ``issue.yaml``."""
        return self.path / MANIFEST

    @property
    def exists(self) -> bool:
        """Whether the folder holds an ``issue.yaml``."""
        return self.manifest.is_file()

    @property
    def approvals(self) -> Path:
        """The file that says who has approved which content."""
        return self.path / "approvals.json"

    @property
    def sources(self) -> Path:
        """The folder that keeps what its pieces were read from, and a receipt for each."""
        return self.path / "sources"

    @property
    def handed_over(self) -> Path:
        """The folder that keeps what was handed over."""
        return self.path / "handed-over"


def is_number(name: str) -> bool:
    """Return whether ``name`` is the number of an issue, such as 652 or 1268b."""
    return _NUMBER.fullmatch(name) is not None


def number_order(name: str) -> tuple[float, str]:
    """Return the key that issues are sorted by. What is not a number comes last."""
    match = _NUMBER.fullmatch(name)
    if match is None:
        return math.inf, name
    digits, letter = match.groups()
    return int(digits), letter


def _folders_with_manifest(parent: str, depth: int = 1) -> Iterator[str]:
    """Yield the folders below ``parent`` that hold an issue.yaml, but none in such a folder.

    Plain strings and os.path: in a thousand folders, they are four times as fast as Paths.
    """
    for name in _subfolders(parent):
        path = os.path.join(parent, name)  # noqa: PTH118
        if os.path.isfile(os.path.join(path, MANIFEST)):  # noqa: PTH113, PTH118
            yield path
            continue
        is_newsletter = os.path.isfile(os.path.join(path, PUBLICATION))  # noqa: PTH113, PTH118
        if depth < _DEEPEST and not is_newsletter:
            yield from _folders_with_manifest(path, depth + 1)


def _subfolders(parent: str) -> list[str]:
    try:
        with os.scandir(parent) as entries:
            names = [entry.name for entry in entries if entry.is_dir(follow_symlinks=False)]
    except OSError:
        return []
    return sorted(name for name in names if not name.startswith("."))
