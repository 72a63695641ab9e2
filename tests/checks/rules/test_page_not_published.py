"""page-not-published: pages that are asked for on a web server of our own, on this machine."""

from __future__ import annotations

import pytest

from newsletter.checks import web as web_module
from newsletter.checks.web import Answer, Fetched
from tests.checks.newsroom import Newsroom
from tests.checks.web_server import Web

ISSUE, PIECE = "/700/", "/700/a-story/"
PAGE = ("text/html", b"<title>A page</title>")


@pytest.fixture
def room(newsroom: Newsroom, web: Web, monkeypatch: pytest.MonkeyPatch) -> Newsroom:
    """An issue with a piece that has a page; nothing of it is on the web yet."""
    monkeypatch.setattr(web_module, "_PAUSE", 0)
    web.not_there = {ISSUE, PIECE}
    newsroom.publication(archive=web.at(""))
    return newsroom.issue(
        sections=[{"kind": "news", "items": [{"title": "A story", "body": "All of it. " * 300}]}]
    )


def handed_over(room: Newsroom) -> Newsroom:
    return room.write("issues/700/handed-over/record.json", "{}")


def told(room: Newsroom) -> list[tuple[str, str]]:
    return [(found.severity, found.message) for found in room.told("page-not-published")]


def publish(web: Web, *paths: str) -> None:
    web.files |= dict.fromkeys(paths, PAGE)


def test_before_it_is_handed_over_an_info_says_what_is_to_be_published(
    room: Newsroom, web: Web
) -> None:
    assert told(room) == [
        ("info", "Not yet on the web are 2 of the 2 pages that the email leads to.")
    ]
    (finding,) = room.findings("page-not-published")
    assert finding.problem.hint.startswith(
        "Before you hand it over: Publish the archive first: newsletter archive"
    )
    publish(web, ISSUE, PIECE)
    assert told(room) == []


def test_afterwards_each_page_must_be_there(room: Newsroom, web: Web) -> None:
    handed_over(room)
    publish(web, PIECE)
    assert told(room) == [
        ("error", f"The page '{web.at(ISSUE)}' is not there (the server says 404).")
    ]
    publish(web, ISSUE)
    assert told(room) == []


def test_the_page_of_another_issue_is_not_the_issues(room: Newsroom, web: Web) -> None:
    handed_over(room)
    publish(web, PIECE)
    own = f'<link href="{web.at("/70/")}" rel="canonical">'
    web.files[ISSUE] = ("text/html", own.encode())
    assert told(room) == [("error", f"The page '{web.at(ISSUE)}' is that of issue 70.")]


def test_a_page_that_programs_do_not_get_may_be_there(room: Newsroom, web: Web) -> None:
    handed_over(room)
    web.not_there = set()
    room.publication(archive=web.at("/403"))
    assert {severity for severity, _ in told(room)} == {"info"}


def test_the_issues_own_page_is_not_asked_for_where_the_service_makes_the_web_version(
    room: Newsroom, web: Web
) -> None:
    handed_over(room)
    publish(web, PIECE)
    room.publication(service="mailchimp")
    assert told(room) == []
    assert not any(asked.endswith(f" {ISSUE}") for asked in web.asked)


def test_without_a_network_it_is_not_known(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    offline = Fetched(Answer("no host"))
    monkeypatch.setattr(
        "newsletter.checks.archive_pages.fetch", lambda sizes, **_: dict.fromkeys(sizes, offline)
    )
    assert told(handed_over(room)) == [
        (
            "info",
            "It is not known whether the archive has the pages that the email leads to:"
            " there is no connection to it.",
        )
    ]
