"""The issues while they are written: the last good email of each, and what is wrong with it now."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock

from newsletter.checks.formats.results import findings_of
from newsletter.checks.galley import galley_of
from newsletter.checks.preflight import preflight
from newsletter.checks.report import Report
from newsletter.email.building import theme_of
from newsletter.email.rendering import render
from newsletter.errors import NewsletterError, PluginError
from newsletter.manifest import IssueFolder, Project, read_manuscript
from newsletter.manifest.project import is_number
from newsletter.model import Email, Format, Publication
from newsletter.pictures.preparing import NO_PICTURES, Pictures, prepare
from newsletter.problem import Problem

FileState = tuple[str, int, int, int]
"""A file's path, time of change in nanoseconds, size in bytes, and number in the file system."""
Fingerprint = tuple[FileState, ...]


@dataclass(frozen=True)
class Snapshot:
    """An issue as the preview shows it, in one format.

    ``email`` has neutral merge tags, and shows ``pictures``. It is the last good one if there are
    ``problems``, perhaps in the leading format, and None if there never was one.
    """

    number: str
    folder: Path
    email: Email | None
    pictures: Pictures
    problems: tuple[Problem, ...]
    fingerprint: Fingerprint

    @property
    def version(self) -> str:
        """A short name for this state of the issue's files."""
        fingerprint = repr(self.fingerprint).encode()
        digest = hashlib.sha256(fingerprint).hexdigest()
        return digest[:16]


class LiveIssues:
    """Builds an issue when it is looked at, and again when its files have changed since.

    A format is built when it is looked at, so that a save waits for no other. It can be used from
    several threads.
    """

    def __init__(self, issues: Path) -> None:
        self.issues = issues
        project = Project(issues)
        self.templates = project.templates
        self.build = project.build

        self._snapshots: dict[tuple[str, str], Snapshot] = {}
        self._reports: dict[str, tuple[str, Report]] = {}
        self._lock = Lock()

    def project(self) -> Project:
        """Return the newsletter with the folders that are there now."""
        return Project(self.issues)

    def exists(self, number: str) -> bool:
        """Return whether there is an issue of that number now."""
        if not is_number(number):
            return False
        folder = IssueFolder.at(self.issues / number)
        return folder.exists

    def snapshot(self, number: str, format: str = "") -> Snapshot | None:
        """Return the issue as it is now, in the format of that name; in the leading one without it.

        Return None if there is no issue of that number, and never was, or no such format.
        """
        with self._lock:
            was_seen = (number, format) in self._snapshots or (number, "") in self._snapshots
            if not was_seen and not self.exists(number):
                return None
            return self._current(number, format, self._fingerprint(number))

    def every_format(self, snapshot: Snapshot) -> Iterator[Snapshot]:
        """Yield the issue in all formats of its publication, the leading one first.

        Its files are as they were for this snapshot: they are not looked at again.
        """
        if snapshot.email is None:
            return

        further = snapshot.email.issue.publication.every_format[1:]
        for name in ("", *(format.name for format in further)):
            with self._lock:
                in_format = self._current(snapshot.number, name, snapshot.fingerprint)
            if in_format:
                yield in_format

    def _current(self, number: str, format: str, fingerprint: Fingerprint) -> Snapshot | None:
        """Return the issue, whose files have this fingerprint now; None if there is no such format.

        The last good email is in this format or, if there never was one, in the leading one.
        """
        seen = self._snapshots.get((number, format))
        if seen and seen.fingerprint == fingerprint:
            return seen

        last = seen or self._snapshots.get((number, ""))
        new = self._build(number, format, fingerprint, last)
        if new:
            self._snapshots[number, format] = new
        return new

    def report(self, snapshot: Snapshot) -> Report | None:
        """Return what the checks find in an issue; None while its files have mistakes.

        The last report is kept.
        """
        if snapshot.problems or snapshot.email is None:
            return None

        version, report = self._reports.get(snapshot.number, ("", None))
        if version == snapshot.version:
            return report

        try:
            report = _check(snapshot.folder)
        except (NewsletterError, OSError):
            return None  # it was changed just now, and will be looked at again
        self._reports[snapshot.number] = (snapshot.version, report)
        return report

    def numbers_of(self, paths: Iterable[Path]) -> set[str] | None:
        """Return the numbers of the issues that these files belong to.

        Return None if one of the files belongs to all issues.
        """
        numbers: set[str] = set()
        for path in paths:
            if not path.is_relative_to(self.issues):
                return None
            number, *inside = path.relative_to(self.issues).parts or ("",)
            if not inside or not is_number(number):
                return None
            numbers.add(number)
        return numbers

    def _build(
        self, number: str, name: str, fingerprint: Fingerprint, last: Snapshot | None
    ) -> Snapshot | None:
        folder = self.issues / number
        try:
            manuscript = read_manuscript(folder)
            issue = manuscript.issue
            format = _format_named(name, issue.publication)
            if format is None:
                return None

            pictures = prepare(manuscript)
            email = render(issue, theme_of(issue, self.templates), format, pictures)
            return Snapshot(number, folder, email, pictures, (), fingerprint)
        except NewsletterError as error:
            problems = error.problems
        except OSError as error:  # a file that vanishes while it is read, say
            path = Path(error.filename or folder)
            reason = error.strerror or error
            problems = (Problem(path, None, f"{reason}.", "Save it again."),)

        if last:
            return replace(last, problems=problems, fingerprint=fingerprint)
        return Snapshot(number, folder, None, NO_PICTURES, problems, fingerprint)

    def _fingerprint(self, number: str) -> Fingerprint:
        """Return a value that differs if any file that the issue is made from differs."""
        paths = list(self._shared())
        paths += (self.issues / number).rglob("*")
        paths += self.templates.rglob("*")

        states: list[FileState] = []
        for path in paths:
            try:
                status = path.stat()
            except OSError:
                continue  # it was removed just now: its absence shows
            states.append((str(path), status.st_mtime_ns, status.st_size, status.st_ino))
        return tuple(sorted(states))

    def _shared(self) -> Iterator[Path]:
        """Yield the files beside the issues, which all of them are made from, such as a logo."""
        for path in self.issues.glob("*"):
            if not is_number(path.name):
                yield path
                yield from path.rglob("*")


def _format_named(name: str, publication: Publication) -> Format | None:
    """Return the format of that name, or the leading one without a name."""
    if not name:
        return publication.leading_format
    return next((format for format in publication.every_format if format.name == name), None)


def _check(folder: Path) -> Report:
    """Return the report on an issue; if a rule of a plug-in cannot run, with just that."""
    galley = galley_of(folder)
    try:
        return preflight(galley)
    except PluginError as error:
        return Report(galley, findings_of(error), ignored=(), seconds={})
