"""image-width: pictures that Outlook on Windows shows in their natural size."""

from __future__ import annotations

import pytest

from tests.checks.newsroom import Newsroom
from tests.checks.planted.image_width import ADDRESS, LOGO, WITHOUT_WIDTH


def test_an_issue_without_pictures_has_none_without_a_width(newsroom: Newsroom) -> None:
    assert newsroom.told("image-width") == []


@pytest.mark.parametrize("size", [{}, {"width": 90}, {"width": 400, "height": 600}])
def test_the_theme_gives_every_picture_its_width(newsroom: Newsroom, size: dict[str, int]) -> None:
    picture = {"src": ADDRESS, "alt": "A lab"} | size
    assert newsroom.item(title="A first story", picture=picture).told("image-width") == []


@pytest.mark.parametrize("width", ["160", " 160", "160px", "100%", "1", "0"])
def test_any_number_is_a_width(newsroom: Newsroom, width: str) -> None:
    newsroom.html(f'<img src="https://www.bionews.org.uk/a.png" alt="A lab" width="{width}">')
    assert newsroom.told("image-width") == []


@pytest.mark.parametrize(
    "width", ["", 'width=""', 'width="auto"', 'width="px160"', 'style="width:160px"']
)
def test_a_picture_without_a_number_is_reported(newsroom: Newsroom, width: str) -> None:
    newsroom.html(f'<img src="https://www.bionews.org.uk/a.png" alt="A lab" {width}>')
    (finding,) = newsroom.told("image-width")
    assert (finding.severity, finding.place) == ("warning", "templates/bionews/email.mjml.j2")
    assert "https://www.bionews.org.uk/a.png" in finding.message


def test_where_nobody_has_outlook_on_windows_nothing_is_reported(newsroom: Newsroom) -> None:
    newsroom.html('<img src="https://www.bionews.org.uk/a.png" alt="A lab">')
    assert newsroom.publication(clients=["gmail-web", "outlook-web"]).told("image-width") == []
    assert len(newsroom.publication(clients=["outlook-windows"]).told("image-width")) == 1


def test_a_theme_that_forgets_it_is_reported_once_and_where(newsroom: Newsroom) -> None:
    items = [
        {"title": title, "picture": {"src": ADDRESS, "alt": "A lab"}}
        for title in ("One story", "Another")
    ]
    newsroom.issue(sections=[{"kind": "news", "items": items}]).theme(*WITHOUT_WIDTH)
    assert [finding.place for finding in newsroom.told("image-width")] == [
        "templates/bionews/parts/picture.html.j2:2"
    ]


def test_a_picture_of_the_theme_is_reported_at_its_address(newsroom: Newsroom) -> None:
    newsroom.theme("parts/masthead.html.j2", '<p class="dateline">', f'{LOGO}<p class="dateline">')
    assert [finding.place for finding in newsroom.told("image-width")] == [
        "templates/bionews/parts/masthead.html.j2:5"
    ]
