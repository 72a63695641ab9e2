"""Ignores: what the publication and the issue say not to report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from newsletter.checks.galley import Galley
from newsletter.model import Finding, Ignore


def ignores_of(galley: Galley) -> tuple[Ignore, ...]:
    """Return every ``ignore:`` that counts for an issue: the publication's, then its own."""
    return (*galley.issue.publication.ignore, *galley.issue.ignore)


def has_passed(ignore: Ignore, today: date) -> bool:
    """Return whether the date has passed until which an ignore is valid."""
    return ignore.until is not None and ignore.until < today


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
        for ignore in ignores:
            if covers(ignore, finding, galley.today):
                ignored.append(replace(finding, ignored=ignore.reason))
                break
        else:
            reported.append(finding)
    return reported, ignored
