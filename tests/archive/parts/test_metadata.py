"""What programs read in the heads of pages: OpenGraph, linked data, and the way to the feeds."""

from __future__ import annotations

import json
from typing import Any

import lxml.html
import pytest

from newsletter.archive.archive import Archive
from newsletter.archive.pages import all_pages, feeds, front, issue, piece, topics
from newsletter.archive.parts.linked_data import as_script
from newsletter.archive.reading import read_archive
from newsletter.manifest import Project
from tests.archive.schema_org import faults
from tests.archive.small import BASE, Small
from tests.conftest import REPOSITORY
from tests.strategies import TRAPS

GOLDEN = ("everything", "full-text", "spanish", "right-to-left")
PICTURE = {"src": "https://example.org/a.jpg", "alt": "A cell", "width": 900, "height": 600}


def page(archive: Archive, path: str, kind: Any = piece) -> Any:
    """Return a page, read by a program that knows HTML."""
    [content] = [page.make() for page in kind.pages(archive) if page.path == f"{path}index.html"]
    return lxml.html.document_fromstring(content.decode())


def things(document: Any) -> list[dict[str, Any]]:
    [script] = document.xpath("//script[@type='application/ld+json']/text()")
    read = json.loads(script)
    assert read["@context"] == "https://schema.org"
    found: list[dict[str, Any]] = read["@graph"]
    assert not [fault for thing in found for fault in faults(thing)]
    return found


def graph(document: Any) -> dict[str, str]:
    tags = document.xpath("//meta[@property or starts-with(@name, 'twitter')]")
    return {tag.get("property") or tag.get("name"): tag.get("content") for tag in tags}


