"""Which importer reads what, and what nobody reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter.errors import UnreadableError
from newsletter.importers import Original, importer_of, read
from tests.importers.a_publication import publication
from tests.importers.golden_pages import FOLDER, PAGES


def reader(name: str, content: bytes) -> str:
    return importer_of(Original(name, content)).TITLE


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_read_as_one_even_from_the_clipboard(page: str) -> None:
    content = (FOLDER / f"{page}.txt").read_bytes()

    assert reader("clipboard", content) == "the text of a page of the website"
    assert reader("page.txt", content) == "the text of a page of the website"


@pytest.mark.parametrize("name", ["piece.md", "piece.txt", "-", "clipboard"])
def test_any_other_text_is_read_as_text(name: str) -> None:
    assert reader(name, b"Cells that heal\n\nBy Ruth Stone\n\nThey do.") == (
        "Markdown and plain text"
    )


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("piece.pdf", b"%PDF-1.7", "PDF"),
        ("piece.txt", b"%PDF-1.7", "PDF"),
        ("piece", b"{\\rtf1}", "Rich Text"),
        ("piece.odt", b"PK\x03\x04\x14\0mimetypeapplication/vnd.oasis.opendocument.text", "Open"),
        ("lab.jpg", b"\xff\xd8\xff\xe0", "picture"),
        ("talk.mp3", b"ID3\x03\0", "recording"),
        ("pieces.zip", b"PK\x03\x04one.docx", "zip"),
    ],
)
def test_what_nobody_reads_is_refused_with_advice(name: str, content: bytes, said: str) -> None:
    path = Path("inbox") / name

    with pytest.raises(UnreadableError, match=said) as refused:
        read(Original(name, content, path=path), publication())

    (problem,) = refused.value.problems
    assert problem.path == path
    assert problem.hint


def test_an_entry_without_a_word_is_no_piece() -> None:
    with pytest.raises(UnreadableError, match=r"^feed\.xml: There is no piece in this\."):
        read(Original("feed.xml", b"<rss><channel><item>"), publication())


def test_a_page_goes_through_all_repairs() -> None:
    content = (FOLDER / "film-review.txt").read_bytes()

    (piece,) = read(Original("page.txt", content), publication())

    assert piece.fields["title"].value == "Film Review: The Glass Cradle"
    assert piece.fields["work.credits"].value == [
        "Directed by Tom Ferrow",
        "Based on the book by Lena Quist",
    ]
