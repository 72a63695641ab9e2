"""The share cards: ``cards/652.png`` of each newer issue, and one of the newsletter itself."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from newsletter.archive.archive import Archive, Page
from newsletter.archive.cards import OF_NEWSLETTER, card_of_issue, card_of_newsletter, path_of
from newsletter.cache import program
from newsletter.pictures.cards import Card, share_card


def pages(archive: Archive) -> Iterator[Page]:
    """Yield all share cards."""
    yield _page(OF_NEWSLETTER, card_of_newsletter(archive))
    for issue in archive.issues:
        if path := path_of(archive, issue):
            yield _page(path, card_of_issue(archive, issue))


def _page(path: str, card: Card) -> Page:
    # Neither the look of the pages nor their address changes a card.
    digest = hashlib.blake2b(program("pictures"), digest_size=16)
    digest.update(repr(card).encode())
    return Page(path, digest.digest(), lambda: share_card(card))
