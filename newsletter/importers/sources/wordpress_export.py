"""A WordPress export, of which no single issue is made: it is refused with advice."""

from __future__ import annotations

from collections.abc import Iterator

from newsletter.importers.original import Original, unreadable
from newsletter.importers.piece import Piece
from newsletter.importers.protocol import Context, Fit
from newsletter.importers.wordpress_export import is_export

TITLE = "a WordPress export (by 'newsletter import')"


def fit(original: Original) -> Fit:
    """Return YES for an export."""
    return Fit.YES if is_export(original.content) else Fit.NO


def read(original: Original, context: Context) -> Iterator[Piece]:
    """Raise UnreadableError."""
    message = "This is a whole WordPress site."
    hint = "Give it to 'newsletter import', which makes an issue of each number."
    raise unreadable(original, message, hint)