def of_item(small: Small, item: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what the page of an item is about."""
    small.write("652", item)
    archive = small.read()
    return things(page(archive, archive.pieces[0].path))


def work(small: Small, **fields: Any) -> dict[str, Any]:
    review, _ = of_item(small, {"kind": "review", "title": "A review", "work": fields})
    assert review["@type"] == ["NewsArticle", "Review"]
    reviewed: dict[str, Any] = review["itemReviewed"]
    return reviewed


def test_a_news_story(small: Small) -> None:
    news, trail = of_item(
        small,
        {
            "title": "*Cells* & <genes>",
            "date": "2012-04-11",
            "authors": [{"name": "Zoë Testwright", "role": "Curator"}, "BioNews"],
            "topics": ["Stem cells"],
            "picture": PICTURE,
            "sources": [{"title": "A study", "publisher": "A journal", "date": "2012-04-02"}],
            "corrections": [{"date": "2012-04-18", "text": "It was **not** so."}],
        },
    )
    assert news["@type"] == "NewsArticle"
    assert news["headline"] == "Cells & <genes>"
    assert news["url"] == f"{BASE}652/cells-genes/"
    assert (news["datePublished"], news["dateModified"]) == ("2012-04-11", "2012-04-18")
    assert news["author"] == [
        {"@type": "Person", "name": "Zoë Testwright", "description": "Curator", "url": f"{BASE}authors/zoe-testwright/"},
        {"@type": "Organization", "name": "BioNews", "url": f"{BASE}authors/bionews/"},
    ]  # fmt: skip
    assert news["image"] == "https://example.org/a.jpg"
    assert news["keywords"] == ["Stem cells"]
    assert news["articleSection"] == "News Digest"
    assert news["isPartOf"]["issueNumber"] == "652"
    assert news["isPartOf"]["isPartOf"]["@type"] == "Periodical"
    [source] = news["citation"]
    assert (source["name"], source["datePublished"]) == ("A study", "2012-04-02")
    [correction] = news["correction"]
    assert (correction["datePublished"], correction["text"]) == ("2012-04-18", "It was not so.")
    steps = [(step["name"], step["item"]["@id"]) for step in trail["itemListElement"]]
    assert steps == [
        ("BioNews", BASE),
        ("BioNews 652", f"{BASE}652/"),
        ("Cells & <genes>", f"{BASE}652/cells-genes/"),
    ]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("film", "Movie"),
        ("book", "Book"),
        ("tv", "TVSeries"),
        ("radio", "RadioSeries"),
        ("podcast", "PodcastSeries"),
        ("theatre", "TheaterEvent"),
        ("exhibition", "ExhibitionEvent"),
        ("event", "Event"),
        ("documentary", "Movie"),
    ],
)
def test_a_review_says_what_it_is_about(small: Small, kind: str, expected: str) -> None:
    assert work(small, kind=kind, title="The work") == {"@type": expected, "name": "The work"}


def test_a_book(small: Small) -> None:
    book = work(small, kind="book", title="T", publisher="A press", isbn=["0-00-000000-0"])
    assert book["isbn"] == ["0-00-000000-0"]
    assert book["publisher"] == {"@type": "Organization", "name": "A press"}


def test_what_was_broadcast_on_one_day_is_an_episode(small: Small) -> None:
    episode = work(small, kind="tv", title="T", channel="Channel Nine", broadcast="2012-04-16")
    assert episode["@type"] == "TVEpisode"
    assert episode["publication"]["startDate"] == "2012-04-16"
    assert episode["publication"]["publishedOn"]["name"] == "Channel Nine"


def test_an_exhibition_is_somewhere(small: Small) -> None:
    exhibition = work(small, kind="exhibition", title="T", venue="A museum, London")
    assert exhibition["location"]["address"] == "A museum, London"


def test_nothing_is_changed_before_it_is_published(small: Small) -> None:
    corrections = [{"date": "2012-04-01", "text": "Not so."}]
    item = {"title": "A", "date": "2012-04-11", "corrections": corrections}
    news, _ = of_item(small, item)
    assert news["dateModified"] == news["datePublished"] == "2012-04-11"


def test_an_event_has_its_time_in_its_zone(small: Small) -> None:
    item = {"kind": "event", "title": "A lecture", "place": "A hall", "starts": "2012-04-20 18:30"}
    _, event, _ = of_item(small, item)
    assert event["@type"] == "Event"
    assert event["startDate"] == "2012-04-20T18:30:00+01:00"
    assert "endDate" not in event
    assert event["location"]["name"] == "A hall"
    _, event, _ = of_item(small, {**item, "ends": "2012-04-20 20:00"})
    assert event["endDate"] == "2012-04-20T20:00:00+01:00"


def test_a_job_is_offered_only_if_all_is_known_that_is_needed(small: Small) -> None:
    job = {"kind": "job", "title": "A post", "body": "Come and **work**.", "closes": "2012-05-11"}
    for known in ({}, {"employer": "A charity"}, {"place": "London"}):
        found = of_item(small, job | known)
        assert [thing["@type"] for thing in found] == ["NewsArticle", "BreadcrumbList"]

    _, posting, _ = of_item(small, {**job, "employer": "A charity", "place": "London"})
    assert posting["@type"] == "JobPosting"
    assert posting["description"] == "Come and work."
    assert posting["validThrough"] == "2012-05-11"
    assert posting["hiringOrganization"]["name"] == "A charity"


def test_an_advert_is_called_one(small: Small) -> None:
    advert, _ = of_item(small, {"kind": "advert", "title": "Buy", "advertiser": "A shop"})
    assert advert["@type"] == "AdvertiserContentArticle"
    assert advert["sponsor"]["name"] == "A shop"


def test_an_issue_and_the_newsletter(small: Small) -> None:
    small.write("652", {"title": "A"}, {"title": "B"})
    archive = small.read()
    found, trail = things(page(archive, "652/", issue))
    assert (found["@type"], found["issueNumber"]) == ("PublicationIssue", "652")
    assert [part["url"] for part in found["hasPart"]] == [f"{BASE}652/a/", f"{BASE}652/b/"]
    assert len(trail["itemListElement"]) == 2
    [newsletter] = things(page(archive, "", front))
    assert (newsletter["@type"], newsletter["name"]) == ("Periodical", "BioNews")


@pytest.mark.parametrize("golden", GOLDEN)
def test_no_page_of_a_golden_issue_has_a_fault(golden: str) -> None:
    archive = read_archive(Project(REPOSITORY / "tests" / "golden" / golden / "issues"))
    for kind in (piece, issue, front):
        for made in kind.pages(archive):
            assert things(lxml.html.document_fromstring(made.make().decode()))


def test_others_see_the_picture_of_a_piece(small: Small) -> None:
    small.write("652", {"title": "A", "teaser": "About a cell.", "picture": PICTURE})
    shown = graph(page(small.read(), "652/a/"))
    assert shown["og:type"] == "article"
    assert shown["og:title"] == "A"
    assert shown["og:url"] == f"{BASE}652/a/"
    assert shown["og:image"] == "https://example.org/a.jpg"
    assert shown["og:image:alt"] == "A cell"
    assert shown["twitter:card"] == "summary_large_image"
    assert shown["og:locale"] == "en_GB"


@pytest.mark.parametrize("width", [300, 600])
def test_an_upright_picture_and_a_square_one_are_not_cut(small: Small, width: int) -> None:
    small.write("652", {"title": "A", "picture": {**PICTURE, "width": width}})
    assert graph(page(small.read(), "652/a/"))["twitter:card"] == "summary"


def test_without_a_picture_others_see_a_card(small: Small) -> None:
    small.write("652", {"title": "A"})
    archive = small.read()
    assert graph(page(archive, "652/a/"))["og:image"] == f"{BASE}cards/newsletter.png"
    assert graph(page(archive, "652/", issue))["og:image"] == f"{BASE}cards/652.png"
    assert graph(page(archive, "", front))["og:image"] == f"{BASE}cards/newsletter.png"


def test_every_card_and_feed_that_a_page_names_is_a_file_of_the_site(small: Small) -> None:
    for number in range(1, 60):
        small.write(str(number), {"title": f"Piece {number}"})
    small.write("60", {"title": "A", "topics": ["Cells"], "authors": ["Zoë Testwright"]})
    site = {made.path: made for made in all_pages(small.read())}
    named = set()
    for path, made in site.items():
        if path.endswith(".html"):
            document = lxml.html.document_fromstring(made.make().decode())
            named |= set(document.xpath("//link[@rel='alternate']/@href"))
            named |= {graph(document).get("og:image", "")}
    files = {one.removeprefix(BASE).removeprefix("/") for one in named if one}
    assert {"topics/cells/feed.xml", "cards/60.png"} <= files
    assert files <= set(site)


def test_a_page_leads_to_its_own_feed_first(small: Small) -> None:
    small.write("1", {"title": "A", "topics": ["Cells"]})
    archive = small.read()
    document = page(archive, "topics/cells/", topics)
    links = document.xpath("//link[@type='application/atom+xml']")
    assert [link.get("href") for link in links] == ["/topics/cells/feed.xml", "/feed.xml"]
    assert [link.get("title") for link in links] == ["BioNews: Cells", "BioNews"]
    assert "topics/cells/feed.xml" in {made.path for made in feeds.pages(archive)}


@pytest.mark.parametrize(
    "text", ["</script><script>alert(1)</script>", "<!--<script>", "\u2028", "&lt;/script>", *TRAPS]
)
def test_hostile_text_stays_text(small: Small, text: str) -> None:
    """Nothing of it ends the script, or is anything but the value that it was."""
    script = as_script([{"@type": "Thing", "name": text}])
    assert not set("<>&\u2028\u2029") & set(script)
    html = f"<html><head><script type='application/ld+json'>{script}</script></head></html>"
    [read] = lxml.html.document_fromstring(html).xpath("//script/text()")
    assert json.loads(read)["@graph"][0]["name"] == text


def test_a_title_cannot_end_the_script(small: Small) -> None:
    title = "</script><img src=x onerror=alert(1)> \"'"
    small.write("1", {"title": title, "authors": [title], "topics": [title]})
    archive = small.read()
    document = page(archive, archive.pieces[0].path)
    news, _ = things(document)
    assert news["headline"] == archive.pieces[0].title
    assert not document.xpath("//img")
    assert graph(document)["og:title"] == archive.pieces[0].title
