"""What programs read in the head of a page besides its title: OpenGraph, and linked data."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from markupsafe import Markup

from newsletter.archive.archive import Archive
from newsletter.archive.nouns import Piece, PublishedIssue
from newsletter.archive.parts import cards, linked_data
from newsletter.archive.parts.illustrations import Illustration
from newsletter.model import Item
from newsletter.pictures.cards import CARD


class Picture(NamedTuple):
    """The picture that a link to a page becomes where somebody shares it."""

    address: str
    alt: str
    width: int | None
    """Pixels; None if they are not known, of a picture from elsewhere."""
    height: int | None

    @property
    def is_wide(self) -> bool:
        """Whether it can be shown across a post, without being cut to a part of it."""
        return bool(self.width and self.height and self.width > self.height)


class Metadata(NamedTuple):
    """What parts/metadata.html.j2 writes."""

    type: str
    """Of OpenGraph: article or website."""
    picture: Picture
    published: date | None
    modified: date | None
    linked_data: Markup
    """The content of a script element."""


def of_piece(
    archive: Archive,
    issue: PublishedIssue,
    piece: Piece,
    item: Item,
    shown: Illustration | None,
) -> Metadata:
    """Return the metadata of a piece's page, which shows this picture."""
    picture = _picture(archive, item, shown)
    address = picture.address if shown else ""
    things = linked_data.of_piece(archive, issue, piece, item, address)
    return Metadata(
        type="article",
        picture=picture,
        published=piece.day,
        modified=piece.corrected,
        linked_data=linked_data.as_script(things),
    )


def of_issue(archive: Archive, issue: PublishedIssue) -> Metadata:
    """Return the metadata of an issue's page."""
    path = cards.path_of(archive, issue) or cards.OF_NEWSLETTER
    things = linked_data.of_issue(archive, issue)
    return Metadata(
        type="article",
        picture=_card(archive, path),
        published=issue.day,
        modified=None,
        linked_data=linked_data.as_script(things),
    )


def of_newsletter(archive: Archive) -> Metadata:
    """Return the metadata of the front page."""
    things = linked_data.of_newsletter(archive)
    return Metadata(
        type="website",
        picture=_card(archive, cards.OF_NEWSLETTER),
        published=None,
        modified=None,
        linked_data=linked_data.as_script(things),
    )


def _picture(archive: Archive, item: Item, shown: Illustration | None) -> Picture:
    if not shown or not item.picture:
        return _card(archive, cards.OF_NEWSLETTER)
    address = archive.address(shown.path) if shown.path else shown.src
    return Picture(address, item.picture.alt, shown.width, shown.height)


def _card(archive: Archive, path: str) -> Picture:
    return Picture(archive.address(path), archive.publication.name, CARD.width, CARD.height)
