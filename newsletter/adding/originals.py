"""The originals that wait in the inbox, and where they are kept once they were added."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from newsletter.files import read_regular
from newsletter.importers import Original

MOST_READ = 100_000_000
"""Bytes of the largest file that is read: a Word file with photos, say."""


def original_in(path: Path) -> Original:
    """Return what is in a file. Raise OSError if it is not a regular file, or is too large."""
    content = read_regular(path, MOST_READ)
    return Original(path.name, content, path)


def keep(path: Path, folder: Path) -> Path:
    """Move a file into the folder of sources, and return where it is now.

    If the very same content is there, under any name, the file is deleted. One of another content
    keeps its name, and this one gets a number.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if same := _same_in(folder, path):
        path.unlink()
        return same

    target, number = folder / path.name, 1
    while os.path.lexists(target):
        number += 1
        target = folder / f"{path.stem}-{number}{path.suffix}"
    shutil.move(path, target)
    return target


def _same_in(folder: Path, path: Path) -> Path | None:
    """Return a file of a folder that has the content of another one."""
    size, content = path.stat().st_size, read_regular(path, MOST_READ)
    for other in folder.iterdir():
        is_candidate = other.is_file() and other.stat().st_size == size
        if is_candidate and read_regular(other, MOST_READ) == content:
            return other
    return None
