"""The page of each piece: ``652/palaces/``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from newsletter.archive.archive import Archive, all_of
from newsletter.archive.issues.opened import opened
from newsletter.archive.moved.pages import subject_of
from newsletter.archive.nouns import Piece, PublishedIssue
from newsletter.archive.page import Page
from newsletter.archive.pages import calendars
from newsletter.archive.parts import metadata
from newsletter.archive.parts.bodies import Bodies
from newsletter.archive.parts.illustrations import picture_of
from newsletter.archive.parts.republishing import copies_of


def pages(archive: Archive) -> Iterator[Page]:
    """Yield the pages of all pieces."""
    bodies = Bodies(archive)
    for issue in archive.issues:
        earlier = (None, *issue.pieces)
        later = (*issue.pieces[1:], None)
        for around in zip(earlier, issue.pieces, later, strict=False):
            yield _page(archive, bodies, issue, *around)


def _page(
    archive: Archive,
    bodies: Bodies,
    issue: PublishedIssue,
    before: Piece | None,
    piece: Piece,
    after: Piece | None,
) -> Page:
    related = archive.related[piece.path]

    def values() -> dict[str, Any]:
        item = next(item for item in opened(issue).items if item.key == piece.key)
        picture = picture_of(archive, issue, item)
        return {
            "issue": issue,
            "piece": piece,
            "item": item,
            "body": bodies.of(piece),
            "picture": picture,
            "metadata": metadata.of_piece(archive, issue, piece, item, picture),
            "calendar": calendars.link_to(archive, issue, item),
            "copies": copies_of(archive, issue, piece, item, picture),
            "related": related,
            "before": before,
            "after": after,
        }

    return archive.html_page(
        piece.path,
        "piece.html.j2",
        values,
        shows=related,
        also=[all_of(issue, piece)],
        subject=subject_of(issue, piece),
    )
