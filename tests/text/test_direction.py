"""Text from right to left: every line says so by its first letter, and no address changes."""

from __future__ import annotations

import re
from typing import Literal
from unicodedata import bidirectional

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from wcwidth import wcswidth

from newsletter.text.direction import CONTROLS, kept_apart, right_to_left, runs_against
from newsletter.text.flowed import flowed, unflowed

IN, OUT, MARK = "\u202b", "\u202c", "\u200f"
LINES = st.lists(
    st.lists(
        st.sampled_from(["שלום", "مرحبا", "DNA", "12", ".", "(", "-", "> ", "- ", "3. ", "🧬"]),
        max_size=8,
    ).map(" ".join)
).map("\n".join)


@pytest.mark.parametrize(
    ("line", "marked"),
    [
        ("שלום עולם", "שלום עולם"),
        ("שָׁלוֹם", "שָׁלוֹם"),
        ("שלום DNA.", f"{IN}שלום DNA.{OUT}"),
        ("שלום.", f"{IN}שלום.{OUT}"),
        ("20 בנובמבר", f"{IN}20 בנובמבר{OUT}"),
        ("3. שלום", f"{IN}3. שלום{OUT}"),
        ("DNA ו-RNA", f"{IN}{MARK}DNA ו-RNA{OUT}"),
        ("Jane Roe", f"{IN}{MARK}Jane Roe{OUT}"),
        ("  - DNA", f"{IN}{MARK}  - DNA{OUT}"),
        ("> DNA", f"> {IN}{MARK}DNA{OUT}"),
        ("-----", f"{IN}{MARK}-----{OUT}"),
        ("-> https://a.org/", "-> https://a.org/"),
        ("  -> https://a.org/", "  -> https://a.org/"),
        ("[1] https://a.org/", "[1] https://a.org/"),
        (">", ">"),
        ("> >", "> >"),
        ("", ""),
    ],
)
def test_a_line_that_has_more_than_hebrew_words_is_embedded(line: str, marked: str) -> None:
    assert right_to_left(line) == marked


@given(LINES)
def test_the_first_letter_of_every_line_is_from_right_to_left_and_nothing_else_changes(
    text: str,
) -> None:
    marked = right_to_left(text)
    assert CONTROLS.sub("", marked) == text
    for line in marked.split("\n"):
        letters = [bidirectional(letter) for letter in line]
        strong = [letter for letter in letters if letter in ("L", "R", "AL")]
        assert not line.strip(" >") or strong[0] in ("R", "AL")
        assert line.count(IN) == line.count(OUT)


@given(LINES)
def test_quotations_are_quotations_as_before(text: str) -> None:
    tidy = "\n".join(line.rstrip() for line in text.split("\n"))
    message = flowed(right_to_left(tidy), 40)
    assert unflowed(message.text, delete_spaces=message.delete_spaces) == right_to_left(tidy)
    depths = [re.match("(?:> ?)*", line)[0].count(">") for line in tidy.split("\n")]  # type: ignore[index]
    marked = right_to_left(tidy).split("\n")
    assert [re.match("(?:> ?)*", line)[0].count(">") for line in marked] == depths  # type: ignore[index]


def test_the_controls_take_no_room() -> None:
    assert wcswidth(f"{IN}{MARK}DNA{OUT}") == 3


@pytest.mark.parametrize(
    ("direction", "text", "against"),
    [
        ("ltr", "Lab-grown eggs (2012)", False),
        ("ltr", "Émile Zola, 遺伝子", False),
        ("ltr", "The word שלום", False),
        ("ltr", "مرحبا", True),
        ("rtl", "שלום, 2012", False),
        ("rtl", "DNA: שלום?", False),
        ("rtl", "Émile", True),
        ("rtl", "2012", False),
    ],
)
def test_a_text_runs_against_a_direction_if_all_its_letters_do(
    direction: Literal["ltr", "rtl"], text: str, against: bool
) -> None:
    assert runs_against(direction, text) is against


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
