"""Which issue an editor means by what they type after a command."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsletter.manifest import IssueFolder, Project


def find_issues(names: Sequence[str], start: Path) -> list[IssueFolder]:
    """Return the issues that are named, each once, in this order; without a name, the newest.

    Those of one newsletter share its Project, so that its folders are listed once.
    """
    projects: dict[Path, Project] = {}
    found: list[IssueFolder] = []
    for name in names or (None,):
        folder = find_issue(name, start)
        project = projects.setdefault(folder.project.issues, folder.project)
        found.append(replace(folder, project=project))
    return list(dict.fromkeys(found))


def find_issue(name: str | None, start: Path) -> IssueFolder:
    """Return the issue that is named by its number or by a path; None means the newest.

    A path may lead to any file of the issue, such as those that a hook of git names. ``start`` is
    the folder that the editor is in. Raise ManifestError if there is no such issue.
    """
    from newsletter.manifest import IssueFolder, Project  # slow to load, and --help needs no issue
    from newsletter.manifest.project import MANIFEST

    if name is None:
        return Project.containing(start).newest()

    name = name.rstrip("/\\") or name
    path = start / name
    if path.name == MANIFEST:
        return IssueFolder.at(path.parent)
    if name and path.is_file():
        return _issue_of(path, start)
    if _is_path(name) or (name and IssueFolder.at(path).exists):
        return IssueFolder.at(path)
    return Project.containing(start).issue(name)


def _is_path(name: str) -> bool:
    return "/" in name or "\\" in name


def _issue_of(file: Path, start: Path) -> IssueFolder:
    """Return the issue that a file belongs to; the newest for one that belongs to all issues."""
    from newsletter.manifest import IssueFolder, Project

    for parent in file.parents:
        folder = IssueFolder.at(parent)
        if folder.exists:
            return folder

    project = Project.containing(start)
    shared = (project.publication, project.templates)
    if any(file.resolve().is_relative_to(path.resolve()) for path in shared):
        return project.newest()
    return IssueFolder.at(file)  # reading it reports that it is no issue
