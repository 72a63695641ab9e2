"""What a run is about to do to a site, noted before it does it.

A run that ends removes its journal. One that is there is of a run that was killed: each of its
paths is ours, whatever is there now, and a file that has the content of its line is up to date.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from newsletter.archive.site.state import OWN_FOLDER, State, Written, from_row, row
from newsletter.files import write_atomically

_NAME = "journal"
_VERSION = 2


class Journal:
    """The journal of a site, open for a line about each file that is about to be there."""

    def __init__(self, out: Path, paths: Iterable[str], known: Mapping[str, Written]) -> None:
        """Note on disk that the files at ``paths`` will be written or removed.

        ``known`` is what an earlier journal says of those that are up to date. Raise OSError.
        """
        self._path = _path(out)
        content = _line({"version": _VERSION, "paths": sorted(paths)})
        for path, file in known.items():
            content += _line(row(path, file))
        write_atomically(self._path.parent, {_NAME: content})
        self._file = self._path.open("ab", buffering=0)

    def note(self, path: str, file: Written) -> None:
        """Note what is about to be written."""
        self._file.write(_line(row(path, file)))

    def end(self) -> None:
        """Forget it all: what was noted is done, and is on the disk."""
        self._file.close()
        self._path.unlink()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._file.close()


def unfinished(out: Path) -> tuple[set[str], State]:
    """Return the paths that a killed run was about to write or remove, and what it has written.

    Both are empty if the last run ended.
    """
    try:
        head, *lines = _path(out).read_bytes().split(b"\n")
    except OSError:
        return set(), {}

    paths: set[str] = set()
    written: dict[str, Written] = {}
    try:
        if json.loads(head)["version"] == _VERSION:
            paths.update(json.loads(head)["paths"])
        written.update(from_row(json.loads(line)) for line in lines)
    except (ValueError, TypeError, KeyError):  # the last line may be half written
        pass
    return paths, written


def is_unfinished(out: Path) -> bool:
    """Return whether the last run was killed."""
    return os.path.lexists(_path(out))


def _path(out: Path) -> Path:
    return out / OWN_FOLDER / _NAME


def _line(data: object) -> bytes:
    return json.dumps(data, separators=(",", ":")).encode() + b"\n"
