"""link-shortener: addresses that hide where they lead."""

from __future__ import annotations

import pytest

from tests.checks.newsroom import Newsroom


@pytest.mark.parametrize(
    "url",
    [
        "https://youtu.be/a-film",
        "https://doi.org/10.1000/182",
        "https://rabbit.ly/page",
        "https://bit.ly.bionews.org.uk/page",
        "https://www.bionews.org.uk/?from=https://bit.ly/page",
        "https://www.bionews.org.uk/bit.ly/page",
    ],
)
def test_addresses_that_say_where_they_lead(newsroom: Newsroom, url: str) -> None:
    assert newsroom.item(title="A story", url=url, teaser="Words.").told("link-shortener") == []


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://bit.ly/a", "bit.ly"),
        ("https://www.tinyurl.com/a", "tinyurl.com"),
        ("https://T.CO/a", "t.co"),
        ("https://ow.ly", "ow.ly"),
        ("https://is.gd:443/a", "is.gd"),
        ("http://goo.gl./a", "goo.gl."),
        ("https://buff.ly?a=1", "buff.ly"),
    ],
)
def test_shorteners(newsroom: Newsroom, url: str, host: str) -> None:
    findings = newsroom.item(title="A story", url=url, teaser="Words.").told("link-shortener")
    what = f"The link '{url}' goes through '{host}', which hides where it leads."
    assert [finding.message for finding in findings] == [what]


def test_the_place_is_the_line_of_the_address(newsroom: Newsroom) -> None:
    newsroom.write(
        "issues/700/issue.yaml",
        "number: 700\ndate: 2030-01-07\nsections:\n  - kind: news\n    items:\n      - title: A story\n"
        "        teaser: |\n          A paragraph.\n\n          Then [the report](https://bit.ly/report).\n",
    )
    assert [finding[:2] for finding in newsroom.told("link-shortener")] == [
        ("warning", "issues/700/issue.yaml:10")
    ]
