"""What the head of every page needs: the style sheet, which is the theme's palette and its
archive/css/ in the order of names, and the publication's logo.
"""

from __future__ import annotations

from collections.abc import Iterator

from newsletter.archive.archive import Archive
from newsletter.archive.page import Page

PATH = "style.css"


def pages(archive: Archive) -> Iterator[Page]:
    """Yield the style sheet, and the logo if there is one."""
    yield archive.page(PATH, archive.templates.style.encode)
    if logo := archive.logo:
        yield archive.page(logo.path, lambda: logo.content)
