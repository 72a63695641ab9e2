"""The files that wait in a folder, and those that are left alone there, each with the reason."""

from __future__ import annotations

import re
import stat
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

_SECONDS_STABLE = 2.0
"""How long a file keeps its size before it counts as whole."""
_SECONDS_RECENT = 10.0
"""A file that was written longer ago than this is not being written now."""
_COPY = re.compile(r"(.*?)(?: ?\(([0-9]{1,9})\))?", re.DOTALL)
"""The name of a file, and the number that a browser adds to that of another one."""
_UNFINISHED = (".crdownload", ".part", ".partial", ".download", ".opdownload", ".tmp")
_NOBODYS = ("desktop.ini", "thumbs.db", ".receipt.json")
"""How names of files end that programs keep for themselves."""
_NOT_HERE = 0x1000 | 0x40000 | 0x400000
"""FILE_ATTRIBUTE_OFFLINE, _RECALL_ON_OPEN and _RECALL_ON_DATA_ACCESS (Windows, File Attribute
Constants): its content is with OneDrive, and reading it would fetch it, or fail."""


class LeftAlone(NamedTuple):
    """A file that cannot be taken now."""

    path: Path
    reason: str
    """What is the matter, and what to do."""


class Waiting(NamedTuple):
    """What is in a folder."""

    files: list[Path]
    """What can be taken, by name."""
    left_alone: list[LeftAlone]


def waiting_in(folder: Path, pause: Callable[[float], object] = time.sleep) -> Waiting:
    """Return the files of a folder. If some may still be written, wait a little and look again."""
    waiting = Waiting([], [])
    for path in sorted(folder.iterdir(), key=_order):
        if _is_nobodys(path.name):
            continue
        reason = _reason_to_leave(path)
        if reason:
            waiting.left_alone.append(LeftAlone(path, reason))
        else:
            waiting.files.append(path)

    for path in _still_written(waiting.files, pause):
        waiting.files.remove(path)
        reason = "This file is still being written. Wait until it is whole, and add it then."
        waiting.left_alone.append(LeftAlone(path, reason))
    return waiting


def _order(path: Path) -> tuple[str, int]:
    """Return the key that files are sorted by: ``piece.docx`` before ``piece (1).docx``."""
    found = _COPY.fullmatch(path.stem)
    if found is None:
        return path.name, 0
    return f"{found[1]}{path.suffix}", int(found[2] or 0)


def _is_nobodys(name: str) -> bool:
    """Return whether programs keep a file of this name for themselves."""
    if name.endswith(".icloud"):
        return False
    return name.startswith((".", "~$")) or name.lower().endswith(_NOBODYS)


def _reason_to_leave(path: Path) -> str | None:
    """Return why a file cannot be taken; None if it can be."""
    status = path.lstat()
    if stat.S_ISLNK(status.st_mode):
        return "This is a link. Put the file itself here."
    if stat.S_ISDIR(status.st_mode):
        return "This is a folder. Add it by its name, or put its files here."
    if not stat.S_ISREG(status.st_mode):
        return "This is not a file."

    if path.suffix.lower() in _UNFINISHED:
        return "This file is still being downloaded. Add it when it has its own name."
    if path.suffix == ".icloud" or getattr(status, "st_file_attributes", 0) & _NOT_HERE:
        return "This file is in the cloud only. Open it once, or keep it on this device."
    if status.st_size == 0:
        return "This file is empty. If it is still being copied, wait, and add it then."
    return None


def _still_written(files: Iterable[Path], pause: Callable[[float], object]) -> list[Path]:
    """Return the files that change while this waits; it waits only if some may."""
    now = time.time()
    recent = {path: _stamp(path) for path in files if now - _last_change(path) < _SECONDS_RECENT}
    if recent:
        pause(_SECONDS_STABLE)
    return [path for path, stamp in recent.items() if _stamp(path) != stamp]


def _last_change(path: Path) -> float:
    status = path.stat()
    return max(status.st_mtime, status.st_ctime)


def _stamp(path: Path) -> tuple[int, int] | None:
    """Return what changes with a file; None if it has gone."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_size, status.st_mtime_ns
