"""invisible-character: what nobody sees, in texts and in addresses."""

from __future__ import annotations

import time
from typing import Any

import pytest

from newsletter.checks.rules import invisible_character
from newsletter.text.printable import printable
from tests.checks.newsroom import Newsroom


def told(newsroom: Newsroom, **fields: Any) -> list[tuple[str, str]]:
    newsroom.item(
        **(
            {"title": "A title", "url": "https://www.bionews.org.uk/page_1", "teaser": "Words."}
            | fields
        )
    )
    return [(finding.severity, finding.message) for finding in newsroom.told("invisible-character")]


@pytest.mark.parametrize(
    "text",
    [
        "Café, naïve, TNF-α, 5\u00a0µm, 10\u202f%, “quotes” – and dashes",
        "Non\u2011breaking hyphen, figure\u2007space, thin\u2009space",
        "می‌خواهم کتاب‌ها را بخوانم",
        "क्‍ष and ශ්‍රී",
        "A family 👨‍👩‍👧, a scientist 👩🏽‍🔬, a heart ❤️, a keycap 1️⃣",
        "The flags of England 🏴󠁧󠁢󠁥󠁮󠁧󠁿 and Scotland 🏴󠁧󠁢󠁳󠁣󠁴󠁿",
        "葛󠄀城市 with a variation selector",
        "ภาษา\u200bไทย ខ្មែរ\u200bភាសា",
        "The word \u2067שלום\u2069 is Hebrew, and \u200fעברית\u200f too",
        "A name \u202bאלף\u202c within brackets\u200e (1)",
        "العربية\u061c 12",
        "遺伝子治療\u3000の成功",
    ],
)
def test_what_may_well_be_meant(newsroom: Newsroom, text: str) -> None:
    assert told(newsroom, title=text, teaser=f"{text} in the news.", authors=[text]) == []


def test_marks_of_direction_in_a_publication_from_right_to_left(newsroom: Newsroom) -> None:
    newsroom.publication(language="he", direction="rtl")
    assert told(newsroom, title="IVF\u200f (2012)", teaser="\u2068HFEA\u2069 \u200e12") == []


@pytest.mark.parametrize(
    "address",
    [
        "https://fa.wikipedia.org/wiki/%D9%85%DB%8C%E2%80%8C%D8%AE",
        "https://www.bionews.org.uk/caf%C3%A9?a=%20b",
        "https://münchen.de/größe",
    ],
)
def test_addresses_that_are_sound(newsroom: Newsroom, address: str) -> None:
    assert told(newsroom, url=address) == []


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\u00ad", "A soft hyphen (U+00AD)"),
        ("\u200b", "A zero-width space (U+200B)"),
        ("\u2060", "A word joiner (U+2060)"),
        ("\ufeff", "A byte order mark (U+FEFF)"),
        ("\u200e", "The character left-to-right mark (U+200E)"),
        ("\u202c", "The character pop directional formatting (U+202C)"),
        ("\ufffc", "The mark of a lost object (U+FFFC)"),
        ("\ufff9", "The character interlinear annotation anchor (U+FFF9)"),
        ("\uf0b7", "A character that only one font knows (U+F0B7)"),
        ("\U000e0041", "The character tag latin capital letter a (U+E0041)"),
    ],
)
def test_what_nobody_sees_is_named(newsroom: Newsroom, character: str, name: str) -> None:
    found = told(newsroom, title=f"About chromo{character}somes and more")
    assert found == [("warning", f"{name} is hidden in 'chromo{printable(character)}somes'.")]


def test_the_hint_is_the_word_without_it(newsroom: Newsroom) -> None:
    galley = newsroom.item(title="About chromo\u00adsomes", teaser="Words.").galley()
    (found,) = invisible_character.check(galley)
    assert found.problem.hint == "Delete 'chromosomes' and type it again."


