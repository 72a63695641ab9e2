"""client-support: what the chosen mail clients do not know."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from newsletter.checks import manual
from newsletter.checks.galley import galley_of
from newsletter.checks.rules.client_support import NAMES
from newsletter.markup.support.figures import clients_without
from newsletter.model import Client
from tests.checks.newsroom import Newsroom
from tests.checks.planted.client_support import MISTAKES

REPOSITORY = Path(__file__).resolve().parents[3]
STYLE = "templates/bionews/style.css"
TEMPLATE = "templates/bionews/email.mjml.j2"


ISSUES = sorted(
    manifest.parent
    for top in ("issues", "tests/golden/*/issues")
    for manifest in REPOSITORY.glob(f"{top}/*/issue.yaml")
)


@pytest.mark.parametrize(
    "folder", ISSUES, ids=lambda folder: f"{folder.parents[2].name}-{folder.name}"
)
def test_the_shipped_and_the_golden_issues_work_everywhere(folder: Path) -> None:
    galley = galley_of(folder)
    assert set(galley.issue.publication.clients) == set(get_args(Client))
    assert list(manual.rule("client-support").check(galley)) == []


def test_every_client_has_a_name() -> None:
    assert set(NAMES) == set(get_args(Client))


@pytest.mark.parametrize(
    "style",
    [
        "border-radius: 8px; box-shadow: 0 1px 3px #999; text-shadow: none; transition: color 1s",
        "background-color: #fff; background-image: linear-gradient(#fff, #eee)",
        "color: #333; color: rgba(0, 0, 0, 0.8); font-size: 16px; font-size: 1rem",
    ],
)
def test_what_can_be_missed_or_has_a_fallback_is_silent(newsroom: Newsroom, style: str) -> None:
    assert newsroom.html(f'<p style="{style}">A word</p>').told("client-support") == []


def test_clients_that_are_not_chosen_do_not_matter(newsroom: Newsroom) -> None:
    newsroom.html('<p style="display: flex">A word</p>').publication(
        clients=["gmail-web", "apple-mail-ios"]
    )
    assert newsroom.told("client-support") == []


def test_a_feature_is_reported_once_with_the_clients_that_do_not_know_it(
    newsroom: Newsroom,
) -> None:
    newsroom.html('<p style="display: grid">A word</p><p style="display: inline-grid">Another</p>')
    assert clients_without("css-display-grid") == {
        *(
            "gmail-web",
            "gmail-ios",
            "gmail-android",
            "outlook-windows",
            "outlook-ios",
            "outlook-android",
        ),
        *("yahoo-web", "yahoo-ios", "yahoo-android"),
    }
    assert [(finding.severity, finding.message) for finding in newsroom.told("client-support")] == [
        (
            "warning",
            "'display: grid' does not work in Gmail (web, iOS, Android), Outlook (Windows, iOS, Android), "
            "Yahoo Mail (web, iOS, Android).",
        )
    ]


def test_clients_are_named_as_chosen(newsroom: Newsroom) -> None:
    newsroom.html("<p hidden>A word</p>").publication(
        clients=["outlook-web", "samsung-email", "thunderbird"]
    )
    assert (
        newsroom.told("client-support")[0].message == "'<p hidden>' does not work in Outlook (web)."
    )
    newsroom.html('<p style="inset: 0">A word</p>')
    assert {finding.message for finding in newsroom.told("client-support")} == {
        "'<p hidden>' does not work in Outlook (web).",
        "'inset: 0' does not work in Outlook (web), Samsung Email.",
    }


def test_uses_of_a_feature_are_gathered(newsroom: Newsroom) -> None:
    newsroom.html('<!--[if !mso]><!--><p style="position: fixed">A word</p><!--<![endif]-->')
    newsroom.publication(clients=["gmail-web", "outlook-windows"])
    assert (
        newsroom.told("client-support")[0].message
        == "'position: fixed' does not work in Gmail (web)."
    )
    newsroom.html('<p style="position: sticky">A word</p>')
    findings = newsroom.told("client-support")
    assert [finding.message for finding in findings] == [
        "'position: fixed' does not work in Gmail (web), Outlook (Windows)."
    ]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("style.css", ".kicker {", "display: flex;"),
        ("style.css", ".kicker {", "display:flex;"),
        (
            "style.css",
            ".kicker {",
            "background-image: linear-gradient(var(--link), var(--card));",
        ),
        (
            "parts/masthead.html.j2",
            '<p class="dateline">',
            '<p style="white-space:pre-wrap">A word</p>',
        ),
    ],
)
def test_the_place_is_where_the_theme_says_it(
    newsroom: Newsroom, file: str, old: str, new: str
) -> None:
    newsroom.theme(file, old, f"{old}\n  {new}\n")
    lines = (newsroom.folder / "templates" / "bionews" / file).read_text("utf-8").split("\n")
    line = next(number for number, text in enumerate(lines, start=1) if new in text)
    assert [finding.place for finding in newsroom.told("client-support")] == [
        f"templates/bionews/{file}:{line}"
    ]


def test_without_a_line_rather_than_with_a_wrong_one(newsroom: Newsroom) -> None:
    newsroom.theme("style.css", ".kicker {", ".kicker {\n  DISPLAY : FLEX;\n")
    assert [finding.place for finding in newsroom.told("client-support")] == [TEMPLATE]


def test_the_place_of_an_element_is_its_tag(newsroom: Newsroom) -> None:
    newsroom.theme("parts/footer.html.j2", '<p class="imprint">{{', '<p class="imprint" hidden>{{')
    newsroom.theme("parts/masthead.html.j2", "<h1>", "<svg></svg><h1>")
    assert sorted(
        (finding.message.split("'")[1], finding.place)
        for finding in newsroom.told("client-support")
    ) == [
        ("<p hidden>", newsroom.line("templates/bionews/parts/footer.html.j2", "hidden")),
        ("<svg>", "templates/bionews/parts/masthead.html.j2:2"),
    ]


@pytest.mark.parametrize("mistake", MISTAKES)
def test_each_planted_mistake_is_reported_once(tmp_path: Path, mistake: str) -> None:
    room = Newsroom(tmp_path, issues=REPOSITORY / "issues", number="652", today=date.today())  # noqa: DTZ011
    MISTAKES[mistake](room)
    galley = room.galley()
    assert len(list(manual.rule("client-support").check(galley))) == 1
