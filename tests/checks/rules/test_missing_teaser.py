"""missing-teaser: items that show nothing but their title."""

from __future__ import annotations

from typing import Any

import pytest

from tests.checks.newsroom import Newsroom

WORK = {"kind": "film", "title": "A film"}
PICTURE = {
    "src": "https://www.bionews.org.uk/pictures/700/page.png",
    "alt": "A page",
    "width": 600,
    "height": 300,
}


@pytest.mark.parametrize(
    "item",
    [
        {"teaser": "One sentence is enough."},
        {"body": "A short body is shown whole in the email."},
        {"teaser": "遺伝子の研究"},
        {"teaser": "🧬"},
        {"kind": "event", "place": "The hall", "starts": "2030-01-20 18:30"},
        {"kind": "elsewhere", "url": "https://www.bionews.org.uk/page_100020"},
        {"kind": "job", "url": "https://www.bionews.org.uk/page_100021"},
        {"kind": "notice", "picture": PICTURE},
        {"kind": "advert", "advertiser": "The publisher", "picture": PICTURE},
    ],
)
def test_these_show_more_than_their_title(newsroom: Newsroom, item: dict[str, Any]) -> None:
    assert newsroom.item(title="The title of this item", **item).told("missing-teaser") == []


@pytest.mark.parametrize(
    "item",
    [
        {"url": "https://www.bionews.org.uk/page_100022"},
        {"picture": PICTURE},
        {"teaser": ""},
        {"teaser": "&nbsp;"},
        {"teaser": "[](https://www.bionews.org.uk/page_100023)"},
        {"body": "  \n\n  "},
        {"kind": "comment", "authors": ["A. Author"]},
        {"kind": "review", "work": WORK},
        {"kind": "elsewhere"},
        {"kind": "job"},
        {"kind": "notice"},
        {"kind": "advert", "advertiser": "The publisher"},
    ],
)
def test_these_show_nothing_else(newsroom: Newsroom, item: dict[str, Any]) -> None:
    (told,) = newsroom.item(title="The title of this item", **item).told("missing-teaser")
    assert told.severity == "error"
    assert "'The title of this item'" in told.message


def test_the_place_is_the_empty_teaser_or_else_the_item(newsroom: Newsroom) -> None:
    newsroom.write(
        "issues/700/issue.yaml",
        "number: 700\ndate: 2030-01-07\nsections:\n"
        "  - kind: news\n    items:\n      - title: A story\n      - title: Another\n        teaser: ''\n"
        "      - file: third.md\n",
    ).write("issues/700/third.md", "---\ntitle: A third\n---\n")
    places = [finding.place for finding in newsroom.told("missing-teaser")]
    assert places == ["issues/700/issue.yaml:6", "issues/700/issue.yaml:8", "issues/700/third.md:2"]


def test_a_title_with_a_link_is_enough_where_no_format_shows_more(newsroom: Newsroom) -> None:
    headlines = {"name": "headlines", "shows": "headlines"}
    newsroom.item(title="A story", url="https://www.bionews.org.uk/page_100024")
    assert newsroom.publication(formats=[headlines]).told("missing-teaser") == []

    teasers = {"name": "teasers", "shows": "teasers"}
    assert len(newsroom.publication(formats=[headlines, teasers]).told("missing-teaser")) == 1
    newsroom.item(title="A story").publication(formats=[headlines])
    assert len(newsroom.told("missing-teaser")) == 1
