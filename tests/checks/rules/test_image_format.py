"""image-format: pictures that some mail programs do not show."""

from __future__ import annotations

import pytest

from tests.checks.newsroom import Newsroom
from tests.drawing import KINDS, drawn

MASTHEAD = "templates/bionews/parts/masthead.html.j2"


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


@pytest.mark.parametrize("ending", KINDS)
def test_own_pictures_may_be_in_any_format(newsroom: Newsroom, ending: str) -> None:
    name = f"images/Das Labor{ending}"
    assert item(newsroom, name, drawn(name, (300, 200))).told("image-format") == []


@pytest.mark.parametrize(
    "ending", ["webp", "svg", "svgz", "avif", "heic", "HEIF", "bmp", "tif", "tiff", "jxl", "pdf"]
)
def test_an_address_with_another_ending_is_reported(newsroom: Newsroom, ending: str) -> None:
    address = f"https://www.bionews.org.uk/pictures/lab.{ending}?size=2"
    (finding,) = item(newsroom, address).told("image-format")
    assert (finding.severity, finding.place) == ("warning", "issues/700/issue.yaml:8")
    assert address in finding.message


def test_a_picture_of_the_theme_is_reported_where_it_is_written(newsroom: Newsroom) -> None:
    logo = '<img src="https://www.bionews.org.uk/logo.svg" alt="The logo" width="90"><p class="dateline">'
    newsroom.theme("parts/masthead.html.j2", '<p class="dateline">', logo)
    assert [finding.place for finding in newsroom.told("image-format")] == [
        newsroom.line(MASTHEAD, 'class="dateline"')
    ]
