"""What the first lines of a text say, and what stays with the body."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.importers.opening_lines import Opening, split_opening
from tests.importers.a_publication import publication

APRIL_16 = date(2012, 4, 16)


def opened(markdown: str, name: str = "BioNews") -> Opening:
    return split_opening(markdown, publication(name))


def values(opening: Opening) -> dict[str, Any]:
    return {name: found.value for name, found in opening.fields.items()}


@pytest.mark.parametrize(
    "line",
    ["# Cells that heal", "**Cells that heal**", "Cells that heal", "Title: Cells that heal",
     "Headline: Cells that heal", "**Title:** Cells that heal", "## Cells that heal ##"],
)  # fmt: skip
def test_the_title_is_at_the_top(line: str) -> None:
    opening = opened(f"\n{line}\n\nA team in Leeds has found cells.\n\nThey heal.\n")

    assert values(opening) == {"title": "Cells that heal"}
    assert opening.body == "A team in Leeds has found cells.\n\nThey heal."


@pytest.mark.parametrize(
    "text",
    [
        "A team in Leeds has found cells.\n\nThey heal.",
        "Dear editors,\n\nHere is my piece.",
        "- first\n- second",
        "One line alone",
        "A paragraph whose lines were broken by\na mail program, in the middle of it\n\nMore.",
        "> What somebody said\n\nMore.",
        "",
    ],
)
def test_what_may_be_no_title_stays_in_the_body(text: str) -> None:
    opening = opened(text)

    assert values(opening) == {}
    assert opening.body == text


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("By Ruth Stone", ["Ruth Stone"]),
        ("by Ruth Stone.", ["Ruth Stone"]),
        ("*By Ruth Stone*", ["Ruth Stone"]),
        ("Author: Ruth Stone", ["Ruth Stone"]),
        ("Written by Ruth Stone and Sam Hill", ["Ruth Stone", "Sam Hill"]),
        ("By Ruth Stone, Sam Hill and Zoë Ødegård", ["Ruth Stone", "Sam Hill", "Zoë Ødegård"]),
        ("By Dr Ruth van der Berg", ["Dr Ruth van der Berg"]),
        ("By J. R. O'Stone", ["J. R. O'Stone"]),
        ("By Ruth Stone, PhD", ["Ruth Stone, PhD"]),
        ("By [Ruth Stone](https://a.example/ruth)", ["Ruth Stone"]),
        ("By BioNews", ["BioNews"]),
        (
            "By Ruth Stone, Lecturer in Law, Anytown University",
            [{"name": "Ruth Stone", "role": "Lecturer in Law, Anytown University"}],
        ),
        (
            "By Dr Ruth Stone and Professor Sam Hill (Research Group, Anytown College)",
            [
                "Dr Ruth Stone",
                {"name": "Professor Sam Hill", "role": "Research Group, Anytown College"},
            ],
        ),
        (
            "By Dr Ruth Stone, Anytown University, and Professor Sam Hill, Anytown College",
            [
                {"name": "Dr Ruth Stone", "role": "Anytown University"},
                {"name": "Professor Sam Hill", "role": "Anytown College"},
            ],
        ),
        ("Dr Ruth Stone, Anytown University", [{"name": "Dr Ruth Stone", "role": "Anytown University"}]),
    ],
)  # fmt: skip
def test_a_byline_names_authors_and_their_posts(line: str, authors: list[Any]) -> None:
    opening = opened(f"Cells that heal\n\n{line}\n\nA team has found cells.")

    assert values(opening)["authors"] == authors
    assert opening.body == "A team has found cells."


@pytest.mark.parametrize(
    ("lines", "authors"),
    [
        (
            "By Ruth Stone\n\nLecturer in Law, Anytown University",
            [{"name": "Ruth Stone", "role": "Lecturer in Law, Anytown University"}],
        ),
        (
            "By Ruth Stone\\\n*Volunteer writer*",
            [{"name": "Ruth Stone", "role": "Volunteer writer"}],
        ),
        (
            "By Dr Ruth Stone and\n\nProfessor Sam Hill, Anytown College",
            ["Dr Ruth Stone", {"name": "Professor Sam Hill", "role": "Anytown College"}],
        ),
        (
            "By Dr Ruth Stone\n\nand Professor Sam Hill, Anytown College",
            ["Dr Ruth Stone", {"name": "Professor Sam Hill", "role": "Anytown College"}],
        ),
        (
            "By Dr Ruth Stone\n\nAnytown University and Professor Sam Hill, Anytown College",
            [
                {"name": "Dr Ruth Stone", "role": "Anytown University"},
                {"name": "Professor Sam Hill", "role": "Anytown College"},
            ],
        ),
    ],
)
def test_a_post_or_another_author_can_be_on_the_next_line(lines: str, authors: list[Any]) -> None:
    opening = opened(f"Cells that heal\n\n{lines}\n\nA team has found cells.")

    assert values(opening)["authors"] == authors
    assert opening.body == "A team has found cells."


def test_a_byline_without_a_clear_end_of_the_name_is_a_hint() -> None:
    opening = opened("Cells that heal\n\nBy Ruth Stone, Royal Free\n\nA team has found cells.")

    assert "authors" not in opening.fields
    assert opening.hints == {"authors": "By Ruth Stone, Royal Free"}
    assert opening.body == "A team has found cells."


@pytest.mark.parametrize(
    "line",
    [
        "By contrast, mice do not heal.",
        "By the end of the year",
        "By Monday Morning",
        "Ruth Stone is a lecturer in law at Anytown University.",
        "By 2030 all will be well",
    ],
)
def test_a_line_that_is_no_byline_stays_in_the_body(line: str) -> None:
    opening = opened(f"Cells that heal\n\n{line}\n\nA team has found cells.")

    assert values(opening) == {"title": "Cells that heal"}
    assert opening.body == f"{line}\n\nA team has found cells."


def test_a_name_alone_below_the_title_is_offered_and_kept() -> None:
    opening = opened("Cells that heal\n\nRuth Stone\n\n16 April 2012\n\nA team has found cells.")

    assert values(opening) == {"title": "Cells that heal", "date": APRIL_16}
    assert opening.hints == {"authors": 'Is this the author: "Ruth Stone"?'}
    assert opening.body == "Ruth Stone\n\nA team has found cells."


@pytest.mark.parametrize(
    "line",
    ["16 April 2012", "Monday 16 April 2012", "Monday, 16th April, 2012", "April 16, 2012",
     "16 Apr 2012", "2012-04-16", "16/04/2012", "16.4.2012", "Date: 16 April 2012",
     "Published 16 April 2012", "Posted on 16 April 2012", "**16 April 2012**",
     "16 April 2012, 10:30"],
)  # fmt: skip
def test_the_date_is_read_in_many_forms(line: str) -> None:
    opening = opened(f"Cells that heal\n\n{line}\n\nA team has found cells.")

    assert values(opening)["date"] == APRIL_16
    assert opening.body == "A team has found cells."


def test_a_date_that_may_be_two_days_is_a_hint() -> None:
    opening = opened("Cells that heal\n\n2/4/2012\n\nA team has found cells.")

    assert "date" not in opening.fields
    assert opening.hints == {"date": "2/4/2012 is 2 April 2012 or 4 February 2012."}


@pytest.mark.parametrize("line", ["16 April", "In April 2012 cells healed.", "2012"])
def test_a_date_without_a_year_or_in_a_sentence_stays_in_the_body(line: str) -> None:
    assert "date" not in opened(f"Cells that heal\n\n{line}\n\nA team has found.").fields


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Appeared in BioNews 652", "652"),
        ("Appears in [BioNews 1268a](https://a.example/1268a)", "1268a"),
        ("First appeared in BioNews issue 652", "652"),
    ],
)
def test_the_issue_that_it_appeared_in(line: str, number: str) -> None:
    opening = opened(f"Cells that heal\n\n{line}\n\nA team has found cells.")

    assert opening.number == number
    assert opening.body == "A team has found cells."


def test_another_publication_has_another_name() -> None:
    text = "Cells that heal\n\nAppeared in Die Woche 12\n\nA team has found cells."

    assert opened(text, "Die Woche").number == "12"
    assert opened(text, "BioNews").number is None
    assert "Appeared in Die Woche 12" in opened(text, "BioNews").body


@pytest.mark.parametrize(
    "line",
    ["By Ruth Stone | 16 April 2012", "16 April 2012 - by Ruth Stone", "By Ruth Stone, 16 April 2012",
     "16 April 2012 · By Ruth Stone"],
)  # fmt: skip
def test_byline_and_date_can_be_on_one_line(line: str) -> None:
    opening = opened(f"Cells that heal\n\n{line}\n\nA team has found cells.")

    assert values(opening)["authors"] == ["Ruth Stone"]
    assert values(opening)["date"] == APRIL_16
    assert opening.body == "A team has found cells."


def test_the_line_of_the_new_site() -> None:
    line = "Published 16 April 2012 posted in News and appears in BioNews 652"
    opening = opened(f"Cells that heal\n\n{line}\n\nA team has found cells.")

    assert values(opening) == {"title": "Cells that heal", "date": APRIL_16, "kind": "news"}
    assert opening.number == "652"


@pytest.mark.parametrize(
    ("title", "kind", "work_kind", "work_title"),
    [
        ("Film Review: Small Cells", "review", "film", "Small Cells"),
        ("TV Review: Small Cells - Part 1", "review", "tv", "Small Cells - Part 1"),
        ("Exhibition review – Small Cells", "review", "exhibition", "Small Cells"),
        ("Book Review: 'Small Cells'", "review", "book", "Small Cells"),
        ("Review: Small Cells", "review", None, "Small Cells"),
        ("The IVF lottery: Don't promise", None, None, None),
        ("Law review: what judges said", None, None, None),
        ("Films: the new frontier", None, None, None),
    ],
)
def test_some_titles_name_the_kind(
    title: str, kind: str | None, work_kind: str | None, work_title: str | None
) -> None:
    found = values(opened(f"{title}\n\nA team has found cells."))

    assert found["title"] == title
    assert found.get("kind") == kind
    assert found.get("work.kind") == work_kind
    assert found.get("work.title") == work_title


def test_a_section_above_the_title() -> None:
    opening = opened("COMMENT\n\nCells that heal\n\nA team has found cells.")

    assert values(opening) == {"kind": "comment", "title": "Cells that heal"}


def test_a_table_of_labels() -> None:
    opening = opened(
        "| Title | Cells: *that* heal |\n| --- | --- |\n| By | Dr Ruth Stone |\n"
        "| Affiliation | Anytown University |\n| Date | 16 April 2012 |\n| Section | News |\n"
        "| Word count | 412 |\n| Picture | lab.jpg |\n| Caption | The lab \\| at night |\n"
        "| Phone | 01234 |\n| Notes |  |\n\nA team has found cells.\n"
    )

    assert values(opening) == {
        "title": "Cells: *that* heal",
        "authors": [{"name": "Dr Ruth Stone", "role": "Anytown University"}],
        "date": APRIL_16,
        "kind": "news",
        "picture.caption": "The lab | at night",
    }
    assert opening.hints == {"picture.src": "The text says: lab.jpg"}
    assert opening.left_out == ("Word count: 412", "Phone: 01234")
    assert opening.body == "A team has found cells."


def test_a_table_of_figures_stays_in_the_body() -> None:
    table = "| Clinic | Births |\n| --- | --- |\n| Leeds | 12 |"

    assert opened(f"{table}\n\nMore.").body == f"{table}\n\nMore."
    assert opened(f"Cells\n\n{table}\n\nMore.").body == f"{table}\n\nMore."


def test_lines_with_labels() -> None:
    opening = opened(
        "Title: Cells: how they heal\\\nBy: Ruth Stone\\\nTags: cells, healing\\\n"
        "Link: https://a.example/cells\\\nPicture: ![A lab](images/lab.jpg)\n\n"
        "Text:\n\nBy: nobody"
    )

    assert values(opening) == {
        "title": "Cells: how they heal",
        "authors": ["Ruth Stone"],
        "topics": ["cells", "healing"],
        "url": "https://a.example/cells",
        "picture.src": "images/lab.jpg",
        "picture.alt": "A lab",
    }
    assert opening.body == "By: nobody"


def test_a_sentence_between_title_and_byline_is_the_teaser() -> None:
    opening = opened("Cells that heal\n\n*Will they?*\n\nBy Ruth Stone\n\nA team has found cells.")

    assert values(opening)["teaser"] == "Will they?"
    assert opening.body == "A team has found cells."


def test_a_link_in_the_title_is_a_hint() -> None:
    opening = opened("# [Cells that heal](https://a.example/cells)\n\nA team has found cells.")

    assert values(opening) == {"title": "Cells that heal"}
    assert opening.hints == {"url": "The title leads to https://a.example/cells"}


LINES = st.sampled_from(
    ["# Cells", "Cells that heal", "By Ruth Stone", "By Ruth Stone, Royal Free", "16 April 2012",
     "2/4/2012", "Appeared in BioNews 652", "Ruth Stone", "A team has found cells.", "",
     "Lecturer in Law", "Title: Cells", "| Title | Cells |", "| A | B |", "*Will they?*", "and Sam",
     "Dr Sam Hill, UCL", "Word count: 12", "- a bullet", "Film Review: Cells", "NEWS", "Text:"]
)  # fmt: skip


@given(st.lists(LINES, max_size=9))
def test_no_word_is_lost_and_the_body_keeps_its_order(lines: list[str]) -> None:
    text = "\n\n".join(lines)

    opening = opened(text)

    found = f"{values(opening)} {dict(opening.hints)} {opening.left_out} {opening.number}"
    dates = " 16 April 2012 By Author Title appeared in BioNews Text and"
    for word in re.findall(r"\w+", text):
        assert word in opening.body or word.casefold() in (found + dates).casefold()
    left = iter(text.split("\n"))
    assert all(any(line == other for other in left) for line in opening.body.split("\n") if line)
