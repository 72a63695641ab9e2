"""What takes long to make, kept between runs in a folder of the user's own.

Nothing in the folder is trusted. Each file is sealed with a digest of its content, and one that
has changed since it was written is ignored. Whoever keeps something names it by what it was made
from, ``program`` included. Without the folder everything is made again: that takes longer, but not
a byte of an email differs. So it can be deleted at any time, two commands can use it at once, and a
command that is killed leaves nothing half written.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import sys
from functools import cache
from pathlib import Path

from newsletter.files import read_regular

_MOST_KEPT = {
    (".theme", ".code", ".back", ".built"): 120,
    (".picture",): 500,
    (".card",): 200,
    (".site", ".related"): 20,
    (".drawers", ".digests"): 200,
}
"""How many files are kept of these endings: themes, code of templates, back issues and what was
built, of which a theme takes about five for each direction; pictures, of 50 KB or so each; share
cards, of 15 KB; what a run of the archive remembers, of up to 3 MB; and the words of a year for the
search, in two files of up to 2 MB.
"""
_SOME_MORE = 1.1
"""How many times as many there may be for a while, so that not each new file looks for the oldest:
an archive makes a thousand pictures.
"""
_LARGEST = 20_000_000
"""Bytes of one file."""
_PACKAGE = Path(__file__).parent


def cache_folder() -> Path:
    """Return the folder; the environment variable NEWSLETTER_CACHE names another."""
    if named := os.environ.get("NEWSLETTER_CACHE"):
        return Path(named)
    from platformdirs import user_cache_path

    return user_cache_path("newsletter", appauthor=False)


@cache
def program(*places: str) -> bytes:
    """Return a digest of Python, of all installed libraries, and of our own code in ``places``.

    A place is a folder or a file of this package. What was kept by another program is not used.
    Raise FileNotFoundError if there is no such place, since its code is elsewhere now.
    """
    digest = hashlib.sha256(sys.version.encode())
    for name in _distributions():
        digest.update(f"{name}\n".encode())

    for place in places:
        for path in _code(_PACKAGE / place):
            content = path.read_bytes()
            digest.update(f"{path.relative_to(_PACKAGE)} {len(content)}\n".encode() + content)
    return digest.digest()


def _distributions() -> list[str]:
    """Return name and version of each installed distribution, as its folder is called."""
    found: list[str] = []
    for folder in sys.path:
        with contextlib.suppress(OSError):  # a folder that is not there, or a zip file
            names = os.listdir(folder or ".")  # noqa: PTH208 - only the names
            found += (name for name in names if name.endswith((".dist-info", ".egg-info")))
    return sorted(found)


def _code(place: Path) -> list[Path]:
    if not place.exists():
        raise FileNotFoundError(f"there is no code in {place}")
    if place.is_file():
        return [place]
    return sorted(path for path in place.rglob("*") if path.suffix in (".py", ".json"))


def load(name: str) -> bytes | None:
    """Return what was kept under this name.

    Return None if nothing was, or if the file has changed since.
    """
    folder = _own_folder()
    if folder is None:
        return None
    try:
        sealed = read_regular(folder / name, _LARGEST)
    except OSError:
        return None

    seal, _, content = sealed.partition(b"\n")
    return content if seal == _seal(name, content) else None


def keep(name: str, content: bytes) -> None:
    """Keep ``content`` under this name, if that is possible. The oldest files make room for it."""
    folder = _own_folder()
    if folder is None:
        return
    try:
        _write(folder / name, _seal(name, content) + b"\n" + content)
        _make_room(folder, Path(name).suffix)
    except OSError:
        return


def _write(path: Path, sealed: bytes) -> None:
    """Replace a file. What a crash or another command leaves half written has no seal, so nothing
    waits for the disk, as it does for files that are worth something.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}")
    new.write_bytes(sealed)
    new.replace(path)


def _make_room(folder: Path, ending: str) -> None:
    """Remove the oldest files of the kind that has this ending, if there are too many."""
    for endings, most in _MOST_KEPT.items():
        if ending not in endings:
            continue
        names = os.listdir(folder)  # noqa: PTH208 - only the names
        kept = [folder / name for name in names if name.endswith(endings)]
        if len(kept) > most * _SOME_MORE:
            for old in sorted(kept, key=os.path.getmtime)[:-most]:
                old.unlink()


def _seal(name: str, content: bytes) -> bytes:
    digest = hashlib.sha256(f"{name}\n".encode())
    digest.update(content)
    return digest.hexdigest().encode()


def _own_folder() -> Path | None:
    """Return the folder; None if it cannot be made, is a link, or if others may write into it."""
    folder = cache_folder()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = folder.lstat()
    except OSError:
        return None

    if not stat.S_ISDIR(status.st_mode):
        return None
    if sys.platform == "win32":
        return folder

    is_open_to_others = status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    if status.st_uid != os.geteuid() or is_open_to_others:
        return None
    return folder
