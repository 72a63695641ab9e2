"""image-format: pictures that some mail programs do not show."""

from __future__ import annotations

import pytest

from newsletter.checks.rules import image_format
from tests.checks.newsroom import Newsroom
from tests.checks.planted.image_format import WEBP

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF\0"
INSIDE = {
    "WebP": WEBP,
    "AVIF": b"\0\0\0\x20ftypavif\0\0\0\0",
    "HEIC": b"\0\0\0\x18ftypheic\0\0\0\0",
    "JPEG XL": b"\0\0\0\x0cJXL \r\n\x87\n",
    "TIFF": b"II*\0\x08\0\0\0",
    "BMP": b"BM\x46\0\0\0",
    "SVG": b"<?xml version='1.0'?>\n<!-- drawn by hand -->\n<svg xmlns='http://www.w3.org/2000/svg'/>",
}


def item(newsroom: Newsroom, src: str, content: bytes | None = None) -> Newsroom:
    if content is not None:
        newsroom.write(f"issues/700/{src}", content)
    return newsroom.item(title="A first story", picture={"src": src, "alt": "A lab", "width": 1152})


@pytest.mark.parametrize(
    "address",
    [
        "lab.png",
        "lab.jpg",
        "lab.JPEG",
        "lab.gif",
        "lab",
        "render.php?format=webp",
        "lab.webp.png",
        "v2.0/lab",
        "webp",
        "lab.png#a.svg",
    ],
)
def test_addresses_with_other_endings_are_left_alone(newsroom: Newsroom, address: str) -> None:
    assert item(newsroom, f"https://www.bionews.org.uk/{address}").told("image-format") == []


@pytest.mark.parametrize("content", [PNG, JPEG, b"GIF87a\x01", b"GIF89a\x01"])
@pytest.mark.parametrize(
    "name", ["images/lab.png", "images/lab.jpg", "lab", "images/Das Labor.gif"]
)
def test_own_pictures_of_the_usual_formats_may_be_called_anything_usual(
    newsroom: Newsroom, name: str, content: bytes
) -> None:
    assert item(newsroom, name, content).told("image-format") == []


@pytest.mark.parametrize(
    "ending", ["webp", "svg", "svgz", "avif", "heic", "HEIF", "bmp", "tif", "tiff", "jxl", "pdf"]
)
def test_an_address_with_another_ending_is_reported(newsroom: Newsroom, ending: str) -> None:
    address = f"https://www.bionews.org.uk/pictures/lab.{ending}?size=2"
    (finding,) = item(newsroom, address).told("image-format")
    assert (finding.severity, finding.place) == ("warning", "issues/700/issue.yaml:8")
    assert address in finding.message


@pytest.mark.parametrize("kind", INSIDE)
def test_an_own_picture_is_judged_by_what_is_inside(newsroom: Newsroom, kind: str) -> None:
    (finding,) = item(newsroom, "images/the lab.jpg", INSIDE[kind]).told("image-format")
    assert (finding.severity, finding.place) == ("warning", "issues/700/issue.yaml:8")
    assert finding.message.startswith(f"The picture 'images/the lab.jpg' is in the format {kind},")


def test_a_jpeg_that_is_called_webp_is_reported_too(newsroom: Newsroom) -> None:
    (finding,) = item(newsroom, "images/lab.webp", JPEG).told("image-format")
    assert finding.message.startswith("'images/lab.webp' ends like a picture in the format WebP")


@pytest.mark.parametrize("content", [b"", b"Not a picture", b"RIFF\0\0\0\0WAVE", b"\0" * 2000])
def test_a_file_that_is_not_a_picture_is_reported(newsroom: Newsroom, content: bytes) -> None:
    (finding,) = item(newsroom, "images/lab.jpg", content).told("image-format")
    assert "not a PNG, JPEG or GIF file" in finding.message


def test_a_file_that_is_gone_is_judged_by_its_name(newsroom: Newsroom) -> None:
    galley = item(newsroom, "images/lab.jpg", WEBP).galley()
    (newsroom.issues / "700" / "images" / "lab.jpg").unlink()
    assert list(image_format.check(galley)) == []


def test_a_picture_of_the_theme_is_reported_where_it_is_written(newsroom: Newsroom) -> None:
    logo = '<img src="https://www.bionews.org.uk/logo.svg" alt="The logo" width="90"><p class="dateline">'
    newsroom.theme("parts/masthead.html.j2", '<p class="dateline">', logo)
    assert [finding.place for finding in newsroom.told("image-format")] == [
        "templates/bionews/parts/masthead.html.j2:5"
    ]
