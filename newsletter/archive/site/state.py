"""What a site holds: of each of its files, what it was made from and what is in it.

It lies in the site's own folder, in ``.archive/state.json``, sealed with a digest of itself: one
that is damaged, or that another version of the program wrote, says nothing. All that it says is on
the web already, so it does no harm if a server shows it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from newsletter.files import read_regular, write_atomically

OWN_FOLDER = ".archive"
"""Within the site's folder: what is about the site and not part of it."""
_NAME = "state.json"
_VERSION = 1
_START = b'{"seal":"%s","site":'
_END = b"}\n"
_LARGEST = 100_000_000
"""Bytes of a state; that of 17,600 files has about 5,000,000."""


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
    ids: tuple[str, ...] = ()
    """The places in it that a link can lead to."""
    links: tuple[str, ...] = ()
    """Where in the site it leads to: ``652/palaces/#sources``."""


State = dict[str, Written]
"""The files of a site by their paths from its root."""


def content_digest(content: bytes) -> str:
    """Return the digest of a file's bytes."""
    return hashlib.blake2b(content, digest_size=16).hexdigest()


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
    path, made_of, content, size, subject, ids, links = row
    return path, Written(made_of, content, size, subject, tuple(ids), tuple(links))


def _formatted(state: Mapping[str, Written]) -> bytes:
    links = sorted({link for file in state.values() for link in file.links})
    numbers = {link: number for number, link in enumerate(links)}
    rows: list[list[Any]] = []
    for path, file in sorted(state.items()):
        rows.append([path, *file[:-1], [numbers[link] for link in file.links]])

    site = {"version": _VERSION, "links": links, "files": rows}
    body = json.dumps(site, separators=(",", ":")).encode()
    return _START % _seal(body) + body + _END


def _parsed(content: bytes) -> State | None:
    start = len(_START % _seal(b""))
    body = content[start : -len(_END)]
    if content != _START % _seal(body) + body + _END:
        return None

    site = json.loads(body)
    if site["version"] != _VERSION:
        return None
    links = site["links"]
    return dict(_with_links(row, links) for row in site["files"])


def _with_links(row: list[Any], links: list[str]) -> tuple[str, Written]:
    *facts, numbers = row
    return from_row([*facts, [links[number] for number in numbers]])


def _seal(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest().encode()


def published_pieces(out: Path) -> dict[str, str]:
    """Return what the site in a folder has published: the ``subject`` of each page that has one.

    Keys are paths of pages from the site's root, as ``652/palaces/index.html``. It is what a run
    that ended has written; a folder without a site, or with a damaged state, has published nothing
    as far as is known.
    """
    state = load_state(out) or {}
    return {path: file.subject for path, file in state.items() if file.subject}
