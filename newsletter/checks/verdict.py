"""A report in a few words."""

from __future__ import annotations

from collections.abc import Iterable

from newsletter.checks.report import Report
from newsletter.model import File, Finding


def verdict(report: Report) -> str:
    """Return one line that says whether an issue is ready."""
    issue = report.email.issue
    name = f"{issue.publication.name} {issue.number}"

    errors = len(report.of("error"))
    if errors:
        return f"{name} is not ready: {many(errors, 'error')} must be fixed."

    warnings = len(report.of("warning"))
    if warnings:
        return f"{name} is ready, with {many(warnings, 'warning')} to look at."
    return f"{name} is ready."


def counted(findings: Iterable[Finding]) -> str:
    """Return how many errors and warnings there are: ``1 error and 2 warnings``."""
    severities = [finding.severity for finding in findings]
    counts: list[str] = []
    for severity in ("error", "warning"):
        if severity in severities:
            count = severities.count(severity)
            counts.append(many(count, severity))
    return " and ".join(counts) or "nothing to fix"


def files_in_words(files: Iterable[File], elsewhere: int = 0) -> str:
    """Return how many files an email has: ``5 pictures and 1 calendar file``.

    ``elsewhere`` is the number of pictures that it shows besides, from elsewhere on the web.
    """
    are_pictures = [file.is_picture for file in files]
    pictures = are_pictures.count(True) + elsewhere
    calendars = are_pictures.count(False)

    counts: list[str] = []
    if pictures:
        counts.append(many(pictures, "picture"))
    if calendars:
        counts.append(many(calendars, "calendar file"))
    return " and ".join(counts)


def many(count: int, thing: str) -> str:
    """Return how many there are of a thing: ``1 error``, ``2 errors``."""
    if count == 1:
        return f"1 {thing}"
    return f"{count} {thing}s"
