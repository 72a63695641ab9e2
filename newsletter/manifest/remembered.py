"""What was made of issues, remembered for as long as the files that it was made from stay the same.

A newsletter has hundreds of issues, and last year's do not change. But they may, so nothing goes by
the time of a file: whatever an issue was read from is looked at again, byte by byte, which takes a
hundredth of the time of reading it.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from itertools import chain
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, NamedTuple

from newsletter.cache import keep, load, program
from newsletter.files import read_regular
from newsletter.plugins import names

if TYPE_CHECKING:
    from newsletter.manifest.manuscript import Manuscript
    from newsletter.model import Issue

_LARGEST = 1_000_000
"""Bytes of a text; an issue that is larger could not be read."""


def reader() -> bytes:
    """Return a digest of all that turns files into an issue: our code, and which services exist."""
    services = "\n".join(names("newsletter.services"))
    return program("manifest", "model", "text") + services.encode()


class Sources(NamedTuple):
    """The files that an issue was read from, as paths from its folder."""

    texts: tuple[str, ...]
    """What was read whole, such as ``issue.yaml`` and ``../publication.yaml``."""
    pictures: tuple[str, ...]
    """Of these, only their being there counts."""


def sources_of(manuscript: Manuscript) -> Sources:
    """Return the files that an issue was read from."""
    folder = manuscript.folder.path
    relative = [Path(os.path.relpath(path, folder)) for path in manuscript.lines]
    texts = sorted(path.as_posix() for path in relative)
    pictures = sorted(set(_pictures(manuscript.issue)))
    return Sources(tuple(texts), tuple(pictures))


def _pictures(issue: Issue) -> Iterator[str]:
    # Looking something up needs no model.
    from newsletter.model.addresses import is_elsewhere, pictures_of

    for picture in chain.from_iterable(map(pictures_of, issue.items)):
        if not is_elsewhere(picture):
            yield PurePath(picture.src).as_posix()
    logo = issue.publication.logo
    if logo and not is_elsewhere(logo):
        yield f"../{logo.src}"


def _is_as_read(manuscript: Manuscript) -> bool:
    """Return whether the files still hold what the issue was read from, a moment ago."""
    for path, lines in manuscript.lines.items():
        text = path.read_bytes().decode("utf-8-sig")
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        if (text.split("\n") if text else []) != lines:
            return False
    return True


def digest(folder: Path, sources: Sources) -> str | None:
    """Return a digest of everything that decides how the issue in ``folder`` is read.

    Return None if one of its files is missing, or is no longer an ordinary file.
    """
    seen = hashlib.sha256()
    try:
        for part in _parts(folder, sources):
            seen.update(f"{len(part)}\n".encode() + part)
    except OSError:
        return None
    return seen.hexdigest()


def _parts(folder: Path, sources: Sources) -> Iterator[bytes]:
    yield os.fsencode(folder.resolve().name)  # an issue's number must be its folder's name

    for name in sources.texts:
        yield name.encode()
        yield read_regular(folder / name, _LARGEST)

    for name in sources.pictures:
        if not (folder / name).is_file():
            raise FileNotFoundError(folder / name)
        yield name.encode()

    # How a file is called exactly, and whether it is a link to another place.
    names = (*sources.texts, *sources.pictures)
    within = [name for name in names if not name.startswith("../")]
    for name in within:
        is_link = (folder / name).is_symlink()
        yield b"link" if is_link else b"file"
    for place in sorted({os.path.dirname(name) for name in within}):  # noqa: PTH120 - only a name
        yield os.fsencode("\n".join(sorted(os.listdir(folder / place))))  # noqa: PTH208


class Memory(NamedTuple):
    """What was made of one issue: any value that JSON can hold."""

    sources: Sources
    digest: str
    value: Any


class Remembered:
    """The memories of one kind of the issues of one newsletter."""

    def __init__(self, issues: Path, kind: str, program: bytes, most: int | None = None) -> None:
        """Load what was kept about the newsletter whose issues are in the folder ``issues``.

        ``kind`` is the ending of the file in the cache. ``program`` is a digest of all that turns
        an issue into the value; another program has other memories. Of more than ``most``, those
        that were used last are kept.
        """
        owner = hashlib.sha256(program)
        owner.update(os.fsencode(issues.resolve()))
        self._name = f"{owner.hexdigest()[:32]}.{kind}"
        self._most = most
        self._has_changed = False
        self._memories: dict[str, Memory] = {}

        kept = load(self._name) or b"{}"
        for name, ((texts, pictures), seen, value) in json.loads(kept).items():
            sources = Sources(tuple(texts), tuple(pictures))
            self._memories[name] = Memory(sources, seen, value)

    def get(self, folder: Path) -> Any | None:
        """Return the value for the issue in ``folder``; None if there is none, or none any more."""
        memory = self._memories.pop(folder.name, None)
        if memory is None or digest(folder, memory.sources) != memory.digest:
            return None

        self._memories[folder.name] = memory  # behind all others: it was used last
        return memory.value

    def put(self, folder: Path, memory: Memory) -> None:
        """Remember something about the issue in ``folder``."""
        self._memories.pop(folder.name, None)
        self._memories[folder.name] = memory
        self._has_changed = True

    def save(self) -> None:
        """Keep all for the next run, if anything is new. The last one who saves is right."""
        if not self._has_changed:
            return

        last = list(self._memories.items())
        if self._most:
            last = last[-self._most :]
        content = json.dumps(dict(last))
        keep(self._name, content.encode())
        self._has_changed = False


def memory_of(manuscript: Manuscript, value: Any) -> Memory | None:
    """Return the memory of a value that was made of an issue.

    Return None if a file has changed since it was read.
    """
    sources = sources_of(manuscript)
    seen = digest(manuscript.folder.path, sources)
    try:
        is_as_read = _is_as_read(manuscript)
    except (OSError, UnicodeDecodeError):
        return None
    return Memory(sources, seen, value) if seen and is_as_read else None
