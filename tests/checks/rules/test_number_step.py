"""number-step: the number does not follow that of the issue before."""

from __future__ import annotations

import pytest

from newsletter.checks.rules import number_step
from tests.checks.newsroom import Newsroom


def numbered(newsroom: Newsroom, last: str | None, number: str) -> Newsroom:
    """The newsroom with other numbers for its two issues, or with only one issue."""
    if last:
        newsroom.back_issue(number=last)
    if last != "699":
        (newsroom.issues / "699" / "issue.yaml").unlink()
    return newsroom.issue(number=number)


@pytest.mark.parametrize(
    ("last", "number"),
    [
        *(
            ("699", "700"),
            ("699", "699a"),
            ("699", "700a"),
            ("1268a", "1268b"),
            ("1268a", "1269"),
            ("1268b", "1269a"),
        ),
        *(("1268z", "1269"), ("99", "100"), (None, "1"), (None, "652"), (None, "1268c")),
    ],
)
def test_these_numbers_may_follow(newsroom: Newsroom, last: str | None, number: str) -> None:
    assert numbered(newsroom, last, number).told("number-step") == []


def test_the_same_number_is_not_a_wrong_step_but_taken(newsroom: Newsroom) -> None:
    text = (newsroom.issues / "700" / "issue.yaml").read_bytes()
    newsroom.write("issues/draft/issue.yaml", text)
    newsroom.number = "draft"
    assert newsroom.told("number-step") == []


@pytest.mark.parametrize(
    ("last", "number"),
    [
        ("699", "701"),
        ("699", "699b"),
        ("699", "701a"),
        ("1268a", "1268c"),
        ("1268b", "1270"),
        ("1268z", "1270"),
    ],
)
def test_these_numbers_do_not_follow(newsroom: Newsroom, last: str, number: str) -> None:
    (told,) = numbered(newsroom, last, number).told("number-step")
    assert (told.severity, told.place) == ("warning", f"issues/{number}/issue.yaml:1")
    assert number in told.message
    assert last in told.message


def test_the_hint_names_the_numbers_that_would_follow(newsroom: Newsroom) -> None:
    (finding,) = number_step.check(numbered(newsroom, "1268a", "1270").galley())
    assert "1269 or 1268b" in finding.problem.hint


def test_an_issue_that_is_not_the_newest_is_compared_with_the_one_before_it(
    newsroom: Newsroom,
) -> None:
    newsroom.back_issue(number=690)
    newsroom.number = "699"
    (told,) = newsroom.told("number-step")
    assert told == (
        "warning",
        "issues/699/issue.yaml:1",
        "The number 699 does not follow 690, the number of the issue before.",
    )
