"""repeated-in-issue: the same link or title in two items."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.checks.newsroom import Newsroom

_TEASER = "        teaser: A hospital in Rome meets with criticism after 94 embryos were destroyed...\n"
_OTHER = "        teaser: A laboratory in Britain is working with a stem cell doctor who divides opinion...\n"
_SOURCE = (
    "        sources:\n          - title: What was decided\n            url: https://www.bionews.org.uk/page_100051\n"
)


def _same_source(room: Newsroom) -> None:
    room.change("issues/652/issue.yaml", _TEASER, _TEASER + _SOURCE)
    room.change("issues/652/issue.yaml", _OTHER, _OTHER + _SOURCE)


PLANTED: dict[str, Callable[[Newsroom], object]] = {
    "the link of another item": lambda room: room.change(
        "issues/652/issue.yaml", _TEASER, f"        url: https://www.bionews.org.uk/page_93535/\n{_TEASER}"
    ),
    "the source of another item": _same_source,
    "the title of another item": lambda room: room.change(
        "issues/652/issue.yaml",
        "title: Gene variants linked to childhood obesity discovered",
        "title: Genetic mutations, in older fathers' sperm, linked to autism",
    ),
}
PAGE = "https://www.bionews.org.uk/page_100050"


def with_items(newsroom: Newsroom, *items: dict[str, Any], kind: str = "news") -> Newsroom:
    """The newsroom with these items in one section."""
    titles = "A first title", "And another one", "The third title"
    written = [{"title": title, **item} for title, item in zip(titles, items, strict=False)]
    return newsroom.issue(sections=[{"kind": kind, "items": written}])


def source(url: str) -> dict[str, Any]:
    return {"title": "What was decided", "url": url}


def shop(url: str) -> dict[str, Any]:
    return {"label": "Book", "links": [{"name": "The shop", "url": url}]}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"url": PAGE}, {"url": f"{PAGE}1"}),
        ({"url": f"{PAGE}?id=1"}, {"url": f"{PAGE}?id=2"}),
        ({"url": f"{PAGE}#!/1"}, {"url": f"{PAGE}#!/2"}),
        ({"url": "https://www.bionews.org.uk/Page"}, {"sources": [source("https://www.bionews.org.uk/page")]}),
        # home pages and the archive
        ({"sources": [source("https://www.bionews.org.uk/")]}, {"sources": [source("https://www.bionews.org.uk")]}),
        ({"url": "https://www.nature.com/#a"}, {"url": "https://www.nature.com/"}),
        ({"url": "https://www.bionews.org.uk/issues/700/#a"}, {"url": "https://www.bionews.org.uk/issues/700/#b"}),
        ({"teaser": "[See](https://www.bionews.org.uk/issues/698/)"}, {"url": "https://www.bionews.org.uk/issues/698"}),
        ({"teaser": "[All](https://www.bionews.org.uk/issues)"}, {"url": "https://www.bionews.org.uk/issues/"}),
        # a pointer to another item; texts that are not shown; the same link twice in one item
        ({"url": PAGE}, {"teaser": f"See [below]({PAGE}), and [again]({PAGE}#more)"}),
        ({"body": f"See [there]({PAGE})."}, {"body": f"See [there]({PAGE})."}),
        ({"url": PAGE, "sources": [source(f"{PAGE}/"), source(PAGE)]}, {}),
        # no web addresses
        ({"teaser": "Write to <mailto:a@bionews.org.uk>"}, {"teaser": "Write to <mailto:a@bionews.org.uk>"}),
    ],
)
def test_these_links_are_not_repeated(newsroom: Newsroom, one: dict[str, Any], other: dict[str, Any]) -> None:
    assert with_items(newsroom, one, other).told("repeated-in-issue") == []


def test_an_advert_and_an_event_may_have_the_same_link_and_so_may_the_shops_of_one_work(newsroom: Newsroom) -> None:
    event = {"title": "A debate", "url": PAGE, "place": "The hall", "starts": "2030-01-20 18:30"}
    advert = {"title": "Come to our debate", "url": f"{PAGE}/", "advertiser": "The publisher", "body": "Come."}
    work = {"kind": "book", "title": "A book", "links": [shop(f"{PAGE}1"), shop(f"{PAGE}1/")]}
    newsroom.issue(
        sections=[
            {"kind": "events", "items": [event]},
            {"kind": "advert", "items": [advert]},
            {"kind": "reviews", "items": [{"title": "A review", "authors": ["A. Author"], "work": work}]},
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
        ({"sources": [source(PAGE)]}, {"sources": [source("https://www.bionews.org.uk/"), source(PAGE)]}),
        ({"sources": [source(PAGE)]}, {"url": PAGE}),
        ({"teaser": f"The [report]({PAGE})."}, {"teaser": f"What [they]({PAGE}) wrote."}),
    ],
)
def test_the_same_link_is_told_at_the_second_item(
    newsroom: Newsroom, one: dict[str, Any], other: dict[str, Any]
) -> None:
    (told,) = with_items(newsroom, {}, one, other).told("repeated-in-issue")
    assert told.severity == "warning"
    assert told.what.endswith("stands in this issue already, in 'And another one'.")
    lines = (newsroom.issues / "700" / "issue.yaml").read_text("utf-8").split("\n")
    assert "url: " in lines[int(told.place.rpartition(":")[2]) - 1] or "teaser: " in "".join(lines[-4:])


def test_a_shop_link_that_was_copied_from_another_review(newsroom: Newsroom) -> None:
    def review(address: str) -> dict[str, Any]:
        return {"authors": ["A. Author"], "work": {"kind": "book", "title": "A book", "links": [shop(address)]}}

    (told,) = with_items(newsroom, review(PAGE), review(PAGE), kind="reviews").told("repeated-in-issue")
    assert PAGE in told.what


def test_an_address_that_is_written_otherwise_than_it_is_sent_is_told_at_its_line(newsroom: Newsroom) -> None:
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
def test_the_same_title_is_told_at_the_second_item(newsroom: Newsroom, one: str, other: str) -> None:
    told = with_items(newsroom, {"title": one}, {"title": other}).told("repeated-in-issue")
    what = f"The title '{other}' stands in this issue already, as '{one}'."
    assert told == [("warning", "issues/700/issue.yaml:7", what)]
