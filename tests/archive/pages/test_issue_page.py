"""The page of an issue shows what its email shows, and leads to every piece."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.archive.pages_made import SECTIONS, Elements, all_kinds, pages_of, seen
from tests.archive.small import Small


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    return pages_of(all_kinds(tmp_path_factory.mktemp("kinds")).read())["652/"]


def test_every_item_is_there_with_a_place_to_link_to(page: str) -> None:
    ids = Elements(page).values("id")
    titles = [item["title"] for section in SECTIONS for item in section["items"]]
    assert len(titles) == 7
    for title in titles:
        assert title.replace("~2~", "2") in seen(page)
    assert {"a-step-closer-to-h2o", "elsewhere-alone", "study-with-us", "we-move"} <= set(ids)
    assert len(ids) == len(set(ids))


def test_titles_lead_to_the_piece_or_else_to_where_it_is(page: str) -> None:
    links = [link["href"] for link in Elements(page).named("a")]
    assert links.count("/652/a-step-closer-to-h2o/") == 2
    assert links.count("https://sample.test/story") == 2
    assert links.count("/652/a-debate/") == 1
    assert links.count("https://sample.test/debate") == 1
    assert links.count("/652/film-review-a-sample/") == 2
    assert "/652/we-move/" in links


def test_every_link_says_something(page: str) -> None:
    texts = re.findall(r"<a [^>]*>(.*?)</a>", page, flags=re.DOTALL)
    assert len(texts) > 20
    assert all(text.strip() for text in texts)
    assert "Read the story" in texts
    assert "Book a place" in texts
    assert "See the job" not in texts, "it has no address"
    assert "Read more" in texts


def test_an_event_that_is_shown_whole_still_leads_to_where_a_place_is_booked(
    tmp_path: Path,
) -> None:
    lecture = {"kind": "event", "title": "Lecture", "place": "A hall", "body": "Come."}
    lecture["starts"] = "2012-04-20 18:30"
    small = Small(tmp_path)
    small.write("1", {"title": "First"}, {**lecture, "url": "https://sample.test/book"})
    page = pages_of(small.read())["1/"]
    assert re.search(r'<a [^>]*href="https://sample.test/book"[^>]*>Book a place</a>', page)
    small.write("1", {"title": "First"}, lecture)
    assert "Book a place" not in pages_of(small.read())["1/"]


def test_contents_lead_to_places_on_the_page_and_leave_adverts_out(page: str) -> None:
    contents = page.partition('<nav class="contents"')[2].partition("</nav>")[0]
    links = [link["href"] for link in Elements(contents).named("a")]
    assert "#film-review-a-sample" in links
    assert "#study-with-us" not in links
    assert {link[1:] for link in links} <= set(Elements(page).values("id"))


def test_an_advert_is_called_one(page: str) -> None:
    advert = page.partition('id="study-with-us"')[2]
    assert advert.index("Advertisement, paid for by") < advert.index("Study with us")


def test_a_piece_shown_whole_keeps_its_footnotes_apart_from_those_of_others(page: str) -> None:
    assert 'href="#we-move-note-1"' in page
    assert 'id="we-move-note-1"' in page


def test_corrections_are_on_it(page: str) -> None:
    assert "The panel had eight members." in seen(page)


def test_it_leads_to_its_neighbours(page: str) -> None:
    links = {link.get("rel"): link["href"] for link in Elements(page).named("a")}
    assert links["prev"] == "/651/"
    assert "next" not in links


@pytest.mark.parametrize(
    ("size", "focus", "thumbnail"),
    [
        ((900, 600), None, '<div class="thumbnail">'),
        ((900, 600), "top", '<div class="thumbnail" style="--focus:50% 0%">'),
        ((600, 600), None, '<div class="thumbnail">'),
        ((600, 900), "30% 20%", '<div class="thumbnail upright" style="--focus:30% 20%">'),
    ],
)
def test_a_picture_that_is_cut_keeps_what_matters(
    tmp_path: Path, size: tuple[int, int], focus: str | None, thumbnail: str
) -> None:
    width, height = size
    picture = {"src": "https://sample.test/a.jpg", "alt": "", "width": width, "height": height}
    if focus:
        picture["focus"] = focus
    small = Small(tmp_path)
    small.write("652", {"title": "First"}, {"title": "Second", "picture": picture})
    assert thumbnail in pages_of(small.read())["652/"]


def test_a_welcome_names_no_reader_and_leads_nobody_out(tmp_path: Path) -> None:
    welcome = "Dear [[first-name]], this is [a link](https://sample.test/). [[unsubscribe]]"
    text = seen(pages_of(all_kinds(tmp_path, welcome=welcome).read())["652/"])
    assert "Dear reader, this is a link. https://www.bionews.org.uk/unsubscribe" in text


def test_an_issue_of_adverts_alone_has_no_lead(tmp_path: Path) -> None:
    small = Small(tmp_path)
    small.write("1", {"kind": "advert", "title": "Study", "advertiser": "Sampleton"})
    page = pages_of(small.read())["1/"]
    assert 'class="lead"' not in page
    assert "Advertisement, paid for by Sampleton" in seen(page)
