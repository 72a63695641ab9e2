"""Text from right to left: every line says so by its first letter, and no address changes."""

from __future__ import annotations

from typing import Literal
from unicodedata import bidirectional

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from newsletter.text.direction import kept_apart, right_to_left, runs_against
from newsletter.text.flowed import flowed, unflowed

MARK = "\u200f"
LINES = st.lists(
    st.lists(
        st.sampled_from(["שלום", "مرحبا", "DNA", "12", ".", "(", "-", "> ", "- ", "3. ", "🧬"]),
        max_size=8,
    ).map(" ".join)
).map("\n".join)


@pytest.mark.parametrize(
    ("line", "marked"),
    [
        ("שלום DNA", "שלום DNA"),
        ("20 בנובמבר", "20 בנובמבר"),
        ("DNA ו-RNA", f"{MARK}DNA ו-RNA"),
        ("Jane Roe", f"{MARK}Jane Roe"),
        ("3. DNA", f"3. {MARK}DNA"),
        ("  - DNA", f"  - {MARK}DNA"),
        ("> DNA", f"> {MARK}DNA"),
        ("-----", f"{MARK}-----"),
        ("2026", f"{MARK}2026"),
        ("-> https://a.org/", "-> https://a.org/"),
        ("  -> https://a.org/", "  -> https://a.org/"),
        ("[1] https://a.org/", "[1] https://a.org/"),
        (">", ">"),
        ("> >", "> >"),
        ("", ""),
    ],
)
def test_a_line_that_would_run_from_left_to_right_begins_with_a_mark(
    line: str, marked: str
) -> None:
    assert right_to_left(line) == marked


@given(LINES)
def test_the_first_letter_of_every_line_is_from_right_to_left_and_nothing_else_changes(
    text: str,
) -> None:
    marked = right_to_left(text)
    assert marked.replace(MARK, "") == text
    for line in marked.split("\n"):
        letters = [bidirectional(letter) for letter in line]
        strong = [letter for letter in letters if letter in ("L", "R", "AL")]
        assert not line.strip(" >") or strong[0] in ("R", "AL")


@given(LINES)
def test_marked_lines_are_quotations_and_lists_as_before(text: str) -> None:
    tidy = "\n".join(line.rstrip() for line in text.split("\n"))
    message = flowed(right_to_left(tidy), 40)
    assert unflowed(message.text, delete_spaces=message.delete_spaces) == right_to_left(tidy)


@pytest.mark.parametrize(
    ("direction", "text", "has"),
    [
        ("ltr", "Lab-grown eggs (2012)", False),
        ("ltr", "Émile Zola, 遺伝子", False),
        ("ltr", "The word שלום", False),
        ("ltr", "مرحبا", True),
        ("rtl", "שלום, 2012", False),
        ("rtl", "C. elegans: שלום", False),
        ("rtl", "Émile (2nd edition)", True),
        ("rtl", "12-13", False),
    ],
)
def test_a_text_runs_against_a_direction_if_all_its_letters_do(
    direction: str, text: str, has: bool
) -> None:
    assert runs_against(direction, text) is has


@pytest.mark.parametrize(
    ("part", "direction", "mark"),
    [
        ("Sample Letters", "rtl", "\u200f"),
        ("Sample Paper (1998)", "rtl", "\u200f"),
        ("12.5%", "rtl", ""),
        ("העיתון", "rtl", ""),
        ("DNA של תולעת", "rtl", ""),
        ("העיתון", "ltr", "\u200e"),
        ("Sample Letters", "ltr", ""),
        ("1998", "ltr", ""),
        ("", "rtl", ""),
        (Markup('<a href="https://a.test/">העיתון</a>'), "rtl", ""),
        (Markup('<a href="https://a.test/">Letters</a>'), "rtl", "\u200f"),
    ],
)
def test_a_part_that_ends_the_other_way_is_kept_apart(
    part: str, direction: Literal["ltr", "rtl"], mark: str
) -> None:
    assert kept_apart(part, direction) == part + mark
    assert kept_apart(part + mark, direction) == part + mark
