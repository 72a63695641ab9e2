"""The archive while it is written: its pages as they are now, each made when it is looked at."""

from __future__ import annotations

import contextlib
import difflib
import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from threading import Lock

from newsletter.archive.archive import Archive
from newsletter.archive.page import Page
from newsletter.archive.pages import all_pages, search
from newsletter.archive.paths import PAGE, SEARCH
from newsletter.archive.reading import read_archive
from newsletter.errors import NewsletterError
from newsletter.garbage import uncollected
from newsletter.manifest import Project
from newsletter.problem import Problem

BASE = "/archive/"
"""Where the preview shows the site."""
_MOST_NEAR = 8


@dataclass(frozen=True)
class Site:
    """The archive in one state of its files; the last good one if there are ``problems``."""

    version: str
    archive: Archive | None = field(default=None, repr=False)
    problems: tuple[Problem, ...] = ()

    def page(self, path: str) -> Page | None:
        """Return the page at a path in the site; None if there is none."""
        if path.endswith("/") or not path:
            path += PAGE
        pages = self._search if path.startswith(SEARCH) else self.pages
        return pages.get(path)

    @cached_property
    def pages(self) -> Mapping[str, Page]:
        """Every page by its path, without those of the search."""
        with uncollected():
            pages = all_pages(self.archive, with_search=False) if self.archive else ()
            return {page.path: page for page in pages}

    @cached_property
    def _search(self) -> Mapping[str, Page]:
        """The pages of the search: made of every word, so only when somebody looks at them."""
        pages = search.pages(self.archive) if self.archive else ()
        return {page.path: page for page in pages}

    def near(self, path: str) -> list[str]:
        """Return the paths of pages that may have been meant, the likeliest first."""
        there = [name.removesuffix(PAGE) for name in self.pages if name.endswith(PAGE)]
        issue, *_ = path.split("/")
        likely = difflib.get_close_matches(f"{path.rstrip('/')}/", there, _MOST_NEAR)
        of_issue = [name for name in there if name.startswith(f"{issue}/")]
        return list(dict.fromkeys([*likely, *of_issue, ""]))[:_MOST_NEAR]


class LiveArchive:
    """Reads the archive when it is looked at, and again when a file has changed since.

    It has every issue, those of a day to come as well. It can be used from several threads.
    """

    def __init__(self, issues: Path, templates: Path) -> None:
        self.folders = (issues, templates)
        self._site = Site("")
        self._made: dict[str, tuple[bytes, bytes]] = {}
        """The pages that were looked at: digest and content, by path."""
        self._lock = Lock()

    def site(self) -> Site:
        """Return the archive as it is now."""
        with self._lock:
            version = self._version()
            if version != self._site.version:
                self._site = self._read(version)
            return self._site

    def content(self, page: Page) -> tuple[bytes, tuple[Problem, ...]]:
        """Return the content of a page, and what is wrong with what it is made from.

        With a problem, it is the last good content; none if there never was one.
        """
        digest, last = self._made.get(page.path, (b"", b""))
        if digest == page.digest:
            return last, ()
        try:
            content = page.make()
        except NewsletterError as error:
            return last, error.problems
        except OSError as error:  # a file that vanishes while it is read, say
            return last, (_unreadable(error),)
        self._made[page.path] = page.digest, content
        return content, ()

    def _read(self, version: str) -> Site:
        """Return the archive; with a mistake in it, the last good one or, if there never was one,
        that without the drafts that have mistakes.
        """
        try:
            return Site(version, self._archive())
        except NewsletterError as error:
            problems = error.problems
        except OSError as error:
            problems = (_unreadable(error),)

        last = self._site.archive
        if last is None:
            with contextlib.suppress(NewsletterError, OSError):
                last = self._archive(datetime.now(UTC).date())
        return Site(version, last, problems)

    def _archive(self, today: date = date.max) -> Archive:
        """Return the archive. Mistakes in issues of a day after ``today`` stop nothing."""
        with uncollected():
            return read_archive(Project(self.folders[0]), base=BASE, today=today, drafts=True)

    def _version(self) -> str:
        """Return a short name for the state of all files, of which another one is made if any
        differs.
        """
        digest = hashlib.blake2b(digest_size=8)
        for folder in self.folders:
            for state in sorted(_states(str(folder))):
                digest.update(state.encode("utf-8", "surrogateescape"))
        return digest.hexdigest()


def _states(folder: str) -> Iterator[str]:
    """Yield path, time of change, size and number of each file in a folder.

    Plain strings and os.scandir: of thousands of files, this takes a quarter of the time of Paths.
    """
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir():
                    yield from _states(entry.path)
                    continue
                status = entry.stat()
                yield f"{entry.path}\0{status.st_mtime_ns} {status.st_size} {status.st_ino}\n"
    except OSError:
        return  # it was removed just now: its absence shows


def _unreadable(error: OSError) -> Problem:
    path = Path(os.fsdecode(error.filename or "issues"))
    return Problem(path, None, f"{error.strerror or error}.", "Save it again.")
