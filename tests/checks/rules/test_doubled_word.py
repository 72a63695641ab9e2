"""doubled-word: a word that appears twice in a row."""

from __future__ import annotations

import pytest

from tests.checks.newsroom import Newsroom


def told(newsroom: Newsroom, text: str) -> list[str]:
    newsroom.item(title="A title", url="https://www.bionews.org.uk/page_1", teaser=text)
    return [finding.message for finding in newsroom.told("doubled-word")]


@pytest.mark.parametrize(
    "text",
    [
        "He had had it, and that that was so is very very rare.",
        "They gave her her baby.",
        "The law came in in May, and life goes on on Monday.",
        "In Duran Duran, Sing Sing and Boutros Boutros-Ghali.",
        "Doctors who WHO experts met told us US rules.",
        "In May may come what will, and Will will testify; Mark mark this.",
        "No, no. The one. One more. The, the.",
        "ATG ATG and cag cag repeats, 5 5, p53 p53, a_b a_b.",
        "Vitamin A a day, hepatitis I I.",
        "A pre pre-natal test, in in-vitro culture.",
        "the the the and more",
        "Of Gorilla gorilla and Rattus rattus, with agar agar.",
        "The `the` the shell reads; type `make make` and `git` git `git`.",
        "",
    ],
)
def test_what_is_right_twice(newsroom: Newsroom, text: str) -> None:
    assert told(newsroom, text) == []


def test_paragraphs_are_not_joined(newsroom: Newsroom) -> None:
    assert told(newsroom, "It ends with the\n\nthe next begins.") == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Nous nous demandons si vous vous levez."),
        ("de", "Die Frau, die die Ärztin sah, und der der Arzt half."),
        ("id", "anak anak dan buku buku"),
        ("ja", "は は"),
    ],
)
def test_other_languages(newsroom: Newsroom, language: str, text: str) -> None:
    assert told(newsroom.publication(language=language), text) == []


@pytest.mark.parametrize(
    ("text", "pair", "word"),
    [
        ("They found the the gene.", "the the", "the"),
        ("The the gene.", "The the", "the"),
        ("A REPORT OF OF GENES", "OF OF", "of"),
        ("Of of genes it tells.", "Of of", "of"),
        ("They don’t don’t know.", "don’t don’t", "don’t"),
        ("They have a a gene.", "a a", "a"),
        ("It happened in in London.", "in in", "in"),
        ("So 'the the' idea.", "the the", "the"),
        ("Of *the* the idea.", "the the", "the"),
    ],
)
def test_doubled_words(newsroom: Newsroom, text: str, pair: str, word: str) -> None:
    assert told(newsroom, text) == [f"'{pair}': the word '{word}' appears twice."]


@pytest.mark.parametrize(
    ("language", "text"), [("fr", "Il voit le le gène."), ("de-AT", "Das Gen wird wird gezeigt.")]
)
def test_doubled_words_in_other_languages(newsroom: Newsroom, language: str, text: str) -> None:
    assert len(told(newsroom.publication(language=language), text)) == 1


def test_each_is_reported_with_its_place_over_a_line_break_too(newsroom: Newsroom) -> None:
    newsroom.write(
        "issues/700/issue.yaml",
        "number: 700\ndate: 2030-01-07\nsections:\n  - kind: news\n    items:\n      - title: A story of of genes\n"
        "        teaser: |\n          A line,\n          and the\n          the other.\n",
    )
    assert [(finding.severity, finding.place) for finding in newsroom.told("doubled-word")] == [
        ("warning", "issues/700/issue.yaml:6"),
        ("warning", "issues/700/issue.yaml:9"),
    ]
