"""Which newsletter a site is of: two must not take each other's place.

A newsletter may move to another address, and its pieces to other pages. Only a site with another
address that has none of its pieces is another one's.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from newsletter.archive.paths import PAGE
from newsletter.archive.site.state import State
from newsletter.errors import NewsletterError

if TYPE_CHECKING:
    from newsletter.archive.archive import Archive


def address_of(state: State) -> str:
    """Return the address of a site, which its front page remembers; "" if it is not known."""
    return state[PAGE].subject if PAGE in state else ""


def pieces_of(state: State) -> list[str]:
    """Return the paths of the pages of pieces: they remember a file and a title."""
    return [path for path, file in state.items() if "\n" in file.subject]


def is_another(there: str, files: Collection[str], address: str, pieces: Collection[str]) -> bool:
    """Return whether a site with the address ``there`` and these files is not that of a newsletter
    with this address and these pages of pieces.
    """
    return bool(there and pieces) and there != address and set(files).isdisjoint(pieces)


def require_own(out: Path, state: State, archive: Archive) -> None:
    """Raise NewsletterError if the site in a folder is that of another newsletter."""
    there = address_of(state)
    pieces = [piece.path + PAGE for piece in archive.pieces]
    if is_another(there, state, archive.base, pieces):
        message = f"This is the site of another newsletter, {there}."
        hint = "Name another folder with --out; or delete this one, if nobody needs that site."
        raise NewsletterError.at(out, None, message, hint)
