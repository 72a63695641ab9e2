"""What others copy from a page is clean, says where it appeared, and keeps pictures to their
licences."""

from __future__ import annotations

from html import unescape
from pathlib import Path

import pytest
import yaml

from tests.archive.pages_made import LONG, Elements, all_kinds, pages_of

_SENDS_NOTHING = {"h1", "h2", "h3", "p", "a", "em", "sub", "sup", "ol", "ul", "li", "cite", "br"}


def copies(page: str) -> tuple[str, str]:
    """Return the HTML and the text of a page's two boxes."""
    boxes = [part.partition("</textarea>")[0] for part in page.split("<textarea")[1:]]
    html, text = (unescape(box.partition(">\n")[2]) for box in boxes)
    return html, text


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return pages_of(all_kinds(tmp_path_factory.mktemp("kinds")).read())


def test_the_html_is_clean(pages: dict[str, str]) -> None:
    html, _ = copies(pages["652/a-step-closer-to-h2o/"])
    elements = Elements(html).all
    assert {tag for tag, _ in elements} <= _SENDS_NOTHING
    assert {name for _, attributes in elements for name in attributes} == {"href"}


@pytest.mark.parametrize("copy", [0, 1])
def test_each_copy_has_the_text_its_author_and_where_it_appeared(
    pages: dict[str, str], copy: int
) -> None:
    content = copies(pages["652/a-step-closer-to-h2o/"])[copy]
    assert "Every word of this text is a stand-in" in content
    assert "Michelle Sample" in content
    assert "BioNews 652" in content
    assert "https://archive.example.org/652/a-step-closer-to-h2o/" in content
    assert "The Sample Times" in content


def test_a_picture_goes_with_it_only_under_a_licence(pages: dict[str, str]) -> None:
    with_licence, without = pages["652/film-review-a-sample/"], pages["652/a-step-closer-to-h2o/"]
    (image,) = Elements(copies(with_licence)[0]).named("img")
    assert image["src"].startswith("https://archive.example.org/pictures/652/lab-")
    assert "CC BY 4.0" in copies(with_licence)[0]
    assert "The picture is included, under CC BY 4.0." in with_licence
    assert Elements(copies(without)[0]).named("img") == []
    assert "The picture is left out" in without


def test_a_reference_to_another_issue_is_a_whole_address(tmp_path: Path) -> None:
    item = {"title": "One", "body": "See BioNews 651."}
    small = all_kinds(tmp_path, [{"kind": "news", "items": [item]}])
    page = pages_of(small.read())["652/one/"]
    assert 'see <a href="/651/">' in page.lower()
    assert '<a href="https://archive.example.org/651/">BioNews 651</a>' in copies(page)[0]


def test_there_is_no_box_without_terms(tmp_path: Path) -> None:
    small = all_kinds(tmp_path, [{"kind": "news", "items": [{"title": "One", "body": LONG}]}])
    publication = small.issues / "publication.yaml"
    fields = yaml.safe_load(publication.read_text("utf-8"))
    del fields["pages"]["republish"]
    publication.write_text(yaml.safe_dump(fields), encoding="utf-8")
    assert "<textarea" not in pages_of(small.read())["652/one/"]


def test_text_that_would_end_the_box_stays_in_it(tmp_path: Path) -> None:
    title = "</textarea><script>alert(1)</script>"
    items = [{"title": title, "slug": "one", "body": f"{title} {LONG}"}]
    page = pages_of(all_kinds(tmp_path, [{"kind": "news", "items": items}]).read())["652/one/"]
    assert page.count("</textarea>") == 2
    html, text = copies(page)
    assert "<script" not in html
    assert title in text
    assert "&lt;script&gt;" in html


def test_only_the_newsletters_own_pieces_have_a_box(pages: dict[str, str]) -> None:
    with_box = [path for path, page in pages.items() if "<textarea" in page]
    assert with_box == [
        "651/last-week/",
        "652/a-step-closer-to-h2o/",
        "652/film-review-a-sample/",
    ]
