"""The sitemap: what search engines should know, and when it changed last."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from newsletter.archive.archive import Archive
from newsletter.archive.pages import sitemap
from tests.archive.small import BASE, Small

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def maps(archive: Archive) -> dict[str, dict[str, str]]:
    """Return, for each file, its addresses with their last changes."""
    found = {}
    for page in sitemap.pages(archive):
        root = etree.fromstring(page.make())
        places = root.xpath("s:loc/text() | */s:loc/text()", namespaces=NAMES)
        days = root.xpath("*/s:lastmod/text()", namespaces=NAMES)
        found[page.path] = dict(zip(places, days, strict=True))
    return found


def test_every_page_is_in_it_with_its_last_change(small: Small) -> None:
    corrections = [{"date": "2012-03-01", "text": "Not so."}]
    piece = {"title": "A", "authors": ["Zoë Testwright"], "topics": ["Cells"]}
    small.write("1", piece, {"title": "B", "corrections": corrections})
    small.write("2", {"title": "C"})
    found = maps(small.read())
    assert list(found) == ["sitemap.xml"]
    assert found["sitemap.xml"] == {
        f"{BASE}": "2012-01-16",
        f"{BASE}1/": "2012-03-01",
        f"{BASE}1/a/": "2012-01-09",
        f"{BASE}1/b/": "2012-03-01",
        f"{BASE}2/": "2012-01-16",
        f"{BASE}2/c/": "2012-01-16",
        f"{BASE}issues/": "2012-01-16",
        f"{BASE}sections/news/": "2012-01-16",
        f"{BASE}authors/zoe-testwright/": "2012-01-09",
        f"{BASE}topics/cells/": "2012-01-09",
        f"{BASE}corrections/": "2012-03-01",
    }


def test_it_is_made_again_only_if_a_page_is_new_or_corrected(small: Small) -> None:
    small.write("1", {"title": "A"})
    [before] = sitemap.pages(small.read())
    small.write("1", {"title": "A", "body": "Other words."})
    [same] = sitemap.pages(small.read())
    small.write("1", {"title": "A"}, {"title": "B"})
    [other] = sitemap.pages(small.read())
    assert before.digest == same.digest != other.digest


def test_many_pages_are_in_several_files(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "MOST", 4)
    small.write("1", *({"title": f"Piece {n}"} for n in range(6)))
    found = maps(small.read())
    assert list(found) == ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml", "sitemap.xml"]
    assert list(found["sitemap.xml"]) == [f"{BASE}sitemap-{n}.xml" for n in (1, 2, 3)]
    assert [len(part) for part in found.values()] == [4, 4, 2, 3]


def test_an_archive_without_issues_has_none(small: Small) -> None:
    assert maps(small.read()) == {}


def test_a_draft_is_for_no_search_engine_before_it_is_out(tmp_path: Path) -> None:
    small = Small(tmp_path)
    small.write("1", {"title": "Cells", "authors": ["Zoe"]})
    small.write("2", {"title": "Eggs", "authors": ["Zoe", "Bo"]})
    today = small.read().issues[0].day
    [page] = sitemap.pages(small.read(today=today, drafts=True))
    written = page.make().decode()
    assert "/1/cells/" in written
    assert "/authors/zoe/" in written
    assert "/2/" not in written
    assert "/authors/bo/" not in written
    assert str(today) in written
    [only] = sitemap.pages(small.read(today=date(2012, 1, 1), drafts=True))
    assert "/1/" not in only.make().decode()
