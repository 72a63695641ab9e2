"""Annotations of the lines of a pull request (GitHub's documentation, "Workflow commands")."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from newsletter.checks import manual
from newsletter.checks.formats.results import Result, findings_of, path_of
from newsletter.model import Finding, Severity
from newsletter.text.printable import harmless

_COMMANDS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "notice"}


def piece(result: Result) -> list[str]:
    """Return a command for each finding."""
    return [_command(finding) for finding in findings_of(result)]


def whole(pieces: Iterable[list[str]]) -> Iterator[str]:
    """Yield all commands, one on each line."""
    commands: list[str] = []
    for of_one_issue in pieces:
        commands += of_one_issue
    yield "\n".join(commands)


def _command(finding: Finding) -> str:
    problem = finding.problem
    properties = [f"file={_property(path_of(finding))}"]
    if problem.line:
        properties.append(f"line={problem.line}")
    properties.append(f"title={_property(finding.check)}")

    text = f"{finding.message} {problem.hint}".rstrip()
    reason = manual.why(finding.check)
    if reason:
        text += f"\n\nWhy it matters: {reason}"

    command = _COMMANDS[finding.severity]
    return f"::{command} {','.join(properties)}::{_escaped(text, '%')}"


def _property(text: str) -> str:
    """Return a text as the value of a command's property."""
    return _escaped(text, "%,:")


def _escaped(text: str, special: str) -> str:
    """Return a text with line feeds and ``special`` characters escaped.

    The rule is that of GitHub's actions/toolkit, command.ts. The text has no characters that
    control a terminal, because the log shows it.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    clean = "\n".join(map(harmless, lines))
    return re.sub(f"[\n{special}]", _in_hexadecimal, clean)


def _in_hexadecimal(character: re.Match[str]) -> str:
    code = ord(character[0])
    return f"%{code:02X}"
