"""What the lines above a review say of its work, and where to buy it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from newsletter.importers.composing import piece_of
from newsletter.importers.lines.buy_links import groups_in
from newsletter.importers.lines.work_lines import work_line
from newsletter.importers.piece import Found, Piece
from tests.importers.a_publication import publication

REVIEW = "The work is good. One would like more of it."


def read(markdown: str) -> Piece:
    return piece_of(markdown, publication())


def values(piece: Piece) -> dict[str, Any]:
    return {name: found.value for name, found in piece.fields.items()}


@pytest.mark.parametrize(
    ("line", "groups"),
    [
        ("Buy this film on DVD from Amazon UK or Amazon USA", ["DVD: Amazon UK or Amazon USA"]),
        ("Buy this book from Amazon UK.", ["Book: Amazon UK"]),
        ("Buy 'Cells' from Hearth Books", ["Buy: Hearth Books"]),
        (
            "Buy Cells on DVD from A or B, and buy the book by Lena Quist on which the film is"
            " based from C or D.",
            ["DVD: A or B", "Book: C or D"],
        ),
        ("Watch the film online", ["Watch online: Watch the film online"]),
        ("Watch the programme on BBC iPlayer", ["Watch: BBC iPlayer"]),
        ("Listen to the programme online", ["Listen online: Listen to the programme online"]),
        ("Rent the film from A, B or C", ["Film: A or B or C"]),
    ],
)
def test_where_a_work_is_available(line: str, groups: list[str]) -> None:
    found = groups_in(line)

    assert found is not None
    assert [group.words for group in found] == groups


@pytest.mark.parametrize(
    "line",
    [
        "Watch this space.",
        "Buy less, and think more about it.",
        "Watch what happens to the cells from the second week on, when nobody looks at them.",
        "The film can be bought on DVD from Amazon UK.",
        "Buyers beware.",
    ],
)
def test_a_sentence_is_no_place_to_buy_a_work(line: str) -> None:
    assert groups_in(line) is None


def test_links_with_addresses_become_groups() -> None:
    piece = read(
        "Film Review: Cells\n\nBy Ruth Stone\n\nDirected by Tom Ferrow\n\n"
        "Buy this film on DVD from [Amazon UK](https://uk.example/1) or"
        " [Amazon USA](https://us.example/1)\n\n"
        f"{REVIEW}\n\nMore of it.\n\nBuy the book from [Amazon UK](https://uk.example/2)"
    )

    assert values(piece)["work.links"] == [
        {
            "label": "DVD",
            "links": [
                {"name": "Amazon UK", "url": "https://uk.example/1"},
                {"name": "Amazon USA", "url": "https://us.example/1"},
            ],
        },
        {"label": "Book", "links": [{"name": "Amazon UK", "url": "https://uk.example/2"}]},
    ]
    assert values(piece)["body"] == f"{REVIEW}\n\nMore of it."
    assert piece.hints == {}


def test_links_without_addresses_are_a_hint_and_none_is_invented() -> None:
    piece = read(
        "Film Review: Cells\n\nBy Ruth Stone\n\n"
        f"Buy this film on DVD from Amazon UK or [Amazon USA](https://us.example/1)\n\n{REVIEW}"
    )

    (group,) = values(piece)["work.links"]
    assert group["links"] == [{"name": "Amazon USA", "url": "https://us.example/1"}]
    assert any("Amazon UK or Amazon USA" in line for line in piece.left_out)


@pytest.mark.parametrize(
    ("line", "kind", "fields"),
    [
        ("Directed by Tom Ferrow", "film", {"credits": ["Directed by Tom Ferrow"]}),
        ("Edited by A and B", "book", {"credits": ["Edited by A and B"]}),
        ("by Hanna Lorre", "book", {"credits": ["by Hanna Lorre"]}),
        ("Published by Saltmarsh Press", "book", {"publisher": "Saltmarsh Press"}),
        ("ISBN-10: 000000001X", "book", {"isbn": ["000000001X"]}),
        ("ISBN 978-0-00-000001-6", "book", {"isbn": ["978-0-00-000001-6"]}),
        (
            "ISBN-10: 0000000019, ISBN-13: 978-0000000016",
            "book",
            {"isbn": ["0000000019", "978-0000000016"]},
        ),
        ("BBC Radio 4, 3 April 2012", "radio",
         {"channel": "BBC Radio 4", "broadcast": date(2012, 4, 3)}),
        ("Broadcast on Channel 4 on Tuesday 3 April 2012", "tv",
         {"channel": "Channel 4", "broadcast": date(2012, 4, 3)}),
        ("More4", "tv", {"channel": "More4"}),
        ("Until 30 October 2011", "exhibition", {"dates": "Until 30 October 2011"}),
        ("10am to 5pm, 1-3 May 2012", "event", {"dates": "10am to 5pm, 1-3 May 2012"}),
        ("Museum of Cells, 1 High Street, Anytown", "exhibition",
         {"venue": "Museum of Cells, 1 High Street, Anytown"}),
        ("Venue: The Old Brewery", "theatre", {"venue": "The Old Brewery"}),
    ],
)  # fmt: skip
def test_lines_about_a_work(line: str, kind: str, fields: dict[str, Any]) -> None:
    found = work_line(line, kind, "en-GB")

    assert found is not None
    assert found.fields == fields


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Starring Ruth Stone, the film is set in Leeds.", "film"),
        ("By the end of it, one wants more.", "book"),
        ("The Museum of Cells is small.", "exhibition"),
        ("BBC2, 3 April 2012", "book"),
        ("Until 30 October 2011", "film"),
        ("ISBN 12 is not one", "book"),
        ("A film about cells", "film"),
    ],
)
def test_lines_that_are_not_about_a_work(line: str, kind: str) -> None:
    assert work_line(line, kind, "en-GB") is None


def test_the_author_of_a_book_is_never_that_of_the_review() -> None:
    piece = read(
        "Book Review: Cells\n\nCells: A History\n\nby Hanna Lorre\n\nPublished by Saltmarsh Press\n\n"
        f"{REVIEW}"
    )

    assert "authors" not in piece.fields
    assert values(piece)["work.credits"] == ["by Hanna Lorre"]
    assert values(piece)["work.title"] == "Cells: A History"


def test_a_byline_just_above_the_publisher_is_a_hint() -> None:
    piece = read(f"Book Review: Cells\n\nBy Hanna Lorre\n\nPublished by Salt Press\n\n{REVIEW}")

    assert "authors" not in piece.fields
    assert piece.hints == {"authors": "By Hanna Lorre: is it the review or the book?"}


def test_the_reviewer_and_the_work_are_told_apart() -> None:
    piece = read(
        "Book Review: Cells\n\nBy Ruth Stone\n\nCells\n\nby Hanna Lorre\n\nPublished by Salt Press\n\n"
        f"ISBN: 978-0000000016\n\nCaption: A cell\n\n{REVIEW}"
    )

    assert values(piece)["authors"] == ["Ruth Stone"]
    assert values(piece)["work.credits"] == ["by Hanna Lorre"]
    assert values(piece)["picture.caption"] == "A cell"
    assert values(piece)["body"] == REVIEW


def test_a_line_between_credits_is_a_credit() -> None:
    piece = read(
        "Film Review: Cells\n\nBy Ruth Stone\n\nDirected by Tom Ferrow\n\nCertificate 12A\n\n"
        f"Starring Una Sykes\n\n{REVIEW}"
    )

    assert values(piece)["work.credits"] == [
        "Directed by Tom Ferrow", "Certificate 12A", "Starring Una Sykes",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "first",
    ["'Cells' is a film about cells.", "'Cells'", "'We are cells', says the man.", "Cells"],
)
def test_a_first_paragraph_is_a_caption_only_if_it_is_certain(first: str) -> None:
    piece = read(f"Comment on cells\n\nBy Ruth Stone\n\n{first}\n\n{REVIEW}")

    assert "picture.caption" not in piece.fields
    assert values(piece)["body"] == f"{first}\n\n{REVIEW}"


def test_only_news_has_sources() -> None:
    sources = "Sources\n\nCells do heal\n\nThe Times |  6 December 2010"
    text = f"Cells that heal\n\nThey do.\n\n{sources}"

    news = piece_of(text, publication(), {"kind": Found("news", "")})
    comment = piece_of(text, publication(), {"kind": Found("comment", "")})

    assert "sources" in news.fields
    assert values(comment)["body"] == f"They do.\n\n{sources}"


def test_a_last_paragraph_about_a_person_is_offered_and_kept() -> None:
    about = "Ruth Stone is a volunteer writer in Anytown."

    piece = read(f"Cells that heal\n\nThey do.\n\n{about}")
    by_her = read(f"Cells that heal\n\nBy Ruth Stone\n\nThey do.\n\n{about}")
    of_other = read("Cells that heal\n\nThey do.\n\nThe Cell is a small thing.")

    assert piece.hints == {"authors": f'Is the author in the last paragraph: "{about}"?'}
    assert values(piece)["body"] == values(by_her)["body"] == f"They do.\n\n{about}"
    assert by_her.hints == of_other.hints == {}


def test_what_is_known_wins_and_what_the_text_says_is_reported() -> None:
    known = {"title": Found("Cells heal", "the page")}

    piece = piece_of("Cells that heal\n\nThey do.", publication(), known)

    assert values(piece) == {"title": "Cells heal", "body": "They do."}
    assert piece.left_out == ("The text itself says for title: Cells that heal",)
