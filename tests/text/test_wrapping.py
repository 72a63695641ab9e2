"""Lines of plain text: never wider than asked, nothing lost, nothing broken that must stay whole."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from newsletter.text.wrapping import UNLIMITED, _word, words, wrap

WIDTHS = st.sampled_from([40, 60, 72, 78])
IDEOGRAPHS = st.text("遺伝子生殖医療研究者胚", min_size=1, max_size=200)
HEBREW = st.lists(st.text("אבגדהוזחטי", min_size=1, max_size=9), min_size=1, max_size=60).map(
    " ".join
)
ENGLISH = st.lists(st.text("abcdefgXYZ,.'-", min_size=1, max_size=12), min_size=1, max_size=80).map(
    " ".join
)
LATIN_LETTERS = "abcXYZ,.'-–’“”é£€"
EMOJI = st.lists(st.sampled_from(["🧬", "👩‍🔬", "🇬🇧", "é", "a"]), min_size=1, max_size=60).map(
    " ".join
)


@given(st.one_of(IDEOGRAPHS, HEBREW, ENGLISH, EMOJI), WIDTHS)
def test_no_line_is_wider_than_the_width(text: str, width: int) -> None:
    assert all(wcswidth(line) <= width for line in wrap(text, width))


@given(st.text(max_size=300), WIDTHS)
def test_only_spaces_are_lost(text: str, width: int) -> None:
    assert "".join("".join(wrap(text, width)).split()) == "".join(text.split())


@given(st.text(max_size=300), WIDTHS)
def test_wrapped_lines_stay_as_they_are(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert [line for wrapped in lines for line in wrap(wrapped, width)] == list(lines)


@given(ENGLISH, WIDTHS)
def test_lines_are_as_full_as_they_can_be(text: str, width: int) -> None:
    lines = wrap(text, width)
    for line, following in pairwise(lines):
        assert len(f"{line} {following.split()[0]}") > width


def test_an_address_is_never_broken() -> None:
    address = "https://example.org/" + "遺伝子-" * 40
    assert wrap(f"Read on at {address} today", 40) == ("Read on at", address, "today")


def test_wide_characters_take_two_cells() -> None:
    assert wrap("遺" * 50, 40) == ("遺" * 20, "遺" * 20, "遺" * 10)


def test_combining_marks_take_no_cell() -> None:
    vowelled = "שָׁלוֹם"
    assert wcswidth(vowelled) == 4
    assert wrap(" ".join([vowelled] * 8), 40) == (" ".join([vowelled] * 8),)


def test_a_stray_mark_takes_a_cell_of_its_own() -> None:
    stray = "\U000119dc0"
    assert all(wcswidth(line) <= 40 for line in wrap(" ".join([stray] * 40), 40))


def test_no_line_begins_with_closing_punctuation_or_ends_with_opening_punctuation() -> None:
    for text in (
        "文" * 20 + "。" + "文" * 30,
        "文" * 19 + "「文" + "文" * 30,
        "文" * 19 + "（abc）" + "文" * 30,
    ):
        for line in wrap(text, 40):
            assert line[0] not in "。」）"
            assert line[-1] not in "「（"


def test_marks_stay_with_their_character() -> None:
    with_mark = "か\u3099"
    assert all(not line.startswith("\u3099") for line in wrap(with_mark * 60, 41))


def test_a_no_break_space_holds_words_together() -> None:
    assert wrap("aaaa aaaa «\xa0mot\xa0» b", 12) == ("aaaa aaaa", "«\xa0mot\xa0» b")
    hours = "6:30\xa0PM\xa0–\xa08:00\xa0PM"
    assert wrap(f"aaaa {hours} b", 17) == ("aaaa", hours, "b")


def test_text_that_was_pasted_with_no_break_spaces_only_is_wrapped_all_the_same() -> None:
    lines = wrap("word\xa0" * 100, 40)
    assert len(lines) > 10
    assert all(len(line) <= 40 for line in lines)


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_nothing_to_say_gives_no_lines(text: str) -> None:
    assert wrap(text, 40, "- ") == ()


def test_the_first_and_the_other_lines_begin_as_asked() -> None:
    assert wrap("aaaa bbbb cccc", 8, "- ", "  ") == ("- aaaa", "  bbbb", "  cccc")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("one two", 2),
        ("遺伝子", 3),
        ("遺伝。", 2),
        ("DNAの話", 3),
        ("well-known 'quote'...", 2),
        ("", 0),
    ],
)
def test_words_are_counted_between_spaces_and_each_ideograph_is_one(text: str, count: int) -> None:
    assert len(list(words(text))) == count


@given(st.text(LATIN_LETTERS + " \xa0\n\t遺（「。", max_size=60))
def test_words_of_simple_texts_are_those_of_any_text(text: str) -> None:
    spans = [word.span() for word in words(text)]
    assert spans == [word.span() for word in _word().finditer(text)]


LATIN = st.lists(st.text(LATIN_LETTERS, min_size=1, max_size=12), max_size=80)


@given(LATIN, WIDTHS, st.sampled_from(["", "- ", "1. "]))
def test_simple_texts_are_wrapped_like_all_others(words: list[str], width: int, first: str) -> None:
    rest = " " * len(first)
    simple = wrap(" ".join(words), width, first, rest)
    # A Greek letter takes one cell too, but is not among the simple characters.
    with_greek = wrap(" ".join(["β", *words]), width, first, rest)
    marked = wrap(" ".join(["b", *words]), width, first, rest)
    assert [line.replace("β", "b", 1) for line in with_greek] == list(marked)
    assert " ".join(simple).split() == [*first.split(), *words] if words else simple == ()


@given(st.text(LATIN_LETTERS + " \xa0\t遺（「。א", max_size=60))
def test_without_a_limit_a_text_is_one_line_with_single_spaces(text: str) -> None:
    lines = wrap(text, UNLIMITED, "- ")
    widest = wrap(text, 1_000, "- ")
    assert len(lines) == len(widest) == bool(text.strip())
    assert "".join(lines).split() == "".join(widest).split()
    assert not re.search(r"[^\S\xa0]{2}|\t", "".join(lines))


def test_without_a_limit_spaces_that_do_not_break_stay() -> None:
    assert wrap("Dr\xa0Zoë\u202f!  She \t came ", UNLIMITED) == ("Dr\xa0Zoë\u202f! She came",)
