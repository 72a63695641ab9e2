"""YAML and Markdown files in, an Issue out, and back; every problem with its file and line."""

from newsletter.manifest.finding import find_issue, issue_folders
from newsletter.manifest.reading import read_issue
from newsletter.manifest.writing import write_issue

__all__ = ["find_issue", "issue_folders", "read_issue", "write_issue"]
