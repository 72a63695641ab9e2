"""Preflight runs the chosen checks, and ignores what the files say is to be ignored."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click
import pytest
from markupsafe import escape

from newsletter.checks import manual
from newsletter.checks.formats import text_of
from newsletter.checks.preflight import preflight
from newsletter.errors import NewsletterError
from newsletter.preview.proof import proof_page
from tests.checks.newsroom import Newsroom

TITLE = "A comment that asks who decides"
ANONYMOUS = {
    "kind": "comment",
    "title": TITLE,
    "url": "https://www.bionews.org.uk/page_100005",
    "teaser": "Somebody...",
}


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    """An issue whose comment has no author: one warning."""
    return Newsroom(tmp_path / "newsroom").item(**ANONYMOUS)


def ignoring(newsroom: Newsroom, **ignore: Any) -> Newsroom:
    return newsroom.issue(ignore=[{"rule": "missing-author", "reason": "Nobody knows"} | ignore])


def found(newsroom: Newsroom, **options: Any) -> list[str]:
    return [finding.check for finding in preflight(newsroom.galley(), **options).findings]


def test_all_rules_run_but_those_that_need_what_may_be_missing(newsroom: Newsroom) -> None:
    report = preflight(newsroom.galley())
    assert set(report.seconds) == {
        name for name in manual.names() if manual.page(name).needs is None
    }
    assert all(seconds >= 0 for seconds in report.seconds.values())
    assert [finding.check for finding in report.findings] == ["missing-author"]
    assert report.is_ready
    assert report.email.issue.number == "700"


def test_only_some_run_or_all_but_some(newsroom: Newsroom) -> None:
    assert list(preflight(newsroom.galley(), only=["far-date"]).seconds) == ["far-date"]
    assert found(newsroom, skip=["missing-author"]) == []
    assert found(newsroom, only=["missing-author", "far-date"], skip=["missing-author"]) == []


@pytest.mark.parametrize(
    ("needed", "rule"), [("network", "dead-link"), ("spamassassin", "spam-score")]
)
def test_what_a_rule_needs_is_asked_for(newsroom: Newsroom, needed: str, rule: str) -> None:
    assert manual.page(rule).needs == needed
    newsroom.html("<!doctype html><html><body><p>There is no link here.</p></body></html>")
    assert rule not in preflight(newsroom.galley(), skip=["contrast"]).seconds
    others = [name for name in manual.names() if name != rule]
    assert list(preflight(newsroom.galley(), needs=[needed], skip=others).seconds) == [rule]


def test_an_unknown_rule_is_refused_with_the_one_that_may_be_meant(newsroom: Newsroom) -> None:
    with pytest.raises(NewsletterError) as refusal:
        preflight(newsroom.galley(), only=["missing-autor"])
    assert str(refusal.value) == (
        "missing-autor: There is no rule 'missing-autor'. Did you mean 'missing-author'?"
    )


def test_what_is_ignored_is_kept_apart_with_the_reason(newsroom: Newsroom) -> None:
    report = preflight(ignoring(newsroom).galley())
    assert report.findings == ()
    assert [(finding.check, finding.ignored) for finding in report.ignored] == [
        ("missing-author", "Nobody knows")
    ]


def test_the_publication_can_ignore_too(newsroom: Newsroom) -> None:
    newsroom.publication(ignore=[{"rule": "missing-author", "reason": "House style"}])
    assert found(newsroom) == []


@pytest.mark.parametrize(
    ("ignore", "expected"),
    [
        ({"item": TITLE}, []),
        ({"item": "Another item"}, ["missing-author", "stale-ignore"]),
        ({"until": date(2030, 1, 4)}, []),
        ({"until": date(2030, 1, 3)}, ["missing-author", "stale-ignore"]),
        ({"rule": "far-date"}, ["missing-author", "stale-ignore"]),
        ({"rule": "missing-authors"}, ["missing-author", "stale-ignore"]),
    ],
)
def test_an_ignore_holds_for_its_rule_its_item_and_its_time(
    newsroom: Newsroom, ignore: dict[str, Any], expected: list[str]
) -> None:
    assert sorted(found(ignoring(newsroom, **ignore))) == expected


def test_an_ignore_of_a_rule_that_did_not_run_is_not_called_stale(newsroom: Newsroom) -> None:
    newsroom.issue(ignore=[{"rule": "far-date", "reason": "Because"}])
    assert found(newsroom, skip=["far-date", "missing-author"]) == []


def test_findings_come_with_errors_first_then_in_the_order_of_their_places_and_once(
    newsroom: Newsroom,
) -> None:
    newsroom.item(
        kind="news",
        title="A hospital opens ,at last, its new wing",
        teaser="The wing has (as was said forty beds... TODO ask how many.",
    )
    findings = preflight(newsroom.publication(tagline="lorem ipsum").galley()).findings
    ranks = [
        (("error", "warning", "info").index(finding.severity), *finding.problem.sort_key())
        for finding in findings
    ]
    assert ranks == sorted(ranks)
    assert [finding.severity for finding in findings][:3] == ["error", "error", "warning"]
    assert [finding.problem.path.name for finding in findings][:3] == [
        "issue.yaml",
        "publication.yaml",
        "issue.yaml",
    ]
    assert len(set(findings)) == len(findings) > 3


def test_the_one_error_comes_first_in_a_terminal_and_in_the_proof(newsroom: Newsroom) -> None:
    newsroom.issue(date=date(2029, 1, 1)).publication(tagline="FIXME")
    galley = newsroom.galley()
    report = preflight(galley)
    wrong = [finding.problem.message for finding in report.findings]
    assert len(report.of("error")) == 1 < len(wrong)
    shown = click.unstyle(text_of("terminal", [report])).split("\n")
    assert wrong[0] in next(line for line in shown if line.startswith(" "))
    page = proof_page(report)
    places = [page.index(str(escape(what))) for what in wrong]
    assert places == sorted(places)


def test_an_issue_with_errors_is_not_ready(newsroom: Newsroom) -> None:
    newsroom.html("<p>words</p>" * 10_000)
    report = preflight(newsroom.galley(), only=["gmail-clipping"])
    assert not report.is_ready
    assert [finding.severity for finding in report.findings] == ["error"]
    assert report.of("error") == report.findings
    assert report.of("warning") == ()
