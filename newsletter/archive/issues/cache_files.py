"""Files of the cache that are about issues: their names, and their first line, which says what made
what is below it.
"""

from __future__ import annotations

import hashlib
import os

from newsletter.cache import keep, load
from newsletter.manifest import IssueFolder

_TOGETHER = 20
"""Numbers of issues that may be in one file, which is read more quickly than a file for each."""


def name_of_one(folder: IssueFolder, kind: str) -> str:
    """Return the name of a file that belongs to one issue alone."""
    return f"{_newsletter(folder)}/{folder.path.name}.{kind}"


def name_of_group(folder: IssueFolder, kind: str) -> str:
    """Return the name of a file that an issue has in common with those of its group."""
    return f"{_newsletter(folder)}/{group_of(folder)}.{kind}"


def group_of(folder: IssueFolder) -> int:
    """Return the number of an issue's group."""
    digits = "".join(filter(str.isdecimal, folder.path.name))
    return int(digits or 0) // _TOGETHER


def load_made(name: str, made_by: str) -> bytes | None:
    """Return what is kept under a name; None if nothing is, or if something else made it."""
    first_line, _, content = (load(name) or b"").partition(b"\n")
    return content if first_line == made_by.encode() else None


def keep_made(name: str, made_by: str, content: bytes) -> None:
    """Keep what ``made_by`` has made, which is one line."""
    keep(name, made_by.encode() + b"\n" + content)


def _newsletter(folder: IssueFolder) -> str:
    """Return the folder of the cache that belongs to an issue's newsletter."""
    issues = os.fsencode(folder.project.issues.resolve())
    return f"issues-{hashlib.sha256(issues).hexdigest()[:16]}"
