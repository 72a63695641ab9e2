"""Reports in several formats: for a terminal, as JSON, as annotations on GitHub, as SARIF.

Each takes the results of several issues. A result is a Report, or the error that prevented it, whose problems are
shown like findings of the check "manifest" or "theme".
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import quote

import click

from newsletter._version import __version__
from newsletter.checks import manual
from newsletter.checks.report import Report
from newsletter.errors import ManifestError, NewsletterError
from newsletter.files import relative_to_cwd
from newsletter.model import Finding, Severity
from newsletter.text.printable import harmless
from newsletter.text.wrapping import wrap

Result = Report | NewsletterError
_COLOURS: dict[Severity, str] = {"error": "red", "warning": "yellow", "info": "cyan"}
_GITHUB: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "notice"}
_SARIF: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}
_WIDTH = 100
"""Characters of a line of the reasons."""
_MOST_REASONS = 5
_LONGEST = 1_000
"""Characters of a finding in a terminal."""
_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def findings_of(result: Result) -> tuple[Finding, ...]:
    """Return the findings in a result."""
    if isinstance(result, Report):
        return result.findings
    check = "manifest" if isinstance(result, ManifestError) else "theme"
    return tuple(Finding(check, "error", problem) for problem in result.problems)


def counted(findings: Iterable[Finding]) -> str:
    """Return how many errors and warnings there are, in words."""
    severities = [finding.severity for finding in findings]
    kinds = [kind for kind in ("error", "warning") if kind in severities]
    return " and ".join(_many(severities.count(kind), kind) for kind in kinds) or "nothing to fix"


def verdict(report: Report) -> str:
    """Return one line that says whether an issue is ready."""
    issue = report.email.issue
    name = f"{issue.publication.name} {issue.number}"
    errors, warnings = len(report.of("error")), len(report.of("warning"))
    if errors:
        return f"{name} is not ready: {_many(errors, 'error')} must be fixed."
    return (
        f"{name} is ready, with {_many(warnings, 'warning')} to look at."
        if warnings
        else f"{name} is ready."
    )


def why(check: str) -> str:
    """Return why a check matters; nothing for "manifest" and "theme", which are not checks."""
    return manual.page(check).why if check in manual.names() else ""


def in_terminal(results: Sequence[Result]) -> str:
    """Return the findings below their files, one on each line, and a verdict for each issue; coloured."""
    parts = [(findings_of(result), result) for result in results]
    return "\n\n".join(
        "\n".join([*_by_file(found), *_reasons(found), *_ending(result)]) for found, result in parts
    )


def _by_file(findings: tuple[Finding, ...]) -> Iterable[str]:
    for path, group in groupby(findings, key=lambda finding: finding.problem.path):
        yield click.style(harmless(str(relative_to_cwd(path))), underline=True)
        for finding in group:
            line = f"{finding.problem.line or '':>4}"
            severity = click.style(
                f"{finding.severity:<7}", fg=_COLOURS[finding.severity], bold=True
            )
            yield f"{line}  {severity}  {_on_one_line(finding)}  {click.style(finding.check, dim=True)}"
        yield ""


def _on_one_line(finding: Finding) -> str:
    """Return what is wrong and what to do, without characters that control a terminal."""
    words = harmless(f"{finding.problem.message} {finding.problem.hint}").split()
    text = " ".join(words)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _reasons(findings: tuple[Finding, ...]) -> Iterable[str]:
    """Yield why each check that found an error or a warning matters; if they are many, where to read it."""
    names = {finding.check for finding in findings if finding.severity != "info"}
    reasons = [(name, reason) for name in sorted(names) if (reason := why(name))]
    if len(reasons) > _MOST_REASONS:
        yield "'newsletter explain RULE' says why each of these matters."
        yield ""
        return
    for name, reason in reasons:
        yield from wrap(f"{name}: {reason}", _WIDTH, "", "  ")
        yield ""


def _ending(result: Result) -> Iterable[str]:
    if isinstance(result, Report):
        ignored = f" {_many(len(result.ignored), 'finding')} ignored." if result.ignored else ""
        yield (
            click.style(
                harmless(verdict(result)), fg="green" if result.is_ready else "red", bold=True
            )
            + ignored
        )
    else:
        count = _many(len(result.problems), "mistake")
        yield click.style(f"It could not be checked: fix {count} first.", fg="red", bold=True)


def as_json(results: Sequence[Result]) -> str:
    """Return one object with everything, for programs; in ASCII, so that no shell on the way can damage it."""
    issues = [_issue(result) for result in results]
    return json.dumps({"version": __version__, "issues": issues}, indent=2)


def _issue(result: Result) -> dict[str, Any]:
    """Return one issue. If it could not be read, its name and its number are not known."""
    issue = result.email.issue if isinstance(result, Report) else None
    ignored = result.ignored if isinstance(result, Report) else ()
    return {
        "publication": issue and issue.publication.name,
        "number": issue and issue.number,
        "ready": isinstance(result, Report) and result.is_ready,
        "findings": [_fields(finding) for finding in findings_of(result)],
        "ignored": [_fields(finding) | {"reason": finding.ignored} for finding in ignored],
    }


def _fields(finding: Finding) -> dict[str, Any]:
    problem = finding.problem
    return {
        "check": finding.check,
        "severity": finding.severity,
        "file": _posix(problem.path),
        "line": problem.line,
        "message": problem.message,
        "hint": problem.hint,
        "why": why(finding.check),
        "item": finding.item,
    }


def for_github(results: Sequence[Result]) -> str:
    """Return workflow commands that annotate lines of a pull request (GitHub's documentation, "Workflow commands")."""
    return "\n".join(_annotation(finding) for result in results for finding in findings_of(result))


def _annotation(finding: Finding) -> str:
    problem = finding.problem
    line = f",line={problem.line}" if problem.line else ""
    place = (
        f"file={_escaped(_posix(problem.path), ',:')}{line},title={_escaped(finding.check, ',:')}"
    )
    text = f"{problem.message} {problem.hint}".rstrip()
    if reason := why(finding.check):
        text += f"\n\nWhy it matters: {reason}"
    return f"::{_GITHUB[finding.severity]} {place}::{_escaped(text)}"


def _escaped(text: str, more: str = "") -> str:
    """Return the text as the data of a command or, with the characters ``more`` escaped too, as the value of one of its
    properties (actions/toolkit, command.ts). It has no characters that control a terminal, because the log shows it.
    """
    lines = map(harmless, text.replace("\r\n", "\n").split("\n"))
    return re.sub(f"[%\n{more}]", lambda character: f"%{ord(character[0]):02X}", "\n".join(lines))


def as_sarif(results: Sequence[Result]) -> str:
    """Return them in the Static Analysis Results Interchange Format, 2.1.0 (OASIS), for code scanning and editors."""
    found = [finding for result in results for finding in findings_of(result)]
    ignored = [
        finding for result in results if isinstance(result, Report) for finding in result.ignored
    ]
    driver = {
        "name": "newsletter",
        "version": __version__,
        "rules": [_sarif_rule(name) for name in manual.names()],
    }
    run = {
        "tool": {"driver": driver},
        "results": [_sarif_result(finding) for finding in [*found, *ignored]],
    }
    return json.dumps({"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


def _sarif_rule(name: str) -> dict[str, Any]:
    page = manual.page(name)
    return {
        "id": name,
        "shortDescription": {"text": page.summary},
        "help": {"text": page.text, "markdown": page.text},
        "defaultConfiguration": {"level": _SARIF[page.severities[0]]},
    }


def _sarif_result(finding: Finding) -> dict[str, Any]:
    problem = finding.problem
    place: dict[str, Any] = {
        "artifactLocation": {"uri": quote(_posix(problem.path), errors="surrogateescape")}
    }
    if problem.line:
        place["region"] = {"startLine": problem.line}
    result = {
        "ruleId": finding.check,
        "level": _SARIF[finding.severity],
        "message": {"text": f"{problem.message} {problem.hint}".rstrip()},
        "locations": [{"physicalLocation": place}],
    }
    if finding.ignored:
        result["suppressions"] = [{"kind": "inSource", "justification": finding.ignored}]
    return result


def _posix(path: Path) -> str:
    return relative_to_cwd(path).as_posix()


def _many(count: int, thing: str) -> str:
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


FORMATS: dict[str, Callable[[Sequence[Result]], str]] = {
    "terminal": in_terminal,
    "json": as_json,
    "github": for_github,
    "sarif": as_sarif,
}
"""The formats, by the names that people type."""
