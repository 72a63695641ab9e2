"""The page of each piece: ``652/palaces/``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from newsletter.archive import metadata
from newsletter.archive.archive import Archive, Page
from newsletter.archive.bodies import Bodies
from newsletter.archive.illustrations import picture_of
from newsletter.archive.moved import subject_of
from newsletter.archive.nouns import Piece, PublishedIssue, Related
from newsletter.archive.opened import opened
from newsletter.archive.pages import calendars
from newsletter.archive.republishing import copies_of
from newsletter.text.markdown import as_written


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
            "body": bodies.of(issue, piece),
            "picture": picture,
            "metadata": metadata.of_piece(archive, issue, piece, item, picture),
            "calendar": calendars.link_to(archive, issue, item),
            "copies": copies_of(archive, issue, piece, item, picture),
            "related": related,
            "before": before,
            "after": after,
        }

    # Where its authors and topics are listed depends on what others are called.
    also = [repr(piece), *map(_all_of, related)]
    page = archive.html_page(piece.path, "piece.html.j2", values, shows=[issue], also=also)
    return page._replace(subject=subject_of(issue, piece))


def _all_of(other: Related) -> str:
    """Return all that is shown of a related piece, its title with its emphasis."""
    title, day, authors, *others = other
    return "\n".join((as_written(title), str(day), *authors, *others))
