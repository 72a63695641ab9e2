"""What the checks have to say of an email: Findings, gathered in a Report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from newsletter.errors import Problem
from newsletter.model.issue import Email

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True)
class Finding:
    """One thing that a check has found: an error must be fixed, a warning looked at, an info only be known.

    ``item`` is the title of the item that it is about, if it is about one; ``ignored`` why it is passed over, if it is.
    """

    check: str
    severity: Severity
    problem: Problem
    item: str | None = None
    ignored: str | None = None


@dataclass(frozen=True)
class Place:
    """Where something is that an editor can change. ``line`` counts from 1; None stands for the whole file."""

    path: Path
    line: int | None
    item: str | None = None

    def error(self, what: str, hint: str) -> Finding:
        """What must be fixed here; preflight adds the name of the check."""
        return self._finding("error", what, hint)

    def warning(self, what: str, hint: str) -> Finding:
        """What should be looked at here."""
        return self._finding("warning", what, hint)

    def info(self, what: str, hint: str) -> Finding:
        """What is good to know."""
        return self._finding("info", what, hint)

    def _finding(self, severity: Severity, what: str, hint: str) -> Finding:
        return Finding("", severity, Problem(self.path, self.line, what, hint), self.item)


@dataclass(frozen=True)
class Report:
    """An email that was checked, its merge tags neutral, and what was found."""

    email: Email
    findings: tuple[Finding, ...]
    """Errors first, then warnings, then infos, each by file and line."""
    ignored: tuple[Finding, ...]
    """What was found and is passed over, as the publication or the issue says."""
    seconds: Mapping[str, float]
    """How long each check took."""

    def of(self, severity: Severity) -> tuple[Finding, ...]:
        """The findings of one severity."""
        return tuple(finding for finding in self.findings if finding.severity == severity)

    @property
    def is_ready(self) -> bool:
        """Whether the email can be sent: whether there is no error."""
        return not self.of("error")
