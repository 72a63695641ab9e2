"""mixed-alphabets: letters that look right and are of another alphabet."""

from __future__ import annotations

import time

import pytest

from newsletter.checks.rules import mixed_alphabets
from tests.checks.newsroom import Newsroom
from tests.checks.planted.mixed_alphabets import LARGE_A, SMALL_ES, SMALL_O


@pytest.mark.parametrize(
    "text",
    [
        "TNFα, TNF-α, IFNγ, β-globin, αβ T cells, 5 µm, Δψm, ΔF508, NFκB and Ω-3",
        "p53Δ and λ phage, the Σ of all, Χ² tests",
        "ΦΧ174 and ΑΒΓ",
        "Ελληνικά και English",
        "Редактирование генома CRISPR/Cas9, SMSки и IT-компания",
        "ДНК and DNA; Россия",
        "Łódź, Ångström, Ðorđe, café",
        "Α and Β are two letters",
        "日本語とLatin",
        "Сочи",
    ],
)
def test_words_in_one_alphabet_or_in_two_that_can_be_distinguished(
    newsroom: Newsroom, text: str
) -> None:
    assert (
        newsroom.item(title=text, teaser=f"{text}.", authors=[text]).told("mixed-alphabets") == []
    )


@pytest.mark.parametrize(
    ("word", "meant", "name"),
    [
        (f"{LARGE_A}nna", "Anna", "cyrillic capital letter a"),
        (f"pr{SMALL_O}tein", "protein", "cyrillic small letter o"),
        (f"{SMALL_ES}ell", "cell", "cyrillic small letter es"),
        ("Aлександра", f"{LARGE_A}лександра", "latin capital letter a"),
        ("Αlice", "Alice", "greek capital letter alpha"),
    ],
)
def test_words_that_mix_without_showing_it(
    newsroom: Newsroom, word: str, meant: str, name: str
) -> None:
    galley = newsroom.item(title="A title", authors=[f"{word} Author"], teaser="Words.").galley()
    (found,) = mixed_alphabets.check(galley)
    assert found.problem.message == f"'{word}' has a letter of another alphabet: {name}."
    assert found.problem.hint == f"Type the word again: {meant}"


def test_a_link_in_a_text_is_reported_at_its_line(newsroom: Newsroom) -> None:
    newsroom.write(
        "issues/700/issue.yaml",
        "number: 700\ndate: 2030-01-07\nsections:\n  - kind: news\n    items:\n      - title: A story\n"
        f"        teaser: |\n          A paragraph.\n\n          Then [the rep{SMALL_O}rt](https://www.hfea.gov.uk/).\n",
    )
    assert [finding[:2] for finding in newsroom.told("mixed-alphabets")] == [
        ("warning", "issues/700/issue.yaml:10")
    ]


@pytest.mark.parametrize("piece", [LARGE_A, f"a{LARGE_A}", "Α", f"{LARGE_A}nna "])
def test_a_very_long_text_is_read_fast(piece: str) -> None:
    start = time.perf_counter()
    mixed_alphabets._in_one_alphabet(piece * 100_000)
    assert time.perf_counter() - start < 2
