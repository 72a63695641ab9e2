"""missing-word: words of the theme that are not in the publication's language."""

from __future__ import annotations

import re

import pytest

from newsletter.theme.words import default_words
from tests.checks.newsroom import Newsroom

OWN = "templates/bionews/words.pt.toml"


@pytest.mark.parametrize("language", ["en-GB", "en-US", "de", "de-AT", "fr-CA", "es", "he", "ja"])
def test_the_languages_of_the_default_theme(newsroom: Newsroom, language: str) -> None:
    assert newsroom.publication(language=language).told("missing-word") == []


def test_a_language_that_the_theme_does_not_have(newsroom: Newsroom) -> None:
    (told,) = newsroom.publication(language="pt-BR").told("missing-word")
    assert told.severity == "warning"
    assert re.fullmatch(r"issues/publication\.yaml:\d+", told.place)
    assert told.message == (
        "The theme has no words.pt.toml: readers see 'In this issue' and other words of words.toml."
    )


def test_words_that_are_missing_are_named(newsroom: Newsroom) -> None:
    words = default_words()
    del words["language"], words["archive"], words["sections"]["news"]
    newsroom.publication(language="pt").write(OWN, toml(words))
    (told,) = newsroom.told("missing-word")
    assert told[1:] == (OWN, "words.pt.toml lacks 2 words: archive, sections.news.")


def test_the_hint_says_what_is_shown_in_place_of_a_word(newsroom: Newsroom) -> None:
    words = default_words()
    del words["language"], words["archive"]
    newsroom.publication(language="pt").write(OWN, toml(words))
    (finding,) = newsroom.findings("missing-word")
    assert finding.problem.message == "words.pt.toml lacks the word archive."
    assert finding.problem.hint == "Write it there: until then readers see 'All issues'."


def test_a_word_that_no_template_uses_is_not_missed(newsroom: Newsroom) -> None:
    words = default_words()
    del words["language"], words["forward"]
    newsroom.theme("parts/footer.html.j2", "{{ words.forward }}", "Enviar")
    newsroom.theme("email.txt.j2", "(words.forward,", "('Enviar',")
    newsroom.publication(language="pt").write(OWN, toml(words))
    assert newsroom.told("missing-word") == []


def test_words_toml_may_be_in_the_language(newsroom: Newsroom) -> None:
    newsroom.publication(language="pt")
    newsroom.theme("words.toml", 'language = "en"', 'language = "pt"')
    assert newsroom.told("missing-word") == []


def toml(words: dict[str, object]) -> str:
    """Return words as a file has them."""
    lines = [f'{name} = "{word}"' for name, word in words.items() if isinstance(word, str)]
    for group, of_group in words.items():
        if isinstance(of_group, dict):
            lines += [f"[{group}]", *(f'{name} = "{word}"' for name, word in of_group.items())]
    return "\n".join(lines)
