"""image-resolution: pictures with too few pixels for their place."""

from __future__ import annotations

from typing import Any

import pytest

from newsletter.checks.rules import image_resolution
from tests.checks.newsroom import Newsroom
from tests.drawing import drawn

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"/>'


def item(newsroom: Newsroom, wide: int, high: int, **more: Any) -> Newsroom:
    """Return a newsroom with one item, the lead, and its picture."""
    newsroom.write("issues/700/lab.jpg", drawn("lab.jpg", (wide, high)))
    return newsroom.item(title="A first story", picture={"src": "lab.jpg", "alt": "A lab"} | more)


@pytest.mark.parametrize(("wide", "high"), [(1280, 640), (960, 480), (1600, 1600), (4000, 500)])
def test_files_with_enough_pixels_pass(newsroom: Newsroom, wide: int, high: int) -> None:
    assert item(newsroom, wide, high).told("image-resolution") == []


def test_a_small_file_may_be_shown_smaller(newsroom: Newsroom) -> None:
    assert item(newsroom, 600, 400, width=300).told("image-resolution") == []


def test_pictures_elsewhere_are_not_known(newsroom: Newsroom) -> None:
    picture = {"src": "https://www.bionews.org.uk/pictures/lab.png", "alt": "A lab", "width": 600}
    assert newsroom.item(title="A first story", picture=picture).told("image-resolution") == []


def test_a_drawing_in_svg_has_as_many_pixels_as_it_takes(newsroom: Newsroom) -> None:
    newsroom.write("issues/700/lab.svg", SVG)
    newsroom.item(title="A first story", picture={"src": "lab.svg", "alt": "A lab"})
    assert newsroom.told("image-resolution") == []


@pytest.mark.parametrize("wide", [288, 40])
def test_a_small_logo_in_an_advert_is_shown_as_it_is(newsroom: Newsroom, wide: int) -> None:
    newsroom.write("issues/700/lab.jpg", drawn("lab.jpg", (wide, 20)))
    picture = {"src": "lab.jpg", "alt": "A logo"}
    newsroom.item(kind="advert", title="An advert", advertiser="A firm", picture=picture)
    assert newsroom.told("image-resolution") == []


@pytest.mark.parametrize(("wide", "high"), [(959, 479), (600, 300), (1900, 400), (20, 10)])
def test_too_few_pixels_look_blurred(newsroom: Newsroom, wide: int, high: int) -> None:
    (finding,) = item(newsroom, wide, high).told("image-resolution")
    assert (finding.severity, finding.place) == ("warning", "issues/700/issue.yaml:8")
    assert finding.message.startswith(f"The picture 'lab.jpg' ({wide:,} x {high} pixels) is too")
    assert finding.message.endswith("it looks blurred.")


def test_the_hint_says_how_wide_the_file_must_be(newsroom: Newsroom) -> None:
    galley = item(newsroom, 1900, 400).galley()
    (own,) = galley.pictures.own
    assert own.made.part == (800, 400)
    (finding,) = image_resolution.check(galley)
    assert "once it is cut to 800 x 400 pixels" in finding.problem.message
    assert finding.problem.hint == (
        "Use a file that is 3,040 pixels wide. Or show it smaller: 'width: 400'."
    )


def test_a_picture_in_a_body_needs_more_pixels_and_has_no_width(newsroom: Newsroom) -> None:
    newsroom.files("images/lab.png   700 x 500 pixels   9 KB")
    newsroom.item(title="A first story", whole=True, body="Words.\n\n![A lab](images/lab.png)")
    (finding,) = newsroom.told("image-resolution")
    assert finding.place == newsroom.line("issues/700/issue.yaml", "](images/lab.png)")
    assert finding.message.endswith("it looks blurred.")
