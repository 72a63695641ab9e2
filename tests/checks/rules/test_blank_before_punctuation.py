"""blank-before-punctuation: spaces before , . ; : ! ? and just inside brackets."""

from __future__ import annotations

import pytest

from tests.checks.newsroom import Newsroom


def told(newsroom: Newsroom, text: str) -> list[str]:
    newsroom.item(title="A title", url="https://www.bionews.org.uk/page_1", teaser=text)
    return [finding.message for finding in newsroom.told("blank-before-punctuation")]


@pytest.mark.parametrize(
    "text",
    [
        "So it goes ... and so … and so . . . on.",
        "A .com firm, .NET, p < .05, 5 ,000 and the !Kung.",
        "A ratio of 1 : 2.",
        "Good :) or ;) or :D.",
        "( ) yes ( ) no, (a) and (b).",
        "No-break spaces are meant\u00a0: so\u202f!",
        "What? ! – , so.",
        "Dear , we write.",
        "word :x and word ;y",
        "The letter began « Chère Madame ! » and went on.",
        "Under the headline “Pourquoi attendre ?” it asks the same.",
        "He wrote: C'est ça ; l’avenir le dira !",
        "Type `git add .` or `a ? b : c`, and `f( x )`.",
        "",
    ],
)
def test_what_is_right(newsroom: Newsroom, text: str) -> None:
    assert told(newsroom, text) == []


def test_french_puts_a_space_before_high_marks(newsroom: Newsroom) -> None:
    newsroom.publication(language="fr-FR")
    assert told(newsroom, "Ainsi ; voici : « oui » ! Non ?") == []
    assert told(newsroom, "Ainsi , voici.") == [
        "There is a space before the punctuation mark in 'Ainsi ,'."
    ]


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("One , two.", "One ,"),
        ("One ,two.", "One ,"),
        ("One\u00a0, two.", "One\u00a0,"),
        ("“One” , two.", "“One” ,"),
        ("One .", "One ."),
        ("One . Two.", "One ."),
        ("'One .'", "'One ."),
        ("One ; two.", "One ;"),
        ("In 1 : two.", "1 :"),
        ("One !", "One !"),
        ("“One ?”", "“One ?"),
        ("50%  , two.", "50%  ,"),
    ],
)
def test_spaces_before_a_mark(newsroom: Newsroom, text: str, piece: str) -> None:
    assert told(newsroom, text) == [f"There is a space before the punctuation mark in '{piece}'."]


def test_a_comma_is_joined_to_its_word_in_a_french_quotation_too(newsroom: Newsroom) -> None:
    assert len(told(newsroom, "She wrote « Chère Madame , bonjour ! » to us.")) == 1


@pytest.mark.parametrize(
    ("text", "piece"), [("One ( two) three.", "( two)"), ("One (two ) three.", "(two )")]
)
def test_spaces_inside_brackets(newsroom: Newsroom, text: str, piece: str) -> None:
    assert told(newsroom, text) == [f"There is a space inside the bracket in '{piece}'."]


def test_each_is_reported_with_its_line(newsroom: Newsroom) -> None:
    newsroom.write(
        "issues/700/issue.yaml",
        "number: 700\ndate: 2030-01-07\nsections:\n  - kind: news\n    items:\n      - title: A story ?\n"
        "        teaser: |\n          A line,\n          a word , and\n          ( a bracket).\n",
    )
    assert [
        (finding.severity, finding.place) for finding in newsroom.told("blank-before-punctuation")
    ] == [
        ("warning", "issues/700/issue.yaml:6"),
        ("warning", "issues/700/issue.yaml:9"),
        ("warning", "issues/700/issue.yaml:10"),
    ]
