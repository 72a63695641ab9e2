"""Watch the files that editors save, in two folders, with the means of the operating system."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

from watchfiles import awatch

_PAUSE = 10
"""Milliseconds without a save that end a burst: an editor may write twice within a few."""
_LONGEST_BURST = 500
"""Milliseconds after which a burst is reported although it goes on."""
_LOOK = 0.3
"""Seconds between checks that the folders are still the same."""


async def changes(*folders: Path) -> AsyncIterator[set[Path]]:
    """Yield sets of files in ``folders`` that were written, added, renamed or removed; one burst of saves is one set.
    A folder that vanishes, comes back or is replaced by another is a change itself, and is watched further.
    """
    while True:
        there = _there(folders)
        others = asyncio.Event()
        guard = asyncio.create_task(_until_others(folders, there, others))
        try:
            async for batch in awatch(
                *there, step=_PAUSE, debounce=_LONGEST_BURST, stop_event=others
            ):
                yield {Path(path) for _, path in batch}
        except FileNotFoundError:  # it vanished just now
            await asyncio.sleep(_LOOK)
        finally:
            guard.cancel()
        yield set(folders)


def _there(folders: tuple[Path, ...]) -> dict[Path, int]:
    """Return the folders that exist, each with its number in the file system: one that replaces it has another."""
    return {folder: folder.stat().st_ino for folder in folders if folder.is_dir()}


async def _until_others(
    folders: tuple[Path, ...], there: dict[Path, int], others: asyncio.Event
) -> None:
    """Set the event when other folders are there. A watch on the folder above them would report all its files too."""
    while _there(folders) == there:
        await asyncio.sleep(_LOOK)
    others.set()
