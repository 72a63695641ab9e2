"""What may come before an editor's eyes in a terminal."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.text.printable import harmless


@pytest.mark.parametrize(
    "text",
    [
        "Łódź, TNF-α and ‘quotes’ – all of it…",
        "non-breaking\u00a0space, thin\u2009space",
        "a nurse: 👩🏽‍⚕️, a flag: 🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f",
        "می‌خواهم",  # Persian, with a joiner that keeps letters apart
        "\u200fעברית\u200f (Hebrew)",
        "e\u0301 as two characters",
        "a::b, # heading, [##], ratio 1::2",
    ],
)
def test_what_people_write_is_left_alone(text: str) -> None:
    assert harmless(text) == text


@pytest.mark.parametrize(
    "code", [*range(9), *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0)]
)
def test_a_control_character_is_shown_as_one_that_is_not_there(code: int) -> None:
    assert harmless(f"a{chr(code)}b") == "a�b"


@pytest.mark.parametrize(
    "character", "\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u2060\ufeff\u00ad\ud83d"
)
def test_what_turns_or_hides_text_and_half_a_character_are_shown_too(character: str) -> None:
    assert harmless(f"owner{character}liame") == "owner�liame"


@pytest.mark.parametrize(
    "gap", ["\n", "\r\n", "\r", "\t", "\v", "\f", "\x85", "\u2028", "\u2029", "\n\n\t"]
)
def test_it_is_one_line(gap: str) -> None:
    assert harmless(f"one{gap}line") == "one line"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("::warning::all is well", "�:warning::all is well"),
        ("  ::add-mask::e", "  �:add-mask::e"),
        ("\n::error::x", " �:error::x"),
        ("Readers ##[error]x", "Readers �[error]x"),
    ],
)
def test_a_log_on_github_is_given_no_command(text: str, shown: str) -> None:
    assert harmless(text) == shown


@given(st.text(st.characters(exclude_categories=[])))
def test_whatever_it_is_nothing_steers_and_twice_is_as_once(text: str) -> None:
    clean = harmless(text)
    assert not {unicodedata.category(character) for character in clean} & {"Cc", "Cs", "Zl", "Zp"}
    assert len(clean.splitlines()) <= 1
    assert not clean.lstrip().startswith("::")
    assert harmless(clean) == clean
    clean.encode(sys.getfilesystemencoding())
