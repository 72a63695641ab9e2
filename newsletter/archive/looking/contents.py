"""What is in an issue's folder, as a digest: names, links and the bytes of all files."""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple


class _File(NamedTuple):
    """A file, link or folder in an issue's folder."""

    name: str
    """From the issue's folder on."""
    path: Path
    mode: int
    """Of a link, that of the link itself."""


def contents_of(folder: Path) -> str:
    """Return a digest of all that is in an issue's folder, and of the folder's own name, which is
    the issue's number; another one each time if it cannot be read.
    """
    own = folder.resolve() if folder.is_symlink() else folder
    seen = hashlib.blake2b(os.fsencode(own.name), digest_size=16)
    try:
        for file in _files(folder):
            seen.update(repr((file.name, file.mode)).encode())
            if stat.S_ISLNK(file.mode):
                seen.update(os.fsencode(file.path.readlink()) + b"\0")
            if file.path.is_file():
                found = file.path.read_bytes()
                seen.update(f"{len(found)}\0".encode() + found)
    except OSError:
        return f"unreadable at {time.time_ns()}"
    return seen.hexdigest()


def _files(folder: Path, above: str = "") -> Iterator[_File]:
    """Yield all that is in a folder, at any depth, in the order of the names."""
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            mode = entry.stat(follow_symlinks=False).st_mode
            file = _File(above + entry.name, Path(entry.path), mode)
            yield file
            if stat.S_ISDIR(mode):
                yield from _files(file.path, f"{file.name}/")
