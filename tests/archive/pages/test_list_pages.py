"""The lists of a site: what is on them, in which order, and how it is called."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from newsletter.archive.archive import Archive
from newsletter.archive.pages import (
    authors,
    corrections,
    front,
    issues,
    missing,
    reviews,
    sections,
    style,
    topics,
)
from newsletter.errors import ManifestError
from tests.archive.pages_made import Elements, seen
from tests.archive.small import Small
from tests.drawing import drawn

LISTS = (sections, reviews, authors, topics, corrections, issues, front, missing)
FILM = {"kind": "film", "title": "A Sample"}
BOOK = {"kind": "book", "title": "Another"}


def pages_of(archive: Archive) -> dict[str, str]:
    """Return the pages of all lists, by path."""
    return {
        page.path.removesuffix("index.html"): page.make().decode()
        for kind in LISTS
        for page in kind.pages(archive)
    }


def review(title: str, work: dict[str, Any]) -> dict[str, Any]:
    return {"kind": "review", "title": title, "work": work}


def in_manifest(folder: Path, written: str, instead: str) -> None:
    manifest = folder / "issue.yaml"
    manifest.write_text(manifest.read_text("utf-8").replace(written, instead), "utf-8")


def test_authors_are_ordered_by_their_last_names_whatever_their_letters(small: Small) -> None:
    names = ["Zoe Abel", "Bo Öberg", "Ann Olsen", "BioNews", "42", "דנה לוי", "Éva Oz"]
    small.write("1", *({"title": f"By {name}", "authors": [name]} for name in names))
    page = pages_of(small.read())["authors/"]
    listed = re.findall(r'<a href="/authors/[^"]+">(?:<bdi>)?([^<]+)<', page)
    assert listed == ["Zoe Abel", "BioNews", "Bo Öberg", "Ann Olsen", "Éva Oz", "דנה לוי", "42"]
    assert re.findall(r"<h2[^>]*>(.)</h2>", page) == ["A", "B", "O", "ל", "#"]


def test_a_name_of_nothing_but_an_accent_is_listed(small: Small) -> None:
    small.write("1", {"title": "One", "authors": ["\u0301"]})
    assert ">#</h2>" in pages_of(small.read())["authors/"]


def test_the_page_of_an_author_has_the_newest_role_and_all_pieces(small: Small) -> None:
    old, new = ({"name": "Ann Olsen", "role": role} for role in ("Student", "Professor"))
    small.write("1", {"title": "First", "authors": [old]})
    small.write("2", {"title": "Second", "authors": [new, "Bo Abel"]})
    small.write("3", {"title": "Third", "authors": ["Ann Olsen"]})
    text = seen(pages_of(small.read())["authors/ann-olsen/"])
    assert text.startswith("Authors Ann Olsen Professor 2012")
    assert text.index("Third") < text.index("Second") < text.index("First")
    assert "16 January 2012 – by Ann Olsen and Bo Abel" in text
    assert "Student" not in text


def test_topics_are_from_a_to_z_with_how_many_pieces_they_have(small: Small) -> None:
    small.write("1", {"title": "One", "topics": ["IVF", "cloning"]})
    small.write("2", {"title": "Two", "topics": ["IVF"]})
    pages = pages_of(small.read())
    assert seen(pages["topics/"]) == "Topics cloning 1 IVF 2"
    assert {"topics/ivf/", "topics/cloning/"} < pages.keys()


def test_a_newsletter_without_topics_and_authors_has_no_pages_of_them(small: Small) -> None:
    small.write("1", {"title": "One"})
    archive = small.read()
    pages = pages_of(archive)
    assert not {path for path in pages if path.startswith(("topics/", "authors/", "reviews/"))}
    assert [entry.path for entry in archive.menu] == ["issues/", "sections/news/", "search/"]


def test_all_reviews_have_the_newest_three_of_each_kind(small: Small) -> None:
    for number in "12345":
        folder = small.write(number, review(f"Review {number}", FILM))
        in_manifest(folder, "- kind: news", "- kind: reviews")
    pages = pages_of(small.read())
    assert re.findall(r">Review (\d)<", pages["reviews/"]) == ["5", "4", "3"]
    assert re.findall(r">Review (\d)<", pages["reviews/film/"]) == ["5", "4", "3", "2", "1"]


def test_adverts_have_a_list_to_which_the_menu_does_not_lead(small: Small) -> None:
    folder = small.write("1", {"kind": "advert", "title": "Paper", "advertiser": "Paper Mills"})
    in_manifest(folder, "- kind: news", "- kind: advert")
    archive = small.read()
    assert "sections/advert/" in pages_of(archive)
    assert [entry.path for entry in archive.menu] == ["issues/", "search/"]


def test_the_menu_leads_to_reviews_only_if_there_are_any(small: Small) -> None:
    folder = small.write("1", {"kind": "advert", "title": "Paper", "advertiser": "Paper Mills"})
    in_manifest(folder, "- kind: news", "- kind: reviews")
    archive = small.read()
    assert "reviews/" not in pages_of(archive)
    assert [entry.path for entry in archive.menu] == ["issues/", "search/"]


def test_a_topic_is_called_as_in_its_newest_piece(small: Small) -> None:
    small.write("1", {"title": "One", "topics": ["stem cells"]})
    small.write("2", {"title": "Two", "topics": ["Stem cells"]})
    assert seen(pages_of(small.read())["topics/"]) == "Topics Stem cells 2"


def test_a_heading_of_one_issue_renames_no_section(small: Small) -> None:
    for number in ("1", "2", "3"):
        small.write(number, {"title": f"Story {number}"})
    in_manifest(small.issues / "3", "- kind: news", "- title: Odd news\n  kind: news")
    pages = pages_of(small.read())
    assert seen(pages["sections/news/"]).startswith("News Digest 2012 Story 3")
    assert "Odd news" in seen(pages[""])


def test_reviews_are_by_what_they_are_about_in_the_order_of_the_words(small: Small) -> None:
    folder = small.write("1", review("On paper", BOOK), review("On screen", FILM))
    in_manifest(folder, "- kind: news", "- kind: reviews")
    pages = pages_of(small.read())
    assert seen(pages["reviews/"]).startswith("Reviews Films 1 Books 1 Films On screen")
    assert seen(pages["reviews/book/"]).startswith("Reviews Books 2012 On paper")


def test_an_advert_says_so_on_every_list(small: Small) -> None:
    advert = {"kind": "advert", "title": "Buy paper", "advertiser": "Paper Mills", "topics": ["x"]}
    small.write("1", {"title": "A story"}, advert)
    pages = pages_of(small.read())
    for path in ("", "topics/x/", "sections/news/"):
        assert "Advertisement, paid for by Paper Mills Buy paper" in seen(pages[path])


def test_an_event_is_listed_with_when_and_where_it_is(small: Small) -> None:
    event = {"kind": "event", "starts": "2012-05-05 18:30", "place": "Sample Hall"}
    small.write("1", {"title": "A story"}, {**event, "title": "A debate"})
    pages = pages_of(small.read())
    for path in ("", "sections/events/"):
        text = seen(pages[path])
        assert "A debate Saturday, 5 May 2012, 18:30 Sample Hall Words." in text


def test_a_job_is_listed_with_all_that_is_known_of_it(small: Small) -> None:
    job = {"kind": "job", "employer": "Sample Trust", "place": "Leeds", "closes": "2012-05-11"}
    unknown = {"kind": "job", "title": "Another", "date": "2012-01-09"}
    small.write("1", {"title": "A story"}, {**job, "title": "A job"}, unknown)
    pages = pages_of(small.read())
    for path in ("", "sections/jobs/"):
        text = seen(pages[path])
        assert "A job Sample Trust, Leeds Closes 11 May 2012 Words." in text
        assert "Another 9 January 2012 Words." in text


def test_the_lead_on_the_front_page_says_where_to_read_on_only_if_there_is_more(
    small: Small,
) -> None:
    short = {"kind": "comment", "title": "Short", "body": "", "teaser": "All of it."}
    small.write("1", short, {"title": "Other"})
    page = pages_of(small.read())[""]
    assert "Comment Short All of it. News Digest Other" in seen(page)
    small.write("1", short | {"url": "https://sample.test/more"}, {"title": "Other"})
    page = pages_of(small.read())[""]
    assert "Comment Short All of it. Read the comment News Digest Other" in seen(page)


def test_corrections_are_newest_first_with_their_pieces(small: Small) -> None:
    def corrected(title: str, *days: str) -> dict[str, Any]:
        notes = [{"date": day, "text": f"It was *{day}*."} for day in days]
        return {"title": title, "corrections": notes}

    small.write("1", corrected("One", "2012-02-01", "2012-05-01"), corrected("Two", "2012-03-01"))
    page = pages_of(small.read())["corrections/"]
    days = re.findall(r"<em>([^<]+)</em>", page)
    assert days == ["2012-05-01", "2012-03-01", "2012-02-01"]
    assert '<a href="/1/two/">Two</a>' in page


def test_a_correction_of_an_item_without_a_page_leads_to_its_place_in_the_issue(
    small: Small,
) -> None:
    note = {"date": "2012-02-01", "text": "It was blue."}
    short = {"title": "Short", "teaser": "A line.", "body": "", "corrections": [note]}
    small.write("1", short)
    pages = pages_of(small.read())
    for path in ("", "corrections/"):
        assert '<a href="/1/#short">Short</a>' in pages[path]
        assert "It was blue." in pages[path]


def test_the_front_page_has_the_newest_corrections(small: Small) -> None:
    for month in range(1, 6):
        notes = [{"date": f"2012-0{month}-01", "text": f"It was {month}."}]
        small.write(str(month), {"title": f"Piece {month}", "corrections": notes})
    text = seen(pages_of(small.read())[""])
    assert re.findall(r"It was (\d)", text) == ["5", "4", "3"]


def test_without_corrections_their_page_says_so(small: Small) -> None:
    small.write("1", {"title": "One"})
    text = seen(pages_of(small.read())["corrections/"])
    assert text == "Corrections Nothing has had to be corrected yet."


def test_the_logo_is_in_place_of_the_name_on_every_page(small: Small) -> None:
    small.write("1", {"title": "One"})
    publication = small.issues / "publication.yaml"
    fields = "logo: {src: logo.png, alt: Our name, width: 120}\n"
    publication.write_text(publication.read_text("utf-8") + fields, "utf-8")
    (small.issues / "logo.png").write_bytes(drawn("logo.png", (480, 160)))
    archive = small.read()
    [_, logo] = style.pages(archive)
    [shown] = Elements(pages_of(archive)["issues/"]).named("img")
    assert shown == {"src": f"/{logo.path}", "alt": "Our name", "width": "120", "height": "40"}
    assert Image.open(BytesIO(logo.make())).size == (240, 80)

    (small.issues / "logo.png").write_bytes(drawn("other.png", (480, 80)))
    [_, other] = style.pages(small.read())
    assert other.path != logo.path


def test_a_logo_from_elsewhere_is_not_told_who_reads_what(small: Small) -> None:
    small.write("1", {"title": "One"})
    with (small.issues / "publication.yaml").open("a", encoding="utf-8") as file:
        file.write("logo: {src: 'https://sample.test/logo.png', alt: x, width: 90, height: 60}\n")
    archive = small.read()
    assert archive.logo is None
    assert Elements(pages_of(archive)["issues/"]).named("img") == []


def test_a_logo_that_cannot_be_shown_stops_the_site_with_its_file(small: Small) -> None:
    small.write("1", {"title": "One"})
    publication = small.issues / "publication.yaml"
    publication.write_text(
        publication.read_text("utf-8") + "logo: {src: logo.png, alt: x}\n", "utf-8"
    )
    (small.issues / "logo.png").write_bytes(b"no picture")
    with pytest.raises(ManifestError, match=r"logo\.png: The logo"):
        pages_of(small.read())


def test_the_front_page_has_the_latest_issue_and_the_way_to_all(small: Small) -> None:
    for number in map(str, range(1, 10)):
        small.write(number, {"title": f"Lead {number}"}, {"title": f"Other {number}", "body": ""})
    page = pages_of(small.read())[""]
    links = [link["href"] for link in Elements(page).named("a")]
    assert {"/9/lead-9/", "/9/#other-9", "/9/", "/8/", "/3/", "/issues/"} < set(links)
    assert "/2/" not in links


def test_a_draft_is_not_the_latest_issue_before_it_is_out(small: Small) -> None:
    small.write("1", {"title": "Out"}, day=date(2012, 4, 16))
    small.write("2", {"title": "Still to come"}, day=date(2012, 4, 23))
    drafts = small.read(today=date(2012, 4, 18), drafts=True)
    assert seen(pages_of(drafts)[""]).startswith("Issue 1")


def test_a_newsletter_without_issues_has_a_front_page(small: Small) -> None:
    pages = pages_of(small.read())
    assert {"", "issues/", "corrections/", "404.html"} == pages.keys()


def test_the_page_that_is_not_there_has_no_address_and_is_not_to_be_found(small: Small) -> None:
    small.write("1", {"title": "One"})
    page = Elements(pages_of(small.read())["404.html"])
    assert {"name": "robots", "content": "noindex"} in page.named("meta")
    assert "canonical" not in page.values("rel")
    assert all(link.startswith(("/", "http", "#", "data:")) for link in page.values("href"))
