"""HTML of any origin to the Markdown that this program reads: the one writer for all importers."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple
from xml.etree.ElementTree import Element

from newsletter.importers.html.footnotes import Footnotes
from newsletter.importers.html.layout import laid_out
from newsletter.importers.html.notices import Notices
from newsletter.importers.html.page import Page
from newsletter.importers.html.styles import Styles
from newsletter.importers.html.tree import parsed
from newsletter.importers.html.walking import Walk


class Written(NamedTuple):
    """Markdown made of HTML, and what could not be kept as it was."""

    markdown: str
    """Paragraphs with empty lines between them. No line is broken within a paragraph, but where the
    source has a line break: there, a backslash is at its end."""
    repairs: tuple[str, ...] = ()
    """Sentences: a table written as lines, underlining left off, a link that leads nowhere."""
    left_out: tuple[str, ...] = ()
    """Sentences: a script, hidden text, a picture without a file."""


def markdown_of(
    html: str | Element,
    *,
    address: str | None = None,
    picture: Callable[[str], str | None] = lambda _: None,
) -> Written:
    """Return the Markdown of HTML.

    ``address`` is the page's own, to complete links; ``picture`` returns the name under which the
    picture at an address is kept (``images/lab.jpg``), or None to leave it out.
    """
    root = parsed(html).root if isinstance(html, str) else html
    notices = Notices()
    page = Page(address or "", picture, Styles(root), Footnotes(root), notices)
    markdown = laid_out(Walk(page).through(root), notices)
    return Written(markdown, notices.repairs, notices.left_out)
