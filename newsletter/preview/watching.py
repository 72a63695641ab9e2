"""What editors save: the files of two folders, watched by the system's own means."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

from watchfiles import awatch

_PAUSE = 10
"""Milliseconds of silence that end a burst of saves: an editor writes twice within a few."""
_LONGEST_BURST = 500
"""Milliseconds after which a burst is shown although it goes on."""
_LOOK = 0.3
"""Seconds between looks whether the folders are still the same."""


async def changes(*folders: Path) -> AsyncIterator[set[Path]]:
    """Sets of files in ``folders`` that were written, added, renamed or removed; one burst of saves comes in one set.
    A folder that vanishes, comes back or is replaced by another is a change itself, and is followed.
    """
    while True:
        there = _there(folders)
        others = asyncio.Event()
        guard = asyncio.create_task(_until_others(folders, there, others))
        try:
            async for batch in awatch(*there, step=_PAUSE, debounce=_LONGEST_BURST, stop_event=others):
                yield {Path(path) for _, path in batch}
        except FileNotFoundError:  # it vanished just now
            await asyncio.sleep(_LOOK)
        finally:
            guard.cancel()
        yield set(folders)


def _there(folders: tuple[Path, ...]) -> dict[Path, int]:
    """The folders that there are, each with its number in the file system: one that replaces it has another."""
    return {folder: folder.stat().st_ino for folder in folders if folder.is_dir()}


async def _until_others(folders: tuple[Path, ...], there: dict[Path, int], others: asyncio.Event) -> None:
    """Set the event when other folders are there. A watch on what is above them would bring all its files along."""
    while _there(folders) == there:
        await asyncio.sleep(_LOOK)
    others.set()
