"""image-in-dark: drawings that vanish on a dark background."""

from __future__ import annotations

import pytest

from newsletter.checks.rules import image_in_dark
from tests.checks.newsroom import Newsroom


def told(newsroom: Newsroom, listed: str) -> list[tuple[str, str]]:
    newsroom.files(listed).item(
        title="A first story", picture={"src": listed.split()[0], "alt": "A lab"}
    )
    return [finding[:2] for finding in newsroom.told("image-in-dark")]


@pytest.mark.parametrize(
    "listed",
    [
        "logo.png   576 x 200 pixels   9 KB   white on transparent",
        "logo.png   576 x 200 pixels   9 KB   outlined on transparent",
        "logo.png   576 x 200 pixels   9 KB   black on white",
        "lab.jpg   576 x 300 pixels   90 KB   whole",
        "lab.png   1152 x 768 pixels   90 KB",
    ],
)
def test_sound_pictures(newsroom: Newsroom, listed: str) -> None:
    assert told(newsroom, listed) == []


def test_a_picture_elsewhere_is_not_fetched(newsroom: Newsroom) -> None:
    newsroom.item(
        title="A", picture={"src": "https://www.bionews.org.uk/a.jpg", "alt": "A lab", "width": 576}
    )
    assert newsroom.told("image-in-dark") == []


def test_a_file_that_is_gone_is_left_to_others(newsroom: Newsroom) -> None:
    newsroom.files("lab.jpg   1152 x 768 pixels   90 KB").item(
        title="A", picture={"src": "lab.jpg", "alt": "A lab"}
    )
    galley = newsroom.galley()
    (newsroom.issues / "700" / "lab.jpg").unlink()
    assert list(image_in_dark.check(galley)) == []


@pytest.mark.parametrize(
    "listed",
    [
        "logo.png   576 x 200 pixels   9 KB   black on transparent",
        "logo.gif   576 x 200 pixels   9 KB   black on transparent",
    ],
)
def test_it_is_reported_where_the_picture_is_written(newsroom: Newsroom, listed: str) -> None:
    assert told(newsroom, listed) == [("warning", "issues/700/issue.yaml:8")]
