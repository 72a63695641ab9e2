"""stale-ignore: an ignore that has nothing to ignore."""

from __future__ import annotations

from datetime import date

import pytest

from tests.checks.newsroom import Newsroom

ANONYMOUS = {
    "kind": "comment",
    "title": "An opinion",
    "url": "https://www.bionews.org.uk/page_9",
    "teaser": "It...",
}


def ignore(rule: str, **fields: object) -> list[dict[str, object]]:
    return [{"rule": rule, "reason": "Because"} | fields]


def test_an_ignore_that_has_something_to_ignore(newsroom: Newsroom) -> None:
    assert (
        newsroom.item(**ANONYMOUS).issue(ignore=ignore("missing-author")).told("stale-ignore") == []
    )


def test_one_that_holds_until_today(newsroom: Newsroom) -> None:
    newsroom.item(**ANONYMOUS).issue(ignore=ignore("missing-author", until=date(2030, 1, 4)))
    assert newsroom.told("stale-ignore") == []


def test_two_for_the_same_finding_of_which_one_is_for_another_item_too(newsroom: Newsroom) -> None:
    both = [*ignore("missing-author"), *ignore("missing-author", item="An opinion")]
    assert newsroom.item(**ANONYMOUS).issue(ignore=both).told("stale-ignore") == []


@pytest.mark.parametrize(
    ("fields", "what"),
    [
        ({"rule": "far-date"}, "'far-date' finds nothing that could be ignored."),
        (
            {"rule": "missing-author", "item": "Gone"},
            "'missing-author' finds nothing in 'Gone' that could be ignored.",
        ),
        ({"rule": "far-dat"}, "There is no rule 'far-dat' to ignore."),
        (
            {"rule": "far-date", "until": date(2030, 1, 3)},
            "This ignore of 'far-date' was valid until 2030-01-03.",
        ),
    ],
)
def test_one_that_has_nothing_to_ignore_is_reported_once_with_its_place(
    newsroom: Newsroom, fields: dict[str, object], what: str
) -> None:
    told = newsroom.issue(ignore=[{"reason": "Because"} | fields]).told("stale-ignore")
    assert [(found.severity, found.message) for found in told] == [("warning", what)]
    line = (newsroom.issues / "700" / "issue.yaml").read_text("utf-8").split("\n").index(
        "- reason: Because"
    ) + 1
    assert told[0].place == f"issues/700/issue.yaml:{line}"


def test_one_in_the_publication_may_find_nothing_in_one_issue(newsroom: Newsroom) -> None:
    (told,) = newsroom.publication(ignore=ignore("far-date")).told("stale-ignore")
    assert told.severity == "info"
    assert told.place.startswith("issues/publication.yaml:")
