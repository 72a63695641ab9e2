"""dead-link: pages that are asked for on a web server of our own, on this machine."""

from __future__ import annotations

from http.server import ThreadingHTTPServer

import pytest

from newsletter.checks.web import ask
from tests.checks.newsroom import Newsroom
from tests.checks.web_server import Answers, Web


@pytest.fixture
def room(newsroom: Newsroom, web: Web) -> Newsroom:
    """Return a newsletter whose own pages all exist."""
    newsroom.publication(
        home_page=web.at("/home"), unsubscribe=web.at("/leave"), archive=web.at("/issues")
    )
    newsroom.publication(why="You get this email because you asked for it.")
    return newsroom.issue(
        sections=[{"kind": "news", "items": [{"title": "A story", "teaser": "Words."}]}]
    )


def story(room: Newsroom, *links: str) -> Newsroom:
    teaser = ", ".join(f"[page {number}]({link})" for number, link in enumerate(links))
    return room.issue(
        sections=[{"kind": "news", "items": [{"title": "A story", "teaser": teaser}]}]
    )


def told(room: Newsroom) -> list[tuple[str, str]]:
    return [(finding.severity, finding.message) for finding in room.told("dead-link")]


def pages(room: Newsroom) -> list[str]:
    return list(dict.fromkeys(link.page for link in room.galley().links_elsewhere))


def test_all_is_well_and_each_page_is_asked_for_once(room: Newsroom, web: Web) -> None:
    story(
        room,
        web.at("/a"),
        web.at("/a#part"),
        web.at("/a"),
        "mailto:us@bionews.org.uk",
        web.at("/away"),
    )
    assert told(room) == []
    assert sorted(web.asked) == [
        "HEAD /a",
        "HEAD /away",
        "HEAD /found",
        "HEAD /home",
        "HEAD /issues",
        "HEAD /leave",
    ]


def test_answers_are_kept_for_the_next_issue(room: Newsroom, web: Web) -> None:
    story(room, web.at("/404"))
    first = told(room)
    asked = len(web.asked)
    assert told(room) == first != []
    assert len(web.asked) == asked


def test_the_issues_own_page_and_pictures_are_not_there_yet(room: Newsroom, web: Web) -> None:
    room.publication(archive=web.at("/404"), pictures=web.at("/404"))
    room.html('<a href="https://[">?</a><a>No link</a>')
    assert all("/700" not in address for address in pages(room))
    room.write("issues/700/lab.png", _PNG).issue(
        sections=[
            {
                "kind": "news",
                "items": [
                    {"title": "A story", "picture": {"src": "lab.png", "alt": "A laboratory"}}
                ],
            }
        ]
    )
    assert pages(room) == [web.at("/home"), web.at("/404"), web.at("/leave")]


@pytest.mark.parametrize(
    "name", ["no-head-403", "no-head-405", "no-head-501", "no-head-404", "hangs-up", "once-503"]
)
def test_a_server_may_refuse_to_answer_with_the_head_alone(
    room: Newsroom, web: Web, name: str
) -> None:
    assert told(story(room, web.at(f"/{name}"))) == []


@pytest.mark.parametrize(
    ("name", "severity", "what"),
    [
        ("404", "error", "leads to a page that does not exist (the server says 404)."),
        ("410", "error", "leads to a page that does not exist (the server says 410)."),
        ("418", "error", "leads nowhere (the server says 418)."),
        ("401", "info", "could not be checked: the server says 401."),
        ("403", "info", "could not be checked: the server says 403."),
        ("429", "info", "could not be checked: the server says 429."),
        ("500", "info", "could not be checked: the server says 500."),
        ("999", "info", "could not be checked: the server says 999."),
        ("round", "error", "is redirected without end."),
        ("out", "error", "cannot be followed (Request URL has an unsupported protocol 'ftp://'.)."),
    ],
)
def test_answers(room: Newsroom, web: Web, name: str, severity: str, what: str) -> None:
    page = web.at(f"/{name}")
    assert told(story(room, page)) == [(severity, f"The link '{page}' {what}")]


def test_the_place_is_the_line_of_the_address(room: Newsroom, web: Web) -> None:
    room.write(
        "issues/700/issue.yaml",
        "number: 700\ndate: 2030-01-07\nsections:\n  - kind: news\n    items:\n      - title: A story\n"
        f"        teaser: |\n          A paragraph.\n\n          Then [the report]({web.at('/404#part')}).\n",
    )
    assert [finding[:2] for finding in room.told("dead-link")] == [
        ("error", "issues/700/issue.yaml:10")
    ]


def test_hosts_that_do_not_answer(room: Newsroom, web: Web) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as other:
        closed = f"http://127.0.0.1:{other.server_address[1]}/"
    story(room, closed, "https://nowhere.invalid/", web.at("/a").replace("http:", "https:"))
    found = dict(told(room)[number][::-1] for number in range(3))
    assert set(found.values()) == {"error"}
    shorter = [what.replace("The link ", "") for what in found]
    assert "'https://nowhere.invalid/' leads to a host that does not exist." in shorter
    assert any(what.startswith(f"'{closed}' cannot be followed (") for what in shorter)
    assert any("leads to a host with faulty encryption" in what for what in shorter)


def test_a_slow_server_is_a_warning(room: Newsroom, web: Web) -> None:
    page = web.at("/held")
    ((_, answer),) = ask([page], patience=0.2)  # which is remembered
    assert answer.outcome == "slow"
    assert told(story(room, page)) == [
        ("warning", f"The link '{page}' leads to a server that does not answer in time.")
    ]


def test_without_a_network_there_is_one_finding(newsroom: Newsroom) -> None:
    newsroom.publication(
        home_page="https://home.invalid/",
        unsubscribe="https://leave.invalid/",
        archive="https://archive.invalid/",
        why="You get this email because you asked for it.",
    ).issue(sections=[{"kind": "news", "items": [{"title": "A story", "teaser": "Words."}]}])
    assert newsroom.told("dead-link") == [
        (
            "info",
            "issues/700/issue.yaml:1",
            "The 3 addresses of this issue could not be checked: there is no network.",
        )
    ]


def test_an_issue_without_links_needs_no_network(newsroom: Newsroom) -> None:
    assert newsroom.html("<!doctype html><title>Words</title><p>Words").told("dead-link") == []


def test_a_proxy_that_does_not_answer_or_is_not_known_is_not_a_dead_link(
    room: Newsroom, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:9")
    assert told(story(room, web.at("/a"))) == []


_PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU"
    b"\x00\x00\x00\nIDATx\x9cc`\x00\x00\x00\x02\x00\x01H\xaf\xa4q\x00\x00\x00\x00IEND\xaeB`\x82"
)
