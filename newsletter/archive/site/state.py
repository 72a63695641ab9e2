"""What a site holds: of each of its files, what it was made from and what is in it.

It lies in the site's own folder, in ``.archive/state.json``, sealed with a digest of itself: one
that is damaged, or that another version of the program wrote, says nothing. All that it says is on
the web already, so it does no harm if a server shows it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from newsletter.archive.looking.stamps import content_digest
from newsletter.files import read_regular, write_atomically

OWN_FOLDER = ".archive"
"""Within the site's folder: what is about the site and not part of it."""
_NAME = "state.json"
_VERSION = 2
_START = b'{"seal":"%s","site":'
_END = b"}\n"
_LARGEST = 100_000_000
"""Bytes of a state; that of 24,000 files has about 3,500,000."""


class Written(NamedTuple):
    """A file of the site."""

    made_of: str
    """The digest of its page."""
    content: str
    """The digest of its bytes."""
    size: int
    """The number of its bytes."""
    subject: str = ""
    """That of its page."""
    links: tuple[str, ...] = ()
    """Those of its links that can die while it stays as it is: links.py says which."""


State = Mapping[str, Written]
"""The files of a site by their paths from its root."""


def state_file(out: Path) -> Path:
    """Return the file that keeps the state of the site in a folder."""
    return out / OWN_FOLDER / _NAME


def load_state(out: Path) -> State | None:
    """Return what the site in a folder holds; None if that is not known for certain."""
    try:
        return _parsed(read_regular(state_file(out), _LARGEST))
    except (OSError, ValueError, TypeError, KeyError, IndexError):
        return None


def state_digest(out: Path) -> str:
    """Return a digest of the state of the site in a folder; "" if it has none."""
    try:
        return content_digest(read_regular(state_file(out), _LARGEST))
    except OSError:
        return ""


def save_state(out: Path, state: Mapping[str, Written]) -> None:
    """Keep what the site in a folder holds. Raise OSError."""
    content = _formatted(state)
    path = state_file(out)
    try:
        is_there = read_regular(path, _LARGEST) == content
    except OSError:
        is_there = False
    if not is_there:
        write_atomically(path.parent, {path.name: content})


def row(path: str, file: Written) -> list[Any]:
    """Return a file as plain data."""
    return [path, *file]


def from_row(row: list[Any]) -> tuple[str, Written]:
    """Return the file that plain data says, and its path. Raise ValueError."""
    path, made_of, content, size, subject, links = row
    return path, Written(made_of, content, size, subject, tuple(links))


def _formatted(state: Mapping[str, Written]) -> bytes:
    rows = [row(path, file) for path, file in sorted(state.items())]
    site = {"version": _VERSION, "files": rows}
    body = json.dumps(site, separators=(",", ":")).encode()
    return _START % _seal(body) + body + _END


@lru_cache(maxsize=1)
def _parsed(content: bytes) -> State | None:
    """Return the files in a state; None if it is damaged. A run asks twice. Raise ValueError."""
    start = len(_START % _seal(b""))
    body = content[start : -len(_END)]
    if content != _START % _seal(body) + body + _END:
        return None

    site = json.loads(body)
    if site["version"] != _VERSION:
        return None
    return dict(map(from_row, site["files"]))


def _seal(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest().encode()


def subjects(state: State) -> dict[str, str]:
    """Return the ``subject`` of each page of a site that has one, by its path from the site's root:
    ``652/palaces/index.html``.
    """
    return {path: file.subject for path, file in state.items() if file.subject}
