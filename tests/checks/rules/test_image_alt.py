"""image-alt: pictures without words, or with words that say nothing."""

from __future__ import annotations

from typing import Any

import pytest

from tests.checks.newsroom import Newsroom
from tests.checks.planted.image_alt import ADDRESS, WITHOUT_ALT, linked

MASTHEAD = "templates/bionews/parts/masthead.html.j2"


def item(newsroom: Newsroom, alt: str, src: str = ADDRESS, **more: Any) -> Newsroom:
    return newsroom.item(
        title="A first story",
        picture={"src": src, "alt": alt, "width": 1152, "height": 768},
        **more,
    )


@pytest.mark.parametrize(
    "alt",
    [
        "",
        "A laboratory with empty benches",
        "Image of a karyotype",
        "An embryo at day 5",
        "The file lab.jpg as it opens in a viewer",
        "BRCA1",
        "DSC2",
        "47,XXX",
        "Image 3",
        "p53.",
        "www.bionews.org.uk",
        "Ein Labor mit leeren Bänken (Foto: Archiv)",
        "受精卵の顕微鏡写真",
        "תמונה של מעבדה",
        "👩‍🔬🧬",
        "x" * 125,
    ],
)
def test_words_that_say_what_is_seen_and_none_at_all_are_right(
    newsroom: Newsroom, alt: str
) -> None:
    assert item(newsroom, alt).told("image-alt") == []


@pytest.mark.parametrize("language", [{"language": "ja"}, {"language": "he", "direction": "rtl"}])
def test_other_languages_are_heard_the_same(newsroom: Newsroom, language: dict[str, str]) -> None:
    assert item(newsroom.publication(**language), "研究室").told("image-alt") == []


@pytest.mark.parametrize(
    "around",
    [
        '<a href="https://www.bionews.org.uk/page_1">{} The whole story</a>',
        '<a href="https://www.bionews.org.uk/page_1" aria-label="The whole story">{}</a>',
        '<a href="https://www.bionews.org.uk/page_1" title="The whole story">{}</a>',
        '<a href="https://www.bionews.org.uk/page_1">{}<img src="https://www.bionews.org.uk/b.png" alt="A lab"></a>',
        '<a id="here">{}</a>',
        "<p>{}</p>",
    ],
)
def test_a_picture_may_be_silent_where_something_else_speaks(
    newsroom: Newsroom, around: str
) -> None:
    newsroom.html(around.format('<img src="https://www.bionews.org.uk/a.png" alt="" width="20">'))
    assert newsroom.told("image-alt") == []


@pytest.mark.parametrize("alt", ["", " ", "&nbsp;"])
def test_a_link_that_is_nothing_but_a_silent_picture_is_an_error(
    newsroom: Newsroom, alt: str
) -> None:
    newsroom.html(
        f'<a href="https://www.bionews.org.uk/"><b><img src="https://www.bionews.org.uk/a.png" alt="{alt}"></b></a>'
    )
    (finding,) = newsroom.told("image-alt")
    assert (finding.severity, finding.place) == ("error", "templates/bionews/email.mjml.j2")
    assert "https://www.bionews.org.uk/a.png" in finding.message


def test_the_silent_picture_of_an_item_is_reported_where_its_alt_text_is(
    newsroom: Newsroom,
) -> None:
    linked(newsroom).write(
        "issues/700/issue.yaml",
        "number: 700\ndate: 2030-01-07\nsections:\n  - kind: news\n    items:\n"
        "      - title: A first story\n        url: https://www.bionews.org.uk/page_1\n        picture:\n"
        f"          src: {ADDRESS}\n          alt: ''\n          width: 1152\n          height: 768\n",
    )
    assert [(finding.severity, finding.place) for finding in newsroom.told("image-alt")] == [
        ("error", "issues/700/issue.yaml:10")
    ]


@pytest.mark.parametrize(
    "alt",
    [
        "lab.jpg",
        "images/lab.PNG",
        "写真.jpeg",
        "IMG_2034",
        "DSC01234",
        "PXL_20240101-2",
        "image001",
    ],
)
def test_a_file_name_says_nothing(newsroom: Newsroom, alt: str) -> None:
    (finding,) = item(newsroom, alt).told("image-alt")
    assert (finding.severity, finding.place) == ("warning", "issues/700/issue.yaml:9")
    assert finding.message == f"The alt text '{alt}' is a file name."


@pytest.mark.parametrize("alt", ["none", "None", "n/a", "Photo"])
def test_some_words_say_nothing_either(newsroom: Newsroom, alt: str) -> None:
    (finding,) = item(newsroom, alt).told("image-alt")
    assert (finding.severity, finding.message) == (
        "warning",
        f"The alt text '{alt}' says nothing.",
    )


def test_a_name_in_several_words_is_one_if_the_file_is_called_so(newsroom: Newsroom) -> None:
    src = "https://www.bionews.org.uk/pictures/My%20lab.jpg?size=2"
    assert len(item(newsroom, "my lab.jpg", src).told("image-alt")) == 1
    assert (
        item(Newsroom(newsroom.folder.with_name("other")), "your lab.jpg", src).told("image-alt")
        == []
    )


def test_more_than_125_characters_are_too_many(newsroom: Newsroom) -> None:
    (finding,) = item(newsroom, "A word or two, " * 8 + "and five").told("image-alt")
    assert finding.severity == "warning"
    assert "has 128 characters" in finding.message


def test_an_alt_text_of_the_theme_is_reported_in_the_theme(newsroom: Newsroom) -> None:
    logo = (
        '<img src="https://www.bionews.org.uk/a.png" alt="logo.png" width="90"><p class="dateline">'
    )
    newsroom.theme("parts/masthead.html.j2", '<p class="dateline">', logo)
    (finding,) = newsroom.told("image-alt")
    assert finding.place == newsroom.line(MASTHEAD, 'class="dateline"')


def test_a_theme_that_forgets_the_alt_texts_is_reported_once(newsroom: Newsroom) -> None:
    items = [
        {"title": title, "picture": {"src": ADDRESS, "alt": "A lab", "width": 90, "height": 60}}
        for title in ("One story", "Another")
    ]
    newsroom.issue(sections=[{"kind": "news", "items": items}]).theme(*WITHOUT_ALT)
    (finding,) = newsroom.told("image-alt")
    assert (finding.severity, finding.place) == (
        "error",
        newsroom.line("templates/bionews/parts/image.html.j2", 'class="picture"'),
    )
    assert ADDRESS in finding.message


def test_pictures_that_miss_it_in_several_places_are_each_reported(newsroom: Newsroom) -> None:
    newsroom.theme(
        "parts/masthead.html.j2",
        "<h1>",
        '<img src="https://www.bionews.org.uk/a.png" width="9"><h1>',
    )
    newsroom.theme(
        "parts/masthead.html.j2",
        "</h1>",
        '</h1><img src="https://www.bionews.org.uk/b.png" width="9">',
    )
    assert len(newsroom.told("image-alt")) == 2


def test_the_alt_text_of_a_picture_in_a_body_is_reported_at_its_line(newsroom: Newsroom) -> None:
    newsroom.item(title="A first story", whole=True, body=f"Words.\n\n![IMG_2034]({ADDRESS})")
    (finding,) = newsroom.told("image-alt")
    assert (finding.severity, finding.place) == (
        "warning",
        newsroom.line("issues/700/issue.yaml", f"]({ADDRESS})"),
    )
