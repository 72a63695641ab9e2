"""The Static Analysis Results Interchange Format, 2.1.0 (OASIS), for code scanning and editors."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple
from urllib.parse import quote

from newsletter._version import __version__
from newsletter.checks import manual
from newsletter.checks.formats.results import Result, findings_of, ignored_in, path_of
from newsletter.model import Finding, Severity

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}


class Piece(NamedTuple):
    """The results of one issue."""

    findings: list[dict[str, Any]]
    ignored: list[dict[str, Any]]


def piece(result: Result) -> Piece:
    """Return what was found in one issue, and what of it is ignored."""
    findings = map(_result, findings_of(result))
    ignored = map(_result, ignored_in(result))
    return Piece(list(findings), list(ignored))


def whole(pieces: Iterable[Piece]) -> Iterator[str]:
    """Yield one log with the results of all issues, those that are ignored at its end."""
    findings: list[dict[str, Any]] = []
    ignored: list[dict[str, Any]] = []
    for of_one_issue in pieces:
        findings += of_one_issue.findings
        ignored += of_one_issue.ignored

    driver = {
        "name": "newsletter",
        "version": __version__,
        "rules": [_rule(name) for name in manual.names()],
    }
    run = {"tool": {"driver": driver}, "results": [*findings, *ignored]}
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    yield json.dumps(log, indent=2)


def _rule(name: str) -> dict[str, Any]:
    page = manual.page(name)
    worst = page.severities[0]
    return {
        "id": name,
        "shortDescription": {"text": page.summary},
        "help": {"text": page.text, "markdown": page.text},
        "defaultConfiguration": {"level": _LEVELS[worst]},
    }


def _result(finding: Finding) -> dict[str, Any]:
    message = f"{finding.message} {finding.problem.hint}".rstrip()
    result = {
        "ruleId": finding.check,
        "level": _LEVELS[finding.severity],
        "message": {"text": message},
        "locations": [{"physicalLocation": _place(finding)}],
    }
    if finding.ignored:
        result["suppressions"] = [{"kind": "inSource", "justification": finding.ignored}]
    return result


def _place(finding: Finding) -> dict[str, Any]:
    address = quote(path_of(finding), errors="surrogateescape")
    place: dict[str, Any] = {"artifactLocation": {"uri": address}}
    if finding.problem.line:
        place["region"] = {"startLine": finding.problem.line}
    return place
