"""Read regular files only, and write files whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
import time
from collections.abc import Collection, Iterable, Mapping
from itertools import chain
from pathlib import Path

_LEFT_BEHIND = 60
"""Seconds after which a temporary file belongs to a process that was killed."""
MOST_KEPT = 20_000_000
"""Bytes of the largest of its own files that the program reads back: an email, say."""
_PIPES_DO_NOT_WAIT = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def relative_to_cwd(path: Path) -> Path:
    """Return a path below the current folder relative to it, because that is shorter.

    Return any other path as it is.
    """
    try:
        return path.absolute().relative_to(Path.cwd())
    except ValueError:
        return path


def read_regular(path: Path, most: int) -> bytes:
    """Return the content of a file of ``most`` bytes or fewer.

    Raise OSError if it is larger, or is not a regular file: reading a pipe or a device might never
    end.
    """
    descriptor = os.open(path, os.O_RDONLY | _PIPES_DO_NOT_WAIT)
    try:
        _require_regular(os.fstat(descriptor), path)
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            content = file.read(most + 1)
    finally:
        os.close(descriptor)

    if len(content) > most:
        message = f"'{path.name}' is larger than {most:,} bytes"
        raise OSError(errno.EFBIG, message, str(path))
    return content


def write_atomically(
    folder: Path,
    files: Mapping[str, bytes],
    *,
    as_one: bool = False,
    former: Collection[str] = (),
) -> None:
    """Write ``files`` (name to content) into ``folder``, which is made if it is missing, as are
    folders within it that a name begins with: ``pictures/lab.jpg``.

    All are written under temporary names first, and renamed only when the last byte is on disk. If
    anything fails (the disk is full, say, or a file may not be replaced), the folder is left as it
    was. Raise OSError.

    A process can be killed between two renames. Each file is whole even then, and with ``as_one``
    old and new files are never there together: the old ones are removed first. The last file is the
    first to go and the last to come, so if it is there, all are. ``former`` files go with the old
    ones.
    """
    targets = {folder / name: content for name, content in files.items()}
    missing = _missing({target.parent for target in targets})
    gone = [folder / name for name in former]
    earlier = {target: _content(target) for target in (*gone, *targets)}
    temporary: dict[Path, Path] = {}
    """From each file to the one that is to take its place."""
    try:
        for path in missing:
            path.mkdir(exist_ok=True)
        _remove_left_behind(targets)
        for target, content in targets.items():
            _write_temporary(target, content, temporary)

        if as_one and len(earlier) > 1:
            _replace_as_one(temporary, earlier)
        else:
            _replace(temporary, earlier)
    except BaseException:  # Ctrl-C too
        for path in temporary.values():
            path.unlink(missing_ok=True)
        for path in reversed(missing):
            with contextlib.suppress(OSError):
                path.rmdir()
        raise


def _missing(folders: Iterable[Path]) -> list[Path]:
    """Return what must be made so that these folders exist, each after the one that it is in."""
    needed = {path for folder in folders for path in (folder, *folder.parents)}
    return sorted(path for path in needed if not path.exists())


def _content(path: Path) -> bytes | None:
    """Return what to put back if this file cannot be replaced. A link is replaced, not followed."""
    try:
        status = path.lstat()
    except FileNotFoundError:
        return None
    if stat.S_ISLNK(status.st_mode):
        return None

    _require_regular(status, path)
    return path.read_bytes()


def _require_regular(status: os.stat_result, path: Path) -> None:
    """Raise OSError if the status is not that of a regular file."""
    if stat.S_ISDIR(status.st_mode):
        message = f"'{path.name}' is a folder, not a file"
        raise IsADirectoryError(errno.EISDIR, message, str(path))

    if not stat.S_ISREG(status.st_mode):
        message = f"'{path.name}' is a pipe or a device, not a file"
        raise OSError(errno.EINVAL, message, str(path))


def _remove_left_behind(targets: Collection[Path]) -> None:
    """Remove the temporary files of processes that were killed as they wrote these files."""
    folders = {target.parent for target in targets}
    escaped = "|".join({re.escape(target.name) for target in targets})
    temporary_name = re.compile(rf"\.({escaped})\.[a-z0-9_]{{8}}")
    now = time.time()

    for path in chain.from_iterable(folder.iterdir() for folder in folders):
        if not temporary_name.fullmatch(path.name):
            continue
        with contextlib.suppress(OSError):  # another process may have removed it just now
            if now - path.lstat().st_mtime > _LEFT_BEHIND:
                path.unlink()


def _write_temporary(target: Path, content: bytes, temporary: dict[Path, Path]) -> None:
    """Write the content to disk under a temporary name, which is added to ``temporary``."""
    import tempfile  # takes 3 ms, and most commands write nothing

    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    temporary[target] = Path(name)

    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(handle)
    temporary[target].chmod(0o644)


def _replace(temporary: Mapping[Path, Path], earlier: Mapping[Path, bytes | None]) -> None:
    """Rename each file; if one cannot be replaced, put back those before it."""
    replaced: list[Path] = []
    try:
        for target, path in temporary.items():
            path.replace(target)
            replaced.append(target)
    except OSError:
        _restore(replaced, earlier)
        raise


def _replace_as_one(temporary: Mapping[Path, Path], earlier: Mapping[Path, bytes | None]) -> None:
    """Remove all earlier files, the last one first, and then rename each."""
    removed: list[Path] = []
    try:
        for target in reversed(list(earlier)):
            target.unlink(missing_ok=True)
            removed.append(target)

        for target, path in temporary.items():
            path.replace(target)
    except OSError:
        _restore(removed, earlier)
        raise


def _restore(targets: Iterable[Path], earlier: Mapping[Path, bytes | None]) -> None:
    for target in targets:
        content = earlier[target]
        if content is None:
            target.unlink(missing_ok=True)
        else:
            target.write_bytes(content)
