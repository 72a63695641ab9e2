"""The word around a place in a text."""

from __future__ import annotations

import re

import pytest

from newsletter.text.surroundings import end_of_word, excerpt, start_of_word, word_around


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("one two#six four", "two#six"),
        ("#six four", "#six"),
        ("one two#", "two#"),
        ("one # four", "#"),
        ("two\n#six", "#six"),
        ("abcdefgh#ijklmnop", "efgh#ijkl"),
    ],
)
def test_the_word_around_what_was_found(text: str, word: str) -> None:
    found = re.search("#", text)
    assert found
    assert word_around(found, r"\w", longest=4) == word


def test_something_else_in_the_middle() -> None:
    found = re.search("#", "a caf# there")
    assert found
    assert word_around(found, r"\w", longest=12, middle="é") == "café"


def test_the_two_sides_of_a_place() -> None:
    assert end_of_word("one two", end=6, letter=r"\S", longest=30) == "tw"
    assert start_of_word("one two", start=4, letter=r"\S", longest=30) == "two"


@pytest.mark.parametrize(
    ("start", "end", "part"),
    [
        (0, 14, "Cells that age"),
        (-3, 20, "Cells that age"),
        (0, 6, "Cells…"),
        (5, 10, "…that…"),
        (10, 14, "…age"),
    ],
)
def test_an_excerpt_shows_where_it_is_cut(start: int, end: int, part: str) -> None:
    assert excerpt("Cells that age", start, end) == part
