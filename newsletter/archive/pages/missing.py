"""What a server shows in place of a page that is not there: ``404.html``."""

from __future__ import annotations

from collections.abc import Iterator

from newsletter.archive.archive import Archive
from newsletter.archive.page import Page

PATH = "404.html"
_TEMPLATE = "404.html.j2"


def pages(archive: Archive) -> Iterator[Page]:
    """Yield the page. It has no address of its own."""

    def make() -> bytes:
        html = archive.render(_TEMPLATE, {"path": None})
        return html.encode()

    yield archive.page(PATH, make, also=[_TEMPLATE])
