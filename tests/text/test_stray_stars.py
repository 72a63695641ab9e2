"""Pairs of stars that make nothing bold, and those that are meant so."""

from __future__ import annotations

import pytest

from newsletter.text.stray_stars import stray_stars


def found_in(*texts: str) -> list[tuple[int, int]]:
    """Return the number of each text with stray stars, and where they are in it."""
    return [(number, match.start()) for number, match in stray_stars(texts)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no stars at all",
        "a f**k, an s**t and a b****y",
        "five stars: ***** or *** in the paper",
        "five ** stars",
        "£12** at home, 1,200** in all",
        "the years 2019** and 2020**, or £12k** each",
        "_**_",
    ],
)
def test_stars_that_are_meant_so(text: str) -> None:
    assert found_in(text) == []


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("**Not closed", 0),
        ("a **B**ook", 2),
        ("not opened** there", 10),
        ("one **two and **three", 4),
    ],
)
def test_the_first_stars_at_one_end_of_a_word(text: str, position: int) -> None:
    assert found_in(text) == [(0, position)]


def test_once_in_each_text() -> None:
    assert found_in("**one **two", "nothing", "**three **four") == [(0, 0), (2, 0)]


def test_a_note_below_its_mark() -> None:
    assert found_in("The test costs a lot**.", "**Prices may differ.") == []


def test_a_mark_below_its_note_is_no_mark() -> None:
    assert found_in("**Prices may differ.", "The test costs a lot**.") == [(0, 0), (1, 20)]


def test_marks_after_figures_need_no_note() -> None:
    assert found_in("It costs £50** there,", "and £60** here.") == []
    assert found_in("It costs £50** there,", "and more** here.") == [(0, 12), (1, 8)]
