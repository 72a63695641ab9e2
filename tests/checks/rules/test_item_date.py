"""item-date: impossible dates of pieces. Issue 700 is of 7 January 2030."""

from __future__ import annotations

from typing import Any

import pytest

from tests.checks.newsroom import Newsroom


def told(newsroom: Newsroom, **fields: Any) -> list[str]:
    newsroom.item(**({"title": "A story", "teaser": "Words."} | fields))
    return [finding.message for finding in newsroom.told("item-date")]


def review(newsroom: Newsroom, **work: str) -> list[str]:
    return told(newsroom, kind="review", work={"kind": "tv", "title": "A series"} | work)


@pytest.mark.parametrize("date", ["2030-01-07", "2029-12-30", "2029-01-07", None])
@pytest.mark.parametrize("kind", ["news", "comment"])
def test_dates_up_to_a_year_before(newsroom: Newsroom, kind: str, date: str | None) -> None:
    assert told(newsroom, kind=kind, **({"date": date} if date else {})) == []


@pytest.mark.parametrize("date", ["2030-02-01", "2011-05-03"])
@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "elsewhere"},
        {"kind": "job"},
        {"kind": "notice"},
        {"kind": "advert", "advertiser": "A clinic"},
        {"kind": "event", "place": "London", "starts": "2030-02-01 18:30"},
    ],
)
def test_pieces_of_other_kinds_may_be_of_any_age(
    newsroom: Newsroom, fields: dict[str, str], date: str
) -> None:
    assert told(newsroom, date=date, **fields) == []


def test_sources_may_be_of_any_age(newsroom: Newsroom) -> None:
    sources = [
        {"title": "A law", "date": "1990-11-01"},
        {"title": "A journal", "date": "2030-02-01"},
    ]
    assert told(newsroom, sources=sources) == []


EVENT = {"kind": "event", "place": "London"}


@pytest.mark.parametrize(
    "fields",
    [
        EVENT | {"starts": "2032-01-07 18:30"},
        EVENT | {"starts": "2029-12-01 10:00", "ends": "2035-01-01 18:00"},
        {"kind": "job", "closes": "2032-01-07"},
        {"kind": "job", "closes": "2029-12-01"},
    ],
)
def test_events_and_jobs_of_two_years(newsroom: Newsroom, fields: dict[str, str]) -> None:
    assert told(newsroom, **fields) == []


@pytest.mark.parametrize(
    ("fields", "what"),
    [
        (EVENT | {"starts": "2032-01-09 18:30"}, "starts"),
        ({"kind": "job", "closes": "2032-01-09"}, "closes"),
    ],
)
def test_events_and_jobs_of_another_decade(
    newsroom: Newsroom, fields: dict[str, str], what: str
) -> None:
    assert told(newsroom, **fields) == [
        f"'A story' {what} more than two years after the issue, on 9 January 2032."
    ]
    (found,) = newsroom.told("item-date")
    assert found.place == newsroom.line("issues/700/issue.yaml", f"{what}:")


@pytest.mark.parametrize("day", ["1999-01-01", "2030-01-09", "2030-06-30"])
def test_broadcasts_may_be_old_or_near(newsroom: Newsroom, day: str) -> None:
    assert review(newsroom, broadcast=day) == []


@pytest.mark.parametrize(
    ("date", "what"),
    [
        (
            "2030-01-08",
            "The date of 'A story', 8 January 2030, is after the issue's, 7 January 2030.",
        ),
        (
            "2031-01-03",
            "The date of 'A story', 3 January 2031, is after the issue's, 7 January 2030.",
        ),
        (
            "2029-01-03",
            "The date of 'A story', 3 January 2029, is more than a year before the issue's, 7 January 2030.",
        ),
    ],
)
@pytest.mark.parametrize("kind", ["news", "comment"])
def test_impossible_dates(newsroom: Newsroom, kind: str, date: str, what: str) -> None:
    assert told(newsroom, kind=kind, date=date) == [what]


def test_a_review_with_a_broadcast_of_next_year(newsroom: Newsroom) -> None:
    newsroom.write(
        "issues/700/issue.yaml",
        "number: 700\ndate: 2030-01-07\nsections:\n  - kind: reviews\n    items:\n      - title: A review\n"
        "        date: 2028-01-07\n        work:\n          kind: tv\n          title: A series\n"
        "          broadcast: 2031-01-04\n",
    )
    assert [finding[:2] for finding in newsroom.told("item-date")] == [
        ("warning", "issues/700/issue.yaml:7"),
        ("warning", "issues/700/issue.yaml:11"),
    ]
