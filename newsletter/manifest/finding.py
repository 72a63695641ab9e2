"""Where issues are: folders named by their number, beside publication.yaml."""

from __future__ import annotations

import re
from pathlib import Path

from newsletter.errors import ManifestError
from newsletter.manifest.text_file import called_otherwise

_NUMBER = re.compile(r"([1-9][0-9]{0,8})([a-z]?)")


def issue_folders(issues: Path) -> list[Path]:
    """The folders in ``issues`` that are named by a number and hold an issue.yaml, oldest number first."""
    folders = [manifest.parent for manifest in issues.glob("*/issue.yaml")]
    numbered = [(folder, match) for folder in folders if (match := _NUMBER.fullmatch(folder.name))]
    return [folder for folder, match in sorted(numbered, key=lambda pair: (int(pair[1][1]), pair[1][2]))]


def find_issues_folder(start: Path) -> Path:
    """The ``issues`` folder of the newsletter that ``start`` is in. Raises ManifestError if there is none."""
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
    """The folder of the issue that an editor names by number or path; None means the newest. The path of a file of the
    issue will do; one that belongs to all issues means the newest as well.

    Raises ManifestError, with the issues there are, if there is no such issue.
    """
    name = name and (name.rstrip("/\\") or name)
    path = start / (name or "")
    if name and path.is_file():
        own = next((folder for folder in path.parents if (folder / "issue.yaml").is_file()), None)
        if own or not (path.name == "publication.yaml" or "templates" in path.parts):
            return own or path
        name = None
    elif name and ("/" in name or "\\" in name or name == "issue.yaml" or (path / "issue.yaml").is_file()):
        return path.parent if path.name == "issue.yaml" else path
    issues = find_issues_folder(start)
    folders = issue_folders(issues)
    if name is None and folders:
        return folders[-1]
    wanted = next((folder for folder in folders if folder.name == name), None)
    if wanted is None and name and called_otherwise(issues / name / "issue.yaml"):
        return issues / name  # whoever reads it says so
    if wanted is None:
        newest = ", ".join(folder.name for folder in folders[-5:])
        hint = f"The newest are: {newest}." if newest else "Make a folder with an issue.yaml for the first one."
        raise ManifestError.at(issues / (name or "652") / "issue.yaml", None, "This issue does not exist.", hint)
    return wanted
