"""image-width: pictures that Outlook on Windows shows in their natural size."""

from __future__ import annotations

import pytest

from tests.checks.newsroom import Newsroom
from tests.checks.planted.image_width import ADDRESS, LOGO, WITHOUT_WIDTH

MASTHEAD = "templates/bionews/parts/masthead.html.j2"


def test_an_issue_without_pictures_has_none_without_a_width(newsroom: Newsroom) -> None:
    assert newsroom.told("image-width") == []


@pytest.mark.parametrize(("width", "height"), [(90, 9), (400, 600), (1280, 640)])
def test_the_theme_gives_every_picture_its_size(
    newsroom: Newsroom, width: int, height: int
) -> None:
    picture = {"src": ADDRESS, "alt": "A lab", "width": width, "height": height}
    assert newsroom.item(title="A first story", picture=picture).told("image-width") == []


@pytest.mark.parametrize("size", [{}, {"width": 90}, {"height": 90}])
def test_a_picture_from_elsewhere_needs_its_size(newsroom: Newsroom, size: dict[str, int]) -> None:
    picture = {"src": ADDRESS, "alt": "A lab"} | size
    (finding,) = newsroom.item(title="A first story", picture=picture).told("image-width")
    assert (finding.severity, finding.place) == ("warning", "issues/700/issue.yaml:8")
    assert (
        finding.message
        == f"The picture '{ADDRESS}' has no height, so Outlook on Windows distorts it."
    )


def test_a_picture_from_elsewhere_has_no_size_in_a_body(newsroom: Newsroom) -> None:
    newsroom.item(title="A first story", whole=True, body=f"Words.\n\n![A lab]({ADDRESS})")
    (finding,) = newsroom.told("image-width")
    assert (finding.severity, finding.place) == (
        "warning",
        newsroom.line("issues/700/issue.yaml", f"]({ADDRESS})"),
    )
    assert finding.message.endswith("has no height, so Outlook on Windows distorts it.")


def test_a_logo_from_elsewhere_needs_its_size(newsroom: Newsroom) -> None:
    logo = {"src": ADDRESS, "alt": "BioNews"}
    (found,) = newsroom.publication(logo=logo).told("image-width")
    assert found == (
        "warning",
        newsroom.line("issues/publication.yaml", f"src: {ADDRESS}"),
        "The logo has no height, so the email shows the newsletter's name in its place.",
    )

    newsroom.publication(logo=logo | {"width": 200, "height": 50})
    assert newsroom.told("image-width") == []


@pytest.mark.parametrize("style", ["", 'style="width:281px"'])
def test_a_wide_picture_must_become_narrower_on_a_phone(newsroom: Newsroom, style: str) -> None:
    newsroom.html(f'<img src="{ADDRESS}" alt="A lab" width="281" height="90" {style}>')
    (finding,) = newsroom.told("image-width")
    assert finding.message.endswith("does not become narrower on a phone.")


@pytest.mark.parametrize("more", ['width="280"', 'width="576" style="max-width: 100%"'])
def test_a_narrow_one_and_a_fluid_one_fit(newsroom: Newsroom, more: str) -> None:
    newsroom.html(f'<img src="{ADDRESS}" alt="A lab" height="90" {more}>')
    assert newsroom.told("image-width") == []


@pytest.mark.parametrize("width", ["160", " 160", "160px", "100%", "1", "0"])
def test_any_number_is_a_width(newsroom: Newsroom, width: str) -> None:
    newsroom.html(
        f'<img src="https://www.bionews.org.uk/a.png" alt="A lab" height="9" width="{width}">'
    )
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
        {"title": title, "picture": {"src": ADDRESS, "alt": "A lab", "width": 90, "height": 60}}
        for title in ("One story", "Another")
    ]
    newsroom.issue(sections=[{"kind": "news", "items": items}]).theme(*WITHOUT_WIDTH)
    assert [finding.place for finding in newsroom.told("image-width")] == [
        newsroom.line("templates/bionews/parts/image.html.j2", 'class="picture"')
    ]


def test_a_picture_of_the_theme_is_reported_at_its_address(newsroom: Newsroom) -> None:
    newsroom.theme("parts/masthead.html.j2", '<p class="dateline">', f'{LOGO}<p class="dateline">')
    assert [finding.place for finding in newsroom.told("image-width")] == [
        newsroom.line(MASTHEAD, 'class="dateline"')
    ]
