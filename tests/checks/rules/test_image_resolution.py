"""image-resolution: pictures with too few pixels for their width, or far too many."""

from __future__ import annotations

from typing import Any

import pytest

from newsletter.checks.rules import image_resolution
from tests.checks.newsroom import Newsroom
from tests.checks.planted.image_resolution import png


def item(newsroom: Newsroom, content: bytes, src: str = "images/lab.png", **size: Any) -> Newsroom:
    newsroom.write(f"issues/700/{src}", content)
    return newsroom.item(title="A first story", picture={"src": src, "alt": "A lab"} | size)


@pytest.mark.parametrize(
    ("wide", "high"),
    [
        (1152, 768),
        (864, 500),
        (2304, 1000),
        (1600, 1600),
        (576, 864),
        (1152, 1153),
        (288, 288),
        (200, 300),
        (16, 16),
    ],
)
def test_files_that_fit_the_width_and_small_ones_shown_as_they_are_pass(
    newsroom: Newsroom, wide: int, high: int
) -> None:
    assert item(newsroom, png(wide, high)).told("image-resolution") == []


def test_a_large_file_may_be_shown_smaller(newsroom: Newsroom) -> None:
    assert item(newsroom, png(600, 400), width=300).told("image-resolution") == []


def test_pictures_elsewhere_are_not_known(newsroom: Newsroom) -> None:
    picture = {"src": "https://www.bionews.org.uk/pictures/lab.png", "alt": "A lab", "width": 600}
    assert newsroom.item(title="A first story", picture=picture).told("image-resolution") == []


def test_a_drawing_in_svg_has_no_pixels(newsroom: Newsroom) -> None:
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" width="100" height="50"/>'
    assert item(newsroom, drawing, "lab.svg", width=576).told("image-resolution") == []


@pytest.mark.parametrize(
    "content", [b"", b"Not a picture", b"\x89PNG\r\n\x1a\n\0\0", b"\xff\xd8\xff\xc0\0\x01"]
)
def test_a_file_whose_width_cannot_be_read_is_left_alone(
    newsroom: Newsroom, content: bytes
) -> None:
    assert item(newsroom, content, width=576).told("image-resolution") == []


def test_a_file_that_is_gone_is_left_alone(newsroom: Newsroom) -> None:
    galley = item(newsroom, png(600, 400)).galley()
    (newsroom.issues / "700" / "images" / "lab.png").unlink()
    assert list(image_resolution.check(galley)) == []


@pytest.mark.parametrize("width", ['width="100%"', 'width="0"', ""])
def test_a_width_that_is_not_known_is_not_judged(newsroom: Newsroom, width: str) -> None:
    newsroom.theme("parts/picture.html.j2", 'width="{{ picture(item).width }}"', width)
    assert item(newsroom, png(600, 400)).told("image-resolution") == []


@pytest.mark.parametrize(
    ("wide", "high", "shown"),
    [
        (863, 500, 576),
        (600, 400, 576),
        (576, 400, 576),
        (289, 289, 289),
        (431, 600, 288),
        (300, 400, 288),
    ],
)
def test_too_few_pixels_look_blurred(newsroom: Newsroom, wide: int, high: int, shown: int) -> None:
    (finding,) = item(newsroom, png(wide, high)).told("image-resolution")
    assert (finding.severity, finding.place) == ("warning", "issues/700/issue.yaml:8")
    assert finding.message.startswith(
        f"The file of the picture 'images/lab.png' is {wide} pixels wide, but is shown {shown} "
    )
    assert "blurred" in finding.message


def test_a_small_picture_that_is_blown_up_looks_blurred_too(newsroom: Newsroom) -> None:
    (finding,) = item(newsroom, png(20, 10), width=200).told("image-resolution")
    assert "20 pixels wide, but is shown 200 wide: it looks blurred" in finding.message


@pytest.mark.parametrize(
    ("wide", "high", "size"), [(2305, 10, {}), (1153, 1200, {}), (900, 300, {"width": 200})]
)
def test_far_too_many_pixels_are_fetched_for_nothing(
    newsroom: Newsroom, wide: int, high: int, size: dict[str, Any]
) -> None:
    (finding,) = item(newsroom, png(wide, high), **size).told("image-resolution")
    assert (finding.severity, finding.place) == ("warning", "issues/700/issue.yaml:8")
    assert "never see" in finding.message


def test_the_same_file_is_reported_once_for_its_largest_width(newsroom: Newsroom) -> None:
    newsroom.write("issues/700/images/the lab.png", png(600, 400))
    items = [
        {
            "title": f"Story {width}",
            "picture": {"src": "images/the lab.png", "alt": "A lab", "width": width},
        }
        for width in (300, 500, 450)
    ]
    (finding,) = newsroom.issue(sections=[{"kind": "news", "items": items}]).told(
        "image-resolution"
    )
    assert finding.place == "issues/700/issue.yaml:8"
    assert "shown 500 wide" in finding.message
