"""How long a text is in words, whether or not its script has spaces between them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.text.counting import is_longer, word_count, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("three plain words", 3),
        ("It's 24.5% – so", 4),
        ("研究者", 1),
        ("「研究者」は、", 4 / 3),
        ("パン 6 個", 2),
        ("유전자 치료", 2),
        ("נשים וגברים", 2),
        ("ภาษาไทยดี", 1.5),
        ("ພາສາລາວ", 7 / 6),
        ("မြန်မာ", 1),
        ("ភាសា", 4 / 6),
        ("DNAの配列", 1 + 1),
    ],
)
def test_a_text_has_as_many_words_as_an_english_one_of_its_length(text: str, words: float) -> None:
    assert word_count(text) == pytest.approx(words)


@given(st.text("ab 研ไ、.", max_size=60), st.integers(0, 12))
def test_a_text_is_longer_than_fewer_words_than_it_has(text: str, limit: int) -> None:
    assert is_longer(text, limit) is (word_count(text) > limit)


@given(st.text("ab 研ไ、.", min_size=1, max_size=60))
def test_each_word_knows_how_long_the_text_is_up_to_it(text: str) -> None:
    for word in words_of(text):
        assert text[: word.end].endswith(word.text)
        assert word.words == word_count(text[: word.end])
