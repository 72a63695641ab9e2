"""Which entries of a feed, or pieces of another list of many, are wanted."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsletter.importers import Original, Piece

ALL = "all"


class Wanted:
    """Says of each entry of a feed whether it is wanted, and counts them.

    Nobody wants a whole feed unasked; of any other list all is wanted.
    """

    def __init__(self, written: str | None, since: datetime | None) -> None:
        self._written = written
        self._since = since
        self._numbers: set[int] = set()
        if written and written != ALL:
            self._numbers = set(map(int, written.split(",")))
        self.entries = 0
        """How many entries of a feed were asked about."""

    def __call__(self, number: int, moment: datetime | None) -> bool:
        """Return whether an entry is wanted, by its number and when it was published."""
        self.entries = max(self.entries, number)
        if self._numbers:
            return number in self._numbers
        if self._since:
            return moment is None or moment > self._since
        return number == 1 or self._written == ALL

    def of(self, pieces: list[Piece], original: Original) -> list[Piece]:
        """Return the pieces that are wanted. Raise UnreadableError if the editor must say which."""
        from newsletter.importers import unreadable

        if self.entries > 1 and self._written is None and self._since is None:
            message = f"There are {self.entries} pieces in this feed."
            hint = "Say which: --entries 1 is the newest; or --entries 1,3, all, or --since last."
            raise unreadable(original, message, hint)
        if self.entries or not self._numbers:
            return pieces

        if max(self._numbers) > len(pieces):
            message = f"There is no piece {max(self._numbers)} in this, only {len(pieces)}."
            raise unreadable(original, message, "Count from 1, the first in it.")
        return [pieces[number - 1] for number in sorted(self._numbers)]
