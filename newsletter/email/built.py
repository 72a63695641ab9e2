"""What was built from what: an issue that is built already need not be read, rendered or written.

It is built already if everything that goes into its email is as it was, to the byte, and its files
are those that were written then, to the byte. No clock and no time of a file is asked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from newsletter.cache import program
from newsletter.email.building import build_files, theme_of, write_build
from newsletter.email.merge_tags import own_email
from newsletter.email.rendering import render
from newsletter.errors import ThemeError
from newsletter.files import MOST_KEPT, read_regular
from newsletter.manifest import read_manuscript
from newsletter.manifest.remembered import Memory, Remembered, memory_of, reader
from newsletter.model import Issue
from newsletter.pictures.kept import MOST_READ
from newsletter.pictures.preparing import Pictures, prepare
from newsletter.theme import Theme
from newsletter.theme.cache import cache_key
from newsletter.theme.folder import ThemeFolder

_KIND = "built"


class Built(NamedTuple):
    """An issue that was just built."""

    folder: Path
    memory: Memory | None
    """What to remember; None if one of its files changed while it was built."""


class BuiltIssues:
    """What was built of the issues of one newsletter."""

    def __init__(self, issues: Path, templates: Path) -> None:
        self._remembered = Remembered(issues, _KIND, reader() + program("."))
        self._theme_key = cache(partial(theme_key, templates))

    def is_current(self, folder: Path, output: Path) -> bool:
        """Return whether the files of an issue in ``output`` are what would be written now."""
        value = self._remembered.get(folder)
        if value is None:
            return False

        was = _Record(**value)
        return (
            was.theme_key == self._theme_key(was.theme, was.direction, was.language)
            and was.published == _on_the_clock(was.published, was.zone)
            and was.pictures == _digests_in(folder, was.pictures, MOST_READ)
            and was.files == _digests_in(output / was.number, was.files, MOST_KEPT)
        )

    def add(self, built: Built) -> None:
        """Remember an issue that was just built."""
        if built.memory:
            self._remembered.put(built.folder, built.memory)

    def save(self) -> None:
        """Keep what was built for the next run."""
        self._remembered.save()


@dataclass(frozen=True)
class _Record:
    """What decides about the files of an issue, besides the files that it is read from."""

    number: str
    theme: str
    direction: str
    language: str
    theme_key: str
    published: str
    """When it goes out, with the difference from UTC that this system knows for the time zone."""
    zone: str
    pictures: Mapping[str, str]
    """The SHA-256 of each picture's file, by its path from the issue's folder."""
    files: Mapping[str, str]
    """The SHA-256 of each file that was written."""


def build_issue(folder: Path, templates: Path, output: Path) -> Built:
    """Build the issue in ``folder``, in all its formats, into the folder ``output``/652. Raise
    NewsletterError.
    """
    manuscript = read_manuscript(folder)
    issue = manuscript.issue
    theme = theme_of(issue, templates)
    pictures = prepare(manuscript)
    emails = [
        own_email(render(issue, theme, format, pictures))
        for format in issue.publication.every_format
    ]
    files = build_files(emails)
    write_build(output / issue.number, files)

    record = _record(issue, theme, pictures, files)
    return Built(folder, memory_of(manuscript, vars(record)))


def _record(issue: Issue, theme: Theme, pictures: Pictures, files: Mapping[str, bytes]) -> _Record:
    publication = issue.publication
    return _Record(
        number=issue.number,
        theme=theme.name,
        direction=publication.direction,
        language=publication.language,
        theme_key=theme.key,
        published=issue.published.isoformat(),
        zone=publication.time_zone,
        pictures={own.file.source: own.digest for own in pictures.own},
        files={name: hashlib.sha256(content).hexdigest() for name, content in files.items()},
    )


def theme_key(templates: Path, name: str, direction: str, language: str) -> str | None:
    """Return the key of a theme as it is now; None if there is none of this name."""
    try:
        folder = ThemeFolder.find(name, templates)
        return cache_key(folder.email_files(), name, direction, language)
    except (ThemeError, OSError):
        return None


def _on_the_clock(published: str, zone: str) -> str:
    """Return the same hour with the difference from UTC that the time zone has now."""
    at = datetime.fromisoformat(published)
    return at.replace(tzinfo=ZoneInfo(zone)).isoformat()


def _digests_in(folder: Path, names: Mapping[str, Any], most: int) -> dict[str, str]:
    """Return the SHA-256 of these files in a folder, but of none that is a link, or larger than
    ``most`` bytes.
    """
    digests: dict[str, str] = {}
    for name in names:
        path = folder / name
        try:
            if path.is_symlink():
                continue
            digests[name] = hashlib.sha256(read_regular(path, most)).hexdigest()
        except OSError:
            continue
    return digests
