"""Issues read again for the pages that show all of them; the last few are remembered."""

from __future__ import annotations

from functools import lru_cache

from newsletter.archive.issues.kept import kept_issue
from newsletter.archive.nouns import PublishedIssue
from newsletter.email.typesetting import lines_in_type
from newsletter.manifest import IssueFolder, read_issue
from newsletter.model import Issue


def opened(issue: PublishedIssue) -> Issue:
    """Return all of an issue, its lines in type. Raise ManifestError."""
    return _opened(issue.folder, issue.files)


@lru_cache(maxsize=32)
def _opened(folder: IssueFolder, files: bytes) -> Issue:
    return kept_issue(folder, files) or lines_in_type(read_issue(folder))
