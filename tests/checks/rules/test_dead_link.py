"""dead-link: pages that are asked for on a web server of our own, on this machine."""

from __future__ import annotations

import errno
import ssl
import threading
import time
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

from newsletter.checks.rules import dead_link
from tests.checks.newsroom import Newsroom

_LONG = 9.0
"""Seconds that only a test that fails takes; less than a page may take to be answered."""


class Web(ThreadingHTTPServer):
    """A web server whose pages are named by how they answer."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.asked: list[str] = []
        self.agents: set[str] = set()
        self.now = Counter[str]()
        self.most = Counter[str]()
        self.most_at_once = 0
        self.lock = threading.Lock()
        self.is_released = threading.Event()
        """Set it to let the pages /held/… be answered."""
        self.gave_up_on: list[str] = []
        """Pages that were held until they could be held no longer."""
        self.two_at_once = threading.Barrier(2)
        """A page /together/… is answered when another one has been asked for too."""

    def at(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.server_address[1]}{path}"


class _Answers(BaseHTTPRequestHandler):
    server: Web

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        host = self.headers["Host"].partition(":")[0]
        with self.server.lock:
            self.server.asked.append(f"{self.command} {self.path}")
            self.server.agents.add(self.headers["User-Agent"])
            self.server.now[host] += 1
            self.server.most[host] = max(self.server.most[host], self.server.now[host])
            self.server.most_at_once = max(self.server.most_at_once, self.server.now.total())
        name = self.path.strip("/").partition("/")[0]
        try:
            self._wait(name)
        finally:
            with (
                self.server.lock
            ):  # before it is answered, since the next page may then be asked for
                self.server.now[host] -= 1
        self._by_name(name)

    def _wait(self, name: str) -> None:
        if name == "held" and not self.server.is_released.wait(_LONG):
            self.server.gave_up_on.append(self.path)
        if name == "together":
            self.server.two_at_once.wait(_LONG)
            time.sleep(0.05)  # for any more to be seen that are asked for at once

    def _by_name(self, name: str) -> None:
        if name == "hangs-up" and self.command == "HEAD":
            self.close_connection = True
            return
        refused = name.startswith("no-head-") and self.command == "HEAD"
        status = int(name[-3:]) if refused or name.isdigit() else 200
        if name == "once-503" and self.server.asked.count(f"GET {self.path}") < 2:
            status = 503
        self.send_response(302 if name in ("round", "away", "out") else status)
        targets = {"round": "/round", "away": "/found", "out": "ftp://127.0.0.1/"}
        if name in targets:
            self.send_header("Location", targets[name])
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Log nothing."""


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    server = Web()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.is_released.set()
    server.shutdown()
    thread.join()
    server.server_close()


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


def test_all_is_well_and_each_page_is_asked_once_by_a_visitor_who_says_who_it_is(
    room: Newsroom, web: Web
) -> None:
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
    assert all(agent.startswith("newsletter-issue-builder/") for agent in web.agents)


def test_answers_are_kept_for_the_next_issue(room: Newsroom, web: Web) -> None:
    story(room, web.at("/404"))
    first = told(room)
    asked = len(web.asked)
    assert told(room) == first != []
    assert len(web.asked) == asked


def test_the_issues_own_page_and_pictures_are_not_there_yet(room: Newsroom, web: Web) -> None:
    room.publication(archive=web.at("/404"), pictures=web.at("/404"))
    room.html('<a href="https://[">?</a><a>No link</a>')
    assert all("/700" not in address for address in dead_link.addresses(room.galley()))
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
    assert dead_link.addresses(room.galley()) == [web.at("/home"), web.at("/404"), web.at("/leave")]


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


def test_a_picture_from_elsewhere_is_asked_for_too(room: Newsroom, web: Web) -> None:
    room.html(f'<img src="{web.at("/404")}" alt="A laboratory">')
    assert told(room) == [
        (
            "error",
            f"The picture '{web.at('/404')}' leads to a page that does not exist (the server says 404).",
        )
    ]


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
    with ThreadingHTTPServer(("127.0.0.1", 0), _Answers) as other:
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
    assert [answer.severity for _, answer in dead_link.answers([page], patience=0.2)] == ["warning"]
    assert told(story(room, page)) == [
        ("warning", f"The link '{page}' leads to a server that does not answer in time.")
    ]


def test_what_takes_too_long_altogether_is_left(web: Web) -> None:
    pages = [web.at(f"/{name}") for name in ("quick", "held/1", "held/2")]
    found = dict(dead_link.answers(pages, limit=3.0))
    late = dead_link.Answer("info", "could not be checked: there was no time left after 3 seconds")
    assert found == {pages[0]: dead_link.Answer(None), pages[1]: late, pages[2]: late}
    assert web.gave_up_on == []

    web.is_released.set()
    assert dict(dead_link.answers(pages)) == dict.fromkeys(pages, dead_link.Answer(None))


def test_who_stops_listening_does_not_wait(web: Web) -> None:
    answers = dead_link.answers([web.at("/quick"), web.at("/held/1"), web.at("/held/2")])
    assert next(answers)[1].severity is None
    answers.close()  # type: ignore[attr-defined]
    assert web.gave_up_on == []

    web.is_released.set()
    time.sleep(0.3)
    assert "HEAD /held/2" not in web.asked


def test_one_page_at_a_time_of_each_host_and_several_hosts_at_once(web: Web) -> None:
    hosts = ("127.0.0.1", "localhost")
    pages = [web.at(f"/together/{number}", host) for number in range(4) for host in hosts]
    assert {answer.severity for _, answer in dead_link.answers(pages)} == {None}
    assert dict(web.most) == dict.fromkeys(hosts, 1)
    assert web.most_at_once == 2


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


@pytest.mark.parametrize(
    ("cause", "severity", "is_reached"),
    [
        (OSError(errno.ENETUNREACH, "Network is unreachable"), "info", False),
        (ssl.SSLCertVerificationError("who?"), "error", True),
    ],
)
def test_failures_that_no_server_here_can_bring_about(
    cause: OSError, severity: str, is_reached: bool
) -> None:
    error = httpx.ConnectError("no")
    error.__cause__ = cause
    answer = dead_link._of_failure(error)
    assert (answer.severity, answer.is_reached) == (severity, is_reached)


def test_a_certificate_whose_issuer_is_not_known_here_may_be_known_to_browsers() -> None:
    error, cause = (
        httpx.ConnectError("no"),
        ssl.SSLCertVerificationError("unable to get local issuer certificate"),
    )
    cause.verify_code = 20
    error.__cause__ = cause
    assert dead_link._of_failure(error).severity == "info"


_PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU"
    b"\x00\x00\x00\nIDATx\x9cc`\x00\x00\x00\x02\x00\x01H\xaf\xa4q\x00\x00\x00\x00IEND\xaeB`\x82"
)
