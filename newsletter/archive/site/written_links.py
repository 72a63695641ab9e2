"""Where an author wrote a link that leads to no page of the site."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from newsletter.archive.nouns import PublishedIssue
from newsletter.archive.paths import PAGE
from newsletter.archive.site.links import DeadLink

if TYPE_CHECKING:
    from newsletter.archive.archive import Archive


def place_of(dead: DeadLink, archive: Archive) -> tuple[Path, int] | None:
    """Return the file and the line where a dead link is written.

    Return None if no text of the page's issue has it: then the program has made it.
    """
    target, _, _ = dead.link.partition("#")
    root = urlsplit(archive.base).path
    forms = {root + target, root + quote(target)}
    page = dead.page.removesuffix(PAGE)

    for issue in archive.issues:
        if page.startswith(issue.path):
            return next(_lines_with(forms, issue), None)
    return None


def _lines_with(forms: set[str], issue: PublishedIssue) -> Iterator[tuple[Path, int]]:
    folder = issue.folder
    for path in (*sorted(folder.path.glob("*.md")), folder.manifest):
        text = path.read_text("utf-8", "replace")
        for number, line in enumerate(text.splitlines(), 1):
            if any(form in line for form in forms):
                yield path, number
