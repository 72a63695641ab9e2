"""A text becomes the words that readers would look for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.archive.words.spelling import folded, parts, words
from newsletter.archive.words.stems import terms_in


def found_by(text: str) -> list[str]:
    return [folded(part) for word in words(text) for part in parts(word)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Embryos, genes & cells.", "embryos genes cells"),
        ("Zoë Ångström, cœur, Straße, Łódź", "zoe angstrom coeur strasse lodz"),
        ("PGT-M", "pgtm pgt"),
        ("an e-mail", "an email mail"),
        ("O'Neill’s", "oneills neill"),
        ("l'embryon", "lembryon embryon"),
        ("978-0-571-22411-3", "9780571224113 978 571 22411"),
        ("1,000 of 94.5%", "1000 000 of 945 94"),
        ("H₂O and CO2", "h2o and co2"),
        ("em\u00adbryo", "embryo"),
        ("ＦＵＬＬ width", "full width"),
        ("under_score", "under score"),
        ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
        ("שָׁלוֹם, בית־ספר", "שלום ביתספר בית ספר"),
        ("体外受精の実施", "体外 外受 受精 精の の実 実施"),
        ("卵", "卵"),
        ("IVF治療", "ivf 治療"),
        ("हिन्दी", "हिन्दी"),
        ("- ' -- …", ""),
    ],
)
def test_words(text: str, expected: str) -> None:
    assert found_by(text) == expected.split()


@given(st.text(st.sampled_from("aZ\u00eb\u0301\u05b8\u4f53\u0939\u093f1 _-'.,\u200b\n\u3000")))
def test_no_word_reaches_beyond_a_space(text: str) -> None:
    assert [word for run in text.split() for word in words(run)] == words(text)


@pytest.mark.parametrize(
    ("language", "text", "stems"),
    [
        ("en", "donation donations donated", "donat donat donat"),
        ("de", "Häuser", "haus"),
        ("fr", "génétiques génétique", "genet genet"),
        ("es", "donaciones donación", "donacion donacion"),
        ("nl", "embryo's", "embryos embryo"),
        ("ja", "実施", "実施"),
        ("he", "תרומות", "תרומות"),
    ],
)
def test_stems(language: str, text: str, stems: str) -> None:
    found = [term.stem for word in words(text) for term in terms_in(language)(word)]
    assert found == stems.split()
