"""All issues: ``issues/``, and by year where there are many."""

from __future__ import annotations

from collections.abc import Iterator

from newsletter.archive.archive import Archive
from newsletter.archive.nouns import PublishedIssue
from newsletter.archive.page import Page
from newsletter.archive.pages.lists import pages_of_entries
from newsletter.archive.paths import ALL_ISSUES


def pages(archive: Archive) -> Iterator[Page]:
    """Yield the list of all issues, of which there may be none."""
    issues = tuple(archive.newest_first())
    values = {"feed": ALL_ISSUES}
    yield from pages_of_entries(archive, ALL_ISSUES, "issues.html.j2", issues, _facts, values)


def _facts(issue: PublishedIssue) -> str:
    return issue.facts.hex()
