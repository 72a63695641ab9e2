"""What editors save: files under issues/ and templates/, watched by the system's own means."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

from watchfiles import awatch

WATCHED = ("issues", "templates")
_PAUSE = 10
"""Milliseconds of silence that end a burst of saves: an editor writes twice within a few."""
_LONGEST_BURST = 500
"""Milliseconds after which a burst is shown although it goes on."""


async def changes(root: Path) -> AsyncIterator[set[Path]]:
    """Sets of files under ``root/issues`` and ``root/templates`` that were written, added, renamed or removed; what is
    saved in one burst comes in one set. Also follows these two folders when they vanish and come back.
    """
    while True:
        folders = [root / name for name in WATCHED if (root / name).is_dir()]
        other_folders = asyncio.Event()
        guard = asyncio.create_task(_until_others(root, folders, other_folders))
        try:
            # Without folders the root stands in, but not what is below it: there may be thousands of files.
            watch = awatch(
                *(folders or [root]),
                recursive=bool(folders),
                step=_PAUSE,
                debounce=_LONGEST_BURST,
                stop_event=other_folders,
            )
            async for batch in watch:
                yield {Path(path) for _, path in batch}
        finally:
            guard.cancel()
        yield {root / name for name in WATCHED}


async def _until_others(root: Path, folders: list[Path], other_folders: asyncio.Event) -> None:
    """Set the event when one of the watched folders is added, removed or replaced."""
    names = {root / name for name in WATCHED}
    async for batch in awatch(root, recursive=False, step=_PAUSE, debounce=_LONGEST_BURST):
        if names & {Path(path) for _, path in batch}:
            other_folders.set()
            return
