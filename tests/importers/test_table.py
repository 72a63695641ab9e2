"""Tables with a row for each piece, as Excel, Google and websites save them."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.errors import UnreadableError
from newsletter.importers import Original, Piece, read
from newsletter.importers.protocol import Fit
from newsletter.importers.sources import table
from newsletter.importers.table.columns import WORDS, named_columns
from newsletter.model import ITEM_OF_SECTION
from tests.importers.a_publication import publication

PUBLICATION = publication()
PIECES = """\
Title,By,Date,Link,Text,Words
"A ""room"" of cells","Dr Ruth Example, University of Anytown",16/04/2012,https://museum.example/room,"A museum opens a room.

It has *no* visitors & 5 < 6 cells.",12

Second,BioNews,2012-04-13 00:00:00,,,
"""


def pieces(text: str | bytes, name: str = "pieces.csv", **more: Any) -> list[Piece]:
    content = text.encode() if isinstance(text, str) else text
    return read(Original(name, content, **more), PUBLICATION)


def values(piece: Piece) -> dict[str, Any]:
    return {name: found.value for name, found in piece.fields.items()}


def test_each_row_is_a_piece() -> None:
    first, second = pieces(PIECES)
    assert values(first) == {
        "title": 'A "room" of cells',
        "authors": [{"name": "Dr Ruth Example", "role": "University of Anytown"}],
        "date": date(2012, 4, 16),
        "url": "https://museum.example/room",
        "body": "A museum opens a room.\n\nIt has \\*no* visitors & 5 < 6 cells.",
    }
    assert values(second) == {
        "title": "Second",
        "authors": ["BioNews"],
        "date": date(2012, 4, 13),
    }
    assert first.fields["date"].rule == 'the column "Date"'
    assert first.left_out == ('What is in the column "Words": 12',)
    assert second.left_out == ()


@pytest.mark.parametrize(
    "content",
    [
        PIECES.encode(),
        PIECES.encode("utf-8-sig"),
        PIECES.encode("utf-16"),
        PIECES.encode("utf-16-le"),
        PIECES.replace("\n", "\r\n").encode("cp1252"),
    ],
    ids=["UTF-8", "Excel's UTF-8", "Excel's Unicode text", "UTF-16 without a mark", "Windows"],
)
def test_however_it_is_saved(content: bytes) -> None:
    assert [values(one) for one in pieces(content)] == [values(one) for one in pieces(PIECES)]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("note", [False, True])
def test_whatever_is_between_the_cells(separator: str, note: bool) -> None:
    rows = (("Title", "By", "Text"), ("Cells", "Ruth Example", '"One, two; three"'))
    text = "\r\n".join(separator.join(row) for row in rows)
    (piece,) = pieces(f"sep={separator}\r\n{text}" if note else text)
    assert values(piece) == {
        "title": "Cells",
        "authors": ["Ruth Example"],
        "body": "One, two; three",
    }


def test_letters_beyond_ascii_as_windows_has_them() -> None:
    (piece,) = pieces(
        "Title;By\nCaf\xe9 \x93cells\x94 \x96 now;Zo\xeb \xc9xample\n".encode("latin-1")
    )
    assert values(piece) == {"title": "Café “cells” – now", "authors": ["Zoë Éxample"]}


def test_excels_unicode_text_is_a_table_whatever_its_name_ends_in() -> None:
    text = "Title\tBy\r\nCells\tRuth Example\r\n"
    (piece,) = pieces(text.encode("utf-16"), "pieces.txt")
    assert values(piece) == {"title": "Cells", "authors": ["Ruth Example"]}


# Columns


def test_columns_are_known_by_the_names_of_fields_and_by_peoples_own() -> None:
    assert named_columns(["HEADLINE", "work.title", "Picture alt", " Closing Date: ", "Venue"]) == [
        "title",
        "work.title",
        "picture.alt",
        "closes",
        "place",
    ]


def test_every_column_is_a_field_of_some_item() -> None:
    fields = {name for item in ITEM_OF_SECTION.values() for name in item.model_fields}
    outer = {column.partition(".")[0] for column in WORDS}
    assert outer - fields == {"role", "number"}
    assert named_columns(WORDS) == list(WORDS)


def test_of_two_columns_for_one_field_the_second_is_left_out() -> None:
    (piece,) = pieces("Title,Headline\nOne,Two\n")
    assert values(piece) == {"title": "One"}
    assert piece.left_out == ('What is in the column "Headline": Two',)


def test_a_cell_beyond_the_columns_is_left_out() -> None:
    (piece,) = pieces("Title,Text\nOne,Two,Three\n")
    assert piece.left_out == ("What is in a column without a name: Three",)


def test_a_calendar() -> None:
    (piece,) = pieces(
        "Subject,Start Date,Start Time,End Date,End Time,All Day Event,Description,Location\r\n"
        'Open evening,05/30/2020,6:30 PM,05/30/2020,8:00 PM,False,"Come\nand see","1 High St, Anytown"'
    )
    assert values(piece) == {
        "title": "Open evening",
        "starts": "2020-05-30 18:30",
        "ends": "2020-05-30 20:00",
        "body": "Come\n\nand see",
        "place": "1 High St, Anytown",
    }
    assert piece.fields["starts"].rule == 'the column "Start Date, Start Time"'


def test_sources_roles_topics_and_numbers() -> None:
    (piece,) = pieces(
        "Headline\tRole\tAuthor\tTags\tIssue\tSection\tISBN\tSources\n"
        "Cells\tEditor\tRuth Example; Zoë Example\tmuseums, cells\tBioNews 652\tNotices"
        '\t978-1;978-2\t"Museum opens | The Times | 6 December 2010"\n',
        "cells.tsv",
    )
    assert values(piece) == {
        "title": "Cells",
        "authors": ["Ruth Example", {"name": "Zoë Example", "role": "Editor"}],
        "topics": ["museums", "cells"],
        "kind": "notice",
        "work.isbn": ["978-1", "978-2"],
        "sources": [{"title": "Museum opens", "publisher": "The Times", "date": date(2010, 12, 6)}],
    }
    assert piece.number == "652"


@pytest.mark.parametrize(
    ("word", "kind"),
    [("News", "news"), ("job", "job"), ("Adverts", "advert"), ("Book review", "review")],
)
def test_kinds(word: str, kind: str) -> None:
    (piece,) = pieces(f"Title,Kind\nCells,{word}\n")
    assert piece.fields["kind"].value == kind


def test_a_text_may_be_html_as_websites_save_it() -> None:
    (piece,) = pieces(
        'Title,Content\nCells,"<p>A <em>room</em></p><script>alert(1)</script><p>of cells</p>"\n'
    )
    assert values(piece)["body"] == "A *room*\n\nof cells"
    assert piece.left_out == ("A script.",)


# What is not certain is missing


@pytest.mark.parametrize(
    ("column", "cell", "field", "hint"),
    [
        ("Date", "2/4/2012", "date", '"2/4/2012": 2 April 2012 or 4 February 2012.'),
        ("Date", "soon", "date", 'The table says "soon".'),
        ("Deadline", "30/02/2012", "closes", 'The table says "30/02/2012".'),
        ("Start", "16 April 2012", "starts", 'The table says "16 April 2012".'),
        ("Author", "jsmith", "authors", 'The table says "jsmith".'),
        ("Author", "Ruth Example; desk", "authors", 'The table says "Ruth Example; desk".'),
        ("Link", "our site", "url", 'The table says "our site".'),
        ("Link", "javascript:alert(1)", "url", 'The table says "javascript:alert(1)".'),
        ("Photo", "lab.jpg", "picture.src", 'The table says "lab.jpg".'),
        ("Section", "Sundries", "kind", 'The table says "Sundries".'),
        ("Source", "https://a.example/b", "sources", 'The table says "https://a.example/b".'),
    ],
)
def test_what_is_not_certain_is_a_hint(column: str, cell: str, field: str, hint: str) -> None:
    (piece,) = pieces(f"Title,{column}\nCells,{cell}\n")
    assert list(piece.fields) == ["title"]
    assert piece.hints[field].endswith(hint)


# What cannot be read


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("Name,Text\nOne,Two\n", 1, "No column of this table is called Title."),
        ('Title,Text\nOne,"Two\nThree,Four\n', 3, "quotation marks of this table"),
        ('Title,Text\nOne,"Two" three\n', 2, "quotation marks of this table"),
        ("Title\n" + "One\n" * 501, None, "more than 500 rows"),
    ],
)
def test_a_table_that_cannot_be_read_says_why(text: str, line: int | None, message: str) -> None:
    with pytest.raises(UnreadableError, match=message) as refusal:
        pieces(text)
    (problem,) = refusal.value.problems
    assert (problem.path, problem.line) == (Path("pieces.csv"), line)


@pytest.mark.parametrize("name", ["pieces.xlsx", "pieces.xls", "pieces.ods", "pieces.numbers"])
def test_a_workbook_is_refused_with_what_to_do(name: str) -> None:
    with pytest.raises(UnreadableError, match="choose File, Save As, CSV UTF-8"):
        pieces(b"PK\x03\x04", name)


@pytest.mark.parametrize(
    ("name", "media_type", "text", "expected"),
    [
        ("pieces.csv", "", "Title\n", Fit.YES),
        ("pieces", "text/csv", "Title\n", Fit.YES),
        ("pasted", "text/plain", "Title\tAuthor\nCells\tRuth Example\n", Fit.YES),
        ("pasted", "text/plain", "Title\nCells\n", Fit.NO),
        ("letter.txt", "", "Dear editor,\n\nTitle, Author and Text are below.\n", Fit.NO),
        ("pieces.csv", "", "\x01\x02", Fit.NO),
    ],
)
def test_what_is_taken_for_a_table(name: str, media_type: str, text: str, expected: Fit) -> None:
    assert table.fit(Original(name, text.encode(), media_type=media_type)) is expected


@given(
    cells=st.lists(
        st.text(st.characters(categories=("L", "N", "P", "Zs")), min_size=1, max_size=20).filter(
            str.strip
        ),
        min_size=1,
        max_size=5,
    )
)
def test_no_cell_is_lost(cells: list[str]) -> None:
    quoted = ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)
    names = ",".join(f"Column {number}" for number in range(len(cells)))
    (piece,) = pieces(f"Title,{names}\nCells,{quoted}\n")
    assert [line.partition(": ")[2] for line in piece.left_out] == [cell.strip() for cell in cells]


@pytest.mark.parametrize("column", ["Start", "Date", "Author", "Sources", "Tags", "Link", "Issue"])
@pytest.mark.parametrize("text", ["10:00 ", "Ruth Example; ", "1\n", "a@"])
def test_an_endless_cell_is_read_in_bounded_time(column: str, text: str) -> None:
    endless = text * (1_000_000 // len(text))
    started = time.process_time()
    (piece,) = pieces(f'Title,{column}\nCells,"{endless}"\n')
    assert time.process_time() - started < 5
    assert all(len(hint) < 300 for hint in piece.hints.values())


@pytest.mark.parametrize(
    "text", ["Title" + "," * 1_000_000, '"' * 1_000_001, "Title\n" + ',"' * 99_999]
)
def test_endless_rows_are_read_in_bounded_time(text: str) -> None:
    started = time.process_time()
    with pytest.raises(UnreadableError):
        pieces(text)
    assert time.process_time() - started < 5
