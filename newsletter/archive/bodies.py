"""The texts of pieces in HTML: made once for all pages that show them, and kept for later runs.

A piece's own page shows its text, and so does each of the feeds that it is in; and when one piece
is new or has changed, its feeds show others of hundreds of issues.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from markupsafe import Markup

from newsletter.archive.archive import Archive
from newsletter.archive.kept import name_of
from newsletter.archive.nouns import Piece, PublishedIssue
from newsletter.archive.opened import opened
from newsletter.archive.texts import body_of
from newsletter.cache import keep, load

_MOST = 16
"""Issues whose texts are remembered: pages of one issue are made one after another."""
_Texts = Mapping[str, str]
"""The HTML of each text, by the key of its item."""


class Bodies:
    """The texts of an archive's pieces."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._remembered: dict[str, _Texts] = {}

    def of(self, issue: PublishedIssue, piece: Piece) -> Markup:
        """Return all of the text of a piece of an issue, with its pictures and footnotes."""
        if issue.number not in self._remembered:
            if len(self._remembered) == _MOST:
                oldest = next(iter(self._remembered))
                del self._remembered[oldest]
            self._remembered[issue.number] = self._of_issue(issue)
        return Markup(self._remembered[issue.number][piece.key])  # noqa: S704 - body_of made it

    def _of_issue(self, issue: PublishedIssue) -> _Texts:
        made_by = hashlib.sha256(self._archive.digest + issue.digest).hexdigest().encode()
        name = name_of(issue.folder, "bodies")
        above, _, kept = (load(name) or b"").partition(b"\n")
        if above == made_by:
            texts: _Texts = json.loads(kept)
            return texts

        items = (item for item in opened(issue).items if item.has_page)
        made = {item.key: body_of(self._archive, issue, item) for item in items}
        keep(name, made_by + b"\n" + json.dumps(made, ensure_ascii=False).encode())
        return made
