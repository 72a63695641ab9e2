"""image-weight: pictures that are heavy however they are saved."""

from __future__ import annotations

import pytest

from newsletter.checks.rules import image_weight
from newsletter.pictures.encoding import MOST_BYTES
from tests.checks.newsroom import Newsroom
from tests.drawing import film, noise, saved


def item(newsroom: Newsroom, content: bytes, src: str = "images/the lab.gif") -> Newsroom:
    newsroom.write(f"issues/700/{src}", content)
    return newsroom.item(title="A first story", picture={"src": src, "alt": "A lab"})


@pytest.mark.parametrize("name", ["lab.jpg", "lab.png", "lab.webp"])
def test_the_heaviest_of_photographs_is_made_light(newsroom: Newsroom, name: str) -> None:
    galley = item(newsroom, saved(noise((1280, 640)), name), name).galley()
    assert list(image_weight.check(galley)) == []
    assert [len(file.content) <= MOST_BYTES for file in galley.email.files] == [True]


def test_a_short_animation_is_light(newsroom: Newsroom) -> None:
    assert item(newsroom, film((150, 100), 4)).told("image-weight") == []


def test_pictures_elsewhere_are_not_weighed(newsroom: Newsroom) -> None:
    picture = {"src": "https://www.bionews.org.uk/pictures/lab.gif", "alt": "A lab", "width": 1152}
    assert newsroom.item(title="A first story", picture=picture).told("image-weight") == []


def test_other_files_in_the_folder_are_not_weighed(newsroom: Newsroom) -> None:
    newsroom.write("issues/700/images/unused.gif", film((150, 100), 30))
    assert newsroom.told("image-weight") == []


@pytest.mark.parametrize(("frames", "severity"), [(30, "warning"), (240, "error")])
def test_an_animation_that_is_heavier_is_reported_where_the_file_is_named(
    newsroom: Newsroom, frames: int, severity: str
) -> None:
    (finding,) = item(newsroom, film((150, 100), frames)).told("image-weight")
    assert (finding.severity, finding.place) == (severity, "issues/700/issue.yaml:8")
    assert finding.message.startswith("The picture 'images/the lab.gif' is ")
