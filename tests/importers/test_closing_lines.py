"""What the last lines of a text say, and what stays with the body."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from newsletter.importers.closing_lines import Closing, split_closing
from tests.importers.a_publication import publication

BODY = "A team has found cells.\n\nThey heal (a little)."
TIMES = {"title": "Cells do heal", "publisher": "The Times", "date": date(2010, 12, 6)}
NATURE = {"title": "How cells heal", "publisher": "Nature", "date": date(2010, 12, 5)}


def closed(markdown: str) -> Closing:
    return split_closing(markdown, publication())


def sources(closing: Closing) -> Any:
    return closing.fields["sources"].value if closing.fields else None


@pytest.mark.parametrize(
    "heading",
    ["Sources", "## Sources and References", "**SOURCES & REFERENCES**", "References:",
     "Further reading", "*Source:*"],
)  # fmt: skip
def test_a_heading_is_above_the_list(heading: str) -> None:
    listed = (
        "Cells do heal\n\nThe Times |  6 December 2010\n\nHow cells heal\\\nNature | 5 Dec 2010"
    )
    closing = closed(f"{BODY}\n\n{heading}\n\n{listed}\n")

    assert sources(closing) == [TIMES, NATURE]
    assert closing.body == BODY


def test_a_heading_is_never_a_source() -> None:
    """As lists in WordPress: the title is a link, and publisher and date follow on its line."""
    linked = "- [Cells do heal](https://times.example/a) The Times | 6 December 2010"
    closing = closed(f"{BODY}\n\n## Sources and References\n\n{linked}")
    assert sources(closing) == [{**TIMES, "url": "https://times.example/a"}]

    second = "- [How cells heal](https://nature.example/b) Nature | 5 December 2010"
    closing = closed(f"{BODY}\n\n## Sources\n\n{linked}\n{second}")
    assert [source["title"] for source in sources(closing)] == ["Cells do heal", "How cells heal"]

    unclear = "## Sources\n\nThe Times | 6 December 2010"
    closing = closed(f"{BODY}\n\n{unclear}")
    assert not sources(closing)
    assert closing.body == f"{BODY}\n\n{unclear}"


def test_titles_with_publisher_and_date_need_no_heading() -> None:
    listed = (
        "Cells do heal\nThe Times |  6 December 2010\nHow cells heal\nNature |  5 December 2010"
    )

    closing = closed(f"{BODY}\n\n{listed}")

    assert sources(closing) == [TIMES, NATURE]
    assert closing.body == BODY


@pytest.mark.parametrize(
    ("entry", "source"),
    [
        ("Cells do heal | The Times | 6 December 2010", TIMES),
        ("- 'Cells do heal', The Times, 6 December 2010", TIMES),
        ("1. The Times: “Cells do heal” (6 December 2010)", TIMES),
        (
            "[Cells do heal](https://t.example/1), The Times, 6 December 2010",
            TIMES | {"url": "https://t.example/1"},
        ),
        (
            "* The Times – [Cells do heal](https://t.example/1), 6 December 2010",
            TIMES | {"url": "https://t.example/1"},
        ),
        (
            "[Cells do heal](https://t.example/1)",
            {"title": "Cells do heal", "url": "https://t.example/1"},
        ),
        (
            "Cells do heal\nhttps://t.example/1",
            {"title": "Cells do heal", "url": "https://t.example/1"},
        ),
        (
            "[Cells do heal](https://t.example/1)\nThe Times |  6 December 2010",
            TIMES | {"url": "https://t.example/1"},
        ),
    ],
)
def test_the_forms_of_an_entry(entry: str, source: dict[str, Any]) -> None:
    closing = closed(f"{BODY}\n\nSources\n\n{entry}")

    assert sources(closing) == [source]
    assert closing.body == BODY


def test_a_label_is_enough_for_one_source() -> None:
    closing = closed(f"{BODY}\n\n**Source:** [Cells do heal](https://t.example/1), The Times")

    assert sources(closing) == [
        {"title": "Cells do heal", "publisher": "The Times", "url": "https://t.example/1"}
    ]
    assert closing.body == BODY


@pytest.mark.parametrize(
    "end",
    [
        "Sources\n\nhttps://t.example/1",  # a source has a title
        "References\n\nStone R, Hill S (2010) Cells do heal. Nature 4: 1-9",
        "References\n\n(1) [Cells do heal](https://t.example/1)",
        "References\n\n\\[1\\] [Cells do heal](https://t.example/1)",
        "Sources\n\n[One](https://t.example/1) and [two](https://t.example/2)",
        "Sources of stem cells\n\nThere are many.",
        "[Cells do heal](https://t.example/1)",
        "Sources",
        "Ruth Stone is a lecturer in law.",
    ],
)
def test_what_is_not_certain_stays_in_the_body(end: str) -> None:
    closing = closed(f"{BODY}\n\n{end}")

    assert closing.body == f"{BODY}\n\n{end}"
    assert not closing.fields


def test_references_stay_with_a_text_that_refers_to_them() -> None:
    text = "Cells heal (1).\n\nReferences\n\n1. [Cells do heal](https://t.example/1)"

    assert closed(text).body == text


def test_a_list_above_other_text_stays_where_it_is() -> None:
    text = f"Sources\n\nCells do heal\nThe Times | 6 December 2010\n\n{BODY}"

    assert closed(text).body == text


def test_related_pieces_and_the_lines_of_the_site_are_cut_off() -> None:
    closing = closed(
        f"{BODY}\n\nCells do heal\nThe Times |  6 December 2010\n\n29 November 2021 - by Ruth Stone\u00a0\n"
        "A court has said that cells heal...\n2 December 2013 - by BioNews\n"
        "In 'Cells', a play, nobody heals…\nto add a Comment.\n\n"
        "By posting a comment you agree to abide by the BioNews terms and conditions\n\n"
        "Syndicate this story - click here to enquire about using this story."
    )

    assert closing.body == BODY
    assert sources(closing) == [TIMES]
    first, second = closing.related
    assert (first.date, first.author) == (date(2021, 11, 29), "Ruth Stone")
    assert first.teaser == "A court has said that cells heal..."
    assert (second.author, second.title) == ("BioNews", None)
    assert [line.partition(": ")[2] for line in closing.left_out] == [
        '"to add a Comment."',
        '"By posting a comment you agree to abide by the BioNews terms and conditions"',
        '"Syndicate this story - click here to enquire about using this story."',
    ]


def test_related_pieces_with_titles_and_addresses() -> None:
    closing = closed(
        f"{BODY}\n\nRelated Articles\n\n[Old cells](https://a.example/1)\n\n2 May 2011 - by Ruth Stone\n\n"
        "They heal slowly...\n\nNew cells\n\n3 May 2011 - by Sam Hill\n\nThey heal fast..."
    )

    assert closing.body == BODY
    assert [(piece.title, piece.url) for piece in closing.related] == [
        ("Old cells", "https://a.example/1"),
        ("New cells", None),
    ]


def test_a_sentence_with_a_date_and_an_author_is_no_related_piece() -> None:
    text = f"{BODY}\n\n2 May 2011 - by Ruth Stone\n\nThis is how the letter was signed."

    assert closed(text).body == text
