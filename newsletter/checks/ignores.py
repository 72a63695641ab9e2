"""Ignores: what the publication and the issue say not to report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from newsletter.checks.galley import Galley
from newsletter.model import Finding, Ignore


def ignores_of(galley: Galley) -> tuple[Ignore, ...]:
    """Return every ``ignore:`` that counts for an issue: the publication's, then its own."""
    issue = galley.issue
    return (*issue.publication.ignore, *issue.ignore)


def has_passed(ignore: Ignore, today: date) -> bool:
    """Return whether the date has passed until which an ignore is valid."""
    if ignore.until is None:
        return False
    return ignore.until < today


def covers(ignore: Ignore, finding: Finding, today: date) -> bool:
    """Return whether an ignore is about a finding, and still valid."""
    if ignore.rule != finding.check or has_passed(ignore, today):
        return False
    return ignore.item in (None, finding.item)


def sort_out(galley: Galley, findings: Iterable[Finding]) -> tuple[list[Finding], list[Finding]]:
    """Return the findings to report, and those that are ignored, each with the reason."""
    ignores = ignores_of(galley)
    reported: list[Finding] = []
    ignored: list[Finding] = []
    for finding in findings:
        ignore = _first_that_covers(finding, ignores, galley.today)
        if ignore is None:
            reported.append(finding)
        else:
            ignored.append(replace(finding, ignored=ignore.reason))
    return reported, ignored


def _first_that_covers(finding: Finding, ignores: Iterable[Ignore], today: date) -> Ignore | None:
    for ignore in ignores:
        if covers(ignore, finding, today):
            return ignore
    return None
