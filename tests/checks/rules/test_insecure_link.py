"""insecure-link: links whose address begins with http://."""

from __future__ import annotations

import pytest

from tests.checks.newsroom import Newsroom


@pytest.mark.parametrize(
    "teaser",
    [
        "An address in code, `http://www.bionews.org.uk/`, is only text.",
        "[One](https://www.bionews.org.uk/?next=http://www.bionews.org.uk/) that has another in it.",
        "[A mail address](mailto:http@bionews.org.uk) needs no encryption.",
        "The form is at www.hfea.gov.uk/form, and help at www.gov.uk.",
    ],
)
def test_what_is_not_an_insecure_link(newsroom: Newsroom, teaser: str) -> None:
    assert newsroom.item(title="A story", teaser=teaser).told("insecure-link") == []


def test_each_is_reported_once_for_each_item_where_it_is_written(newsroom: Newsroom) -> None:
    newsroom.write(
        "issues/700/issue.yaml",
        "number: 700\ndate: 2030-01-07\nsections:\n  - kind: news\n    items:\n"
        "      - title: A story\n        url: http://www.bionews.org.uk/a\n"
        "        teaser: One link, [and the same](http://www.bionews.org.uk/a).\n"
        "      - title: Another\n        teaser: >-\n          First a line,\n"
        "          then [a link](HTTP://www.bionews.org.uk/b?c=1&d=2).\n",
    )
    assert newsroom.told("insecure-link") == [
        (
            "warning",
            "issues/700/issue.yaml:7",
            "The link to 'http://www.bionews.org.uk/a' is not encrypted.",
        ),
        (
            "warning",
            "issues/700/issue.yaml:12",
            "The link to 'HTTP://www.bionews.org.uk/b?c=1&d=2' is not encrypted.",
        ),
    ]


def test_the_links_to_the_issues_own_page_are_the_archives_fault(newsroom: Newsroom) -> None:
    newsroom.publication(archive="http://www.bionews.org.uk/issues/").item(
        title="A story without an address"
    )
    findings = newsroom.told("insecure-link")
    assert [finding.message for finding in findings] == [
        "The link to 'http://www.bionews.org.uk/issues/' is not encrypted."
    ]
    assert findings[0].place.startswith("issues/publication.yaml:")


def test_one_in_the_theme_is_reported_there(newsroom: Newsroom) -> None:
    newsroom.theme(
        "parts/footer.html.j2",
        '<a href="{{ publication.archive }}">',
        '<a href="http://www.bionews.org.uk/all">',
    )
    assert [finding.place for finding in newsroom.told("insecure-link")] == [
        "templates/bionews/parts/footer.html.j2:8"
    ]
