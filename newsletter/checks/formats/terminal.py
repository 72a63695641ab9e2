"""For a terminal: the findings below their files, one a line, and a verdict for each issue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

import click

from newsletter.checks import manual
from newsletter.checks.formats.results import Result, findings_of
from newsletter.checks.report import Report
from newsletter.checks.verdict import many, verdict
from newsletter.errors import NewsletterError
from newsletter.files import relative_to_cwd
from newsletter.model import Finding, Severity
from newsletter.text.printable import harmless
from newsletter.text.wrapping import wrap

_COLOURS: dict[Severity, str] = {"error": "red", "warning": "yellow", "info": "cyan"}
_WIDTH = 100
"""Characters of a line of the reasons."""
_MOST_REASONS = 5
_LONGEST = 1_000
"""Characters of a finding."""


def piece(result: Result) -> str:
    """Return the text of one result."""
    findings = findings_of(result)
    lines = [*_by_file(findings), *_reasons(findings)]

    if isinstance(result, Report):
        lines.append(_verdict(result))
    else:
        lines.append(_refusal(result))
    return "\n".join(lines)


def whole(pieces: Iterable[str]) -> Iterator[str]:
    """Yield the text of each result, with an empty line between one and the next."""
    between = ""
    for text in pieces:
        yield between + text
        between = "\n"


def _by_file(findings: tuple[Finding, ...]) -> Iterator[str]:
    for path, of_one_file in groupby(findings, key=lambda finding: finding.problem.path):
        name = harmless(str(relative_to_cwd(path)))
        yield click.style(name, underline=True)

        yield from map(_line, of_one_file)
        yield ""


def _line(finding: Finding) -> str:
    """Return a finding: its line, how severe it is, what is wrong and what to do, and its rule."""
    number = finding.problem.line or ""
    colour = _COLOURS[finding.severity]
    severity = click.style(f"{finding.severity:<7}", fg=colour, bold=True)
    what_and_how = _on_one_line(finding)
    rule = click.style(finding.check, dim=True)
    return f"{number:>4}  {severity}  {what_and_how}  {rule}"


def _on_one_line(finding: Finding) -> str:
    """Return what is wrong and what to do, without characters that control a terminal."""
    words = harmless(f"{finding.message} {finding.problem.hint}").split()
    text = " ".join(words)
    if len(text) > _LONGEST:
        return f"{text[: _LONGEST - 1]}…"
    return text


def _reasons(findings: tuple[Finding, ...]) -> Iterator[str]:
    """Yield why each rule that found an error or a warning matters; for many, where to read it."""
    names = {finding.check for finding in findings if finding.severity != "info"}
    reasons: dict[str, str] = {}
    for name in sorted(names):
        reason = manual.why(name)
        if reason:
            reasons[name] = reason

    if len(reasons) > _MOST_REASONS:
        yield "'newsletter explain RULE' says why each of these matters."
        yield ""
        return

    for name, reason in reasons.items():
        yield from wrap(f"{name}: {reason}", _WIDTH, "", "  ")
        yield ""


def _verdict(report: Report) -> str:
    colour = "green" if report.is_ready else "red"
    line = click.style(harmless(verdict(report)), fg=colour, bold=True)
    if report.ignored:
        line += f" {many(len(report.ignored), 'finding')} ignored."
    return line


def _refusal(error: NewsletterError) -> str:
    mistakes = many(len(error.problems), "mistake")
    sentence = f"It could not be checked: fix {mistakes} first."
    return click.style(sentence, fg="red", bold=True)
