"""A list that is gone leads to where its pieces are listed now, or else to what it was a part of."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from newsletter.adding.old_addresses import add_old_addresses
from newsletter.archive.archive import Archive
from newsletter.archive.lists import listing
from newsletter.archive.moved.lists import moved_lists
from newsletter.archive.moved.pages import moved_pages
from newsletter.archive.pages import all_pages
from newsletter.archive.site.state import State, load_state, subjects
from newsletter.archive.site.writing import write_site
from newsletter.manifest import Project
from tests.archive.small import BASE, Small


@pytest.fixture
def small(tmp_path: Path) -> Small:
    small = Small(tmp_path)
    small.write("1", {"title": "Cells", "authors": ["Jane Smth", "Bo Test"], "topics": ["Cels"]})
    small.write("2", {"title": "Eggs", "authors": ["Jane Smth"], "topics": ["Law"]})
    return small


def site_of(archive: Archive, out: Path) -> State:
    write_site(all_pages(archive, with_search=False), out, base=BASE)
    return load_state(out) or {}


def moved(small: Small, archive: Archive | None = None) -> dict[str, str]:
    """Bring the site up to date, as the command does, and return what has moved."""
    out = small.home / "public"
    published = load_state(out) or {}
    archive = archive or small.read()
    found = [*moved_pages(subjects(published), archive), *moved_lists(published, archive, out)]
    add_old_addresses(Project(small.issues), [each.row for each in found])
    site_of(small.read(), out)
    return {each.row.address: each.now for each in found}


def text(small: Small, path: str) -> str:
    return (small.home / "public" / path).read_text("utf-8")


def test_a_corrected_name_leads_on_with_its_feeds(small: Small) -> None:
    assert moved(small) == {}
    small.write("1", {"title": "Cells", "authors": ["Jane Smith", "Bo Test"], "topics": ["Cells"]})
    small.write("2", {"title": "Eggs", "authors": ["Jane Smith"], "topics": ["Law"]})
    assert moved(small) == {
        "authors/jane-smth/": "authors/jane-smith/",
        "authors/jane-smth/feed.json": "authors/jane-smith/feed.json",
        "authors/jane-smth/feed.xml": "authors/jane-smith/feed.xml",
        "topics/cels/": "topics/cells/",
        "topics/cels/feed.json": "topics/cells/feed.json",
        "topics/cels/feed.xml": "topics/cells/feed.xml",
    }
    assert 'url=/authors/jane-smith/"' in text(small, "authors/jane-smth/index.html")
    hosts = text(small, "_redirects")
    assert "/authors/jane-smth/feed.xml /authors/jane-smith/feed.xml 301\n" in hosts
    assert "authors/jane\\-smth/feed\\.xml/?$ /authors/jane-smith/feed.xml" in text(
        small, ".htaccess"
    )
    for path in ("authors/jane-smth/feed.xml", "authors/jane-smth/feed.json"):
        assert text(small, path) == text(small, path.replace("smth", "smith"))
    assert moved(small) == {}

    small.write("3", {"title": "Sperm", "authors": ["Jane Smith"]})
    assert moved(small) == {}
    assert "Sperm" in text(small, "authors/jane-smth/feed.xml")


def test_a_name_that_joins_another_leads_there(small: Small) -> None:
    small.write("3", {"title": "Sperm", "authors": ["Jane Smith"]})
    moved(small)
    small.write("1", {"title": "Cells", "authors": ["Jane Smith", "Bo Test"], "topics": ["Law"]})
    small.write("2", {"title": "Eggs", "authors": ["Jane Smith"], "topics": ["Law"]})
    found = moved(small)
    assert found["authors/jane-smth/"] == "authors/jane-smith/"
    assert found["topics/cels/"] == "topics/law/"


def test_a_list_that_had_the_pieces_before_is_not_where_they_went(small: Small) -> None:
    small.write("1", {"title": "Cells", "authors": ["Jane Smth", "Bo Test"]})
    small.write("2", {"title": "Eggs", "authors": ["Jane Smth", "Bo Test"]})
    moved(small)
    small.write("1", {"title": "Cells", "authors": ["Jane Smith", "Bo Test"]})
    small.write("2", {"title": "Eggs", "authors": ["Jane Smith", "Bo Test"]})
    assert moved(small)["authors/jane-smth/"] == "authors/jane-smith/"


def test_pieces_that_went_to_two_lists_together_lead_to_all(small: Small) -> None:
    moved(small)
    for number, title in (("1", "Cells"), ("2", "Eggs")):
        small.write(number, {"title": title, "authors": ["Jane Smith", "Ann Smith"]})
    assert moved(small)["authors/jane-smth/"] == "authors/"


def test_what_went_to_several_or_to_none_leads_to_all(small: Small) -> None:
    moved(small)
    small.write("1", {"title": "Cells", "authors": ["Jane Smith", "Bo Test"]})
    small.write("2", {"title": "Eggs", "authors": ["Jo Smith"], "topics": ["Law"]})
    found = moved(small)
    assert found.pop("authors/jane-smth/feed.xml") == "authors/"
    assert not (small.home / "public/authors/jane-smth/feed.xml").exists()
    assert found["authors/jane-smth/"] == "authors/"
    assert found["topics/cels/"] == "topics/"
    small.write("2", {"title": "Eggs", "authors": ["Jo Smith"]})
    found = moved(small)
    assert found["topics/law/"] == found["topics/"] == "issues/"
    assert 'url=/issues/"' in text(small, "topics/cels/index.html")


def test_a_correction_that_is_taken_back_is_no_circle(small: Small) -> None:
    moved(small)
    for name in ("Jane Smith", "Jane Smth", "Jane Smith"):
        small.write("1", {"title": "Cells", "authors": [name, "Bo Test"], "topics": ["Cels"]})
        small.write("2", {"title": "Eggs", "authors": [name], "topics": ["Law"]})
        moved(small)
    assert 'url=/authors/jane-smith/"' in text(small, "authors/jane-smth/index.html")


def test_sections_kinds_of_reviews_and_corrections(small: Small) -> None:
    film = {"kind": "film", "title": "Cells"}
    correction = {"date": "2012-05-01", "text": "No."}
    review = {"kind": "review", "title": "Review", "work": film, "corrections": [correction]}
    small.write("3", review)
    moved(small)
    small.write("3", {**review, "work": {**film, "kind": "book"}})
    assert moved(small)["reviews/film/"] == "reviews/book/"
    small.write("3", {"kind": "comment", "title": "Review"})
    found = moved(small)
    assert found["sections/reviews/"] == "sections/comment/"
    assert found["reviews/book/"] == found["reviews/"] == "issues/"


def test_a_part_of_a_list_leads_to_the_list(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "MOST", 1)
    small.write("3", {"title": "Sperm", "authors": ["Jane Smth"]}, day=date(2013, 1, 7))
    moved(small)
    assert (small.home / "public/authors/jane-smth/2013/index.html").exists()
    small.write("3", {"title": "Sperm", "authors": ["Jane Smth"]}, day=date(2012, 1, 7))
    found = moved(small)
    assert found["authors/jane-smth/2013/"] == "authors/jane-smth/"
    assert found["issues/2013/"] == "issues/"
    assert found["sections/news/2013/"] == "sections/news/"

    for number in "123":
        small.write(number, {"title": f"Piece {number}", "authors": ["Jane Smith"]})
    found = moved(small)
    assert found["authors/jane-smth/2012/"] == "authors/"


def test_lists_of_drafts_alone_are_nobodys_yet(small: Small) -> None:
    today = small.read().issues[0].day
    out = small.home / "public"
    published = site_of(small.read(today=today, drafts=True), out)
    assert "topics/law/index.html" in published
    without = small.read(today=today)
    assert moved_lists(published, without, out) == []


def test_a_row_that_an_editor_has_written_is_not_added_again(small: Small) -> None:
    moved(small)
    table = small.issues / "old-addresses.csv"
    table.write_text("address,to\nauthors/jane-smth/,authors/bo-test/\n", "utf-8")
    small.write("1", {"title": "Cells", "authors": ["Bo Test"], "topics": ["Cels"]})
    small.write("2", {"title": "Eggs", "authors": ["Jane Smith"], "topics": ["Law"]})
    assert "authors/jane-smth/" not in moved(small)
    assert 'url=/authors/bo-test/"' in text(small, "authors/jane-smth/index.html")
