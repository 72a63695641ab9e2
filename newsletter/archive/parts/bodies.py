"""The texts of pieces in HTML: made once for all pages that show them, and kept for later runs.

A piece's own page shows its text, and so does each of the feeds that it is in; and when one piece
is new or has changed, its feeds show others of hundreds of issues.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache, partial

from markupsafe import Markup

from newsletter.archive.archive import Archive
from newsletter.archive.issues.cache_files import keep_made, load_made, name_of_one
from newsletter.archive.issues.opened import opened
from newsletter.archive.nouns import Piece
from newsletter.archive.parts.texts import body_of

_MOST = 16
"""Issues whose texts are remembered: pages of one issue are made one after another."""
_Texts = Mapping[str, str]
"""The HTML of each text, by the key of its item."""


class Bodies:
    """The texts of an archive's pieces."""

    def __init__(self, archive: Archive) -> None:
        # No part of it leads back to it: a thousand issues go when they are let go, unsearched for.
        self._of_issue = lru_cache(maxsize=_MOST)(partial(_kept_or_made, archive))

    def of(self, piece: Piece) -> Markup:
        """Return all of the text of a piece, with its pictures and footnotes."""
        texts = self._of_issue(piece.number)
        return Markup(texts[piece.key])  # noqa: S704 - body_of made it


def _kept_or_made(archive: Archive, number: str) -> _Texts:
    """Return the texts of the issue of this number, as an earlier run kept them, if it did."""
    issue = archive.by_number[number]
    name = name_of_one(issue.folder, "bodies")
    made_by = hashlib.sha256(archive.digest + issue.digest).hexdigest()
    kept = load_made(name, made_by)
    if kept is not None:
        texts: _Texts = json.loads(kept)
        return texts

    items = [item for item in opened(issue).items if item.has_page]
    made = {item.key: body_of(archive, issue, item) for item in items}
    keep_made(name, made_by, json.dumps(made, ensure_ascii=False).encode())
    return made
