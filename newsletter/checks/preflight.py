"""Preflight: every check over a galley, before anything goes out."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import get_args

from newsletter.checks import manual
from newsletter.checks.galley import Galley
from newsletter.checks.report import Report
from newsletter.checks.rules import stale_ignore
from newsletter.model import Finding, Ignore, Severity

_STALE = "stale-ignore"


def chosen(
    only: Collection[str] = (), skip: Collection[str] = (), needs: Collection[str] = ()
) -> list[str]:
    """Return the names of the checks that run: all of them, or ``only`` some, without those to ``skip``. A check that
    needs the network or SpamAssassin runs if ``needs`` has that, or if ``only`` names the check. Raise KeyError for a
    name in ``only`` that no check has.
    """
    names = [name for name in only or manual.names() if name not in skip]
    return [name for name in names if manual.needs(name) in (None, *needs) or name in only]


def preflight(
    galley: Galley,
    *,
    only: Collection[str] = (),
    skip: Collection[str] = (),
    needs: Collection[str] = (),
) -> Report:
    """Run the chosen checks, and return the report. Raise KeyError for a name in ``only`` that no check has."""
    names = chosen(only, skip, needs)
    found: list[Finding] = []
    seconds: dict[str, float] = {}
    for name in names:
        start = time.perf_counter()
        found += (replace(finding, check=name) for finding in manual.rule(name).check(galley))
        seconds[name] = time.perf_counter() - start
    reported, ignored = _sorted_out(galley, found)
    if _STALE in names:
        reported += (replace(finding, check=_STALE) for finding in _unused(galley, ignored, names))
    left_out = tuple(name for name in chosen() if name not in names)
    return Report(galley, _in_order(reported), _in_order(ignored), seconds, left_out)


def _sorted_out(galley: Galley, found: list[Finding]) -> tuple[list[Finding], list[Finding]]:
    """Return the findings to report, and those that are ignored, with the reason."""
    reported: list[Finding] = []
    ignored: list[Finding] = []
    for finding in found:
        ignore = next(
            (ignore for ignore in _ignores(galley) if _covers(galley, ignore, finding)), None
        )
        if ignore:
            ignored.append(replace(finding, ignored=ignore.reason))
        else:
            reported.append(finding)
    return reported, ignored


def _ignores(galley: Galley) -> tuple[Ignore, ...]:
    return (*galley.issue.publication.ignore, *galley.issue.ignore)


def _covers(galley: Galley, ignore: Ignore, finding: Finding) -> bool:
    has_passed = ignore.until is not None and ignore.until < galley.today
    return not has_passed and ignore.rule == finding.check and ignore.item in (None, finding.item)


def _unused(galley: Galley, ignored: list[Finding], ran: list[str]) -> Iterator[Finding]:
    for ignore in _ignores(galley):
        if ignore.rule in ran and not any(_covers(galley, ignore, finding) for finding in ignored):
            yield from stale_ignore.unused(galley, ignore)


def _in_order(findings: list[Finding]) -> tuple[Finding, ...]:
    """Return errors first, then warnings, then infos, each by place; the same finding in the same place only once."""
    worst_first = get_args(Severity)

    def rank(finding: Finding) -> tuple[int, str, int, str]:
        return worst_first.index(finding.severity), *finding.problem.sort_key()

    return tuple(sorted(dict.fromkeys(findings), key=rank))
