"""WordPress exports, read as a stream: what is in them, and what no export has."""

from __future__ import annotations

import json
import tracemalloc
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from newsletter.errors import UnreadableError
from newsletter.importers import Original, read
from newsletter.importers.wordpress_export import posts_in, survey
from tests.importers.a_publication import publication
from tests.importers.wxr import END, HEAD, Post, write_export


def posts(path: Path) -> list[dict[str, Any]]:
    return list(posts_in(path, survey(path)))


def values(post: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of the piece that a post is."""
    original = Original(post["link"], json.dumps(post).encode(), address=post["link"])
    (piece,) = read(original, publication(), fetch=_no_picture)
    return {name: found.value for name, found in piece.fields.items()}


def _no_picture(address: str) -> Original:
    raise UnreadableError.at(Path("web"), None, f"{address} was not fetched", "")


def test_a_post_is_as_the_api_would_give_it(tmp_path: Path) -> None:
    terms = (("category", "Comment"), ("post_tag", "Cells &amp; eggs"))
    path = write_export(
        tmp_path / "export.xml", Post(7, "Cells &amp; &#8216;law&#8217;", terms=terms)
    )
    (post,) = posts(path)
    assert values(post) == {
        "title": "Cells & ‘law’",
        "url": "https://cells.example.org/piece-7/",
        "date": date(2011, 2, 21),
        "authors": ["Zoë Testwright"],
        "kind": "comment",
        "topics": ["Cells & eggs"],
        "body": "Cells live in a museum.\n\nThey are many.",
    }


def test_its_day_is_that_of_the_sites_own_clock(tmp_path: Path) -> None:
    path = write_export(tmp_path / "export.xml", Post(1, date="2011-02-20 23:59:00"))
    assert values(posts(path)[0])["date"] == date(2011, 2, 20)


def test_only_published_posts_are_there_and_the_rest_is_counted(tmp_path: Path) -> None:
    path = write_export(
        tmp_path / "export.xml",
        Post(1, comments=2),
        Post(2, status="draft"),
        Post(3, status="private"),
        Post(4, password="x" * 8),
        Post(5, type="page"),
        Post(6, type="revision", status="inherit"),
        Post(7, type="attachment", status="inherit", attachment="https://cells.example.org/a.jpg"),
    )
    found = survey(path)
    assert [post["link"] for post in posts_in(path, found)] == [Post(1).link]
    assert found.posts == 1
    assert found.left_out == {
        "comment": 2,
        "post (draft)": 1,
        "post (private)": 1,
        "post (with a password)": 1,
        "page (publish)": 1,
        "revision (inherit)": 1,
    }


def test_a_picture_is_found_wherever_it_is_in_the_file(tmp_path: Path) -> None:
    address = "https://cells.example.org/lab.jpg"
    custom = {"_wp_attachment_image_alt": "A lab"}
    path = write_export(
        tmp_path / "export.xml",
        Post(1, custom={"_thumbnail_id": "9"}),
        Post(9, type="attachment", status="inherit", attachment=address, custom=custom),
    )
    (post,) = posts(path)
    (media,) = post["_embedded"]["wp:featuredmedia"]
    assert (media["source_url"], media["alt_text"]) == (address, "A lab")


def test_what_ends_a_section_of_xml_is_text(tmp_path: Path) -> None:
    path = write_export(tmp_path / "export.xml", Post(1, content="Here ]]> it ends not."))
    assert "Here ]]> it ends not." in posts(path)[0]["content"]["rendered"]


def test_control_characters_do_not_stop_it(tmp_path: Path) -> None:
    path = write_export(tmp_path / "export.xml", Post(1, content="One\x0btwo\x1f."))
    assert posts(path)[0]["content"]["rendered"] == "<p>Onetwo.</p>"


ENTITIES = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>\n<rss'
EXTERNAL = '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>\n<rss'


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (HEAD.replace("<rss", ENTITIES, 1) + END, r":3: The file has a document type \(DTD\)"),
        (HEAD.replace("<rss", EXTERNAL, 1) + END, r"document type \(DTD\)"),
        (HEAD + Post(1).xml()[:-9], r":\d+: The export is damaged here, or ends too early"),
        (HEAD + "<item><title>a</b></item>" + END, r":13: The export is damaged here"),
        (HEAD + "<item><title>&unknown;</title></item>" + END, r"damaged here"),
        ("<rss><channel/></rss>", "This is no WordPress export"),
        ("", "This is no WordPress export"),
    ],
    ids=["entities", "external", "cut-off", "mismatched", "unknown-entity", "feed", "empty"],
)
def test_what_no_export_has_is_refused(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "export.xml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UnreadableError, match=message):
        survey(path)


def test_a_post_without_end_is_refused_early(tmp_path: Path) -> None:
    path = tmp_path / "export.xml"
    with path.open("w", encoding="utf-8") as file:
        file.write(f"{HEAD}<item><title>")
        for _ in range(20):
            file.write("a" * 1_000_000)

    tracemalloc.start()
    with pytest.raises(UnreadableError, match="more than 8,000,000 characters"):
        survey(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 40_000_000


def test_many_posts_take_the_memory_of_one(tmp_path: Path) -> None:
    content = "Cells live in a museum. " * 400
    path = write_export(tmp_path / "export.xml", *(Post(n, content=content) for n in range(1500)))
    found = survey(path)
    tracemalloc.start()
    count = sum(1 for _ in posts_in(path, found))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 1500
    assert peak < 6_000_000 < path.stat().st_size


def test_added_to_one_issue_it_is_refused_with_advice(tmp_path: Path) -> None:
    path = write_export(tmp_path / "export.xml", Post(1))
    with pytest.raises(UnreadableError, match="newsletter import"):
        read(Original("export.xml", path.read_bytes(), path), publication())
