"""The files of a site on the disk: each is replaced whole, and no link leads out of the site."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from newsletter.archive.looking.stamps import Stamp, content_digest, stamp_of
from newsletter.archive.site.state import OWN_FOLDER, State
from newsletter.errors import NewsletterError
from newsletter.files import read_regular

LARGEST = 200_000_000
"""Bytes of one file of a site."""
_MOST_NAMED = 10
"""Files that are in the way and are named; the others are counted."""


class Disk:
    """The files of a site. ``stamps`` are those that were taken when each was what ``state`` says.

    Without a stamp, a file is read.
    """

    def __init__(self, out: Path, state: State, stamps: Mapping[str, Stamp]) -> None:
        self.out = out
        self._root = str(out)
        self._state = state
        self._earlier = stamps
        self.stamps: dict[str, Stamp] = {}
        """Those of the files that were looked at or written."""
        self._folders: set[str] = set()
        """Those that are there, and are no links."""

    def remove_left_behind(self) -> None:
        """Remove what a killed run has not come to remove. Raise OSError."""
        for path in (self.out / OWN_FOLDER).glob(".*"):
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink()

    @contextmanager
    def new_files(self) -> Iterator[Path]:
        """Yield a folder for files that are to be placed; at the end, wait until they are on the
        disk: once, as one file alone takes 7 ms. Raise OSError.

        It has another name each time: a process of a killed run may still write into its own.
        """
        folder = Path(tempfile.mkdtemp(prefix=".new.", dir=self.out / OWN_FOLDER))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        if hasattr(os, "sync"):  # not on Windows
            os.sync()

    def is_there(self, path: str) -> bool:
        """Return whether there is anything at a path."""
        return os.path.lexists(self.out / path)

    def content(self, path: str) -> str:
        """Return the digest of the file at a path; "" if there is none, or something else."""
        file = f"{self._root}/{path}"
        stamp = stamp_of(file)
        if stamp is None:
            return ""

        self.stamps[path] = stamp
        known = self._state.get(path)
        if known and stamp == self._earlier.get(path):
            return known.content
        return content_digest(read_regular(Path(file), LARGEST))

    def place(self, made: Path, path: str) -> None:
        """Move a file that was made to its path, where it replaces another. Raise OSError."""
        folder, _, _ = path.rpartition("/")
        self._make(folder)
        target = f"{self.out}/{path}"
        os.replace(made, target)  # noqa: PTH105 - strings, for speed, here and below
        self.stamps[path] = Stamp.of(os.lstat(target))

    def remove(self, paths: Iterable[str]) -> None:
        """Remove files, and afterwards the folders that are empty then. Raise OSError.

        Where a path leads to a folder, or through a file, it has been removed before.
        """
        folders: set[Path] = set()
        for path in paths:
            file = self.out / path
            if self._is_within(file.parent) and (file.is_symlink() or not file.is_dir()):
                with suppress(FileNotFoundError, NotADirectoryError):
                    file.unlink()
                folders.update(file.relative_to(self.out).parents)

        for folder in sorted(folders - {Path()}, reverse=True):
            _remove_if_empty(self.out / folder)

    def _is_within(self, folder: Path) -> bool:
        """Return whether no link leads out of the site on the way to a folder."""
        return folder.resolve() == self.out.resolve() / folder.relative_to(self.out)

    def _make(self, folder: str) -> None:
        """Make a folder of the site, if it is missing, and those that it is in."""
        if folder in self._folders:
            return
        above, _, _ = folder.rpartition("/")
        if folder:
            self._make(above)

        path = self.out / folder
        try:
            path.mkdir(parents=not folder)
        except FileExistsError:
            if folder and (path.is_symlink() or not path.is_dir()):
                raise in_the_way([path]) from None
        self._folders.add(folder)


def _remove_if_empty(folder: Path) -> None:
    try:
        folder.rmdir()
    except OSError:  # somebody else has files there, or it is gone
        return


def folders_above(path: str) -> list[str]:
    """Return the folders that a path of the site is in."""
    parts = path.split("/")
    return ["/".join(parts[:depth]) for depth in range(1, len(parts))]


def in_the_way(paths: Iterable[Path]) -> NewsletterError:
    """Return the error about files that somebody else has put where pages must be."""
    from newsletter.problem import Problem

    message = "The archive has a page of this name, but this was not written by the archive."
    hint = "Move it away, or delete it; then run the command again."
    found = list(paths)
    problems = [Problem(path, None, message, hint) for path in found[:_MOST_NAMED]]
    more = len(found) - _MOST_NAMED
    if more > 0:
        others = f"There are {more:,} more of them."
        hint = "If it is a site that has lost its folder .archive, delete all of it."
        problems.append(Problem(found[_MOST_NAMED], None, others, hint))
    return NewsletterError(problems)
