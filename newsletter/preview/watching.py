"""Watch the files that editors save, with the means of the operating system."""

from __future__ import annotations

import asyncio
import stat
from collections.abc import AsyncIterator
from pathlib import Path

from watchfiles import awatch

_QUIET = 10
"""Milliseconds without a save that end a burst: a program may write twice within a few."""
_LONGEST_BURST = 500
"""Milliseconds after which a burst is reported although it goes on."""
_LOOK_AGAIN = 0.3
"""Seconds between checks that the folders are still the same."""

_Inodes = dict[Path, int]
"""Folders that exist, each with its number in the file system: one that replaces it has another."""


async def changes(*folders: Path) -> AsyncIterator[set[Path]]:
    """Yield sets of files in ``folders`` that were written, added, renamed or removed.

    One burst of saves is one set. A folder that vanishes, comes back or is replaced by another is a
    change itself, and is watched further.
    """
    while True:
        watched = _existing(folders)
        are_replaced = asyncio.Event()
        guard = asyncio.create_task(_set_when_replaced(are_replaced, folders, watched))
        batches = awatch(*watched, step=_QUIET, debounce=_LONGEST_BURST, stop_event=are_replaced)
        try:
            async for batch in batches:
                yield {Path(path) for _, path in batch}
        except FileNotFoundError:  # it vanished just now
            await asyncio.sleep(_LOOK_AGAIN)
        finally:
            guard.cancel()

        yield set(folders)


def _existing(folders: tuple[Path, ...]) -> _Inodes:
    inodes: _Inodes = {}
    for folder in folders:
        try:
            status = folder.stat()
        except OSError:
            continue
        if stat.S_ISDIR(status.st_mode):
            inodes[folder] = status.st_ino
    return inodes


async def _set_when_replaced(
    event: asyncio.Event, folders: tuple[Path, ...], watched: _Inodes
) -> None:
    """Set the event when other folders are there than those that are watched.

    A watch on the folder above them would do as well, but report all its files too.
    """
    while _existing(folders) == watched:
        await asyncio.sleep(_LOOK_AGAIN)
    event.set()
