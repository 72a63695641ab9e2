"""Which files to upload since the lists were last deleted, for rsync, rclone and the like.

``.archive/changes.txt`` has the paths to upload, each on a line, in an order in which no link is
dead; ``.archive/removed.txt`` those to delete after that. Programs that upload in an order of their
own, as rsync does, are given ``.archive/new.txt`` first: those that nothing linked to before.
Whoever has uploaded them deletes these files. Until then each run adds to them, a path once: they
never have more than the site has files, and those that it had. An upload by this program keeps a
list of its own, at the place, and leaves these alone: they may be for another place.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from newsletter.files import write_atomically

_NEW, _UPLOAD, _DELETE = "new.txt", "changes.txt", "removed.txt"


def add_to_lists(
    folder: Path, new: Sequence[str], changed: Sequence[str], removed: Collection[str]
) -> None:
    """Add what a run has changed to the lists in a folder. Raise OSError.

    What is listed already may link to what is new now, and what has changed to all of these.
    """
    earlier_new = [path for path in _lines(folder / _NEW) if path not in removed]
    earlier = [path for path in _lines(folder / _UPLOAD) if path not in removed]
    upload = dict.fromkeys([*new, *earlier, *changed])
    delete = dict.fromkeys([*_lines(folder / _DELETE), *removed])

    lists = {
        _NEW: dict.fromkeys([*new, *earlier_new]),
        _UPLOAD: upload,
        _DELETE: [path for path in delete if path not in upload],
    }
    write_atomically(folder, {name: _text(paths) for name, paths in lists.items()})


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8").splitlines()
    except (OSError, UnicodeError):
        return []


def _text(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()
