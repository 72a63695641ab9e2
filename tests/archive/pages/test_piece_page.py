"""The page of a piece has all that a reader needs, and lists and neighbours to go on to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from newsletter.archive.pages import piece
from newsletter.archive.reading import read_archive
from newsletter.manifest import Project
from tests.archive.pages_made import LONG, Elements, all_kinds, pages_of, picture_files, seen
from tests.conftest import REPOSITORY
from tests.drawing import drawn

MOST_BYTES = 30_000


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return pages_of(all_kinds(tmp_path_factory.mktemp("kinds")).read())


@pytest.fixture(scope="module")
def news(pages: dict[str, str]) -> str:
    return pages["652/a-step-closer-to-h2o/"]


@pytest.fixture(scope="module")
def review(pages: dict[str, str]) -> str:
    return pages["652/film-review-a-sample/"]


def test_it_says_who_when_and_where_and_each_leads_on(news: str) -> None:
    head = news.partition("<header>")[2].partition("</header>")[0]
    assert "A step closer to H<sub>2</sub>O</h1>" in head
    assert '<a href="/authors/dr-michelle-sample/">Dr' in head
    assert seen(f"<main>{head}</main>").startswith(
        "News Digest A step closer to H2O By Dr Michelle Sample (Sample Institute) and Amy Test"
    )
    assert '<time datetime="2012-04-11">' in head
    assert 'Appeared in <a href="/652/">BioNews 652</a>' in head
    assert 'href="/sections/news/"' in head
    assert 'href="/topics/embryo-research/"' in news


def test_a_correction_comes_before_the_text(news: str) -> None:
    text = seen(news)
    noted = text.index("The panel had eight members.")
    assert text.index("Appeared in") < noted < text.index("Every word")
    assert "18 April" in text[:noted]


def test_footnotes_lead_both_ways(news: str) -> None:
    elements = Elements(news)
    ids = elements.values("id")
    links = [link["href"] for link in elements.named("a") if link["href"].startswith("#")]
    assert links == ["#main", "#note-1", "#note-1", "#ref-1", "#ref-1-2"]
    assert set(links) <= {f"#{name}" for name in ids}
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("body", "runs_its_own_way"),
    [
        ("שלום & *עולם* [כאן](https://sample.test/)", True),
        ("שלום DNA.", False),
        ("Plain words.", False),
        ("2012", False),
    ],
)
def test_a_text_in_another_script_runs_its_own_way(
    tmp_path: Path, body: str, runs_its_own_way: bool
) -> None:
    item = {"title": "One", "body": body}
    page = pages_of(all_kinds(tmp_path, [{"kind": "news", "items": [item]}]).read())["652/one/"]
    assert ('<div dir="auto"><p>' in page) is runs_its_own_way


def test_headings_are_below_the_title(news: str) -> None:
    body = news.partition('class="prose"')[2]
    assert re.findall(r"<(h\d)>(?:A heading|Below it)", body) == ["h2", "h3"]


def test_pictures_are_in_two_sizes_and_all_but_the_first_wait(tmp_path: Path, news: str) -> None:
    archive = all_kinds(tmp_path).read()
    files = picture_files(archive)
    first, second = Elements(news).named("img")
    assert (first["width"], first["height"]) == ("1280", "720")
    assert "loading" not in first
    assert second["loading"] == "lazy"
    assert second["alt"] == "A chart"
    assert "srcset" not in second, "a picture of 500 pixels has one size"
    for link in (first["src"], second["src"], *re.findall(r"(/\S+) \d+w", first["srcset"])):
        assert link.removeprefix("/") in files
    assert "A laboratory" in seen(news)
    assert "Picture: A. Photographer" in seen(news)
    assert "<figcaption>By <em>year</em></figcaption>" in news


def test_a_picture_from_elsewhere_is_not_told_who_reads_what(tmp_path: Path) -> None:
    picture = {"src": "https://elsewhere.test/a.jpg", "alt": "A picture", "licence": "CC BY 4.0"}
    items = [{"title": "One", "body": "Words.", "picture": picture}]
    small = all_kinds(tmp_path, [{"kind": "news", "items": items}])
    archive = small.read()
    (image,) = Elements(pages_of(archive)["652/one/"]).named("img")
    assert image["src"] == "https://elsewhere.test/a.jpg"
    assert image["referrerpolicy"] == "no-referrer"
    assert picture_files(archive) == {}
    assert "The picture is left out" in pages_of(archive)["652/one/"]


def test_another_picture_under_the_same_name_is_another_page(tmp_path: Path) -> None:
    small = all_kinds(tmp_path)
    before = {page.path: page.digest for page in piece.pages(small.read())}
    (small.issues / "652" / "images" / "lab.jpg").write_bytes(drawn("lab.jpg", (900, 900)))
    archive = small.read()
    after = {page.path: page.digest for page in piece.pages(archive)}
    changed = {path for path in before if before[path] != after[path]}
    assert "652/a-step-closer-to-h2o/index.html" in changed
    assert "651/last-week/index.html" not in changed
    files = picture_files(archive)
    shown = Elements(pages_of(archive)["652/a-step-closer-to-h2o/"]).named("img")
    assert [image["src"].removeprefix("/") in files for image in shown] == [True, True]


def test_sources_and_offers_follow_the_text(news: str) -> None:
    text = seen(news)
    assert "Of water, The Sample Times" in text
    links = [link["href"] for link in Elements(news).named("a")]
    assert "https://sample.test/comments" in links
    assert "https://sample.test/terms" in links
    assert "mailto:rights@sample.test" in links
    (by_mail,) = (link for link in links if link.startswith("mailto:?"))
    assert by_mail == (
        "mailto:?subject=A%20step%20closer%20to%20H%E2%82%82O"
        "&body=https%3A//archive.example.org/652/a-step-closer-to-h2o/"
    )


def test_a_review_says_where_its_work_can_be_had_above_and_below(review: str) -> None:
    text = seen(review)
    assert "A Sample Directed by Somebody DVD: Shop One or Shop Two" in text
    assert "Where to find A Sample: DVD from Shop One or Shop Two. Shops give us a share." in text
    shops = [link for link in Elements(review).named("a") if "one.test" in link["href"]]
    assert [link["rel"] for link in shops] == ["sponsored", "sponsored"]


def test_what_to_know_of_shops_is_said_wherever_links_lead_to_them(
    review: str, pages: dict[str, str]
) -> None:
    said = "DVD: Shop One or Shop Two Shops give us a share."
    assert said in seen(review)
    assert said in seen(pages["652/"])
    assert seen(review).count("Shops give us a share.") == 2
    assert "Shops give us" not in seen(pages["652/a-debate/"])


def test_an_advert_is_called_one_and_offers_nothing_of_ours(pages: dict[str, str]) -> None:
    page = pages["652/study-with-us/"]
    assert seen(page).startswith("Advertisement, paid for by University of Sampleton")
    assert "textarea" not in page
    assert "sample.test/comments" not in page
    (button,) = (link for link in Elements(page).named("a") if link["href"] == "https://uni.test/")
    assert button["rel"] == "sponsored"


def test_whoever_is_led_to_an_advert_is_told_so(pages: dict[str, str]) -> None:
    assert "Next · Advertisement Study with us" in seen(pages["652/a-step-closer-to-h2o/"])
    assert "Previous · Advertisement Study with us" in seen(pages["652/film-review-a-sample/"])
    assert "Previous Film Review: A Sample" in seen(pages["652/a-debate/"])


def test_events_and_jobs_show_their_facts(pages: dict[str, str]) -> None:
    event = pages["652/a-debate/"]
    assert "Sample Hall" in seen(event)
    assert 'href="/652/a-debate.ics"' in event
    assert "Book a place" in seen(event)
    job = seen(pages["652/a-job/"])
    assert "Sample Trust" in job
    assert "Closes 11 May" in job


def test_a_story_does_not_lead_to_its_old_page_but_others_to_where_they_are(tmp_path: Path) -> None:
    url = "https://old.test/page_1"
    story = {"title": "One", "body": LONG, "url": url}
    listened_to = {**story, "title": "Three", "url": f"{url}3", "action": "Listen to it"}
    elsewhere = {"title": "Two", "body": LONG, "url": "https://elsewhere.test/"}
    sections = [
        {"kind": "news", "items": [story, listened_to]},
        {"kind": "elsewhere", "items": [elsewhere]},
    ]
    pages = pages_of(all_kinds(tmp_path, sections).read())
    assert url not in pages["652/one/"].partition("<main")[2]
    assert f'href="{url}3">Listen to it</a>' in pages["652/three/"]
    assert 'href="https://elsewhere.test/">Read it there</a>' in pages["652/two/"]


def test_it_leads_to_its_neighbours_in_the_issue(pages: dict[str, str]) -> None:
    in_order = [path for path in pages if re.fullmatch(r"652/[^/]+/", path)]
    for before, page, after in zip(in_order, in_order[1:], in_order[2:], strict=False):
        links = [link for link in Elements(pages[page]).named("a") if "rel" in link]
        to_neighbours = {link["rel"]: link["href"] for link in links if link["rel"] != "sponsored"}
        assert to_neighbours == {"prev": f"/{before}", "next": f"/{after}"}
    assert 'rel="prev"' not in pages[in_order[0]]
    assert 'rel="next"' not in pages[in_order[-1]]


def test_a_long_piece_is_light() -> None:
    archive = read_archive(Project(REPOSITORY / "issues"))
    for page in piece.pages(archive):
        assert len(page.make()) < MOST_BYTES


def test_an_item_without_a_body_has_no_page(pages: dict[str, str]) -> None:
    assert "652/elsewhere-alone/" not in pages
