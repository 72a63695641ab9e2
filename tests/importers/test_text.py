"""Markdown and plain text, with and without fields above it."""

from __future__ import annotations

import re
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.errors import UnreadableError
from newsletter.importers import Fit, Original, Piece
from newsletter.importers.plain_text import literal, markdown_of_text
from newsletter.importers.sources import page_text, text
from newsletter.text.markdown import to_text, tokens
from newsletter.text.normalise import letters
from tests.importers.golden_pages import context

PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)


def read(content: str | bytes, name: str = "piece.md", path: Path | None = None) -> Piece:
    raw = content if isinstance(content, bytes) else content.encode()
    (piece,) = text.read(Original(name, raw, path=path), context())
    return piece


def values(piece: Piece) -> dict[str, Any]:
    return {name: found.value for name, found in piece.fields.items()}


def shown(markdown: str) -> str:
    """Return what readers see of a text."""
    return to_text(tokens(markdown), 10_000)


# Fields above the text


def test_our_own_fields_are_taken_as_they_are() -> None:
    piece = read(
        "---\ntitle: 'Book Review: Cells'\nkind: review\nauthors:\n  - name: Ruth Stone\n"
        "    role: Lecturer\ndate: 2012-04-16\nteaser: Cells heal...\nlead: true\n"
        "work:\n  kind: book\n  title: Cells\n  isbn: [978-0000000016]\n"
        "picture: {src: images/lab.jpg, alt: A lab}\n---\nThe book is good.\n"
    )

    assert values(piece) == {
        "title": "Book Review: Cells",
        "kind": "review",
        "authors": [{"name": "Ruth Stone", "role": "Lecturer"}],
        "date": date(2012, 4, 16),
        "teaser": "Cells heal...",
        "lead": True,
        "work.kind": "book",
        "work.title": "Cells",
        "work.isbn": ["978-0000000016"],
        "picture.src": "images/lab.jpg",
        "picture.alt": "A lab",
        "body": "The book is good.",
    }


JEKYLL = (
    "---\nlayout: post\ntitle: Cells that heal\ndate: 2012-04-16 10:00:00 +0100\nauthor: Ruth Stone\n"
    "categories: [news]\ntags: [cells, healing]\nimage: /assets/lab.png\n---\n"
)
HUGO = (
    '+++\ntitle = "Cells that heal"\ndate = 2012-04-16T10:00:00Z\nauthors = ["Ruth Stone"]\n'
    'categories = ["News"]\ntags = ["cells", "healing"]\nimage = "/assets/lab.png"\nlayout = "post"\n'
    "+++\n"
)
PELICAN = (
    "Title: Cells that heal\nDate: 2012-04-16 10:20\nAuthors: Ruth Stone\nCategory: News\n"
    "Tags: cells, healing\nImage: /assets/lab.png\nLayout: post\n\n"
)


@pytest.mark.parametrize("fields", [JEKYLL, HUGO, PELICAN], ids=["Jekyll", "Hugo", "Pelican"])
def test_fields_of_other_programs_are_taken_if_they_are_known(fields: str) -> None:
    piece = read(f"{fields}\n# Cells that *heal*\n\nThey do.\n")

    assert values(piece) == {
        "title": "Cells that heal",
        "date": date(2012, 4, 16),
        "authors": ["Ruth Stone"],
        "kind": "news",
        "topics": ["cells", "healing"],
        "body": "They do.",
    }
    assert piece.hints == {"picture.src": "The text says: /assets/lab.png"}
    assert [line.lower() for line in piece.left_out] == ["layout: post"]


@pytest.mark.parametrize(
    ("field", "hint"),
    [
        ("author: jstone", {"authors": "The text says: jstone"}),
        ("date: soon", {"date": "The text says: soon"}),
        ("date: 2/4/2012", {"date": "2/4/2012 is 2 April 2012 or 4 February 2012."}),
        ("tags: cells healing", {"topics": "The text says: cells healing"}),
    ],
)
def test_a_field_whose_value_is_in_doubt_is_a_hint(field: str, hint: dict[str, str]) -> None:
    piece = read(f"---\ntitle: Cells\n{field}\n---\nThey heal.")

    assert values(piece) == {"title": "Cells", "body": "They heal."}
    assert piece.hints == hint


