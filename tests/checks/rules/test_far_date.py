"""far-date: the newest issue's date has passed, or is far ahead."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.checks.newsroom import TODAY, Newsroom


@pytest.mark.parametrize("days", [0, 1, 60])
def test_an_issue_that_is_about_to_come(newsroom: Newsroom, days: int) -> None:
    assert newsroom.issue(date=TODAY + timedelta(days)).told("far-date") == []


def test_a_back_issue_has_gone_out(newsroom: Newsroom) -> None:
    newsroom.number = "699"
    assert newsroom.issue(date=date(2020, 1, 6)).told("far-date") == []


@pytest.mark.parametrize(
    ("days", "what"),
    [
        (-1, "The issue's date, Thursday 3 January 2030, has passed."),
        (61, "The issue's date, Wednesday 6 March 2030, is 61 days ahead."),
    ],
)
def test_a_date_that_has_passed_or_is_far_ahead(newsroom: Newsroom, days: int, what: str) -> None:
    newsroom.change("issues/700/issue.yaml", "date: 2030-01-07", f"date: {TODAY + timedelta(days)}")
    assert newsroom.told("far-date") == [("warning", "issues/700/issue.yaml:2", what)]
