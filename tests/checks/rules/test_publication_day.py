"""publication-day: an issue that is not dated on the day on which issues go out."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.checks.newsroom import Newsroom

DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


@pytest.mark.parametrize("day", DAYS)
def test_each_day_is_known_by_its_name(newsroom: Newsroom, day: str) -> None:
    monday = date(2030, 1, 7)
    newsroom.publication(day=day, language="he")
    newsroom.issue(date=str(monday + timedelta(days=DAYS.index(day))))
    assert newsroom.told("publication-day") == []


def test_another_day_is_reported_where_the_date_is(newsroom: Newsroom) -> None:
    assert newsroom.issue(date="2030-01-06").told("publication-day") == [
        (
            "warning",
            "issues/700/issue.yaml:2",
            "The issue's date, 6 January 2030, is a Sunday, but issues go out on a Monday.",
        )
    ]


def test_a_back_issue_is_checked_too(newsroom: Newsroom) -> None:
    newsroom.number = "699"
    (told,) = newsroom.issue(date="2029-12-30").told("publication-day")
    assert told.place == "issues/699/issue.yaml:2"
