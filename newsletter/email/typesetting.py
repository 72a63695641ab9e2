"""An issue in the type of its publication's language, as readers get it.

What the editors wrote stays in the manuscript, where the checks look texts up.
"""

from __future__ import annotations

from newsletter.model import Issue, Publication
from newsletter.model.fields import Seen
from newsletter.model.walking import with_texts
from newsletter.text.markdown import Blocks, Title
from newsletter.text.typography import has_rules, set_blocks, set_line, set_title


def sets_type(publication: Publication) -> bool:
    """Return whether the builder sets the type of a publication's texts."""
    return publication.typography and has_rules(publication.language)


def lines_in_type(issue: Issue) -> Issue:
    """Return the issue with its lines and titles in type; its Markdown is as it was written."""
    publication = issue.publication
    if not sets_type(publication):
        return issue

    def in_type(text: str, seen: Seen) -> str:
        return line_in_type(text, publication) if seen is Seen.LINE else text

    return with_texts(issue, in_type)


def line_in_type(text: str, publication: Publication) -> str:
    """Return a line of text, or a title, in type."""
    if not sets_type(publication):
        return text
    if isinstance(text, Title):
        return set_title(text, publication.language)
    return set_line(text, publication.language)


def blocks_in_type(blocks: Blocks, publication: Publication) -> Blocks:
    """Return Markdown in type."""
    if not sets_type(publication):
        return blocks
    return set_blocks(blocks, publication.language)


def breakable(line: str) -> str:
    """Return a line with ordinary spaces alone: a subject, or a title in a calendar, is not broken
    by us, and many programs show or search for an unusual space in one wrongly.
    """
    return " ".join(line.split())
