"""heading-order: the outline that a screen reader lists."""

from __future__ import annotations

import pytest

from tests.checks.newsroom import Newsroom
from tests.checks.planted.heading_order import SECTION, without_first_level


@pytest.mark.parametrize(
    "headings",
    [
        "<h2>Two</h2><h3>Three</h3><h4>Four</h4><h2>Two again</h2>",
        '<h2><img src="https://www.bionews.org.uk/logo.png" alt="A picture of words"></h2>',
        '<h2 aria-label="A name"></h2>',
        '<div style="display:none"><h1>Unseen</h1><h6></h6></div>',
        "<h2>日本語</h2>",
    ],
)
def test_a_sound_outline(newsroom: Newsroom, headings: str) -> None:
    assert newsroom.html(headings).told("heading-order") == []


def test_no_heading_of_level_1_is_an_error(newsroom: Newsroom) -> None:
    (finding,) = without_first_level(newsroom).told("heading-order")
    assert (finding.severity, finding.place) == ("error", "templates/bionews/email.mjml.j2")
    assert "no heading of level 1" in finding.message


def test_each_further_heading_of_level_1_is_reported(newsroom: Newsroom) -> None:
    newsroom.theme("email.mjml.j2", SECTION, SECTION.replace("h2", "h1"))
    findings = newsroom.told("heading-order")
    assert {finding.severity for finding in findings} == {"warning"}
    second = {
        finding.message.partition(" is ")[0]
        for finding in findings
        if "a second heading of level 1" in finding.message
    }
    assert second == {"'Comment'", "'News Digest'"}


def test_a_level_skipped_by_the_theme_is_reported_once(newsroom: Newsroom) -> None:
    newsroom.theme("email.mjml.j2", SECTION, SECTION.replace("h2", "h4"))
    (finding,) = newsroom.told("heading-order")
    assert finding.severity == "warning"
    assert finding.place.startswith("templates/bionews/email.mjml.j2:")
    assert (
        finding.message == "The heading 'News Digest' is level 4, but the one before it is level 2."
    )


def test_the_first_heading_may_be_of_level_2_but_not_of_3(newsroom: Newsroom) -> None:
    head = '<!doctype html><html lang="en-GB" dir="ltr"><head><meta charset="utf-8"><title>T</title></head><body>'
    assert (
        newsroom.html(f"{head}<h2>Two</h2><h1>One</h1></body></html>").told("heading-order") == []
    )
    (finding,) = newsroom.html(f"{head}<h3>Three</h3><h1>One</h1></body></html>").told(
        "heading-order"
    )
    assert "'Three' is level 3" in finding.message


@pytest.mark.parametrize(
    "inner", ["", " ", "&nbsp;", '<img src="https://www.bionews.org.uk/logo.png" alt="">']
)
def test_empty_headings_are_reported_once_for_a_level(newsroom: Newsroom, inner: str) -> None:
    (finding,) = newsroom.html(f"<h2>{inner}</h2><h2>{inner}</h2>").told("heading-order")
    assert finding.severity == "error"
    assert finding.message == "A heading of level 2 is empty."


def test_an_empty_heading_of_the_theme_is_reported_at_its_line(newsroom: Newsroom) -> None:
    title = '<h2>{% include "parts/title.html.j2" %}</h2>'
    (finding,) = newsroom.theme("parts/lead.html.j2", title, "<h2></h2>").told("heading-order")
    assert finding.place == "templates/bionews/parts/lead.html.j2:7"
