"""image-weight: pictures whose files are too large."""

from __future__ import annotations

import pytest

from newsletter.checks.rules import image_resolution, image_weight
from tests.checks.newsroom import Newsroom
from tests.checks.planted.image_weight import GIF


def item(newsroom: Newsroom, size: int) -> Newsroom:
    newsroom.write("issues/700/images/the lab.gif", GIF.ljust(size, b"\0"))
    return newsroom.item(
        title="A first story", picture={"src": "images/the lab.gif", "alt": "A lab"}
    )


@pytest.mark.parametrize("size", [len(GIF), 90_000, 204_800])
def test_up_to_200_kilobytes_are_light(newsroom: Newsroom, size: int) -> None:
    assert item(newsroom, size).told("image-weight") == []


def test_pictures_elsewhere_are_not_weighed(newsroom: Newsroom) -> None:
    picture = {"src": "https://www.bionews.org.uk/pictures/lab.gif", "alt": "A lab", "width": 1152}
    assert newsroom.item(title="A first story", picture=picture).told("image-weight") == []


def test_other_files_in_the_folder_are_not_weighed(newsroom: Newsroom) -> None:
    assert (
        newsroom.write("issues/700/images/unused.gif", GIF.ljust(2_000_000)).told("image-weight")
        == []
    )


def test_a_file_that_is_gone_has_no_weight(newsroom: Newsroom) -> None:
    galley = item(newsroom, 300_000).galley()
    (newsroom.issues / "700" / "images" / "the lab.gif").unlink()
    assert list(image_weight.check(galley)) == []


@pytest.mark.parametrize(
    ("size", "severity", "stated_size"),
    [
        (204_801, "warning", "200 KB"),
        (1_048_576, "warning", "1,024 KB"),
        (1_048_577, "error", "1,024 KB"),
        (5_000_000, "error", "4,882 KB"),
    ],
)
def test_what_is_heavier_is_reported_where_the_file_is_named(
    newsroom: Newsroom, size: int, severity: str, stated_size: str
) -> None:
    (finding,) = item(newsroom, size).told("image-weight")
    assert (finding.severity, finding.place) == (severity, "issues/700/issue.yaml:8")
    assert finding.message.startswith(
        f"The file of the picture 'images/the lab.gif' is {stated_size}"
    )


def test_each_picture_is_weighed(newsroom: Newsroom) -> None:
    for name, size in (("one", 300_000), ("two", 100_000), ("three", 400_000)):
        newsroom.write(f"issues/700/{name}.gif", GIF.ljust(size, b"\0"))
    items = [
        {"title": f"Story {name}", "picture": {"src": f"{name}.gif", "alt": ""}}
        for name in ("one", "two", "three")
    ]
    newsroom.issue(sections=[{"kind": "news", "items": items}])
    assert [finding.place for finding in newsroom.told("image-weight")] == [
        "issues/700/issue.yaml:8",
        "issues/700/issue.yaml:16",
    ]


def test_a_picture_that_is_shown_twice_is_reported_once_with_the_width_that_it_should_have(
    newsroom: Newsroom,
) -> None:
    newsroom.files("logo.png   4000 x 500 pixels   300 KB")
    picture = {"src": "logo.png", "alt": "A logo", "width": 400}
    adverts = [
        {"title": title, "advertiser": "A firm", "picture": dict(picture)}
        for title in ("One", "Other")
    ]
    galley = newsroom.issue(sections=[{"kind": "advert", "items": adverts}]).galley()
    findings = [*image_weight.check(galley), *image_resolution.check(galley)]
    assert [finding.problem.line for finding in findings] == [9]
    assert "800 pixels wide" in findings[0].problem.hint


def test_a_file_that_is_wide_enough_only_needs_to_be_lighter(newsroom: Newsroom) -> None:
    (finding,) = image_weight.check(item(newsroom, 300_000).galley())
    assert (
        finding.problem.hint
        == "Save it as a JPEG of medium quality; a drawing as a PNG with few colours."
    )
