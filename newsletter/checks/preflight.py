"""Preflight: every check over a galley, before anything goes out."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from typing import get_args

from newsletter.checks import ignores, manual
from newsletter.checks.galley import Galley
from newsletter.checks.manual import Rule
from newsletter.checks.report import Report
from newsletter.model import Finding, Severity

Progress = Callable[[int, int], None]
"""It is called with how many pages on the web have answered, and how many there are."""


def preflight(
    galley: Galley,
    *,
    only: Collection[str] = (),
    skip: Collection[str] = (),
    needs: Collection[str] = (),
    progress: Progress | None = None,
) -> Report:
    """Run the rules over a galley, and return the report.

    All rules run, or ``only`` some, without those to ``skip``. One that needs the network or SpamAssassin runs if
    ``needs`` has that, or if ``only`` names the rule. If the web is asked, ``progress`` is called for each answer.

    Raise KeyError for a name in ``only`` that no rule has, and PluginError if a rule that was installed cannot run.
    """
    rules = _chosen(only, skip, needs)
    if progress and any(_need(rule) == "network" for rule in rules.values()):
        _ask_the_web(galley, progress)

    found: list[Finding] = []
    seconds: dict[str, float] = {}
    for name, rule in rules.items():
        start = time.perf_counter()
        found += _named(name, rule.check(galley))
        seconds[name] = time.perf_counter() - start

    reported, ignored = ignores.sort_out(galley, found)
    left_out = _left_out(rules) if only or skip else ()
    report = Report(galley, _in_order(reported), _in_order(ignored), seconds, left_out)

    for name, rule in rules.items():
        if after := getattr(rule, "after", None):
            reported += _named(name, after(report))
    return replace(report, findings=_in_order(reported))


def _chosen(
    only: Collection[str], skip: Collection[str], needs: Collection[str]
) -> dict[str, Rule]:
    """Return the rules that run, by name."""
    manual.require_own_names()
    chosen: dict[str, Rule] = {}
    for name in only or manual.names():
        if name in skip:
            continue
        rule = manual.rule(name)
        if name in only or _need(rule) in (None, *needs):
            chosen[name] = rule
    return chosen


def _need(rule: Rule) -> str | None:
    need: str | None = getattr(rule, "NEEDS", None)
    return need


def _left_out(ran: Collection[str]) -> tuple[str, ...]:
    """Return the rules of a whole check that did not run; those that need something are no part of it."""
    return tuple(
        name for name in manual.names() if name not in ran and manual.page(name).needs is None
    )


def _ask_the_web(galley: Galley, progress: Progress) -> None:
    """Ask for each page that the issue links to. The answers are remembered until the rules want them."""
    from newsletter.checks.web import ask

    pages = {link.page for link in galley.links_elsewhere}
    progress(0, len(pages))
    for count, _ in enumerate(ask(pages), start=1):
        progress(count, len(pages))


def _named(name: str, findings: Iterable[Finding]) -> list[Finding]:
    return [replace(finding, check=name) for finding in findings]


def _in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return errors first, then warnings, then infos, each by place; the same finding in the same place only once."""
    worst_first = get_args(Severity)

    def rank(finding: Finding) -> tuple[int, str, int, str]:
        return worst_first.index(finding.severity), *finding.problem.sort_key()

    return tuple(sorted(dict.fromkeys(findings), key=rank))
