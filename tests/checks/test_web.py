"""Asking the web: politely, within a time, and what no answer means."""

from __future__ import annotations

import errno
import ssl
import time
from collections.abc import Iterator

import httpx
import pytest

from newsletter.checks.web import Answer, Fetched, Outcome, _failure, ask, fetch
from tests.checks.web_server import Web


def test_each_page_is_asked_for_once_by_a_visitor_who_says_who_it_is(web: Web) -> None:
    pages = [web.at("/a"), web.at("/b")]
    expected = dict.fromkeys(pages, Answer("found", "200"))
    assert dict(ask([*pages, *pages])) == expected
    assert dict(ask(pages)) == expected
    assert sorted(web.asked) == ["HEAD /a", "HEAD /b"]
    assert all(agent.startswith("newsletter-issue-builder/") for agent in web.agents)


def test_a_password_is_not_sent(
    web: Web, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    netrc = tmp_path_factory.mktemp("home") / "netrc"
    netrc.write_text("default login editor password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    pages = [web.at("/away"), web.at("/a", "editor:secret@127.0.0.1")]
    assert {answer.outcome for _, answer in ask(pages)} == {"found"}
    assert web.passwords == []


def test_a_slow_server_is_not_waited_for(web: Web) -> None:
    page = web.at("/held")
    assert dict(ask([page], patience=0.2)) == {page: Answer("slow")}


def test_what_takes_too_long_altogether_is_late(web: Web) -> None:
    pages = [web.at(f"/{name}") for name in ("quick", "held/1", "held/2")]
    found, late = Answer("found", "200"), Answer("late", "3")
    assert dict(ask(pages, limit=3.0)) == {pages[0]: found, pages[1]: late, pages[2]: late}
    assert web.gave_up_on == []

    web.is_released.set()
    assert dict(ask(pages)) == dict.fromkeys(pages, found)


def test_who_stops_listening_does_not_wait(web: Web) -> None:
    answers = ask([web.at("/quick"), web.at("/held/1"), web.at("/held/2")])
    assert next(answers)[1].outcome == "found"
    answers.close()  # type: ignore[attr-defined]
    assert web.gave_up_on == []

    web.is_released.set()
    time.sleep(0.3)
    assert "HEAD /held/2" not in web.asked


def test_one_page_at_a_time_of_each_host_and_several_hosts_at_once(web: Web) -> None:
    hosts = ("127.0.0.1", "localhost")
    pages = [web.at(f"/together/{number}", host) for number in range(4) for host in hosts]
    assert {answer.outcome for _, answer in ask(pages)} == {"found"}
    assert dict(web.most) == dict.fromkeys(hosts, 1)
    assert web.most_at_once == 2


@pytest.mark.parametrize(
    ("cause", "outcome", "has_network"),
    [
        (OSError(errno.ENETUNREACH, "Network is unreachable"), "unreachable", False),
        (ssl.SSLCertVerificationError("who?"), "faulty encryption", True),
    ],
)
def test_failures_that_no_server_here_can_bring_about(
    cause: OSError, outcome: Outcome, has_network: bool
) -> None:
    error = httpx.ConnectError("no")
    error.__cause__ = cause
    answer = _failure(error)
    assert (answer.outcome, answer.has_network) == (outcome, has_network)


def test_a_certificate_whose_issuer_is_not_known_here_may_be_known_to_browsers() -> None:
    cause = ssl.SSLCertVerificationError("unable to get local issuer certificate")
    cause.verify_code = 20
    error = httpx.ConnectError("no")
    error.__cause__ = cause
    assert _failure(error) == Answer("unknown issuer")


# Files


def test_of_a_file_as_much_is_read_as_is_wanted(web: Web) -> None:
    web.files = {"/small": ("Image/PNG; q=1", b"12345"), "/endless": ("", b"x" * 3_000_000)}
    small, endless = web.at("/small"), web.at("/endless")
    found = dict(fetch({small: 6, endless: 6}))
    assert found[small] == Fetched(Answer("found", "200"), "image/png", b"12345", small)
    assert found[endless].media_type == ""
    assert 6 <= len(found[endless].content) < 100_000


def test_files_are_asked_for_at_once_and_nothing_is_remembered(web: Web) -> None:
    sizes = {web.at(f"/together/{number}"): 1 for number in range(2)}
    for _ in range(2):
        assert {found.answer.outcome for _, found in fetch(sizes)} == {"found"}
    assert len(web.asked) == 4
    assert web.most_at_once == 2


@pytest.mark.parametrize(
    ("name", "outcome"),
    [
        ("404", "missing"),
        ("418", "refused"),
        ("403", "closed"),
        ("once-503", "found"),
        ("round", "endless"),
        ("out", "failed"),
    ],
)
def test_what_the_answer_to_a_file_means(
    web: Web, monkeypatch: pytest.MonkeyPatch, name: str, outcome: Outcome
) -> None:
    monkeypatch.setattr("newsletter.checks.web._PAUSE", 0)
    page = web.at(f"/{name}")
    assert [found.answer.outcome for _, found in fetch({page: 1})] == [outcome]


def test_a_file_that_does_not_come_is_not_waited_for(web: Web) -> None:
    page = web.at("/held")
    assert dict(fetch({page: 1}, patience=0.2)) == {page: Fetched(Answer("slow"))}
    assert dict(fetch({page: 1}, limit=0.2)) == {page: Fetched(Answer("late", "0.2"))}


def test_a_file_that_trickles_is_given_up() -> None:
    class Trickle(httpx.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            while True:
                time.sleep(0.05)
                yield b"x"

    transport = httpx.MockTransport(lambda _: httpx.Response(200, stream=Trickle()))
    found = dict(fetch({"https://slow.example.org/": 1000}, patience=0.2, transport=transport))
    assert found["https://slow.example.org/"].answer == Answer("slow")
