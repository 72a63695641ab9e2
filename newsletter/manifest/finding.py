"""Where issues are: in folders named by their number, next to publication.yaml."""

from __future__ import annotations

import re
from pathlib import Path

from newsletter.errors import ManifestError
from newsletter.manifest.text_file import called_otherwise

_NUMBER = re.compile(r"([1-9][0-9]{0,8})([a-z]?)")


def issue_folders(issues: Path) -> list[Path]:
    """Return the folders in ``issues`` that are named by a number and hold an issue.yaml, lowest number first."""
    folders = [manifest.parent for manifest in issues.glob("*/issue.yaml")]
    numbered = [(folder, match) for folder in folders if (match := _NUMBER.fullmatch(folder.name))]
    return [
        folder for folder, match in sorted(numbered, key=lambda pair: (int(pair[1][1]), pair[1][2]))
    ]


def find_issues_folder(start: Path) -> Path:
    """Return the ``issues`` folder of the newsletter that ``start`` is in. Raise ManifestError if there is none."""
    for folder in (start, *start.parents):
        publication = folder / "issues" / "publication.yaml"
        if publication.is_file() or called_otherwise(publication):
            return folder / "issues"
    raise ManifestError.at(
        start / "issues" / "publication.yaml",
        None,
        "This file does not exist.",
        "Run the command in the newsletter's folder.",
    )


def find_issue(name: str | None, start: Path) -> Path:
    """Return the folder of the issue that an editor names by number or path; None means the newest. A path may lead to
    a file in the issue; a file that belongs to all issues also means the newest.

    Raise ManifestError, with the newest issues, if the issue does not exist.
    """
    name = name and (name.rstrip("/\\") or name)
    path = start / (name or "")
    if name and path.is_file():
        own = next((folder for folder in path.parents if (folder / "issue.yaml").is_file()), None)
        if own or not (path.name == "publication.yaml" or "templates" in path.parts):
            return own or path
        name = None
    elif name and (
        "/" in name or "\\" in name or name == "issue.yaml" or (path / "issue.yaml").is_file()
    ):
        return path.parent if path.name == "issue.yaml" else path
    issues = find_issues_folder(start)
    folders = issue_folders(issues)
    if name is None and folders:
        return folders[-1]
    named = next((folder for folder in folders if folder.name == name), None)
    if named is None and name and called_otherwise(issues / name / "issue.yaml"):
        return issues / name  # reading it reports the name
    if named is None:
        newest = ", ".join(folder.name for folder in folders[-5:])
        hint = (
            f"The newest are: {newest}."
            if newest
            else "Make a folder with an issue.yaml for the first one."
        )
        raise ManifestError.at(
            issues / (name or "652") / "issue.yaml", None, "This issue does not exist.", hint
        )
    return named
