"""What an importer is: a module that reads one kind of original."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import TYPE_CHECKING, Literal, Protocol

from newsletter.importers.fetching import fetch

if TYPE_CHECKING:
    from newsletter.importers.original import Original
    from newsletter.importers.piece import Piece
    from newsletter.model import Publication

Changes = Literal["accept", "reject"]
"""What becomes of changes that a word processor has tracked."""


class Fit(IntEnum):
    """How sure an importer is that an original is of its kind."""

    NO = 0
    PERHAPS = 1
    """It can read it, as any text can be read as text."""
    YES = 2


@dataclass(frozen=True)
class Context:
    """What an importer needs to know beside the original."""

    publication: Publication
    read_another: Callable[[Original], Iterator[Piece]]
    """Reads an original within the original by its own importer: an attachment of a mail."""
    decide_changes: Callable[[str], Changes | None]
    """Asks what becomes of tracked changes, which the text lists; None if nobody can be asked."""
    fetch: Callable[[str], Original] = fetch
    """Returns what is at a web address: a picture of a page. Raises UnreadableError."""
    is_wanted: Callable[[int, datetime | None], bool] = lambda number, moment: True
    """Returns whether an entry of a feed is wanted, by its number, the newest being 1, and when it
    was published on the publication's clock, if that is known."""


class Importer(Protocol):
    """A module in ``importers/sources/``, or a plug-in of the group ``newsletter.importers``."""

    TITLE: str
    """What it reads, in a few words: "Word (.docx)"."""

    def fit(self, original: Original) -> Fit:
        """Return whether the original is of its kind, by its name and its first bytes."""

    def read(self, original: Original, context: Context) -> Iterator[Piece]:
        """Yield the pieces in the original.

        Raise UnreadableError if it cannot be read. Time and memory are bounded, whatever it is.
        """
