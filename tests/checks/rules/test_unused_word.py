"""unused-word: a word of the theme's files that nothing uses."""

from __future__ import annotations

import pytest

from tests.checks.newsroom import Newsroom

OWN = "templates/bionews/words.toml"


@pytest.mark.parametrize("language", ["en-GB", "de", "pt"])
def test_the_default_theme_uses_all_its_words(newsroom: Newsroom, language: str) -> None:
    assert newsroom.publication(language=language).told("unused-word") == []


def test_words_of_the_default_theme_may_be_others(newsroom: Newsroom) -> None:
    newsroom.write(OWN, 'language = "en"\nread_more = "All of it"\n[sections]\nnews = "New"\n')
    assert newsroom.told("unused-word") == []


def test_a_word_of_its_own_is_used_by_its_own_template(newsroom: Newsroom) -> None:
    newsroom.write(OWN, 'hello = "Hello"\n')
    newsroom.write("templates/bionews/parts/mark.html.j2", "{{ words.hello }}")
    assert newsroom.told("unused-word") == []


@pytest.mark.parametrize("file", ["words.toml", "words.en.toml", "words.en-GB.toml"])
def test_a_misspelt_word_is_reported_at_its_line(newsroom: Newsroom, file: str) -> None:
    newsroom.write(f"templates/bionews/{file}", 'by = "From {names}"\nisue = "{number}"\n')
    (found,) = newsroom.findings("unused-word")
    assert newsroom.told_of(found) == (
        "warning",
        f"templates/bionews/{file}:2",
        "Nothing in this theme uses the word 'isue'.",
    )
    assert found.problem.hint == "Did you mean 'issue'?"


@pytest.mark.parametrize(
    "name", ["Words.toml", "words_de.toml", "words.english.toml", "words.txt", "word.toml"]
)
def test_a_file_that_nothing_reads(newsroom: Newsroom, name: str) -> None:
    newsroom.write(f"templates/bionews/{name}", 'read_more = "All of it"\n')
    assert newsroom.told("unused-word") == [
        ("warning", f"templates/bionews/{name}", "Nothing reads this file of words.")
    ]


@pytest.mark.parametrize("name", ["words.pt-BR.toml", "words.md", "wordmark.txt", "keywords.txt"])
def test_files_of_other_languages_and_of_something_else(newsroom: Newsroom, name: str) -> None:
    newsroom.write(f"templates/bionews/{name}", 'read_more = "All of it"\n')
    assert newsroom.told("unused-word") == []


def test_a_word_without_its_group(newsroom: Newsroom) -> None:
    newsroom.write(OWN, 'events = "Dates"\n')
    (found,) = newsroom.findings("unused-word")
    assert found.problem.hint == "Write it below a line [sections], or delete it."


def test_the_words_of_other_languages_are_left_to_the_check_of_themes(newsroom: Newsroom) -> None:
    newsroom.write("templates/bionews/words.de.toml", 'isue = "Nummer {number}"\n')
    assert newsroom.told("unused-word") == []
    assert len(newsroom.publication(language="de").told("unused-word")) == 1
