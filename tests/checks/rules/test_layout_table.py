"""layout-table: tables that do not say that they are only layout."""

from __future__ import annotations

import pytest

from tests.checks.newsroom import Newsroom

EVENT = '<table role="presentation" class="event"'
LEAD = {"title": "A story", "teaser": "In few words."}


@pytest.mark.parametrize(
    "table",
    [
        '<table role="presentation"><tr><td>Left</td></tr></table>',
        '<table role="none"><tr><td>Left</td></tr></table>',
        '<table role="table"><tr><td>Left</td></tr></table>',
        "<table><tr><th>Year</th></tr><tr><td>2011</td></tr></table>",
        "<table><caption>Births</caption><tr><td>2011</td></tr></table>",
        "<!--[if mso]><table><tr><td>Left</td></tr></table><![endif]-->",
        '<div style="display:none"><table><tr><td>Left</td></tr></table></div>',
    ],
)
def test_these_say_what_they_are(newsroom: Newsroom, table: str) -> None:
    assert newsroom.html(table).told("layout-table") == []


def test_a_table_of_a_theme_is_reported_once_with_its_line_however_often_it_comes(
    newsroom: Newsroom,
) -> None:
    events = [
        {"title": f"Event {number}", "place": "The hall", "starts": f"2030-02-0{number} 18:30"}
        for number in (1, 2, 3)
    ]
    newsroom.issue(
        sections=[{"kind": "news", "items": [LEAD]}, {"kind": "events", "items": events}]
    )
    (finding,) = newsroom.theme("parts/event.html.j2", EVENT, '<table class="event"').told(
        "layout-table"
    )
    assert (finding.severity, finding.place) == (
        "warning",
        "templates/bionews/parts/event.html.j2:1",
    )
    assert "class 'event'" in finding.message


def test_headings_of_a_table_within_are_not_its_own(newsroom: Newsroom) -> None:
    inner = "<table><tr><th>Year</th></tr></table>"
    (finding,) = newsroom.html(f"<table><tr><td>Words {inner}</td></tr></table>").told(
        "layout-table"
    )
    assert "begins 'Words Year'" in finding.message


def test_a_table_around_one_of_figures_is_layout(newsroom: Newsroom) -> None:
    inner = "<table><tr><td>Left</td></tr></table>"
    (finding,) = newsroom.html(f"<table><tr><th>{inner}</th></tr></table>").told("layout-table")
    assert "begins 'Left'" in finding.message


def test_an_empty_table_is_reported_as_such(newsroom: Newsroom) -> None:
    (finding,) = newsroom.html("<table><tr><td></td></tr></table>").told("layout-table")
    assert finding.message == "A table does not say that it is only layout."
