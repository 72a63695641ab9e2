"""ran-before: items that ran in one of the last issues."""

from __future__ import annotations

from typing import Any

import pytest

from tests.checks.newsroom import Newsroom

PAGE = "https://www.bionews.org.uk/page_100060"


def past(
    newsroom: Newsroom, item: dict[str, Any], number: int = 698, kind: str = "news"
) -> Newsroom:
    """The newsroom with an older issue that has one item."""
    section = {"kind": kind, "items": [{"title": "An older story", **item}]}
    return newsroom.back_issue(number=number, date="2029-12-24", sections=[section])


def sources(*urls: str | None) -> list[dict[str, Any]]:
    return [{"title": "What was decided", **({"url": url} if url else {})} for url in urls]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"url": PAGE}, {"url": f"{PAGE}1"}),
        ({"url": f"{PAGE}?id=1"}, {"url": f"{PAGE}?id=2"}),
        ({"url": f"{PAGE}#/a"}, {"url": f"{PAGE}#/b"}),
        ({"url": "https://www.bionews.org.uk/"}, {"url": "https://www.bionews.org.uk/#top"}),
        # references
        ({"url": PAGE}, {"teaser": f"As we said in [BioNews 698]({PAGE})..."}),
        ({"url": PAGE}, {"sources": sources(PAGE)}),
        ({"sources": sources(PAGE)}, {"body": f"As [they]({PAGE}) said."}),
        # a source that is new, or without an address, or no more than a home page
        ({"sources": sources(PAGE)}, {"sources": sources(PAGE, f"{PAGE}1")}),
        ({"sources": sources(PAGE)}, {"sources": sources(PAGE, None)}),
        (
            {"sources": sources("https://www.nature.com/")},
            {"sources": sources("https://www.nature.com/")},
        ),
        # titles
        ({"title": "The same title", "url": PAGE}, {"title": "The same title", "url": f"{PAGE}1"}),
        ({"title": "…"}, {"title": "?!"}),
        ({"title": "Part 1"}, {"title": "Part 2"}),
    ],
)
def test_these_did_not_run(newsroom: Newsroom, old: dict[str, Any], new: dict[str, Any]) -> None:
    assert past(newsroom, old).item(**({"title": "A new story"} | new)).told("ran-before") == []


@pytest.mark.parametrize(
    ("kind", "section", "more"),
    [
        ("advert", "advert", {"advertiser": "The publisher"}),
        ("job", "jobs", {}),
        ("notice", "notices", {}),
        ("event", "events", {"place": "The hall", "starts": "2030-01-20 18:30"}),
    ],
)
def test_what_runs_for_weeks_may_run(
    newsroom: Newsroom, kind: str, section: str, more: dict[str, str]
) -> None:
    same = {"title": "The same title", "url": PAGE, "body": "The same words.", **more}
    assert past(newsroom, same, kind=section).item(kind=kind, **same).told("ran-before") == []


def test_what_ran_in_two_issues_is_a_regular_column(newsroom: Newsroom) -> None:
    column = {"title": "What we recommend", "url": PAGE, "sources": sources(f"{PAGE}1")}
    past(newsroom, column, 697)
    assert past(newsroom, column, 698).item(**column).told("ran-before") == []


def test_only_the_last_issues_are_looked_at_and_only_those_that_can_be_read(
    newsroom: Newsroom,
) -> None:
    past(newsroom, {"url": PAGE}, 600).write("issues/698/issue.yaml", "number: [")
    for number in range(670, 695):
        past(newsroom, {}, number)
    assert newsroom.item(title="A new story", url=PAGE).told("ran-before") == []


def test_the_first_issue_of_all_repeats_nothing(newsroom: Newsroom) -> None:
    newsroom.number = "699"
    assert newsroom.told("ran-before") == []


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        (
            {"url": PAGE},
            {"url": f"{PAGE}/?utm_source=x"},
            "The link of 'A new story' already ran in {}, with 'An older story'.",
        ),
        (
            {"url": PAGE},
            {"url": f"{PAGE}#a", "title": "An older story"},
            "The link of 'An older story' already ran in {}",
        ),
        (
            {"sources": sources(f"{PAGE}1", PAGE, f"{PAGE}2")},
            {
                "sources": sources("http://bionews.org.uk/page_100060", f"{PAGE}2#x"),
                "url": f"{PAGE}3",
            },
            "Every source of 'A new story' already ran in {}, with 'An older story'.",
        ),
        ({}, {"title": "An ‘older’ story!"}, "The title 'An ‘older’ story!' already ran in {}."),
        (
            {"url": PAGE},
            {"title": "an older story"},
            "The title 'an older story' already ran in {}.",
        ),
    ],
)
def test_each_item_that_ran_is_reported_once(
    newsroom: Newsroom, old: dict[str, Any], new: dict[str, Any], what: str
) -> None:
    (told,) = past(newsroom, old).item(**({"title": "A new story"} | new)).told("ran-before")
    assert told.severity == "warning"
    assert told.message.startswith(what.format("BioNews 698 of 24 December 2029"))


def test_a_pointer_and_a_review_are_compared_too_and_reported_at_their_field(
    newsroom: Newsroom,
) -> None:
    past(newsroom, {"url": PAGE}, kind="elsewhere")
    newsroom.write(
        "issues/700/issue.yaml",
        "number: 700\ndate: 2030-01-07\nsections:\n  - kind: reviews\n    items:\n      - title: A new review\n"
        f"        url: {PAGE}\n        work: {{kind: film, title: A film}}\n"
        "  - kind: elsewhere\n    items:\n      - title: An older story\n",
    )
    places = [finding.place for finding in newsroom.told("ran-before")]
    assert places == ["issues/700/issue.yaml:7", "issues/700/issue.yaml:11"]
