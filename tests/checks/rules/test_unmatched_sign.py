"""unmatched-sign: brackets and quotes of which one is missing."""

from __future__ import annotations

import pytest

from tests.checks.newsroom import Newsroom


def told(newsroom: Newsroom, **fields: str) -> list[str]:
    newsroom.item(**{"title": "A title", "url": "https://www.bionews.org.uk/page_1"} | fields)
    return [finding.message for finding in newsroom.told("unmatched-sign")]


@pytest.mark.parametrize(
    "text",
    [
        '(a) One, (b) two, [sic] “three”, "four", « five ».',
        "a\\) One, 2\\) two, iv\\) three; and (as in 1\\) and 2\\) here).",
        "Good :) or bad :( or both ;-), and (really :)).",
        'A 12" disc, and a "12" disc.',
        "A 15” screen, and “a screen of 15”, he said”.",
        "She is 5’4” tall, he 6′1″.",
        "A share in [0, 1), or in (−1.5; 2].",
        "1.\\) One, 2.\\) two.",
        "Splendid :)))",
        'The command `echo "(` and `]` are code.',
        "« Oui », dit-elle ; „ja“, sagte er; „tak”, powiedział.",
        "t(9;22)(q34;q11.2) and p.(Arg97fs)",
        "Read on »",
        "„So“, „so”, »so«, “a ‘b’ c”.",
        "It is cut (within the...",
        'He said: “It is cut…”, "and “so…',
        "“One.\n\n“Two.\n\n“Three.”",
        '"One.\n\n"Two.\n\n"Three."',
        "«One.\n\n«Two.»",
        'One “so" is mixed, and not unmatched.',
        "'tis the '90s, rock 'n' roll.",
        "",
    ],
)
def test_what_has_its_partner_or_needs_none(newsroom: Newsroom, text: str) -> None:
    assert told(newsroom, teaser=text) == []


def test_a_bracket_may_close_in_another_paragraph(newsroom: Newsroom) -> None:
    assert told(newsroom, body="(One.\n\nTwo.)") == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("sv", "”Så” och ”så”."),
        ("he", 'צה"ל אמר ”כך”'),
        ("ja", "（例) １）これ ２）それ"),
        ("de", "»So« und „so“."),
    ],
)
def test_other_languages(newsroom: Newsroom, language: str, text: str) -> None:
    assert told(newsroom.publication(language=language), teaser=text) == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("One (two.", "The character ( has no partner: 'One (two.'."),
        ("One) two.", "The character ) has no partner: 'One) two.'."),
        ("One) two...", "The character ) has no partner: 'One) two...'."),
        ("a\\) One (two.", "The character ( has no partner: 'a) One (two.'."),
        ("One [two.", "The character [ has no partner: 'One [two.'."),
        ("One] two.", "The character ] has no partner: 'One] two.'."),
        ("“One.", "The character “ has no partner: '“One.'."),
        ("One.”", "The character ” has no partner: 'One.”'."),
        ("„One.", "The character „ has no partner: '„One.'."),
        ("”One”", "The character ” has no partner: '”One”'."),
        ('"One" and "two.', 'The character " has no partner: \'"One" and "two.\'.'),
        ("« One » «two.", "The character « has no partner: '« One » «two.'."),
        ("“One.\n\nTwo.”\n\nThree ”.", "The character ” has no partner: 'Three ”.'."),
    ],
)
def test_characters_without_a_partner(newsroom: Newsroom, text: str, what: str) -> None:
    assert told(newsroom, teaser=text) == [what]


def test_the_same_character_at_both_ends_must_be_even(newsroom: Newsroom) -> None:
    assert len(told(newsroom.publication(language="sv"), teaser="”Så” och ”så.")) == 1


def test_each_kind_is_reported_with_its_line_and_what_is_around_it(newsroom: Newsroom) -> None:
    newsroom.write(
        "issues/700/issue.yaml",
        "number: 700\ndate: 2030-01-07\nsections:\n  - kind: news\n    items:\n      - title: A story [of genes\n"
        "        teaser: |\n          A first paragraph.\n\n"
        "          A second one, which is long enough to be cut before (and\n          after) it shows “the sign that\n"
        "          nobody has closed, and which goes on.\n",
    )
    assert newsroom.told("unmatched-sign") == [
        (
            "warning",
            "issues/700/issue.yaml:6",
            "The character [ has no partner: 'A story [of genes'.",
        ),
        (
            "warning",
            "issues/700/issue.yaml:11",
            "The character “ has no partner: '…t before (and after) it shows “the sign that nobody has clos…'.",
        ),
    ]
