"""action: words of a button or link that are too long, or lead nowhere."""

from __future__ import annotations

from typing import Any

import pytest

from tests.checks.newsroom import SECTION_OF_KIND, Newsroom

URL = "https://www.bionews.org.uk/page_100030"
LONG = "One sentence of a piece that goes on. " * 30
FIELDS: dict[str, dict[str, Any]] = {
    "advert": {"advertiser": "The publisher"},
    "event": {"place": "The hall", "starts": "2030-01-20 18:30"},
    "news": {},
    "notice": {},
}


LEAD = {"title": "The lead", "url": URL, "teaser": "A teaser."}


def told(newsroom: Newsroom, kind: str, **item: Any) -> list[str]:
    """Return what is said of an item of this kind below the lead."""
    fields = {"title": "The title of this item", **FIELDS[kind], **item}
    newsroom.issue(
        sections=[
            {"kind": "news", "items": [LEAD]},
            {"kind": SECTION_OF_KIND[kind], "items": [fields]},
        ]
    )
    return [found.message for found in newsroom.told("action")]


@pytest.mark.parametrize("kind", FIELDS)
@pytest.mark.parametrize(
    "item",
    [
        {"url": URL, "teaser": "A teaser.", "action": "Sign up"},
        {"url": URL, "body": "A short body.", "action": "Sign up"},
        {"url": URL, "whole": True, "body": LONG, "action": "Sign up"},
        {"teaser": "A teaser.", "body": "The whole.", "action": "Read all of it"},
        {"body": LONG, "action": "Read all of it"},
        {"teaser": "A teaser."},
        {"url": URL, "teaser": "A teaser.", "action": "Tell us what you think of this new page."},
    ],
)
def test_these_words_lead_somewhere(newsroom: Newsroom, kind: str, item: dict[str, Any]) -> None:
    assert told(newsroom, kind, **item) == []


@pytest.mark.parametrize("kind", ["advert", "event", "notice"])
def test_a_page_that_shows_no_more(newsroom: Newsroom, kind: str) -> None:
    assert told(newsroom, kind, teaser="A teaser.", action="Sign up") == [
        "'Sign up' leads to a page that shows no more than the email does."
    ]


@pytest.mark.parametrize("kind", FIELDS)
@pytest.mark.parametrize("item", [{"whole": True, "body": LONG}, {"body": "A short body."}])
def test_words_that_nobody_reads(newsroom: Newsroom, kind: str, item: dict[str, Any]) -> None:
    assert told(newsroom, kind, **item, action="Sign up") == [
        "Nobody reads 'Sign up': the email shows the whole piece, and no link."
    ]


def test_a_teaser_alone_of_a_news_story_is_for_another_rule(newsroom: Newsroom) -> None:
    assert told(newsroom, "news", teaser="A teaser.", action="Read on") == []


@pytest.mark.parametrize(("kind", "lead"), [("advert", False), ("news", True)])
def test_a_button_with_too_many_words(newsroom: Newsroom, kind: str, lead: bool) -> None:
    action = "Tell us what you think of this new page of ours"
    assert told(newsroom, kind, url=URL, teaser="A teaser.", action=action, lead=lead) == [
        f"The button '{action}' has 47 characters."
    ]


@pytest.mark.parametrize("kind", ["event", "news", "notice"])
def test_a_link_may_be_a_sentence(newsroom: Newsroom, kind: str) -> None:
    action = "Tell us what you think of this new page of ours, and of all others"
    assert told(newsroom, kind, url=URL, teaser="A teaser.", action=action) == []


def test_it_is_reported_at_its_line(newsroom: Newsroom) -> None:
    newsroom.item(kind="notice", title="Our survey", teaser="Ten questions.", action="Sign up")
    (found,) = newsroom.told("action")
    assert found.severity == "warning"
    assert found.place == newsroom.line("issues/700/issue.yaml", "action: Sign up")
