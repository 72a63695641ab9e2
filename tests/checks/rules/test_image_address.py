"""image-address: pictures without a whole https:// address."""

from __future__ import annotations

import pytest

from tests.checks.newsroom import Newsroom
from tests.checks.planted.image_address import GIF, logo

MASTHEAD = "templates/bionews/parts/masthead.html.j2"


@pytest.mark.parametrize(
    "address",
    [
        "https://www.bionews.org.uk/pictures/lab.png",
        "HTTPS://www.bionews.org.uk/lab.png",
        " https://www.bionews.org.uk/lab.png ",
        "https://xn--mnchen-3ya.de/a.png?b=http://c",
        "https://[2001:db8::1]/a.png",
    ],
)
def test_a_whole_address_over_https_is_right(newsroom: Newsroom, address: str) -> None:
    newsroom.html(f'<img src="{address}" alt="A lab" width="90">')
    assert newsroom.told("image-address") == []


def test_pictures_of_the_issue_are_served_over_https(newsroom: Newsroom) -> None:
    newsroom.write("issues/700/images/das Labor.gif", GIF)
    newsroom.item(title="A first story", picture={"src": "images/das Labor.gif", "alt": "A lab"})
    assert newsroom.told("image-address") == []


@pytest.mark.parametrize(
    "address",
    [
        "logo.png",
        "/logo.png",
        "//www.bionews.org.uk/logo.png",
        "../logo.png",
        "www.bionews.org.uk/a.png",
        "?a=b:c",
        "https:",
        "https:///logo.png",
    ],
)
def test_a_part_of_an_address_is_reported(newsroom: Newsroom, address: str) -> None:
    (finding,) = logo(newsroom, address).told("image-address")
    assert (finding.severity, finding.place) == (
        "error",
        newsroom.line(MASTHEAD, 'class="dateline"'),
    )
    assert finding.message == f"The picture address '{address}' is only part of an address."


@pytest.mark.parametrize(
    "address", ["http://www.bionews.org.uk/logo.png", "HTTP://a.org/b", "http:logo.png"]
)
def test_an_address_over_http_is_reported(newsroom: Newsroom, address: str) -> None:
    (finding,) = logo(newsroom, address).told("image-address")
    assert (finding.severity, finding.place) == (
        "error",
        newsroom.line(MASTHEAD, 'class="dateline"'),
    )
    assert finding.message == f"The picture address '{address}' does not begin with https://."


@pytest.mark.parametrize(
    "address",
    ["cid:logo", "data:image/gif;base64,R0lGODlhAQABAAAAACw=", "file:///C:/logo.png", "blob:x"],
)
def test_what_is_not_on_the_web_is_reported(newsroom: Newsroom, address: str) -> None:
    (finding,) = logo(newsroom, address).told("image-address")
    assert finding.severity == "error"
    assert finding.message.endswith("' does not lead to the web.")


def test_a_long_address_is_shown_short(newsroom: Newsroom) -> None:
    (finding,) = logo(newsroom, f"data:image/png;base64,{'A' * 5000}").told("image-address")
    assert len(finding.message) < 130


@pytest.mark.parametrize("source", ['src=""', 'src=" "', ""])
def test_no_address_at_all_is_reported(newsroom: Newsroom, source: str) -> None:
    newsroom.html(f'<img {source} alt="A lab" width="90">')
    (finding,) = newsroom.told("image-address")
    assert (finding.severity, finding.place) == ("error", "templates/bionews/email.mjml.j2")
    assert finding.message == "A picture has no address."


def test_where_all_pictures_are_over_http_the_publication_is_reported_once(
    newsroom: Newsroom,
) -> None:
    items = [
        {"title": title, "picture": {"src": f"{title}.gif", "alt": "A lab"}}
        for title in ("one", "two")
    ]
    newsroom.write("issues/700/one.gif", GIF).write("issues/700/two.gif", GIF)
    newsroom.issue(sections=[{"kind": "news", "items": items}])
    newsroom.change("issues/publication.yaml", "pictures: https://", "pictures: http://")
    (finding,) = newsroom.told("image-address")
    lines = (newsroom.issues / "publication.yaml").read_text("utf-8").split("\n")
    line = next(
        number for number, line in enumerate(lines, start=1) if line.startswith("pictures:")
    )
    assert (finding.severity, finding.place) == ("error", f"issues/publication.yaml:{line}")
    assert "'http://www.bionews.org.uk/pictures/'" in finding.message
