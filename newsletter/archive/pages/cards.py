"""The share cards: ``cards/652.png`` of each newer issue, and one of the newsletter itself."""

from __future__ import annotations

from collections.abc import Iterator

from newsletter.archive.archive import Archive
from newsletter.archive.page import Page
from newsletter.archive.pages.pictures import page_of_picture
from newsletter.archive.parts.cards import OF_NEWSLETTER, card_of_issue, card_of_newsletter, path_of
from newsletter.pictures.cards import Card, share_card


def pages(archive: Archive) -> Iterator[Page]:
    """Yield all share cards."""
    yield _page(OF_NEWSLETTER, card_of_newsletter(archive))
    for issue in archive.issues:
        if path := path_of(archive, issue):
            yield _page(path, card_of_issue(archive, issue))


def _page(path: str, card: Card) -> Page:
    return page_of_picture(path, repr(card), lambda: share_card(card))
