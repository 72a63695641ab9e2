"""YAML and Markdown files to an Issue, and back; every problem with its file and line.

What only those need who write is in writing.py, so that a build does not load it.
"""

from newsletter.manifest.manuscript import Manuscript
from newsletter.manifest.passages import Passage
from newsletter.manifest.project import IssueFolder, Project
from newsletter.manifest.reading import (
    line_of_format,
    read_issue,
    read_manuscript,
    read_publication,
)

__all__ = [
    "IssueFolder",
    "Manuscript",
    "Passage",
    "Project",
    "line_of_format",
    "read_issue",
    "read_manuscript",
    "read_publication",
]
