"""JSON for programs: one object with everything.

It is in ASCII, so that no shell on the way can damage it.
"""

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
"""The version of this format: it grows when a key goes or changes its meaning, not for new keys."""


def piece(result: Result) -> dict[str, Any]:
    """Return one issue as an object; if it could not be read, without its name and its number."""
    publication = None
    number = None
    is_ready = False
    if isinstance(result, Report):
        issue = result.email.issue
        publication = issue.publication.name
        number = issue.number
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
    """Return a finding, with the names of its formats if it is not in all of them."""
    problem = finding.problem
    written: dict[str, Any] = {
        "check": finding.check,
        "severity": finding.severity,
        "file": path_of(finding),
        "line": problem.line,
        "message": problem.message,
        "hint": problem.hint,
        "why": manual.why(finding.check),
        "item": finding.item,
    }
    if finding.formats:
        written["formats"] = list(finding.formats)
    return written


def _ignored(finding: Finding) -> dict[str, Any]:
    return {**_finding(finding), "reason": finding.ignored}
