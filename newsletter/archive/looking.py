"""A look at an issue's files, which says whether they may have changed since the last one.

A look sees names, sizes, times and inodes, and reads nothing. It is trusted if no file had changed
within the two seconds before, since two changes within one tick of a disk's clock look the same
(Git has the same rule: racy-git in its technical documentation). Else the contents decide.
"""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_RACY = 2_000_000_000
"""Nanoseconds: the coarsest clock of a disk, that of FAT, has ticks of two seconds."""
_UNTRUSTED = "-"
"""In place of what nothing can be known by."""
_SEEN = ("st_mode", "st_size", "st_mtime_ns", "st_ctime_ns", "st_ino")


class _File(NamedTuple):
    """A file, link or folder in an issue's folder."""

    name: str
    """From the issue's folder on."""
    path: str
    status: os.stat_result
    """Of a link, that of the link itself."""

    @property
    def is_link(self) -> bool:
        return stat.S_ISLNK(self.status.st_mode)


def _files(folder: Path, above: str = "") -> Iterator[_File]:
    """Yield all that is in a folder, at any depth, in the order of the names."""
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            file = _File(above + entry.name, entry.path, entry.stat(follow_symlinks=False))
            yield file
            if stat.S_ISDIR(file.status.st_mode):
                yield from _files(Path(file.path), f"{file.name}/")


def look(folder: Path) -> str:
    """Return what a look at an issue's files sees; another one each time if that is not enough."""
    now = time.time_ns()
    seen = hashlib.blake2b(_name_of(folder), digest_size=16)
    try:
        for file in _files(folder):
            status = file.status
            last = max(status.st_mtime_ns, status.st_ctime_ns)
            if last > now - _RACY or file.is_link:  # a link may lead out of the folder
                return f"{_UNTRUSTED}{now}"
            seen.update(repr((file.name, *map(status.__getattribute__, _SEEN))).encode())
    except OSError:
        return f"{_UNTRUSTED}{now}"
    return seen.hexdigest()


def content(folder: Path) -> str:
    """Return a digest of the names and contents of an issue's files."""
    seen = hashlib.blake2b(_name_of(folder), digest_size=16)
    try:
        for file in _files(folder):
            seen.update(repr((file.name, file.status.st_mode)).encode())
            path = Path(file.path)
            if file.is_link:
                seen.update(os.fsencode(path.readlink()) + b"\0")
            if path.is_file():
                found = path.read_bytes()
                seen.update(f"{len(found)}\0".encode() + found)
    except OSError:
        return f"{_UNTRUSTED}{time.time_ns()}"
    return seen.hexdigest()


def _name_of(folder: Path) -> bytes:
    """Return the folder's own name, which is the issue's number; a link has its target's."""
    own = folder.resolve() if folder.is_symlink() else folder
    return os.fsencode(own.name)
