"""A Finding: one thing that a check found, and the Place where an editor can fix it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from newsletter.problem import Problem

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True)
class Finding:
    """One thing that a rule found.

    An error must be fixed, a warning should be looked at, an info is good to know.
    """

    check: str
    """The name of the rule."""
    severity: Severity
    problem: Problem
    item: str | None = None
    """The title of the item that it is about, if it is about one."""
    formats: tuple[str, ...] = ()
    """The names of the formats that it is about; none if it is about the issue, in all of them."""
    ignored: str | None = None
    """The reason why it is ignored, if it is."""

    @property
    def message(self) -> str:
        """What is wrong, after the formats that it is about: ``(full, text) The link …``."""
        if not self.formats:
            return self.problem.message
        return f"({', '.join(self.formats)}) {self.problem.message}"


@dataclass(frozen=True)
class Place:
    """A place that an editor can change. ``line`` counts from 1; None means the whole file."""

    path: Path
    line: int | None
    item: str | None = None

    def error(self, message: str, hint: str) -> Finding:
        """Return a finding that must be fixed here; preflight adds the name of the check."""
        return self.finding("error", message, hint)

    def warning(self, message: str, hint: str) -> Finding:
        """Return a finding that should be looked at."""
        return self.finding("warning", message, hint)

    def info(self, message: str, hint: str) -> Finding:
        """Return a finding that is good to know."""
        return self.finding("info", message, hint)

    def finding(self, severity: Severity, message: str, hint: str) -> Finding:
        """Return a finding of this severity; preflight adds the name of the check."""
        problem = Problem(self.path, self.line, message, hint)
        return Finding("", severity, problem, self.item)
