"""All corrections, the newest first: ``corrections/``, and by year where there are many."""

from __future__ import annotations

from collections.abc import Iterator

from newsletter.archive.archive import Archive
from newsletter.archive.page import Page
from newsletter.archive.pages.lists import pages_of_entries
from newsletter.archive.paths import CORRECTIONS

_TEMPLATE = "corrections.html.j2"


def pages(archive: Archive) -> Iterator[Page]:
    """Yield the list of all corrections, which may be empty."""
    yield from pages_of_entries(archive, CORRECTIONS, _TEMPLATE, archive.corrections, repr)
