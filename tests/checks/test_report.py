"""A report: the galley that was checked, and whether it may go out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from newsletter.checks import manual
from newsletter.checks.galley import Galley, galley_of
from newsletter.checks.preflight import preflight
from newsletter.checks.report import Report
from newsletter.errors import HandoverError, PreflightError
from newsletter.model import Finding, Severity
from newsletter.problem import Problem


@pytest.fixture(scope="module")
def galley(repository: Path) -> Galley:
    return galley_of(repository / "issues" / "652")


@pytest.fixture(scope="module")
def whole(galley: Galley) -> Report:
    """The report of a whole check."""
    return preflight(galley)


def test_a_report_has_the_email_and_the_folder_that_were_checked(
    galley: Galley, whole: Report, repository: Path
) -> None:
    assert whole.email is galley.email
    assert whole.folder.path == repository / "issues" / "652"


def test_a_report_cannot_have_the_email_of_another_issue(whole: Report, repository: Path) -> None:
    other = galley_of(repository / "issues" / "596")
    mixed = replace(whole.galley, email=other.email)
    with pytest.raises(ValueError, match="from another issue"):
        replace(whole, galley=mixed)


def test_a_whole_check_leaves_nothing_out(whole: Report) -> None:
    assert whole.left_out == ()
    whole.require_ready()


def test_a_rule_that_needs_what_was_not_asked_for_is_not_left_out(
    galley: Galley, whole: Report
) -> None:
    assert manual.page("dead-link").needs == "network"
    assert "dead-link" not in whole.seconds
    skipped = preflight(galley, skip=["dead-link"], needs=["network"])
    assert skipped.left_out == ()


def test_rules_that_were_skipped_are_left_out(galley: Galley) -> None:
    report = preflight(galley, skip=["far-date", "doubled-word"])
    assert report.left_out == ("doubled-word", "far-date")
    message = "It was not checked by every rule: doubled-word, far-date did not run"
    with pytest.raises(HandoverError, match=message):
        report.require_ready()


def test_all_rules_but_the_chosen_one_are_left_out(galley: Galley, whole: Report) -> None:
    report = preflight(galley, only=["far-date"])
    assert set(report.left_out) == set(whole.seconds) - {"far-date"}
    with pytest.raises(HandoverError, match=rf" and {len(report.left_out) - 5} more did not run"):
        report.require_ready()


@pytest.mark.parametrize("left_out", [(), ("far-date",)])
def test_errors_come_first(whole: Report, left_out: tuple[str, ...]) -> None:
    finding = Finding("links", "error", Problem(Path("issue.yaml"), 3, "It is dead.", "Fix it."))
    report = replace(whole, findings=(finding,), left_out=left_out)
    with pytest.raises(PreflightError, match="It is dead"):
        report.require_ready()


@pytest.mark.parametrize("severity", ["warning", "info"])
def test_what_is_no_error_does_not_stop_it(whole: Report, severity: Severity) -> None:
    problem = Problem(Path("issue.yaml"), 3, "It is long.", "Shorten it.")
    replace(whole, findings=(Finding("links", severity, problem),)).require_ready()
