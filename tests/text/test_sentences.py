"""Where sentences end: not behind an abbreviation, nor where a long text is cut."""

from __future__ import annotations

import pytest

from newsletter.text.sentences import is_abbreviation, sentence_ends


@pytest.mark.parametrize(
    ("text", "language", "sentences"),
    [
        ("One. Two!  Three", "en-GB", ["One.", "Two!", "Three"]),
        ("Dr. Roe met J. Doe. She left.", "en-GB", ["Dr. Roe met J. Doe.", "She left."]),
        ("In the '90s. 'Twas ever thus.", "en-GB", ["In the '90s.", "'Twas ever thus."]),
        ("遺伝子。胚。", "ja", ["遺伝子。", "胚。"]),
        ("", "en", []),
    ],
)
def test_sentences_end_without_their_spaces(text: str, language: str, sentences: list[str]) -> None:
    ends = sentence_ends(text, language)
    starts = [0, *ends]
    assert [text[start:end].strip() for start, end in zip(starts, ends, strict=False)] == sentences


def test_only_the_beginning_of_a_long_text_is_read() -> None:
    ends = sentence_ends("So it is. " * 1_000, "en")
    assert ends[-1] < 2_000
    assert len(ends) == 200


@pytest.mark.parametrize("text", ["by Dr.", "by Dr", "(e.g.,", "the U.S.", "“Prof"])
def test_an_abbreviation_ends_no_sentence(text: str) -> None:
    assert is_abbreviation(text)


@pytest.mark.parametrize("text", ["by the doctor.", "So", "", "it."])
def test_other_words_may_end_one(text: str) -> None:
    assert not is_abbreviation(text)
