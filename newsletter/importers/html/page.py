"""What is known of the HTML that a text is in."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import urljoin

from newsletter.importers.html.footnotes import Footnotes
from newsletter.importers.html.notices import Notices
from newsletter.importers.html.styles import Styles
from newsletter.text.markdown.dialect import is_allowed, parser


class Page(NamedTuple):
    """A page: what holds for all of its text."""

    address: str
    """Its own, to complete others; empty if it has none."""
    picture: Callable[[str], str | None]
    styles: Styles
    footnotes: Footnotes
    notices: Notices

    def complete(self, written: str) -> str | None:
        """Return the whole address of a link; None if it leads to no web or mail address."""
        address = "".join(written.split("\n")).strip()
        if address.startswith("#"):
            return None
        try:
            whole = urljoin(self.address, address)
            return parser().normalizeLink(whole) if is_allowed(whole) else None
        except ValueError:
            return None

    def picture_at(self, source: str) -> str | None:
        """Return the name of the picture at an address; None if it has none."""
        try:
            return self.picture(urljoin(self.address, source))
        except ValueError:  # a host that cannot exist
            return None
