"""Where a site is served from, as far as uploading needs to know it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, NamedTuple

from newsletter.archive.looking.stamps import content_digest
from newsletter.archive.site.serving import caching, media_type
from newsletter.archive.site.state import OWN_FOLDER
from newsletter.services.stores import SFTP, headers, open_store

_HELD = f"{OWN_FOLDER}/uploaded.json"
"""What it got last: public facts only, as a server may show it."""
_VERSION = 1
_AT_ONCE = 8
_PART = ".part"
"""The end of the name of a file that is not there as a whole yet."""
_FILE = "file://"

NEW, CHANGING = "", "?"
"""In the place of a digest, of a file that is about to be brought: there was none before, or one.
Now there may be either.
"""


class Held(NamedTuple):
    """What a place has got."""

    files: dict[str, str]
    """The digests of its files, by path."""
    site: str
    """The address of the site that they are; empty if it is not known."""


@dataclass(frozen=True)
class Target:
    """A folder, an object store, or a folder of a host that is reached by SFTP."""

    address: str
    store: Any
    root: str

    @classmethod
    def at(cls, address: str, settings: Mapping[str, str]) -> Target:
        """Open the place at an address. Whatever its library raises leaves this function, and so
        it is with all others here.
        """
        return cls(address, *open_store(address, settings))

    def held(self) -> Held | None:
        """Return what it got; None if that is not known."""
        try:
            held = json.loads(self.store.cat_file(self._place(_HELD)))
            if held["version"] != _VERSION:
                return None
            return Held(dict(held["files"]), held.get("site", ""))
        except (FileNotFoundError, PermissionError, ValueError, KeyError, TypeError):
            return None

    def hold(self, files: Mapping[str, str], site: str) -> None:
        """Note which files it has, and the address of the site that they are."""
        held = {"version": _VERSION, "site": site, "files": dict(sorted(files.items()))}
        content = json.dumps(held, indent=0).encode()
        self._put(_HELD, content, headers(self.address, "application/json", "no-store"))

    def sizes(self) -> dict[str, tuple[int, str]]:
        """Return the size of each file that is there, and its MD5 if the store says it."""
        try:
            found = self.store.find(self.root, detail=True)
        except (FileNotFoundError, PermissionError):  # who may not look brings everything
            return {}
        start = f"{self.root}/"
        return {
            name.removeprefix(start): (facts["size"], str(facts.get("ETag", "")).strip('"'))
            for name, facts in found.items()
            if name.startswith(start)
        }

    def holds(self, path: str, content: bytes, md5: str) -> bool:
        """Return whether the file at a path, with this MD5 if the store says it, is this one."""
        if md5 and md5 == hashlib.md5(content, usedforsecurity=False).hexdigest():
            return True
        stored: bytes = self.store.cat_file(self._place(path))
        return content_digest(stored) == content_digest(content)

    def put(self, path: str, content: bytes) -> None:
        """Bring a file to its path, where it replaces the one before as a whole."""
        self._put(path, content, headers(self.address, media_type(path), caching(path)))

    def remove(self, path: str) -> None:
        """Remove a file, if it is there, and the folders that are empty then."""
        place = self._place(path)
        with suppress(FileNotFoundError):
            self.store.rm_file(place)
        if not self._has_folders:
            return
        folder, _, _ = place.rpartition("/")
        while len(folder) > len(self.root):
            try:
                self.store.rmdir(folder)
            except Exception:  # noqa: BLE001 - it is not empty, or gone; each library says it so
                return
            folder, _, _ = folder.rpartition("/")

    def for_each(self, work: Callable[[str], None], paths: Iterable[str]) -> None:
        """Call ``work`` with each path, with several at once."""
        threads = ThreadPoolExecutor(_AT_ONCE)
        try:
            for _ in threads.map(work, paths):
                pass
        finally:
            threads.shutdown(cancel_futures=True)

    @property
    def is_listed_at_once(self) -> bool:
        """Whether all files can be listed with a few requests."""
        return not self.address.startswith(SFTP)

    def _put(self, path: str, content: bytes, sent_with: Mapping[str, str]) -> None:
        place = self._place(path)
        if not self._has_folders:
            self.store.pipe_file(place, content, **sent_with)
            return

        folder, _, name = place.rpartition("/")
        part = f"{folder}/.{name}{_PART}"
        self.store.pipe_file(part, content)
        self.store.mv(part, place)

    def _place(self, path: str) -> str:
        return f"{self.root}/{path}"

    @property
    def _has_folders(self) -> bool:
        """Whether a file is there from its first byte on, and so needs another name until it is
        whole. An object is there when its last byte is.
        """
        return self.address.startswith((SFTP, _FILE)) or "://" not in self.address
