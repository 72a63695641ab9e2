"""One process at a time, of all processes of this person."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from newsletter.cache import cache_folder


class TakenError(Exception):
    """Another process holds the lock."""


@contextmanager
def lock(folder: Path, purpose: str = "", seconds: float = 0) -> Iterator[None]:
    """Hold the lock on a folder while this lasts; it ends with its process, too.

    There is one for each purpose. Raise TakenError if another process still holds it after some
    seconds, and OSError if that cannot be made sure.
    """
    from filelock import FileLock, Timeout

    locks = cache_folder()
    name = f"{folder.resolve()}{purpose}"
    key = hashlib.sha256(name.encode()).hexdigest()[:16]
    held = FileLock(locks / f"{key}.lock", timeout=seconds)
    locks.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        held.acquire()
    except Timeout:
        raise TakenError from None

    try:
        yield
    finally:
        held.release()
