"""How wide a text is: as every program says that shows it in cells."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from newsletter.text.cells import cells, clipped, is_simple

TEXTS = st.text("abc é–“”遺伝子שלום🧬", max_size=40)


@given(TEXTS)
def test_a_text_is_as_wide_as_it_is_shown(text: str) -> None:
    assert cells(text) == wcswidth(text)


def test_simple_characters_take_one_cell_each_and_few_are_spaces() -> None:
    simple = [character for character in map(chr, range(0x110000)) if is_simple(character)]
    assert len(simple) > 600
    assert all(wcswidth(character) == 1 for character in simple)
    spaces = [character for character in simple if character.isspace()]
    assert spaces == [" ", "\xa0", "\u202f"]
    assert wcswidth("".join(simple)) == len(simple)


@given(TEXTS, st.integers(1, 30))
def test_a_text_is_clipped_only_where_it_is_too_wide(text: str, most: int) -> None:
    start = clipped(text, most)
    assert cells(start) <= most
    if cells(text) <= most:
        assert start == text
    else:
        assert start.endswith("…")
        assert text.startswith(start.removesuffix("…"))


@pytest.mark.parametrize(
    ("text", "start"),
    [("one two", "one…"), ("遺伝子と胚", "遺伝…"), ("one t", "one t")],
)
def test_no_space_is_left_before_the_ellipsis(text: str, start: str) -> None:
    assert clipped(text, 5) == start


def test_what_is_simple_needs_no_tables() -> None:
    program = "from newsletter.text.cells import cells; cells('It’s so'); import sys; print('wcwidth' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