@pytest.mark.parametrize("title", ["2012-04-16", "yes", "404"])
def test_a_title_is_a_text_whatever_it_looks_like(title: str) -> None:
    assert values(read(f"---\ntitle: {title}\n---\nThey heal."))["title"] == title


def test_a_title_that_is_a_list_is_none() -> None:
    assert "title" not in values(read("---\ntitle: [Cells, fish]\n---\nThey heal."))


def test_fields_that_are_no_yaml_stay_in_the_text() -> None:
    piece = read("---\n- Cells\n- heal\n---\n\nThey do.")

    assert "Cells" in values(piece)["body"]


def test_a_heading_that_is_not_the_title_stays() -> None:
    piece = read("---\ntitle: Cells\n---\n# They heal\n\nThey do.")

    assert values(piece)["body"] == "# They heal\n\nThey do."


def test_lines_with_labels_alone_are_read_as_an_opening() -> None:
    piece = read("Title: Cells\nBy: Ruth Stone\n\nThey heal.", "piece.txt")

    assert values(piece) == {"title": "Cells", "authors": ["Ruth Stone"], "body": "They heal."}


# Markdown


def test_markdown_of_ours_stays_byte_for_byte() -> None:
    body = "They *heal*, H~2~O  or not,\nand [well](https://a.example/b_c).\n\n- one\n- two[^1]"
    piece = read(f"# Cells\n\n{body}\n\n[^1]: A note.")

    assert values(piece)["body"] == f"{body}\n\n[^1]: A note."


def test_markdown_of_others_is_written_anew() -> None:
    piece = read(
        "Cells\n=====\n\n<b>They</b> heal.<!--more-->\n\nHow\n---\n\n```\ncode\n```\n\n"
        "{% include ad.html %}\n\n[Well][1]\n\n[1]: https://a.example/\n"
    )

    assert values(piece)["title"] == "Cells"
    body = values(piece)["body"]
    assert "**They** heal." in body
    assert "## How" in body
    assert "code" in body
    assert "[Well](https://a.example/)" in body
    assert piece.left_out == ("A tag of the site's generator: {% include ad.html %}",)


def test_tags_in_code_are_text_and_any_others_are_left_out() -> None:
    piece = read(
        "# Cells\n\n{% ad %}They heal: `{{ cell }}`, {{ ad }}as ~~~ says.\n\n"
        "```\n{% raw %}{{ fish }}{% endraw %}\n```\n\n{{< ad >}}\n"
    )
    body = values(piece)["body"]
    assert "They heal: `{{ cell }}`, as ~~~ says." in body
    assert "`{{ fish }}`" in body
    assert [line.rpartition(": ")[2] for line in piece.left_out] == [
        "{% ad %}",
        "{{ ad }}",
        "{{< ad >}}",
    ]


def test_a_picture_beside_the_text_comes_with_it(tmp_path: Path) -> None:
    (tmp_path / "My lab.png").write_bytes(PNG)
    (tmp_path / "no picture.png").write_bytes(b"text")
    path = tmp_path / "piece.md"
    text_ = "# Cells\n\n![A lab](My%20lab.png)\n\n![x](no%20picture.png)\n\nThey heal.\n"

    piece = read(text_, path=path)

    (picture,) = piece.pictures
    assert (picture.name, picture.content) == ("my-lab-1.png", PNG)
    assert "![A lab](images/my-lab-1.png" in values(piece)["body"]


@pytest.mark.parametrize(
    "source",
    ["../secret.png", "/etc/passwd", "C:/secret.png", "file:///etc/passwd", "..%2Fsecret.png",
     "sub/../../secret.png", "link.png", "https://a.example/lab.png", "a%00b.png"],
)  # fmt: skip
def test_no_picture_is_read_from_elsewhere(source: str, tmp_path: Path) -> None:
    folder = tmp_path / "pieces"
    (folder / "sub").mkdir(parents=True)
    (tmp_path / "secret.png").write_bytes(PNG)
    (folder / "link.png").symlink_to(tmp_path / "secret.png")

    piece = read(f"# Cells\n\n![A lab]({source})\n\nThey heal.\n", path=folder / "piece.md")

    assert piece.pictures == ()
    assert "They heal." in values(piece)["body"]


