"""preheader: what inboxes show after the subject."""

from __future__ import annotations

import pytest

from tests.checks.newsroom import Newsroom

SOUND = "Records without paper, and a comment that asks who decides"


@pytest.mark.parametrize(
    "preheader",
    [
        SOUND,
        "x" * 40,
        "x" * 100,
        "遺伝子の研究についての長い見出しが続いて書かれる",
        "遺" * 100,
        "כותרת ראשונה של ידיעה שאורכה מספיק כדי להיות כאן",
        "New variants can be seen in the genome browser of the Santa Cruz group",
        "In the browser of the archive: every embryo that was counted in Rome",
        "The regulator has trouble with donors; clinics view the rules as old",
        "A first story, about cells that keep time and what comes of it",
        "🧬" * 20,
    ],
)
def test_a_sound_preheader(newsroom: Newsroom, preheader: str) -> None:
    assert newsroom.issue(preheader=preheader).told("preheader") == []


@pytest.mark.parametrize("words", ["and more of it ", "遺伝子の研究", "הגנים "])
def test_an_automatic_one_is_never_too_long(newsroom: Newsroom, words: str) -> None:
    titles = [
        f"Story {number} is about cells that keep the time " + words * 30 for number in range(40)
    ]
    newsroom.issue(
        sections=[{"kind": "news", "items": [{"title": title.strip()} for title in titles]}]
    )
    assert newsroom.told("preheader") == []


@pytest.mark.parametrize(
    "preheader", ["x" * 39, "Every story of the week", "遺伝子の研究について", "🧬", "!!!"]
)
def test_a_short_one_is_reported(newsroom: Newsroom, preheader: str) -> None:
    [told] = newsroom.issue(preheader=preheader).told("preheader")
    assert told.severity == "warning"
    assert told.message == f"The preheader '{preheader}' is short: {len(preheader)} characters."


def test_an_automatic_one_that_is_short_is_reported_for_the_issue(newsroom: Newsroom) -> None:
    newsroom.issue(
        sections=[{"kind": "notices", "items": [{"title": "One notice", "body": "That is all."}]}]
    )
    assert newsroom.told("preheader") == [
        ("info", "issues/700/issue.yaml:1", "The preheader 'That is all.' is short: 12 characters.")
    ]


def test_a_long_one_is_reported_with_its_line(newsroom: Newsroom) -> None:
    newsroom.change(
        "issues/700/issue.yaml", "number: 700\n", f"number: 700\npreheader: {'x' * 101}\n"
    )
    [told] = newsroom.told("preheader")
    assert told.place == "issues/700/issue.yaml:2"
    assert told.message.startswith("The preheader has 101 characters, more than 100: 'xxx")


@pytest.mark.parametrize(
    "preheader", ["Cells keep time: what comes of it for us", "cells keep time – what comes of it"]
)
def test_one_that_repeats_the_subject_is_reported(newsroom: Newsroom, preheader: str) -> None:
    newsroom.issue(subject="Cells keep time: what comes of it for us", preheader=preheader)
    assert [finding.message for finding in newsroom.told("preheader")] == [
        f"The preheader '{preheader}' repeats the subject."
    ]


@pytest.mark.parametrize(
    "preheader",
    [
        "Is this email hard to read? Look at it in your browser.",
        "View this email online if its pictures are missing here",
        "Cells keep time, and more. View in browser if that helps",
        "If you have trouble viewing this message, go to the site",
        "Falls dies nicht lesbar ist, hier im Browser anzeigen lassen",
        "Si ce message est illisible, lisez-le dans votre navigateur",
        "Si no puede leer este mensaje, véalo en su navegador ahora",
        "Cells keep time and more. Read this issue on the web today",
    ],
)
def test_one_that_sends_readers_away_is_reported(newsroom: Newsroom, preheader: str) -> None:
    [told] = newsroom.issue(preheader=preheader).told("preheader")
    assert told.message.endswith("sends readers to the browser.")
