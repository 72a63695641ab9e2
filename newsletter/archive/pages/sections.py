"""The pieces of each section: ``sections/news/``."""

from __future__ import annotations

from collections.abc import Iterator

from newsletter.archive.archive import Archive
from newsletter.archive.page import Page
from newsletter.archive.pages.lists import pages_of


def pages(archive: Archive) -> Iterator[Page]:
    """Yield the pages of all sections."""
    for section in archive.sections:
        yield from pages_of(archive, section, "section.html.j2")
