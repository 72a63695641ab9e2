"""YAML and Markdown files to an Issue, and back; every problem with its file and line."""

from newsletter.manifest.manuscript import Manuscript
from newsletter.manifest.passages import Passage
from newsletter.manifest.project import IssueFolder, Project
from newsletter.manifest.reading import (
    line_of_format,
    read_issue,
    read_manuscript,
    read_publication,
)
from newsletter.manifest.writing import write_issue

__all__ = [
    "IssueFolder",
    "Manuscript",
    "Passage",
    "Project",
    "line_of_format",
    "read_issue",
    "read_manuscript",
    "read_publication",
    "write_issue",
]
