"""A piece as others may show it: clean HTML and plain text, each with where it appeared."""

from __future__ import annotations

from typing import NamedTuple

from newsletter.archive.archive import Archive
from newsletter.archive.nouns import Piece, PublishedIssue
from newsletter.archive.parts.illustrations import Illustration
from newsletter.archive.parts.texts import blocks_of
from newsletter.model import Item
from newsletter.text import markdown
from newsletter.text.wrapping import UNLIMITED


class Copies(NamedTuple):
    """What somebody copies to show a piece elsewhere."""

    html: str
    text: str
    shows_picture: bool
    """Whether the piece's own picture is in the HTML, as its licence allows."""


def copies_of(
    archive: Archive,
    issue: PublishedIssue,
    piece: Piece,
    item: Item,
    picture: Illustration | None,
) -> Copies | None:
    """Return the copies of a piece; None if the publication has no terms for them, or if it is an
    advert, an event or the like. Pictures within its text have no licence of their own and are
    left out.
    """
    if not archive.publication.pages.republish or not piece.is_editorial:
        return None

    has_licence = item.picture is not None and item.picture.licence is not None
    is_ours = picture is not None and picture.path != ""

    def address_of(number: str) -> str | None:
        other = archive.by_number.get(number)
        return archive.address(other.path) if other else None

    running = markdown.without_pictures(blocks_of(archive, item, address_of))
    shown = picture if has_licence and is_ours else None
    values = {"issue": issue, "piece": piece, "item": item, "picture": shown}

    def copy(template: str, body: str) -> str:
        return archive.render(template, {**values, "body": body})

    return Copies(
        html=copy("republished.html.j2", markdown.to_page(running)).strip(),
        text=copy("republished.txt.j2", markdown.to_text(running, UNLIMITED)).strip(),
        shows_picture=shown is not None,
    )
