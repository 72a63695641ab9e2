"""image-cut: pictures of which little is left once they are cut to their place."""

from __future__ import annotations

import pytest

from tests.checks.newsroom import Newsroom


def lead(newsroom: Newsroom, listed: str, **more: str) -> Newsroom:
    newsroom.files(f"lab.jpg   {listed}")
    return newsroom.item(title="A story", picture={"src": "lab.jpg", "alt": "A lab"} | more)


@pytest.mark.parametrize(
    "listed",
    [
        "1200 x 600 pixels   9 KB   photograph",
        "1200 x 900 pixels   9 KB   photograph",
        "1200 x 1200 pixels   9 KB   photograph",
        "2400 x 600 pixels   9 KB   photograph",
        "1200 x 2400 pixels   9 KB   black on white",
    ],
)
def test_a_picture_of_which_half_is_shown_and_a_drawing_pass(
    newsroom: Newsroom, listed: str
) -> None:
    assert lead(newsroom, listed).told("image-cut") == []


def test_an_editor_who_says_what_must_stay_knows(newsroom: Newsroom) -> None:
    room = lead(newsroom, "1200 x 1600 pixels   9 KB   photograph", focus="top")
    assert room.told("image-cut") == []


@pytest.mark.parametrize(
    ("listed", "shown"),
    [
        ("1200 x 1600 pixels   9 KB   photograph", "38%"),
        ("4000 x 600 pixels   9 KB   photograph", "30%"),
        ("1600 x 1200 pixels   9 KB   turned", "38%"),
    ],
)
def test_a_picture_that_loses_most_of_itself_is_reported(
    newsroom: Newsroom, listed: str, shown: str
) -> None:
    (finding,) = lead(newsroom, listed).told("image-cut")
    assert (finding.severity, finding.place) == ("info", "issues/700/issue.yaml:8")
    assert finding.message == (
        f"Only {shown} of the picture 'lab.jpg' is shown: the rest is cut off."
    )
