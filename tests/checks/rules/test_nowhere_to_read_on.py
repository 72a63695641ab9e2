"""nowhere-to-read-on: 'Read more' that leads nowhere."""

from __future__ import annotations

from typing import Any

import pytest

from tests.checks.newsroom import Newsroom

URL = "https://www.bionews.org.uk/page_100030"


@pytest.mark.parametrize(
    "item",
    [
        {"teaser": "A teaser...", "url": URL},
        {"teaser": "A teaser...", "body": "And the whole piece."},
        {"body": "A short body, which is shown whole in the email."},
        {},
        {"kind": "elsewhere", "teaser": "A teaser...", "url": URL},
        {"kind": "elsewhere", "url": URL},
        {"kind": "elsewhere", "body": f"A [short one]({URL})."},
        {"kind": "notice", "teaser": "We are closed on Friday."},
        {"kind": "job", "teaser": "Write to us."},
        {"kind": "event", "teaser": "Come.", "place": "The hall", "starts": "2030-01-20 18:30"},
        {"kind": "advert", "teaser": "Buy.", "advertiser": "The publisher"},
        {"whole": True, "body": "One sentence. " * 30},
    ],
)
def test_these_lead_somewhere_or_are_whole(newsroom: Newsroom, item: dict[str, Any]) -> None:
    assert newsroom.item(title="The title of this item", **item).told("nowhere-to-read-on") == []


@pytest.mark.parametrize(
    ("severity", "item"),
    [
        ("warning", {"teaser": "A teaser..."}),
        ("warning", {"teaser": f"A teaser with [a link]({URL})...", "body": " "}),
        ("warning", {"kind": "comment", "teaser": "A teaser...", "authors": ["A. Author"]}),
        (
            "warning",
            {
                "kind": "review",
                "teaser": "A teaser...",
                "work": {"kind": "film", "title": "A film"},
            },
        ),
        ("warning", {"kind": "elsewhere", "teaser": f"[A newspaper]({URL}) has it all..."}),
        ("error", {"kind": "elsewhere", "teaser": "A newspaper has it all..."}),
        ("error", {"kind": "elsewhere", "body": "A newspaper has it all."}),
        ("error", {"kind": "elsewhere"}),
    ],
)
def test_these_lead_nowhere(newsroom: Newsroom, severity: str, item: dict[str, Any]) -> None:
    (told,) = newsroom.item(title="The title of this item", **item).told("nowhere-to-read-on")
    assert told.severity == severity
    assert "'The title of this item'" in told.message


def test_several_are_reported_once_at_the_first_of_them(newsroom: Newsroom) -> None:
    newsroom.write(
        "issues/700/issue.yaml",
        "number: 700\ndate: 2030-01-07\nsections:\n  - kind: news\n    items:\n"
        "      - title: A story\n        teaser: A teaser...\n      - title: Another\n        teaser: A teaser...\n",
    )
    (told,) = newsroom.told("nowhere-to-read-on")
    assert told.place == "issues/700/issue.yaml:6"
    assert "2 items" in told.message


def test_a_body_with_only_a_comment_does_not_count(newsroom: Newsroom) -> None:
    newsroom.item(title="A story", teaser="A teaser...", body="<!-- to come -->")
    assert len(newsroom.told("nowhere-to-read-on")) == 1


def test_a_title_alone_leads_to_its_teaser(newsroom: Newsroom) -> None:
    headlines = {"name": "headlines", "shows": "headlines"}
    newsroom.item(title="A story", teaser="A teaser...").publication(formats=[headlines])
    assert newsroom.told("nowhere-to-read-on") == []

    full = {"name": "full", "shows": "full"}
    assert len(newsroom.publication(formats=[headlines, full]).told("nowhere-to-read-on")) == 1
