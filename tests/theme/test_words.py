"""The words of a theme in the publication's language."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter.errors import ThemeError
from newsletter.model import ITEM_OF_SECTION
from newsletter.theme.folder import ThemeFolder
from newsletter.theme.words import default_words, language_tags, missing_words, read_words


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """The folder of a theme."""
    folder = tmp_path / "mine"
    folder.mkdir()
    return folder


def words_of(mine: Path, language: str) -> dict[str, object]:
    return read_words(ThemeFolder.find("mine", mine.parent), language)


def missing_of(mine: Path, language: str) -> dict[str, str]:
    return missing_words(ThemeFolder.find("mine", mine.parent), language)


def test_a_language_and_those_that_it_is_a_form_of() -> None:
    assert language_tags("zh-Hant-TW") == ["zh", "zh-Hant", "zh-Hant-TW"]


def test_the_words_are_those_of_the_language(mine: Path) -> None:
    assert words_of(mine, "en-GB")["contents"] == "In this issue"
    assert words_of(mine, "de-AT")["contents"] == "In dieser Ausgabe"


def test_a_themes_own_words_go_over_those_of_the_default_theme(mine: Path) -> None:
    (mine / "words.de.toml").write_text('contents = "Inhalt"', "utf-8")
    words = words_of(mine, "de-AT")
    assert (words["contents"], words["archive"]) == ("Inhalt", "Alle Ausgaben")
    assert words_of(mine, "en-GB")["contents"] == "In this issue"


def test_the_nearest_language_goes_first(mine: Path) -> None:
    (mine / "words.de.toml").write_text('contents = "Inhalt"\narchive = "Archiv"', "utf-8")
    (mine / "words.de-AT.toml").write_text('contents = "Was drin ist"', "utf-8")
    words = words_of(mine, "de-AT")
    assert (words["contents"], words["archive"]) == ("Was drin ist", "Archiv")


@pytest.mark.parametrize("names_it", ["", 'language = "pt"\n'])
def test_words_toml_may_be_in_the_publications_language(mine: Path, names_it: str) -> None:
    (mine / "words.toml").write_text(f'{names_it}contents = "Nesta edição"', "utf-8")
    assert words_of(mine, "pt-BR")["contents"] == "Nesta edição"
    assert "contents" not in missing_of(mine, "pt-BR")


def test_words_toml_may_be_in_another_form_of_the_language(mine: Path) -> None:
    (mine / "words.toml").write_text('language = "en-US"\narchive = "Back issues"', "utf-8")
    assert words_of(mine, "en-GB")["archive"] == "Back issues"


def test_a_language_that_is_no_text_is_reported(mine: Path) -> None:
    (mine / "words.toml").write_text("language = 5", "utf-8")
    with pytest.raises(ThemeError, match="'language' is a number, not text"):
        words_of(mine, "en-GB")


def test_words_toml_of_another_language_is_for_what_is_missing(mine: Path) -> None:
    (mine / "words.toml").write_text(
        'language = "pt"\ncontents = "Nesta edição"\nours = "Nossa"\n', "utf-8"
    )
    words = words_of(mine, "de")
    assert (words["contents"], words["ours"]) == ("In dieser Ausgabe", "Nossa")
    assert missing_of(mine, "de") == {"ours": "Nossa"}


def test_what_is_missing_is_shown_in_english(mine: Path) -> None:
    (mine / "words.pt.toml").write_text(
        'contents = "Nesta edição"\n[sections]\nnews = "Notícias"\n', "utf-8"
    )
    words = words_of(mine, "pt")
    missing = missing_of(mine, "pt")
    assert (words["contents"], words["archive"]) == ("Nesta edição", "All issues")
    assert missing["archive"] == "All issues"
    assert missing["sections.comment"] == "Comment"
    assert not {"contents", "sections.news", "language"} & set(missing)


@pytest.mark.parametrize("language", ["en-GB", "de", "fr", "es", "he", "ja"])
def test_the_default_theme_lacks_no_word_in_its_languages(mine: Path, language: str) -> None:
    assert missing_of(mine, language) == {}


def test_every_kind_of_section_and_item_has_words() -> None:
    words = default_words()
    assert list(words["sections"]) == list(ITEM_OF_SECTION)
    assert list(words["actions"]) == [
        kind.model_fields["kind"].default for kind in ITEM_OF_SECTION.values()
    ]
