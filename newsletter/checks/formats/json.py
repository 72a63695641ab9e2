"""JSON: one object with everything, for programs; in ASCII, so that no shell on the way can damage it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from newsletter._version import __version__
from newsletter.checks import manual
from newsletter.checks.formats.results import Result, findings_of, ignored_in, path_of
from newsletter.checks.report import Report
from newsletter.model import Finding

FORMAT = 1
"""The version of this format. It grows when a key goes or gets another meaning; keys may be added at any time."""


def piece(result: Result) -> dict[str, Any]:
    """Return one issue as an object. If it could not be read, its name and its number are not known."""
    publication = number = None
    is_ready = False
    if isinstance(result, Report):
        issue = result.email.issue
        publication, number = issue.publication.name, issue.number
        is_ready = result.is_ready

    return {
        "publication": publication,
        "number": number,
        "ready": is_ready,
        "findings": [_finding(finding) for finding in findings_of(result)],
        "ignored": [_ignored(finding) for finding in ignored_in(result)],
    }


def whole(pieces: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Yield the object of all issues."""
    report = {"format": FORMAT, "version": __version__, "issues": list(pieces)}
    yield json.dumps(report, indent=2)


def _finding(finding: Finding) -> dict[str, Any]:
    problem = finding.problem
    return {
        "check": finding.check,
        "severity": finding.severity,
        "file": path_of(finding),
        "line": problem.line,
        "message": problem.message,
        "hint": problem.hint,
        "why": manual.why(finding.check),
        "item": finding.item,
    }


def _ignored(finding: Finding) -> dict[str, Any]:
    return {**_finding(finding), "reason": finding.ignored}
