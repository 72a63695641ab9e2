"""The feeds: by the rules of their formats, and as a reader's program gets them."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import feedparser
import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from newsletter.adding.old_addresses import add_old_addresses
from newsletter.archive.archive import Archive
from newsletter.archive.moved.pages import moved_pages
from newsletter.archive.pages import all_pages, feeds, topics
from newsletter.archive.parts.entries import Entry
from newsletter.archive.parts.feed_formats import Feed, atom
from newsletter.archive.reading import read_archive
from newsletter.manifest import Project
from tests.archive.pages_made import all_kinds
from tests.archive.small import BASE, Small
from tests.conftest import REPOSITORY
from tests.strategies import CHARACTERS, TRAPS

SCHEMA = etree.RelaxNG(file=Path(__file__).with_name("atom.rng"))
ARCHIVE = read_archive(Project(REPOSITORY / "issues"))
ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = (
    "<script>alert(1)</script>", "</title>", "]]>", "<![CDATA[x", "&amp;&lt;&#60;", "\"'><img src=x>", "{{ 7*7 }}",
    "<?php ?>", "a & b", *(trap for trap in TRAPS if "*" not in trap and "`" not in trap and "[" not in trap),
)  # fmt: skip


def files(archive: Archive) -> dict[str, bytes]:
    return {page.path: page.make() for page in feeds.pages(archive)}


def read(archive: Archive, path: str = "feed.xml") -> Any:
    content = files(archive)[path]
    SCHEMA.assertValid(etree.fromstring(content))
    return feedparser.parse(content)


def by_id(archive: Archive, path: str = "feed.xml") -> dict[str, Any]:
    return {entry.id: entry for entry in read(archive, path).entries}


@pytest.mark.parametrize("golden", ["everything", "full-text", "right-to-left", "japanese"])
def test_every_feed_of_a_golden_issue_is_as_its_format_asks(golden: str) -> None:
    archive = read_archive(Project(REPOSITORY / "tests" / "golden" / golden / "issues"))
    written = files(archive)
    assert len(written) >= 4
    for path, content in written.items():
        if path.endswith(".xml"):
            SCHEMA.assertValid(etree.fromstring(content))
        else:
            as_json_feed(content)


def as_json_feed(content: bytes) -> Any:
    """Return a JSON Feed with all that version 1.1 requires."""
    feed = json.loads(content)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"]
    assert feed["feed_url"].startswith("https://")
    for item in feed["items"]:
        assert item["id"]
        assert item["content_html"]
        assert all(author["name"] for author in item.get("authors", []))
    return feed


def test_a_program_finds_all_of_a_piece(small: Small) -> None:
    small.write(
        "652",
        {
            "file": "cells.md",
            "title": "*Cells* & <genes>",
            "body": "The **first** paragraph.\n\nThe second, with [a link](https://example.org/a).",
            "authors": [{"name": "Zoë Testwright", "role": "Curator"}],
            "topics": ["Stem cells"],
        },
    )
    [entry] = read(small.read()).entries
    assert entry.title_detail.type == "text/html"
    assert entry.title == "<em>Cells</em> &amp; &lt;genes&gt;"
    assert entry.link == f"{BASE}652/cells/"
    assert [tag.term for tag in entry.tags] == ["News Digest", "Stem cells"]
    assert [author.name for author in entry.authors] == ["Zoë Testwright"]
    assert entry.published == entry.updated == "2024-07-01T17:00:59+01:00"
    [content] = entry.content
    assert content.type == "text/html"
    assert "The <strong>first</strong> paragraph." in content.value
    assert 'href="https://example.org/a"' in content.value
    assert "Zoë Testwright</a>, Curator" in content.value


def test_both_formats_say_the_same() -> None:
    archive = read_archive(Project(REPOSITORY / "tests" / "golden" / "everything" / "issues"))
    written = files(archive)
    for path in (path for path in written if path.endswith(".xml")):
        root = etree.fromstring(written[path])
        items = json.loads(written[path.replace(".xml", ".json")])["items"]
        entries = root.findall(f"{ATOM}entry")
        assert len(entries) == len(items)
        for entry, item in zip(entries, items, strict=True):
            assert entry.findtext(f"{ATOM}id") == item["id"]
            assert entry.findtext(f"{ATOM}content") == item["content_html"]
            assert entry.findtext(f"{ATOM}published") == item["date_published"]
            assert entry.findtext(f"{ATOM}updated") == item["date_modified"]
            assert entry.find(f"{ATOM}link").get("href") == item["url"]


def test_links_and_pictures_are_whole_addresses() -> None:
    archive = read_archive(Project(REPOSITORY / "tests" / "golden" / "everything" / "issues"))
    written = files(archive)
    for attribute in ("href", "src", "srcset"):
        assert f'{attribute}=\\"https://'.encode() in written["feed.json"]
        assert f"{attribute}=&#34;https://".encode() in written["feed.xml"]
        for content in written.values():
            assert f'{attribute}=\\"/'.encode() not in content
            assert f"{attribute}=&#34;/".encode() not in content
            assert f'{attribute}=\\"#'.encode() not in content


def test_a_json_feed_has_no_field_without_a_value(small: Small) -> None:
    small.write("1", {"title": "A"})
    [item] = json.loads(files(small.read())["feed.json"])["items"]
    assert "authors" not in item
    assert all(item.values())


def test_a_picture_in_two_sizes_has_whole_addresses_of_both(tmp_path: Path) -> None:
    piece = {"title": "A", "body": "Words.\n\n![A row of dishes](images/lab.jpg)"}
    archive = all_kinds(tmp_path, [{"kind": "news", "items": [piece]}]).read()
    content = files(archive)["feed.json"].decode()
    sizes = re.findall(r'srcset=\\"([^"\\]+)', content)
    links = [link for several in sizes for link in several.split(", ")]
    assert len(links) == 2
    assert all(link.startswith(f"{BASE}pictures/652/") for link in links)


def test_a_program_that_scales_no_picture_shows_it_whole(tmp_path: Path) -> None:
    [first, *_] = json.loads(files(all_kinds(tmp_path).read())["feed.json"])["items"]
    pictures = lxml.html.fromstring(first["content_html"]).iter("img")
    sizes = [(picture.get("width"), picture.get("height")) for picture in pictures]
    assert sizes == [("640", "360"), ("500", "300")]


def test_a_program_that_knows_no_style_shows_all_of_a_piece(tmp_path: Path) -> None:
    items = json.loads(files(all_kinds(tmp_path).read())["feed.json"])["items"]
    news, review, event = (lxml.html.fromstring(item["content_html"]) for item in items[:3])
    byline = next(line for line in news.iter("p") if "Michelle" in line.text_content())
    assert "Amy Test" in byline.text_content()
    assert byline.get("class") is None
    [caption, _] = news.iter("figcaption")
    assert [child.tag for child in caption] == ["br"]
    assert caption.text == "A laboratory"
    assert "DVD: Shop One or Shop Two\nShops give us a share." in review.text_content()
    assert "<div" not in items[1]["content_html"]
    assert event.xpath("string(//a[@href='https://sample.test/debate'])") == "Book a place"


def test_a_program_knows_which_way_a_text_runs() -> None:
    folder = REPOSITORY / "tests" / "golden" / "right-to-left" / "issues"
    for path, content in files(read_archive(Project(folder))).items():
        if path.endswith(".json"):
            items = json.loads(content)["items"]
            texts = [item["content_html"].strip() for item in items]
            assert all(text.startswith('<div dir="rtl" lang="he">') for text in texts)
            assert all(text.endswith("</div>") for text in texts)


def test_the_newest_come_first_and_others_are_left_out(small: Small) -> None:
    for number in range(1, 13):
        small.write(str(number), *({"title": f"Piece {number} {n}"} for n in "abc"))
    archive = small.read()
    everything = [entry.link for entry in read(archive).entries]
    assert everything[:4] == [f"{BASE}12/piece-12-{n}/" for n in "abc"] + [f"{BASE}11/piece-11-a/"]
    assert len(everything) == 30
    assert len(read(archive, "sections/news/feed.xml").entries) == 20
    assert [entry.link for entry in read(archive, "issues/feed.xml").entries][:2] == [
        f"{BASE}12/",
        f"{BASE}11/",
    ]


def test_programs_that_sort_by_time_keep_the_order(small: Small) -> None:
    small.write("1", *({"title": f"Piece {n:03}"} for n in range(70)))
    small.write("2", {"title": "Another"})
    entries = read(small.read()).entries
    in_time = sorted(entries, key=lambda entry: entry.published, reverse=True)
    assert [entry.id for entry in in_time] == [entry.id for entry in entries]


def test_no_advert_is_in_a_feed_of_pieces(small: Small) -> None:
    advert = {"kind": "advert", "title": "Buy this", "advertiser": "A shop", "topics": ["Ink"]}
    small.write("1", {"title": "A piece", "topics": ["Ink"]}, advert)
    written = files(small.read())
    assert b"A piece" in written["topics/ink/feed.xml"]
    for path, content in written.items():
        assert b"Buy this" not in content, path


def test_a_correction_updates_a_piece_and_its_issue(small: Small) -> None:
    piece: dict[str, Any] = {"file": "a.md", "title": "A"}
    small.write("1", piece)
    before = by_id(small.read())

    corrections = [{"date": "2012-01-20", "text": "It was **not** so."}]
    small.write("1", piece | {"file": "a.md", "corrections": corrections})
    after = by_id(small.read())
    assert list(after) == list(before)
    [entry] = after.values()
    assert entry.updated == "2012-01-20T17:01:59+00:00"
    assert entry.published == "2012-01-09T17:00:59+00:00"
    assert "It was <strong>not</strong> so." in entry.content[0].value
    [issue] = read(small.read(), "issues/feed.xml").entries
    assert issue.updated > issue.published
    assert "It was <strong>not</strong> so." in issue.content[0].value


@pytest.mark.parametrize("day", ["2012-01-08", "2012-01-09", "2012-01-10"])
def test_each_correction_is_an_update(small: Small, day: str) -> None:
    seen = []
    for count in range(3):
        corrections = [{"date": day, "text": f"Correction {n}."} for n in range(count)]
        small.write("1", {"title": "A", "corrections": corrections})
        [entry] = read(small.read()).entries
        seen.append(entry.updated)
    assert sorted(set(seen)) == seen


def test_a_corrected_title_or_address_leaves_the_id_as_it_is(small: Small) -> None:
    small.write("1", {"file": "cells.md", "title": "Cels"})
    before = by_id(small.read())
    small.write("1", {"file": "cells.md", "title": "Cells", "slug": "all-about-cells"})
    after = by_id(small.read())
    assert list(after) == list(before)
    assert after != before


def test_a_piece_without_a_file_keeps_its_id_when_it_moves(small: Small) -> None:
    small.write("1", {"title": "Cels"})
    before = by_id(small.read())
    for title in ("Cells", "All about cells"):
        published = {f"{piece.path}index.html": f"\n{title}" for piece in small.read().pieces}
        small.write("1", {"title": title})
        archive = small.read()
        moved = moved_pages(published, archive)
        assert len(moved) == 1
        add_old_addresses(Project(small.issues), [page.row for page in moved])
    after = by_id(small.read())
    assert list(after) == list(before)
    assert [entry.link for entry in after.values()] == [f"{BASE}1/all-about-cells/"]


def test_a_feed_is_made_again_if_an_editor_says_where_a_piece_was(small: Small) -> None:
    def digest() -> bytes:
        return next(page.digest for page in feeds.pages(small.read()) if page.path == "feed.xml")

    small.write("1", {"title": "Cells"}, {"file": "eggs.md", "title": "Eggs"})
    table = small.issues / "old-addresses.csv"
    table.write_text("address,to\n1/sperm/,1/eggs/\n", "utf-8")
    before = digest()
    table.write_text("address,to\n1/cels/,1/cells/\n", "utf-8")
    assert digest() != before


def test_ids_do_not_depend_on_where_the_site_is(small: Small) -> None:
    small.write("1", {"title": "A"})
    elsewhere = read_archive(Project(small.issues), base="https://trial.example.org/x")
    assert list(by_id(small.read())) == list(by_id(elsewhere))


def test_every_piece_has_an_id_of_its_own(small: Small) -> None:
    small.write("1", {"file": "a.md", "title": "One", "slug": "b"}, {"title": "A"}, {"title": "B"})
    small.write("1a", {"file": "a.md", "title": "One"}, {"title": "A"})
    assert len(by_id(small.read())) == 5


def test_an_issue_without_pieces_has_feeds(small: Small) -> None:
    small.write(
        "1", {"title": "A pointer", "body": "", "url": "https://example.org/p", "teaser": "T"}
    )
    archive = small.read()
    assert read(archive).entries == []
    assert read(archive).feed.updated == "2012-01-09T17:00:00+00:00"
    [issue] = read(archive, "issues/feed.xml").entries
    assert 'href="https://example.org/p"' in issue.content[0].value


def test_an_empty_archive_has_no_feeds(small: Small) -> None:
    assert files(small.read()) == {}


def test_a_feed_changes_with_what_it_shows_and_with_nothing_else(small: Small) -> None:
    def digests() -> dict[str, bytes]:
        return {page.path: page.digest for page in feeds.pages(small.read())}

    for number in range(1, 30):
        small.write(str(number), {"title": f"Piece {number}"})
    before = digests()
    small.write("3", {"title": "Piece 3", "body": "Other words."})
    after = digests()
    assert after["issues/feed.xml"] == before["issues/feed.xml"]  # the newest 20
    assert after["feed.xml"] != before["feed.xml"]  # the newest 30

    small.write("29", {"title": "Piece 29", "body": "Other words."})
    assert not digests().items() & after.items()


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(small: Small, text: str) -> None:
    item = {
        "title": text,
        "authors": [{"name": text, "role": text}],
        "topics": [text],
        "teaser": f"x {text}",
    }
    small.write("1", item)
    archive = small.read()
    for path, content in files(archive).items():
        if path.endswith(".xml"):
            SCHEMA.assertValid(etree.fromstring(content))
    root = etree.fromstring(files(archive)["feed.xml"])
    [piece] = archive.pieces
    entry = root.find(f"{ATOM}entry")
    assert entry.find(f"{ATOM}title").attrib == {}
    assert entry.findtext(f"{ATOM}title") == piece.title
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == piece.authors[0].name
    assert [found.get("term") for found in entry.findall(f"{ATOM}category")][1] == piece.topics[
        0
    ].name
    assert "<script" not in entry.findtext(f"{ATOM}content")
    as_json_feed(files(archive)["feed.json"])


@pytest.mark.parametrize("reference", ["&#12;", "&#xC;", "&#1;", "&#0;", "&#xFFFF;", "&#xD800;"])
def test_no_control_character_reaches_xml(small: Small, reference: str) -> None:
    small.write("1", {"title": "A", "body": f"Before{reference}after"})
    content = files(small.read())["feed.xml"]
    SCHEMA.assertValid(etree.fromstring(content))


TEXT = st.text(CHARACTERS | st.sampled_from("\x00\x01\x0c\x1b<>&]'\""), min_size=1)
WORDS = TEXT.filter(lambda text: bool(visible(text).strip()))
MOMENT = datetime(2012, 4, 16, 17, tzinfo=UTC)


def visible(text: str) -> str:
    """Return a text as XML has it: without the characters that no XML has."""
    return "".join(each for each in text if each in "\t\n\r" or ord(each) >= 32)


@given(title=WORDS, name=WORDS, content=TEXT)
def test_any_text_comes_out_of_atom_as_it_went_in(title: str, name: str, content: str) -> None:
    entry = Entry(
        id="tag:example.org,2012:1",
        address=BASE,
        title=title,
        emphasised="",
        published=MOMENT,
        updated=MOMENT,
        authors=(name,),
        categories=(name,),
        summary=title,
        content=content,
    )
    written = atom(ARCHIVE, Feed("feed.xml", "", name, MOMENT, (entry,)))
    root = etree.fromstring(written)
    SCHEMA.assertValid(root)
    found = root.find(f"{ATOM}entry")
    assert found.findtext(f"{ATOM}content") == visible(content)
    assert found.findtext(f"{ATOM}author/{ATOM}name") == visible(name)
    assert found.findtext(f"{ATOM}summary") == visible(title)


def test_links_within_a_page_lead_to_it(small: Small) -> None:
    body = 'A claim.[^1] [Another](https://example.org/,%20/x), and `<a href="/x">`.\n\n[^1]: Its source.'
    small.write("1", {"title": "A", "body": body})
    [entry] = json.loads(files(small.read())["feed.json"])["items"]
    html = lxml.html.fragment_fromstring(entry["content_html"], create_parent="div")
    links = html.xpath(".//a/@href")
    assert f"{BASE}1/a/#note-1" in links
    assert f"{BASE}1/a/#ref-1" in links
    assert all(link.startswith("https://") for link in links)
    assert html.xpath(".//code")[0].text_content() == '<a href="/x">'


def test_what_the_publication_says_is_in_the_digest(small: Small) -> None:
    small.write("1", {"title": "A"})
    before = {page.digest for page in feeds.pages(small.read())}
    publication = small.issues / "publication.yaml"
    text = publication.read_text("utf-8")
    publication.write_text(text.replace("tagline: News", "tagline: Old news"), "utf-8")
    assert not before & {page.digest for page in feeds.pages(small.read())}


def test_a_text_that_was_kept_is_the_same(small: Small) -> None:
    small.write(
        "1", {"title": "A", "body": "*Words* and [a link](https://example.org/).\n\n## More"}
    )
    once = files(small.read())
    assert files(small.read()) == once
    small.write("1", {"title": "A", "body": "*Other* words."})
    assert b"Other" in files(small.read())["feed.json"]
    assert files(small.read()) != once


def test_a_list_of_adverts_has_no_feed_and_no_link_to_one(small: Small) -> None:
    advert = {"kind": "advert", "advertiser": "Uni", "url": "https://uni.test/", "topics": ["Law"]}
    small.write("1", {"title": "Cells"}, {"title": "Study with us", **advert})
    archive = small.read()
    assert "topics/law/index.html" in {page.path for page in topics.pages(archive)}
    assert "sections/news/feed.xml" in files(archive)
    assert not [path for path in files(archive) if path.startswith(("topics/law/", "sections/adv"))]
    [page] = [page for page in topics.pages(archive) if page.path == "topics/law/index.html"]
    assert b"topics/law/feed" not in page.make()
    assert b'href="/feed.xml"' in page.make()


def test_a_topic_that_is_called_as_its_section_is_said_once(small: Small) -> None:
    small.write("1", {"title": "Cells", "topics": ["News", "Law"]})
    archive = small.read()
    [section] = archive.sections
    small.write("1", {"title": "Cells", "topics": [str(section.name), "Law"]})
    [entry] = as_json_feed(files(small.read())["feed.json"])["items"]
    assert entry["tags"] == [str(section.name), "Law"]


def test_a_draft_is_in_no_feed_before_it_is_out(small: Small) -> None:
    small.write("1", {"title": "Cells", "authors": ["Zoe"]})
    small.write("2", {"title": "Eggs", "authors": ["Zoe", "Bo"], "topics": ["Law"]})
    today = small.read().issues[0].day
    drafts = small.read(today=today, drafts=True)
    assert {page.path for page in all_pages(drafts)} >= {
        "2/eggs/index.html",
        "topics/law/index.html",
    }
    assert [entry.title for entry in read(drafts).entries] == ["Cells"]
    assert [entry.title for entry in read(drafts, "authors/zoe/feed.xml").entries] == ["Cells"]
    assert len(read(drafts, "issues/feed.xml").entries) == 1
    assert not [path for path in files(drafts) if path.startswith(("authors/bo/", "topics/"))]
    [page] = [page for page in topics.pages(drafts) if page.path == "topics/law/index.html"]
    assert b"topics/law/feed" not in page.make()
    assert len(files(small.read())) == len(files(drafts)) + 4


def test_a_first_issue_that_is_a_draft_has_feeds_without_an_entry(small: Small) -> None:
    small.write("1", {"title": "Cells"})
    drafts = small.read(today=date(2012, 1, 1), drafts=True)
    assert set(files(drafts)) == {"feed.xml", "feed.json", "issues/feed.xml", "issues/feed.json"}
    assert read(drafts).entries == []
