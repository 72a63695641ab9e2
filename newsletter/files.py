"""Writing files whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path


def seen_from_here(path: Path) -> Path:
    """The path relative to the current folder if it lies below it, which is shorter to read; else the path."""
    try:
        return path.absolute().relative_to(Path.cwd())
    except ValueError:
        return path


def write_whole(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write ``files`` (name to content) into ``folder``, which is made if it is missing.

    All are written under temporary names first and renamed only when the last byte is on disk. If anything fails, a
    full disk or a file that may not be replaced, the folder is left as it was. Raises OSError.
    """
    made = [path for path in (folder, *folder.parents) if not path.exists()]
    earlier = {folder / name: _content(folder / name) for name in files}
    temporary: dict[Path, Path] = {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            _write_temporary(folder / name, content, temporary)
        _rename(temporary, earlier)
    except BaseException:  # Ctrl-C too
        for path in temporary.values():
            path.unlink(missing_ok=True)
        for path in made:
            with contextlib.suppress(OSError):
                path.rmdir()
        raise


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def _write_temporary(target: Path, content: bytes, temporary: dict[Path, Path]) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    temporary[target] = Path(name)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(handle)
    temporary[target].chmod(0o644)


def _rename(temporary: dict[Path, Path], earlier: dict[Path, bytes | None]) -> None:
    """Put each file in its place; if one cannot be replaced, those before it get their earlier content back."""
    renamed: list[Path] = []
    try:
        for target, path in temporary.items():
            path.replace(target)
            renamed.append(target)
    except OSError:
        for target in renamed:
            content = earlier[target]
            if content is None:
                target.unlink()
            else:
                target.write_bytes(content)
        raise
