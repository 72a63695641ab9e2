"""Every link within a site leads to a page, and to a place in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter.archive.site.links import DeadLink, links_and_ids, names_of
from newsletter.archive.site.writing import compare_site, write_site
from tests.archive.site.sites import BASE, files, page, unmade

PAGE = "652/palaces/index.html"


@pytest.mark.parametrize(
    ("html", "link"),
    [
        ('<a href="/archive/596/">', "596/"),
        ('<a href="/archive/">', ""),
        ("<a href='/archive/596/#news'>", "596/#news"),
        ('<A CLASS="x"\nHREF = "/archive/596/">', "596/"),
        ('<a class="x"\nhref = "/archive/596/">', "596/"),
        ('<a href="https://www.bionews.org.uk/archive/feed.xml">', "feed.xml"),
        ('<link rel="canonical" href="https://www.bionews.org.uk/archive/1/?a=1&amp;b=2">', "1/"),
        ('<a href="../palaces/">', "652/palaces/"),
        ('<a href="#sources">', f"{PAGE}#sources"),
        ('<img src="/archive/pictures/652/lab.jpg">', "pictures/652/lab.jpg"),
        ('<a href="/archive/authors/zo%C3%AB/">', "authors/zoë/"),
        ('<a href="/archive/a&amp;b/">', "a&b/"),
        ("<loc>https://www.bionews.org.uk/archive/652/</loc>", "652/"),
        ('<a href="/shop/">', None),
        ('<a href="/archives/">', None),
        ('<a href="//other.example/archive/1/">', None),
        ('<a href="https://other.example/archive/1/">', None),
        ('<a href="http://www.bionews.org.uk/archive/1/">', None),
        ('<a href="mailto:editor@bionews.org.uk">', None),
        ('<a href="http://[">', None),
        ("<p>href=&quot;/archive/596/&quot;", None),
        ('<a data-href="/archive/596/">', None),
    ],
)
def test_where_a_page_leads(html: str, link: str | None) -> None:
    links, _ = links_and_ids(PAGE, html.encode(), BASE)
    assert links == ([] if link is None else [link])


def test_pictures_in_several_sizes() -> None:
    html = b'<img srcset="/archive/a-320.jpg 320w, /archive/a-640.jpg 640w">'
    assert links_and_ids(PAGE, html, BASE)[0] == ["a-320.jpg", "a-640.jpg"]


def test_the_places_in_a_page() -> None:
    html = b'<h2 id="news">, <p id=\'a&amp;b\' class=x>, <p data-id="no">'
    assert links_and_ids(PAGE, html, BASE)[1] == ["a&b", "news"]


def test_a_picture_has_neither() -> None:
    assert links_and_ids("a.jpg", b' href="/archive/1/" id="x"', BASE) == ([], [])


def dead(out: Path, *links: str) -> list[str]:
    """Return those of the links on a front page that lead nowhere."""
    some = [
        page("index.html", " ".join(links)),
        page("652/index.html", also='<p id="news">'),
        page("feed.xml"),
    ]
    found = write_site(some, out, base=BASE).dead_links
    assert {link.page for link in found} <= {"index.html"}
    return [link.link for link in found]


@pytest.mark.parametrize(
    "link", ["652/", "652/index.html", "652", "", "652/#news", "652/#", "652/#top", "feed.xml#x"]
)
def test_alive(tmp_path: Path, link: str) -> None:
    assert dead(tmp_path, link) == []


@pytest.mark.parametrize("link", ["653/", "652/#views", "652/x", "feed", "style.css", "652/news/"])
def test_dead(tmp_path: Path, link: str) -> None:
    assert dead(tmp_path, link, "652/") == [link]


def test_files_of_others_may_be_linked_to(tmp_path: Path) -> None:
    (tmp_path / "about").mkdir()
    (tmp_path / "about/index.html").write_text("")
    assert dead(tmp_path, "about/", "about/index.html", "contact/") == ["contact/"]


def test_without_a_base_no_link_is_checked(tmp_path: Path) -> None:
    assert write_site([page("index.html", "nowhere/")], tmp_path).dead_links == ()


def test_links_of_pages_that_stay_are_checked_against_those_that_change(tmp_path: Path) -> None:
    front = page("index.html", "652/ 652/#news 652/palaces/")
    piece = page("652/palaces/index.html")
    issue = page("652/index.html", also='<p id="news">')
    assert write_site([piece, issue, front], tmp_path, base=BASE).dead_links == ()

    changed = page("652/index.html", also='<p id="views">')
    kept = unmade([front])
    assert write_site([changed, *kept], tmp_path, base=BASE).dead_links == (
        DeadLink("index.html", "652/#news"),
        DeadLink("index.html", "652/palaces/"),
    )
    assert write_site(unmade([changed, front]), tmp_path, base=BASE).dead_links != ()


@pytest.mark.parametrize(
    "link",
    [
        *("zoë&co/", "zoë&amp;co/", "zo%C3%AB%26co/", "zo%c3%ab%26co/"),
        *("../1/zo%C3%AB%26co/", "/archive/1/zoë&amp;co/#top"),
    ],
)
def test_a_page_that_stays_is_looked_at_again_when_something_is_gone(
    tmp_path: Path, link: str
) -> None:
    place = "#top" if link.endswith("#top") else ""
    front = page("index.html", "1/")
    stays = page("1/index.html", also=f'<a href="{link}">')
    gone = page("1/zoë&co/index.html")
    assert write_site([front, stays, gone], tmp_path / "site", base=BASE).dead_links == ()

    kept = unmade([front, stays])
    expected = (DeadLink("1/index.html", f"1/zoë&co/{place}"),)
    assert compare_site(kept, tmp_path / "site", base=BASE).dead_links == expected
    assert write_site(kept, tmp_path / "site", base=BASE).dead_links == expected
    assert write_site([front, stays], tmp_path / "clean", base=BASE).dead_links == expected
    assert files(tmp_path / "site") == files(tmp_path / "clean")

    assert write_site([*kept, gone], tmp_path / "site", base=BASE).dead_links == ()
    write_site([front, stays, gone], tmp_path / "again", base=BASE)
    assert files(tmp_path / "site") == files(tmp_path / "again")


def test_no_page_is_read_for_what_only_programs_ask_for(tmp_path: Path) -> None:
    front, index = page("index.html"), page("search/index/earlier-0.bin")
    write_site([front, index, page("cards/1.png")], tmp_path, base=BASE)
    written = write_site([front], tmp_path, base=BASE)
    assert written.removed == ("cards/1.png", "search/index/earlier-0.bin")
    assert names_of(written.removed) == ()
    assert names_of(["1/zoë/index.html"]) != ()


def test_words_that_look_like_an_attribute_are_no_link() -> None:
    page = b'<p title="a > b">Write href="gone/" or id="here".</p><a\nhref=\'652/\' id=x id="top">BioNews</a>'
    assert links_and_ids("index.html", page, "https://a.org/") == (["652/"], ["top"])
