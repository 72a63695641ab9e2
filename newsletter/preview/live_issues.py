"""The issues as they are on the editor's desk: the last good email of each, and what is wrong with its files now."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from newsletter.checks.formats.results import findings_of
from newsletter.checks.galley import galley_of
from newsletter.checks.preflight import preflight
from newsletter.checks.report import Report
from newsletter.email.building import draft
from newsletter.errors import NewsletterError, PluginError
from newsletter.manifest import Project
from newsletter.model import Email
from newsletter.problem import Problem

Fingerprint = tuple[tuple[str, int, int, int], ...]


@dataclass(frozen=True)
class Snapshot:
    """An issue as the preview shows it. ``email`` has neutral merge tags; it is the last good one if there are
    ``problems``, and None if there never was one.
    """

    number: str
    folder: Path
    email: Email | None
    problems: tuple[Problem, ...]
    fingerprint: Fingerprint

    @property
    def version(self) -> str:
        """A short name for this state of the issue's files."""
        return hashlib.sha256(repr(self.fingerprint).encode()).hexdigest()[:16]


class LiveIssues:
    """Builds an issue when it is looked at, and again when its files have changed since. Safe to use from several
    threads.
    """

    def __init__(self, issues: Path) -> None:
        self.issues = issues
        project = Project(issues)
        self.publication, self.templates, self.build = (
            project.publication,
            project.templates,
            project.build,
        )
        self._current: dict[str, Snapshot] = {}
        self._reports: dict[str, tuple[str, Report | None]] = {}
        self._lock = Lock()

    def numbers(self) -> list[str]:
        """Return the numbers of all issues, newest first."""
        return [folder.path.name for folder in Project(self.issues).newest_first()]

    def current(self, number: str) -> Snapshot | None:
        """Return the issue as it is now; None if there is none of that number, and never was."""
        with self._lock:
            last = self._current.get(number)
            if last is None and number not in self.numbers():
                return None
            fingerprint = self._fingerprint(number)
            if last is None or last.fingerprint != fingerprint:
                last = self._current[number] = self._built(
                    number, fingerprint, last.email if last else None
                )
            return last

    def report(self, current: Snapshot) -> Report | None:
        """Return what the checks find in an issue; None while its files have mistakes. The last report is kept."""
        if current.problems or current.email is None:
            return None
        version, report = self._reports.get(current.number, ("", None))
        if version != current.version:
            try:
                report = _checked(current.folder)
            except (NewsletterError, OSError):
                # It was changed just now, and will be looked at again.
                return None
            self._reports[current.number] = (current.version, report)
        return report

    def concerned(self, paths: Iterable[Path]) -> set[str] | None:
        """Return the numbers of the issues that these files belong to; None if one of the files belongs to all."""
        numbers: set[str] = set()
        for path in paths:
            within = path.relative_to(self.issues).parts if path.is_relative_to(self.issues) else ()
            if len(within) < 2:
                return None
            numbers.add(within[0])
        return numbers

    def _built(self, number: str, fingerprint: Fingerprint, last: Email | None) -> Snapshot:
        folder = self.issues / number
        try:
            return Snapshot(number, folder, draft(folder), (), fingerprint)
        except NewsletterError as error:
            return Snapshot(number, folder, last, error.problems, fingerprint)
        except OSError as error:  # a file that vanishes while it is read, say
            problem = Problem(
                Path(error.filename or folder),
                None,
                f"{error.strerror or error}.",
                "Save it again.",
            )
            return Snapshot(number, folder, last, (problem,), fingerprint)

    def _fingerprint(self, number: str) -> Fingerprint:
        """Return a value that differs if any file that the issue is made from differs."""
        return tuple(sorted(self._stamps(number)))

    def _stamps(self, number: str) -> Iterator[tuple[str, int, int, int]]:
        folders = (self.issues / number, self.templates)
        for path in [
            self.publication,
            *(path for folder in folders for path in folder.rglob("*")),
        ]:
            try:
                status = path.stat()
            except OSError:
                continue  # it was removed just now: its absence shows
            yield str(path), status.st_mtime_ns, status.st_size, status.st_ino


def _checked(folder: Path) -> Report:
    """Return the report on an issue; if a rule that was installed cannot run, with just that."""
    galley = galley_of(folder)
    try:
        return preflight(galley)
    except PluginError as error:
        return Report(galley, findings_of(error), ignored=(), seconds={})
