"""A change of several files that was not finished: what it was, and how it is undone.

A note in the folder says, before the first file changes, what was there and what is to come. A
process that is killed leaves the note, and whoever changes the folder next puts back what was
there. The last file is the one that counts: once it is new, all are, and the note only goes.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import NamedTuple, Self

from newsletter.files import read_regular, write_atomically

_NOTE = ".unfinished.json"
_MOST = 200_000_000
"""Bytes of a note; it holds the earlier contents of the files that change."""
_RANDOM = "?" * 8
"""How the name of a temporary file ends."""


class _Change(NamedTuple):
    """A file that changes."""

    name: str
    earlier: bytes | None
    """None if it was not there."""
    digest: str
    """SHA-256 of what is to come."""

    @classmethod
    def read(cls, fields: Mapping[str, str | None]) -> Self:
        """Return a change as a note has it. Raise ValueError if it is none."""
        name, digest = fields["name"], fields["digest"]
        if not name or not digest or not _is_within(name):
            raise ValueError(name)

        earlier = fields["earlier"]
        if earlier is None:
            return cls(name, None, digest)
        return cls(name, base64.b64decode(earlier), digest)

    def fields(self) -> dict[str, str | None]:
        """Return the change as a note has it."""
        earlier = None
        if self.earlier is not None:
            earlier = base64.b64encode(self.earlier).decode()
        return {"name": self.name, "earlier": earlier, "digest": self.digest}

    def is_done(self, folder: Path) -> bool:
        """Return whether the file is as it is to be."""
        content = content_of(folder / self.name)
        return content is not None and _digest(content) == self.digest

    def undo(self, folder: Path) -> None:
        """Put back what was there, unless somebody has changed the file since."""
        if not self.is_done(folder):
            return
        if self.earlier is None:
            (folder / self.name).unlink()
        else:
            write_atomically(folder, {self.name: self.earlier})


def begin(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write down what is there before ``files`` (name to content) are written, the last one last.

    The folder is made. Raise OSError.
    """
    changes = [
        _Change(name, content_of(folder / name), _digest(content))
        for name, content in files.items()
    ]
    note = {
        "format": 1,
        "files": [change.fields() for change in changes],
        "folders": _missing_folders(folder, files),
    }
    write_atomically(folder, {_NOTE: json.dumps(note).encode()})


def finish(folder: Path) -> None:
    """Take the note away: all is done."""
    (folder / _NOTE).unlink(missing_ok=True)


def undo(folder: Path) -> None:
    """Put back what a note says was there, and take the note away. Raise OSError."""
    _remove_temporary(folder, [_NOTE])
    changes, folders = _read(folder)
    if changes and not changes[-1].is_done(folder):
        for change in reversed(changes):
            change.undo(folder)

    _remove_temporary(folder, [change.name for change in changes])
    finish(folder)
    for name in folders:
        with contextlib.suppress(OSError):  # there is something in it
            (folder / name).rmdir()


def content_of(path: Path) -> bytes | None:
    """Return the content of a file; None if it is not there."""
    try:
        return read_regular(path, _MOST)
    except FileNotFoundError:
        return None


def _read(folder: Path) -> tuple[list[_Change], list[str]]:
    """Return the changes in the note, and the folders that were made for them.

    There are none without a note, nor in one that this program did not write.
    """
    content = content_of(folder / _NOTE)
    if content is None:
        return [], []
    try:
        note = json.loads(content)
        changes = [_Change.read(fields) for fields in note["files"]]
        folders = [name for name in note["folders"] if _is_within(name)]
    except (ValueError, TypeError, KeyError, AttributeError):
        return [], []
    return changes, folders


def _missing_folders(folder: Path, names: Iterable[str]) -> list[str]:
    """Return the folders within a folder that must be made, each before the one that it is in."""
    within: set[PurePosixPath] = set()
    for name in names:
        within.update(PurePosixPath(name).parents)

    missing = [str(path) for path in within if not (folder / path).exists()]
    return sorted(missing, key=len, reverse=True)


def _is_within(name: str) -> bool:
    """Return whether a name leads to nothing outside of a folder."""
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts


def _remove_temporary(folder: Path, names: Iterable[str]) -> None:
    """Remove what was written under temporary names for files of these names."""
    for name in names:
        path = folder / name
        for temporary in path.parent.glob(f".{path.name}.{_RANDOM}"):
            temporary.unlink(missing_ok=True)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
