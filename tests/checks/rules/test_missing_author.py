"""missing-author: comments and reviews that do not say who wrote them."""

from __future__ import annotations

import pytest

from tests.checks.newsroom import Newsroom


@pytest.mark.parametrize("kind", ["news", "notice", "job"])
def test_other_kinds_need_no_author(newsroom: Newsroom, kind: str) -> None:
    assert newsroom.item(kind=kind, title="Somebody wrote this").told("missing-author") == []


def test_one_author_is_enough(newsroom: Newsroom) -> None:
    assert (
        newsroom.item(kind="comment", title="An opinion", authors=["A. Author"]).told(
            "missing-author"
        )
        == []
    )


def test_an_author_who_is_noted_as_missing_is_reported_once(newsroom: Newsroom) -> None:
    newsroom.write(
        "issues/700/issue.yaml",
        "number: 700\ndate: 2030-01-07\nsections:\n"
        "  - kind: comment\n    items:\n      - title: An opinion\n"
        "        authors:  # missing: who wrote it\n      - title: Another\n",
    )
    assert [finding.place for finding in newsroom.told("missing-author")] == [
        "issues/700/issue.yaml:8"
    ]
    assert [finding.place for finding in newsroom.told("missing-field")] == [
        "issues/700/issue.yaml:7"
    ]


def test_each_comment_and_review_without_one_is_reported_with_its_place(newsroom: Newsroom) -> None:
    newsroom.write(
        "issues/700/issue.yaml",
        "number: 700\ndate: 2030-01-07\nsections:\n"
        "  - kind: comment\n    items:\n      - title: An opinion\n      - title: Another\n"
        "  - kind: reviews\n    items:\n      - file: film.md\n",
    ).write(
        "issues/700/film.md",
        "---\ntitle: A film\nwork: {kind: film, title: The film}\n---\nIt was good.\n",
    )
    told = newsroom.told("missing-author")
    assert [finding.place for finding in told] == [
        "issues/700/film.md:2",
        "issues/700/issue.yaml:6",
        "issues/700/issue.yaml:7",
    ]
    assert {finding.severity for finding in told} == {"warning"}
