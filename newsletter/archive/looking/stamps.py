"""What directories and digests say of files: whether one may have changed, and whether it has."""

from __future__ import annotations

import hashlib
import os
import stat
from typing import NamedTuple

_COARSEST = 2_000_000_000
"""Nanoseconds between two times that a file system can tell apart, at most (FAT)."""


class Stamp(NamedTuple):
    """What a file's directory entry says: one that says the same has most likely not changed."""

    modified: int
    changed: int
    """Nanoseconds since 1970, also of a change that sets ``modified`` back."""
    size: int
    inode: int

    @classmethod
    def of(cls, status: os.stat_result) -> Stamp:
        """Return the stamp of a file."""
        return cls(status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino)

    def is_young(self, now: int) -> bool:
        """Return whether the file can still change and keep its stamp, ``now`` in ns since 1970.

        Two changes within one tick of a disk's clock look the same. (Git has the same rule:
        racy-git in its technical documentation.)
        """
        return max(self.modified, self.changed) > now - _COARSEST


def stamp_of(path: str) -> Stamp | None:
    """Return the stamp of a file; None if there is none, or a link, or something else."""
    try:
        status = os.lstat(path)
    except OSError:
        return None
    return Stamp.of(status) if stat.S_ISREG(status.st_mode) else None


def content_digest(content: bytes) -> str:
    """Return the digest of a file's bytes."""
    return hashlib.blake2b(content, digest_size=16).hexdigest()
