"""Pictures that were made already: in this process, and in the cache of all commands."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from newsletter.cache import keep, load, program
from newsletter.files import read_regular
from newsletter.model.focus import point_of
from newsletter.pictures.shapes import Shape, Size
from newsletter.pictures.unusable import Unusable

if TYPE_CHECKING:
    from newsletter.pictures.making import Made

MOST_READ = 100_000_000
"""Bytes of a file that an editor drops into an issue's folder."""


class Kept(NamedTuple):
    """A picture, and the digest of the file that it was made of."""

    made: Made
    digest: str
    """SHA-256."""


def made_of(path: Path, shape: Shape, focus: str | None) -> Kept:
    """Return the picture in the file at ``path``, as readers get it. Raise Unusable.

    One that was made before, of the same content by the same program, is not made again; and a file
    that has not changed since this process read it is not read again.
    """
    try:
        status = path.stat()
        state = (status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino)
        return _made_of(path, state, shape, focus)
    except OSError as error:
        message = f"cannot be read ({error.strerror})."
        raise Unusable(message, "Check the file and its permissions.") from error


@lru_cache(maxsize=128)
def _made_of(path: Path, _: tuple[int, ...], shape: Shape, focus: str | None) -> Kept:
    from newsletter.pictures.making import make

    content = read_regular(path, MOST_READ)
    digest = hashlib.sha256(content).hexdigest()
    name = _name(digest, shape, focus)
    if packed := load(name):
        return Kept(_unpacked(packed), digest)

    point = point_of(focus) if focus else None
    made = make(content, shape, point)
    keep(name, _packed(made))
    return Kept(made, digest)


def _name(digest: str, shape: Shape, focus: str | None) -> str:
    """Return the name of what is made of a file, by this program, for this place."""
    made_of = f"{digest} {shape} {focus}".encode()
    digest_of_all = hashlib.sha256(program("pictures") + made_of).hexdigest()
    return f"{digest_of_all[:32]}.picture"


def _packed(made: Made) -> bytes:
    """Return one line with what is known of a picture, and then its content."""
    content, *known = made
    line = json.dumps(known).encode()
    return line + b"\n" + content


def _unpacked(packed: bytes) -> Made:
    from newsletter.pictures.making import Made

    known, _, content = packed.partition(b"\n")
    media_type, *sizes = json.loads(known)
    known_sizes = (Size(*size) for size in sizes)
    return Made(content, media_type, *known_sizes)
