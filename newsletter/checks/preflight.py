"""Preflight: every check over a galley, before anything goes out."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import get_args

from newsletter.checks import manual
from newsletter.checks.across_formats import found_in
from newsletter.checks.galley import Galley
from newsletter.checks.ignores import sort_out
from newsletter.checks.manual import Rule
from newsletter.checks.report import Report
from newsletter.errors import NewsletterError, PluginError
from newsletter.model import Finding, Severity
from newsletter.text.printable import printable

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

    Those about the email run over it in each of its formats; a finding names the formats that it is
    in, unless it is in all. All rules run, or ``only`` some, without those to ``skip``. One that
    needs the network or SpamAssassin runs if ``needs`` has that, or if ``only`` names the rule. If
    the web is asked, ``progress`` is called for each answer.

    Raise NewsletterError for a name in ``only`` that no rule has, and PluginError if a rule that
    was installed cannot run.
    """
    rules = _chosen(only, skip, needs)
    if progress and "network" in map(_need, rules.values()):
        _ask_the_web(galley, progress)

    findings, seconds = _run(rules, galley)
    reported, ignored = sort_out(galley, findings)
    report = Report(
        galley=galley,
        findings=_in_order(reported),
        ignored=_in_order(ignored),
        seconds=seconds,
        left_out=_left_out(rules),
    )

    about_the_report = _run_after(rules, report)
    return replace(report, findings=_in_order([*reported, *about_the_report]))


def _chosen(
    only: Collection[str], skip: Collection[str], needs: Collection[str]
) -> dict[str, Rule]:
    """Return the rules that run, by name."""
    manual.require_unique_names()
    chosen: dict[str, Rule] = {}
    for name in only or manual.names():
        if name in skip:
            continue

        rule = _rule(name)
        if name in only or _need(rule) in (None, *needs):
            chosen[name] = rule
    return chosen


def _rule(name: str) -> Rule:
    try:
        return manual.rule(name)
    except KeyError:
        message = f"There is no rule '{printable(name)}'."
        raise NewsletterError.at(Path(name), None, message, manual.suggestion(name)) from None


def _run(rules: Mapping[str, Rule], galley: Galley) -> tuple[list[Finding], dict[str, float]]:
    """Return what the rules find, and the seconds that each took."""
    findings: list[Finding] = []
    seconds: dict[str, float] = {}
    for name, rule in rules.items():
        start = time.perf_counter()
        findings += _named(name, found_in(_read_by(rule, galley), rule.check))
        seconds[name] = time.perf_counter() - start
    return findings, seconds


def _read_by(rule: Rule, galley: Galley) -> list[Galley]:
    """Return the galleys that a rule is run on: the issue in the formats that it is about."""
    about = getattr(rule, "ABOUT", "manuscript")
    if about == "manuscript":
        return [galley]
    if about == "email":
        return list(galley.every_format)
    return [each for each in galley.every_format if each.has_html]


def _run_after(rules: Mapping[str, Rule], report: Report) -> list[Finding]:
    """Return what the rules find in the report of all of them."""
    findings: list[Finding] = []
    for name, rule in rules.items():
        after = getattr(rule, "after", None)
        if after:
            findings += _named(name, after(report))
    return findings


def _need(rule: Rule) -> str | None:
    need: str | None = getattr(rule, "NEEDS", None)
    return need


def _left_out(ran: Collection[str]) -> tuple[str, ...]:
    """Return the rules of a whole check that did not run."""
    required = [name for name in manual.names() if not _is_optional(name)]
    return tuple(name for name in required if name not in ran)


def _is_optional(name: str) -> bool:
    """Return whether a rule is no part of a whole check: it needs something that may be missing."""
    try:
        return manual.page(name).needs is not None
    except PluginError:  # it cannot be read, and did not run
        return False


def _ask_the_web(galley: Galley, progress: Progress) -> None:
    """Ask for each page that the issue links to; the answers are remembered for the rules."""
    from newsletter.checks.web import ask

    pages = {link.page for each in galley.every_format for link in each.links_elsewhere}
    progress(0, len(pages))
    for count, _ in enumerate(ask(pages), start=1):
        progress(count, len(pages))


def _named(name: str, findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings with the name of their rule."""
    return [replace(finding, check=name) for finding in findings]


def _in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return errors first, then warnings, then infos, each by place, without duplicates."""
    worst_first = get_args(Severity)

    def rank(finding: Finding) -> tuple[int, str, int, str]:
        severity = worst_first.index(finding.severity)
        return severity, *finding.problem.sort_key()

    once_each = dict.fromkeys(findings)
    return tuple(sorted(once_each, key=rank))