# Plain text


def test_broken_lines_are_joined_and_others_stay() -> None:
    broken = (
        "A team in Leeds, which has been working on cells for many years, has now\n"
        "found that cells heal. That is the news, and it is good news for everybody\n"
        "who has cells."
    )
    assert markdown_of_text(f"Cells that heal\nBy Ruth Stone\n\n{broken}\n") == (
        f"Cells that heal\\\nBy Ruth Stone\n\n{broken.replace(chr(10), ' ')}"
    )


def test_long_lines_that_begin_with_a_capital_stay_lines() -> None:
    text_ = (
        "Looking back at the last 20 years of cells, and forward to the next 20\n"
        "Professor Ruth Stone and Dr Sam Hill, Anytown Educational Trust\n03 June 2019"
    )
    assert markdown_of_text(text_) == text_.replace("\n", "\\\n")


def test_a_flowed_text_is_joined_at_its_spaces() -> None:
    assert markdown_of_text("Cells \nheal.\nWell.") == "Cells heal.\\\nWell."


def test_lists_of_word_processors_become_lists() -> None:
    plain = "Why:\n\n•\tCells heal\n•\tThey heal twice,\n\tand well\n\n1.\tFirst\n2)\tSecond"

    assert markdown_of_text(plain) == (
        "Why:\n\n- Cells heal\n- They heal twice, and well\n\n1. First\n2) Second"
    )


def test_a_dash_or_a_number_within_a_line_begins_no_item() -> None:
    line = "IVF - a technique * is safe at 42. So is it 7) for most."

    assert markdown_of_text(line) == line
    assert markdown_of_text(f"* {line}") == f"- {line}"


@pytest.mark.parametrize("mark", ["====", "-----", "~~~~~"])
def test_underlined_lines_are_headings(mark: str) -> None:
    assert markdown_of_text(f"How\n{mark}\nThey heal.") == "## How\n\nThey heal."


@pytest.mark.parametrize("line", ["<!-- a -->", "[a]: https://b.example/", "a \\_b", "R&amp;D"])
def test_nothing_that_markdown_hides_is_lost(line: str) -> None:
    assert shown(markdown_of_text(f"Above.\n\n{line}\n\nBelow.")).split("\n\n")[1] == line


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_a_text_is_read_in_its_encoding(encoding: str) -> None:
    raw = "Zoë’s cells\r\n\r\nThey heal – well.\r\n".encode(encoding)
    piece = read(raw, "piece.txt")

    assert values(piece) == {"title": "Zoë’s cells", "body": "They heal – well."}


def test_the_encoding_that_a_mail_names_is_used() -> None:
    original = Original("-", "Жизнь\n\nОна есть.\n".encode("koi8-r"), charset="koi8-r")
    (piece,) = text.read(original, context())

    assert values(piece)["title"] == "Жизнь"


LINES = st.lists(
    st.one_of(
        st.sampled_from(
            ["- a", "* b", "•\tc", "1. d", "====", "----", "# e", "> f", "<!-- g -->", "[h]: i",
             "```", "    j", "<b>k</b>", "l \\", "_m_ *n* **o**", "p*q_r~s", "| t | u |", "&lt;",
             "[v](w)", "![x](y)", "[^z]: 1", "~~~", "1) 2", "***", "+ 3", "www.a.example", "(1)"]
        ),
        st.text(alphabet="ab *_~^`[]()<>#-+.!|\\&:1\t", max_size=12),
    ),
    max_size=8,
)  # fmt: skip


@given(LINES)
def test_a_literal_line_is_read_as_it_is(lines: list[str]) -> None:
    for line in lines:
        plain = " ".join(line.split())
        assert letters(shown(literal(line))) == letters(plain)


