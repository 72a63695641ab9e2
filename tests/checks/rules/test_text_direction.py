"""text-direction: a publication that runs the other way than its language."""

from __future__ import annotations

import pytest

from tests.checks.newsroom import Newsroom


@pytest.mark.parametrize("language", ["en-GB", "de-AT", "fr", "ja", "pt-BR", "zh-Hant-TW", "az"])
def test_from_left_to_right(newsroom: Newsroom, language: str) -> None:
    assert newsroom.publication(language=language).told("text-direction") == []


@pytest.mark.parametrize("language", ["ar", "ar-EG", "he", "fa", "ur", "yi", "az-Arab", "pa-Arab"])
def test_from_right_to_left(newsroom: Newsroom, language: str) -> None:
    newsroom.publication(language=language, direction="rtl")
    assert newsroom.told("text-direction") == []


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"language": "ar"}, "Arabic"),
        ({"language": "ur-PK", "direction": "ltr"}, "Urdu"),
        ({"language": "he", "direction": "ltr"}, "Hebrew"),
    ],
)
def test_the_direction_is_forgotten(newsroom: Newsroom, fields: dict[str, str], name: str) -> None:
    (found,) = newsroom.publication(**fields).findings("text-direction")
    assert newsroom.told_of(found) == (
        "warning",
        newsroom.line("issues/publication.yaml", "language:"),
        f"{name} is written from right to left, but the email runs from left to right.",
    )
    assert found.problem.hint == "Write 'direction: rtl' below 'language:'."


def test_the_language_is_forgotten(newsroom: Newsroom) -> None:
    (found,) = newsroom.publication(language=None, direction="rtl").findings("text-direction")
    assert newsroom.told_of(found) == (
        "warning",
        newsroom.line("issues/publication.yaml", "direction:"),
        "English is written from left to right, but the email runs from right to left.",
    )
