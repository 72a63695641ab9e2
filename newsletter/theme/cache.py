"""What takes long to make, kept between runs: compiled themes, and the byte code of their templates.

Nothing in here is trusted. The folder is the user's own and nobody else's, each file is sealed with a digest of its
content, and a file that has changed since it was written is ignored. Without a cache everything is made again: that
takes longer, but not a byte of an email differs.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from collections.abc import Iterable
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket

from newsletter.files import read_regular, write_atomically

_LIBRARIES = ("mjml-python", "premailer", "lxml", "cssutils", "jinja2")
_MOST_KEPT = 120
"""Files; a theme and the code of its templates take about five for each direction."""
_LARGEST = 20_000_000
"""Bytes of one file."""


def cache_folder() -> Path:
    """Return the folder where compiled themes are kept; the environment variable NEWSLETTER_CACHE names another."""
    if named := os.environ.get("NEWSLETTER_CACHE"):
        return Path(named)
    from platformdirs import user_cache_path

    return user_cache_path("newsletter", appauthor=False)


def cache_key(files: Iterable[Path], *choices: str) -> str:
    """Return a name for what these files become with these choices, this program and these libraries."""
    digest = hashlib.sha256(_program())
    for path in files:
        _add(digest, path)
    digest.update("\n".join(choices).encode())
    return digest.hexdigest()[:32]


@lru_cache(maxsize=1)
def _program() -> bytes:
    """Return a digest of what compiles themes: the libraries, and the code in this folder."""
    digest = hashlib.sha256("".join(f"{name} {version(name)}\n" for name in _LIBRARIES).encode())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        _add(digest, path)
    return digest.digest()


def _add(digest: hashlib._Hash, path: Path) -> None:
    with path.open("rb") as file:
        content = hashlib.file_digest(file, "sha256").hexdigest()
    digest.update(f"{path.parent.name}/{path.name} {content}\n".encode())


def load(name: str) -> bytes | None:
    """Return what was kept under this name; None if nothing was, or if the file has changed since."""
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
    """Keep ``content`` under this name, if that is possible. The oldest files are deleted to make room."""
    folder = _own_folder()
    if folder is None:
        return
    try:
        write_atomically(folder, {name: _seal(name, content) + b"\n" + content})
        kept = [path for path in folder.iterdir() if path.suffix in (".theme", ".code")]
        for old in sorted(kept, key=os.path.getmtime)[:-_MOST_KEPT]:
            old.unlink()
    except OSError:
        return


def _seal(name: str, content: bytes) -> bytes:
    return hashlib.sha256(f"{name}\n".encode() + content).hexdigest().encode()


def _own_folder() -> Path | None:
    """Return the cache's folder; None if it cannot be made, is a link, or if others may write into it."""
    folder = cache_folder()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = folder.lstat()
    except OSError:
        return None
    if not stat.S_ISDIR(status.st_mode):
        return None
    if sys.platform != "win32" and (
        status.st_uid != os.geteuid() or status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    ):
        return None
    return folder


class SealedCode(jinja2.BytecodeCache):
    """The byte code of templates: a tenth of the time of a cold command."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load the code that was kept of exactly this source, if there is any."""
        if code := load(_code_name(bucket)):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template."""
        keep(_code_name(bucket), bucket.bytecode_to_string())


def _code_name(bucket: Bucket) -> str:
    return f"{cache_key((), bucket.key, bucket.checksum)}.code"
