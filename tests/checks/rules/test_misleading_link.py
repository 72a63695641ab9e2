"""misleading-link: links that show one site and lead to another."""

from __future__ import annotations

import pytest

from tests.checks.newsroom import Newsroom


def told(newsroom: Newsroom, text: str, address: str) -> list[str]:
    room = newsroom.item(title="A story", teaser=f"A teaser, and [{text}]({address}) in it.")
    return [finding.message for finding in room.told("misleading-link")]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("www.bionews.org.uk", "https://www.bionews.org.uk/a/page?b=c"),
        ("bionews.org.uk/a", "https://shop.bionews.org.uk/b"),
        ("https://bionews.org.uk", "https://www.BIONEWS.org.uk/"),
        ("“www.bionews.org.uk”.", "https://bionews.org.uk/"),
        ("www.münchen.de", "https://xn--mnchen-3ya.de/"),
        ("the report on genome.gov", "https://www.bionews.org.uk/"),
        ("e.g.", "https://www.bionews.org.uk/"),
        ("S.O.S", "https://www.bionews.org.uk/"),
        ("p.m.But", "https://www.bionews.org.uk/"),
        ("Ph.D", "https://www.bionews.org.uk/"),
        ("M.Sc.", "https://www.bionews.org.uk/"),
        ("et.al", "https://www.bionews.org.uk/"),
        ("done.In", "https://www.bionews.org.uk/"),
        ("47,XXX", "https://www.bionews.org.uk/"),
        ("c.1521_1523delCTT", "https://www.bionews.org.uk/"),
        ("10.1038/nature.2012.10", "https://doi.org/10.1038/nature.2012.10"),
        ("poster.zip", "https://www.bionews.org.uk/files/poster.zip"),
        ("Node.js", "https://www.bionews.org.uk/"),
        ("www.sample.invalid", "https://www.bionews.org.uk/"),
        ("www.-..-.org", "https://www.bionews.org.uk/"),
        ("github.io", "https://pages.github.com/"),
        ("editor@bionews.org.uk", "mailto:editor@bionews.org.uk?subject=a"),
        ("editor@bionews.org.uk", "https://www.progress.org.uk/contact"),
        ("www.bionews.org.uk", "mailto:editor@progress.org.uk"),
        ("editor@bionews.org.uk/www.genome.gov", "https://www.bionews.org.uk/"),
        ("", "https://www.bionews.org.uk/"),
    ],
)
def test_what_does_not_mislead(newsroom: Newsroom, text: str, address: str) -> None:
    assert told(newsroom, text, address) == []


@pytest.mark.parametrize(
    ("text", "address"),
    [
        # one organisation under two endings
        ("https://www.bionews.org.uk/page?a=1", "https://bionews.org/"),
        ("www.nature.com", "https://www.nature.de/articles/1"),
        ("amazon.co.uk/dp/1", "https://www.amazon.com/dp/1"),
        # names that look like hosts
        ("Ancestry.com", "https://www.bionews.org.uk/"),
        ("Eurek.Net", "https://www.bionews.org.uk/"),
        ("cell.press", "https://www.linkedin.com/company/cell-press"),
        ("biorxiv.org", "https://connect.bioRxiv.net/"),
        # a page and its copy in an archive
        (
            "https://www.genome.gov/news",
            "https://web.archive.org/web/2020/https://www.genome.gov/news",
        ),
        (
            "www.hfea.gov.uk",
            "https://webarchive.nationalarchives.gov.uk/2009/http://www.hfea.gov.uk/",
        ),
    ],
)
def test_the_same_people_and_names_do_not_mislead(
    newsroom: Newsroom, text: str, address: str
) -> None:
    assert told(newsroom, text, address) == []


@pytest.mark.parametrize(
    "publisher", ["Phys.org", "genome.gov", "www.genome.gov", "https://www.genome.gov/news"]
)
def test_a_publisher_is_a_name(newsroom: Newsroom, publisher: str) -> None:
    source = {
        "title": "What was found",
        "publisher": publisher,
        "url": "https://www.medicalxpress.com/found",
    }
    assert newsroom.item(title="A story", sources=[source]).told("misleading-link") == []


def test_a_title_is_a_name(newsroom: Newsroom) -> None:
    room = newsroom.item(
        kind="elsewhere", title="genome.gov", url="https://www.bionews.org.uk/page_100"
    )
    assert room.told("misleading-link") == []


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("www.bionews.org.uk", "https://www.genome.gov/"),
        ("https://www.bionews.org.uk/page?a=1", "https://progress.org/"),
        ("(www.bionews.org.uk)", "https://www.bionews.org.uk.genome.gov/"),
        ("bionews.org.uk/donate", "https://www.genome.gov/donate"),
        ("www.bionews.org.uk:8080", "https://192.0.2.7/"),
        ("*www.bionews.org.uk*", "https://www.sample.invalid/"),
        ("editor@bionews.org.uk", "mailto:editor@genome.gov"),
        ("www.x.org", "https://www.bionews.org.uk/www.x.org"),
        ("https://www.genome.gov/", "https://bionews.org.uk/?archive.org&www.genome.gov"),
    ],
)
def test_what_is_certainly_an_address_misleads(newsroom: Newsroom, text: str, address: str) -> None:
    room = newsroom.item(title="A story", teaser=f"A teaser, and [{text}]({address}) in it.")
    what = f"The link '{text.strip('*')}' leads to another site: '{address}'."
    assert [(finding.severity, finding.message) for finding in room.told("misleading-link")] == [
        ("error", what)
    ]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("nih.gov", "https://genome.gov/"),
        ("bionews.org.uk", "https://bionews.org.uk@genome.gov/"),
        ("laboratory.github.io", "https://clinic.github.io/"),
        ("progress.org.uk/", "https://www.bionews.org.uk/"),
    ],
)
def test_a_host_alone_may_be_a_name_and_is_a_warning(
    newsroom: Newsroom, text: str, address: str
) -> None:
    room = newsroom.item(title="A story", teaser=f"A teaser, and [{text}]({address}) in it.")
    assert [finding.severity for finding in room.told("misleading-link")] == ["warning"]


def test_links_within_the_email_and_other_schemes_show_nothing_false(newsroom: Newsroom) -> None:
    for address in ("#www.bionews.org.uk", "tel:+44", "", "www.genome.gov"):
        newsroom.html(f'<a href="{address}">www.bionews.org.uk</a>')
    assert newsroom.told("misleading-link") == []


def test_the_place_is_where_the_link_is_written_not_where_its_address_is(
    newsroom: Newsroom,
) -> None:
    newsroom.write(
        "issues/700/issue.yaml",
        "number: 700\ndate: 2030-01-07\nsections:\n  - kind: news\n    items:\n      - title: A story\n"
        "        url: https://www.genome.gov/a\n"
        "        teaser: |\n          A paragraph.\n\n          Then [www.bionews.org.uk](https://www.genome.gov/a).\n",
    )
    assert [finding[:2] for finding in newsroom.told("misleading-link")] == [
        ("error", "issues/700/issue.yaml:11")
    ]
