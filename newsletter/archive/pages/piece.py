"""The page of each piece: ``652/palaces/``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from newsletter.archive import metadata
from newsletter.archive.archive import Archive, Page, all_of
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
    shown = _Shown()
    for issue in archive.issues:
        earlier = (None, *issue.pieces)
        later = (*issue.pieces[1:], None)
        for around in zip(earlier, issue.pieces, later, strict=False):
            yield _page(archive, bodies, shown, issue, *around)


def _page(
    archive: Archive,
    bodies: Bodies,
    shown: _Shown,
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

    return archive.html_page(
        piece.path,
        "piece.html.j2",
        values,
        also=[all_of(issue, piece), *map(shown.of, related)],
        subject=subject_of(issue, piece),
    )


class _Shown:
    """What is shown of related pieces: each of the archive's is shown with several."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def of(self, other: Related) -> str:
        """Return all that is shown of a related piece, its title with its emphasis."""
        known = self._known.get(other.path) if other.path else None
        if known is None:
            title, day, authors, *others = other
            known = "\n".join((as_written(title), str(day), *authors, *others))
            self._known[other.path] = known
        return known