def test_many_in_one_text_are_one_finding(newsroom: Newsroom) -> None:
    found = told(newsroom, teaser="Mole\u00adcular bio\u00adlogy and gene\u00adtics.")
    assert found == [
        (
            "warning",
            "A soft hyphen (U+00AD) is hidden in 'Mole\ufffdcular', and 2 more in this text.",
        )
    ]


@pytest.mark.parametrize(
    "title",
    [
        "A \u202egnp.exe backwards",
        "A \u202dleft\u202c to right",
        "An isolate \u2067that is open",
        "An embedding \u202athat is open",
        "Two \u2066isolates \u2067one closed\u2069",
        "An embedding \u202bin \u2068an isolate\u202c\u2069",
        "עברית \u202e and more",
    ],
)
def test_what_reverses_the_text_is_an_error(newsroom: Newsroom, title: str) -> None:
    (found,) = told(newsroom, title=title)
    assert found[0] == "error"
    assert found[1].endswith("changes the direction of the text.")


def test_a_closed_pair_without_letters_from_right_to_left_is_only_needless(
    newsroom: Newsroom,
) -> None:
    assert [severity for severity, _ in told(newsroom, title="Says \u2068Alice\u2069 to all")] == [
        "warning"
    ]


@pytest.mark.parametrize(
    "nothing", ["\u200b", "\u3164", "\u2800 \u2800", "\u200d\ufe0f", "\u00ad\ufeff"]
)
def test_a_title_or_a_name_with_nothing_to_see_is_an_error(
    newsroom: Newsroom, nothing: str
) -> None:
    assert told(newsroom, title=nothing, authors=[nothing]) == [
        ("error", "There is nothing to see in this title."),
        ("error", "There is nothing to see in this name."),
    ]


def test_a_subject_with_nothing_to_see(newsroom: Newsroom) -> None:
    newsroom.issue(subject="\u2800\u2800")
    (found,) = newsroom.told("invisible-character")
    assert (found.severity, found.place) == ("error", "issues/700/issue.yaml:23")


@pytest.mark.parametrize("character", ["%C2%AD", "%E2%80%8B", "%E2%80%8E", "%EF%BB%BF"])
def test_an_address_with_something_unseen_is_an_error(newsroom: Newsroom, character: str) -> None:
    (found,) = told(
        newsroom, teaser=f"See [the report](https://www.hfea.gov.uk/report{character})."
    )
    assert found[0] == "error"
    assert found[1].endswith("is hidden in the address 'https://www.hfea.gov.uk/report\ufffd'.")


def test_every_text_is_checked_and_its_line_is_named(newsroom: Newsroom) -> None:
    newsroom.publication(**{"from": "Bio\u200bNews <news@bionews.org.uk>"}).write(
        "issues/700/issue.yaml",
        "number: 700\ndate: 2030-01-07\nsubject: Cells\u200b keep time\nsections:\n  - kind: news\n    items:\n"
        "      - title: A story\n"
        "        picture:\n          src: https://www.bionews.org.uk/lab.png\n          alt: The\u2060lab\n"
        "        teaser: |\n          One line,\n          and ano\u00adther.\n",
    )
    places = [finding.place for finding in newsroom.told("invisible-character")]
    assert places == [
        "issues/700/issue.yaml:3",
        "issues/700/issue.yaml:10",
        "issues/700/issue.yaml:13",
        "issues/publication.yaml:11",
    ]


@pytest.mark.parametrize(
    "piece", ["\u00ad", "a\u200b ", "\u2067", "\u202a\u202c", "\u2066\u202a\u2069", "\u202a"]
)
def test_a_very_long_text_is_read_quickly(newsroom: Newsroom, piece: str) -> None:
    galley = newsroom.item(title="A", teaser="Words.").galley()
    start = time.perf_counter()
    text = piece * 20_000 + "\u2069" * 20_000
    list(invisible_character._in_text(galley, text, lambda _: galley.manuscript.place()))
    assert time.perf_counter() - start < 2