@given(LINES)
def test_every_letter_of_a_plain_text_is_read_in_its_order(lines: list[str]) -> None:
    plain = "\n".join(lines)
    links = re.search(r"\]\(|!\[|\[\^", plain)  # written as in Markdown, they are Markdown

    if not links:
        assert _without_numbers(shown(markdown_of_text(plain))) == _without_numbers(plain)


def _without_numbers(text_: str) -> str:
    """Return the letters of a text. Markdown numbers a list anew if a number comes twice."""
    return re.sub(r"\d", "", letters(text_))


# Which files


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("piece.md", b"Cells heal.", Fit.YES),
        ("piece.txt", b"Cells heal.", Fit.YES),
        ("piece.txt", "Cells heal.".encode("utf-16"), Fit.YES),
        ("clipboard", b"Cells heal.", Fit.PERHAPS),
        ("piece.txt", b"%PDF-1.7 cells", Fit.NO),
        ("piece.txt", b"{\\rtf1 cells}", Fit.NO),
        ("piece.txt", b"PK\x03\x04", Fit.NO),
        ("piece.txt", b"<!DOCTYPE html><p>Cells", Fit.NO),
        ("piece.txt", b"\x00\x01\x02", Fit.NO),
        ("piece.txt", b"", Fit.NO),
        ("piece.gdoc", b'{"doc_id": "1"}', Fit.NO),
    ],
)
def test_what_is_text(name: str, content: bytes, expected: Fit) -> None:
    assert text.fit(Original(name, content)) is expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("Cells\n\n16 April 2012\nAppeared in BioNews 652\n\nThey heal.", Fit.YES),
        ("Cells\n\nPublished 16 April 2012 posted in News and appears in X 1\n\nA.", Fit.YES),
        ("News Letter Issue 652 (16 April 2012)\n\nWelcome", Fit.YES),
        ("Cells\n\n16 April 2012\n\nThey heal.", Fit.NO),
        ("Cells\n\nThey appeared in cells 12 times.", Fit.NO),
        ("# Cells\n\nAppeared in BioNews 652", Fit.NO),
        ("---\ntitle: Cells\n---\nAppeared in BioNews 652", Fit.NO),
        ("<html>Appeared in BioNews 652", Fit.NO),
        ("x" * 300_000, Fit.NO),
        (b"\x81\x81\x81".decode("latin-1"), Fit.NO),
    ],
)
def test_what_is_the_text_of_a_page(content: str, expected: Fit) -> None:
    raw = content.encode("latin-1") if content.startswith("\x81") else content.encode()

    assert page_text.fit(Original("page.txt", raw)) is expected


def test_a_text_of_many_megabytes_is_refused() -> None:
    with pytest.raises(UnreadableError, match=r"piece\.md: This text is larger than 250,000 bytes"):
        read("cells " * 100_000)


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(UnreadableError, match="no text in UTF-8"):
        read(b"\x81\x8d\x8f", "piece.txt")


@pytest.mark.parametrize(
    "hostile",
    ["[a](" * 50_000, "*a" * 100_000, "{%" * 100_000, "<a" * 100_000, "| - " * 50_000 + "\n|x",
     "Sources\n\n" * 20_000, "A\nB |  1 May 2010\n" * 12_000, "By A B, " * 30_000,
     "1 May 2010 - by A B\nC...\n" * 9_000, "\n" * 200_000, "Title: x\n" * 25_000, "[" * 60_000,
     "ISBN 978 0" * 20_000, "(" * 100_000, "[a](" + "x" * 200_000, "a: b\n" * 40_000],
    ids=range(16),
)  # fmt: skip
def test_a_hostile_text_takes_seconds_at_most(hostile: str) -> None:
    began = time.process_time()
    raw = f"Cells\n\n{hostile[:60_000]}\n".encode()
    for name in ("piece.md", "piece.txt"):
        read(raw, name)
    list(page_text.read(Original("page.txt", raw), context()))

    assert time.process_time() - began < 10
