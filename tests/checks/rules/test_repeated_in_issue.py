"""repeated-in-issue: the same address or title in two items."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.checks.newsroom import Newsroom
from tests.checks.planted.repeated_in_issue import source

PAGE = "https://www.bionews.org.uk/page_100050"
ELSEWHERE = "https://www.genome.gov/story"


def with_items(newsroom: Newsroom, *items: dict[str, Any], kind: str = "news") -> Newsroom:
    """The newsroom with these items in one section."""
    titles = "A first title", "And another one", "The third title"
    written = [{"title": title, **item} for title, item in zip(titles, items, strict=False)]
    return newsroom.issue(sections=[{"kind": kind, "items": written}])


def shop(url: str) -> dict[str, Any]:
    return {"label": "Book", "links": [{"name": "The shop", "url": url}]}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"url": PAGE}, {"url": f"{PAGE}1"}),
        ({"url": f"{PAGE}?id=1"}, {"url": f"{PAGE}?id=2"}),
        ({"url": f"{PAGE}#!/1"}, {"url": f"{PAGE}#!/2"}),
        (
            {"url": "https://www.genome.gov/Page"},
            {"sources": [source("https://www.genome.gov/page")]},
        ),
        # home pages and the archive
        (
            {"sources": [source("https://www.bionews.org.uk/")]},
            {"sources": [source("https://www.bionews.org.uk")]},
        ),
        ({"url": "https://www.nature.com/#a"}, {"url": "https://www.nature.com/"}),
        (
            {"url": "https://www.bionews.org.uk/issues/700/#a"},
            {"url": "https://www.bionews.org.uk/issues/700/#b"},
        ),
        (
            {"teaser": "[See](https://www.bionews.org.uk/issues/698/)"},
            {"url": "https://www.bionews.org.uk/issues/698"},
        ),
        (
            {"teaser": "[All](https://www.bionews.org.uk/issues)"},
            {"url": "https://www.bionews.org.uk/issues/"},
        ),
        # a pointer to another item of our own; the same link in two texts or sources; the same link twice in one item
        ({"url": PAGE}, {"teaser": f"See [below]({PAGE}), and [again]({PAGE}#more)"}),
        ({"url": PAGE}, {"sources": [source(PAGE)]}),
        ({"teaser": f"See [there]({ELSEWHERE})."}, {"body": f"See [there]({ELSEWHERE})."}),
        ({"sources": [source(ELSEWHERE)]}, {"sources": [source(ELSEWHERE)]}),
        ({"url": ELSEWHERE, "sources": [source(f"{ELSEWHERE}/"), source(ELSEWHERE)]}, {}),
        # not web addresses
        (
            {"teaser": "Write to <mailto:a@bionews.org.uk>"},
            {"teaser": "Write to <mailto:a@bionews.org.uk>"},
        ),
    ],
)
def test_these_links_are_not_repeated(
    newsroom: Newsroom, one: dict[str, Any], other: dict[str, Any]
) -> None:
    assert with_items(newsroom, one, other).told("repeated-in-issue") == []


def test_an_advert_and_an_event_may_have_the_same_link_and_so_may_the_shops_of_one_work(
    newsroom: Newsroom,
) -> None:
    event = {"title": "A debate", "url": PAGE, "place": "The hall", "starts": "2030-01-20 18:30"}
    advert = {
        "title": "Come to our debate",
        "url": f"{PAGE}/",
        "advertiser": "The publisher",
        "body": "Come.",
    }
    work = {"kind": "book", "title": "A book", "links": [shop(f"{PAGE}1"), shop(f"{PAGE}1/")]}
    newsroom.issue(
        sections=[
            {"kind": "events", "items": [event]},
            {"kind": "advert", "items": [advert]},
            {
                "kind": "reviews",
                "items": [{"title": "A review", "authors": ["A. Author"], "work": work}],
            },
        ]
    )
    assert newsroom.told("repeated-in-issue") == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Part 1", "Part 2"),
        ("1.5 million children", "15 million children"),
        ("की कहानी", "कि कहानी"),
        ("遺伝子の研究", "遺伝子の研究者"),
        ("¿?", "…"),
        ("Gene therapy 🧬", "Gene therapy"),
    ],
)
def test_these_titles_are_not_the_same(newsroom: Newsroom, one: str, other: str) -> None:
    assert with_items(newsroom, {"title": one}, {"title": other}).told("repeated-in-issue") == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"url": PAGE}, {"url": f"{PAGE}/"}),
        ({"url": PAGE}, {"url": f"{PAGE}?utm_source=news&utm_medium=email&fbclid=1"}),
        ({"url": f"{PAGE}?b=2&a=1&gclid"}, {"url": f"{PAGE}?a=1&utm_campaign=x&b=2"}),
        ({"url": PAGE}, {"url": f"{PAGE}#comments"}),
        ({"url": PAGE}, {"url": "http://bionews.org.uk/page_100050"}),
        ({"url": PAGE}, {"url": "https://WWW.BioNews.org.uk/page%5F100050"}),
        ({"url": "https://www.bionews.org.uk/?p=7"}, {"url": "https://www.bionews.org.uk/?p=7#a"}),
        (
            {"url": ELSEWHERE},
            {"sources": [source("https://www.bionews.org.uk/"), source(ELSEWHERE)]},
        ),
        ({"url": ELSEWHERE}, {"teaser": f"What [they]({ELSEWHERE}?utm_medium=email) wrote."}),
        ({"url": ELSEWHERE}, {"body": f"What [they]({ELSEWHERE}) wrote."}),
    ],
)
def test_the_same_page_is_reported_at_the_second_item(
    newsroom: Newsroom, one: dict[str, Any], other: dict[str, Any]
) -> None:
    (told,) = with_items(newsroom, {}, one, other).told("repeated-in-issue")
    assert told.severity == "warning"
    assert told.message.endswith("is already in this issue, in 'And another one'.")
    lines = (newsroom.issues / "700" / "issue.yaml").read_text("utf-8").split("\n")
    assert re.search("url: |teaser: |body: ", lines[int(told.place.rpartition(":")[2]) - 1])


def test_a_text_before_the_item_whose_page_it_links_to_is_reported_too(newsroom: Newsroom) -> None:
    (told,) = with_items(newsroom, {"teaser": f"[So]({ELSEWHERE})."}, {"url": ELSEWHERE}).told(
        "repeated-in-issue"
    )
    assert told.place == "issues/700/issue.yaml:7"
    assert (
        told.message == f"The address {ELSEWHERE} is already in this issue, in 'And another one'."
    )


def test_a_work_that_is_another_items_page(newsroom: Newsroom) -> None:
    work = {"kind": "book", "title": "A book", "links": [shop(ELSEWHERE)]}
    newsroom.issue(
        sections=[
            {"kind": "elsewhere", "items": [{"title": "A book is out", "url": ELSEWHERE}]},
            {
                "kind": "reviews",
                "items": [{"title": "A review", "authors": ["A. Author"], "work": work}],
            },
        ]
    )
    assert [finding.place for finding in newsroom.told("repeated-in-issue")] == [
        "issues/700/issue.yaml:20"
    ]


def test_posts_events_notices_and_adverts_may_have_the_same_title_and_the_same_page(
    newsroom: Newsroom,
) -> None:
    posts = [
        {"title": "Research Assistant", "url": ELSEWHERE, "teaser": place}
        for place in ("In Leeds.", "In York.")
    ]
    days = [
        {"title": "An open day", "place": "The hall", "starts": f"2030-01-{day} 10:00"}
        for day in (20, 21)
    ]
    adverts = [
        {
            "kind": "advert",
            "title": "A course",
            "url": PAGE,
            "advertiser": "A school",
            "body": "Come.",
        }
        for _ in range(2)
    ]
    newsroom.issue(
        sections=[
            {"kind": "jobs", "items": [adverts[0], *posts]},
            {"kind": "events", "items": days},
            {"kind": "notices", "items": [{"title": "Thanks"}, {"title": "Thanks"}, adverts[1]]},
        ]
    )
    assert newsroom.told("repeated-in-issue") == []


def test_an_address_that_is_written_differently_from_how_it_is_sent_is_reported_at_its_line(
    newsroom: Newsroom,
) -> None:
    one, other = {"url": "https://www.gène.fr/page"}, {"url": "https://www.gène.fr/page/"}
    (told,) = with_items(newsroom, one, other).told("repeated-in-issue")
    assert told.place == "issues/700/issue.yaml:9"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Gene therapy: early success", "Gene therapy – early success!"),
        ("IVF can't beat the clock", "IVF can’t beat the clock"),
        ("'Three-parent' babies", "Three parent babies?"),
        ("L'ADN, c'est quoi", "L’ADN : c’est quoi ?"),
    ],
)
def test_the_same_title_is_reported_at_the_second_item(
    newsroom: Newsroom, one: str, other: str
) -> None:
    told = with_items(newsroom, {"title": one}, {"title": other}).told("repeated-in-issue")
    what = f"The title '{other}' is already in this issue, as '{one}'."
    assert told == [("warning", "issues/700/issue.yaml:7", what)]
