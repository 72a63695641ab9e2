"""Before a draft is made or scheduled, the archive has the pages that the email leads to."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from newsletter.checks.report import Report
from newsletter.errors import HandoverError
from newsletter.handover import Destination, connect_to, hand_over, schedule
from newsletter.handover.published import require_published
from newsletter.model import Ignore
from tests.handover.conftest import Hand
from tests.handover.standin import (
    ARCHIVE,
    Standin,
    agree,
    of_issue,
    place,
    places,
    published_by,
    ready,
)
from tests.services.scenes import copy_newsletter, put_formats

AT = (datetime.now(UTC) + timedelta(days=3)).replace(hour=17, minute=0, second=0, microsecond=0)
ISSUE = f"{ARCHIVE}652/"
PIECE = f"{ARCHIVE}652/older-fathers/"
Answer = Callable[[httpx.Request], httpx.Response]


@pytest.fixture(autouse=True)
def nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsletter.checks.web._PAUSE", 0)
    monkeypatch.setattr("newsletter.handover.published.sleep", lambda _: None)


@pytest.fixture(scope="module")
def built_with_a_piece(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """Issue 652, of which one item is a whole piece with a page in the archive."""
    folder = tmp_path_factory.mktemp("with-a-piece")
    copy_newsletter(folder)
    manifest = folder / "issues" / "652" / "issue.yaml"
    before = "        url: https://www.bionews.org.uk/page_93535\n"
    text = manifest.read_text("utf-8")
    assert before in text
    piece = "        slug: older-fathers\n        body: The whole piece, which is in the archive.\n"
    manifest.write_text(text.replace(before, piece), "utf-8")
    return ready(manifest.parent)


@pytest.fixture
def with_a_piece(built_with_a_piece: Report) -> Iterator[Report]:
    """The same, handed over nowhere."""
    yield built_with_a_piece
    shutil.rmtree(built_with_a_piece.folder.handed_over, ignore_errors=True)


@pytest.fixture(scope="module")
def in_formats(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """Issue 652 in three formats; titles alone lead to the issue's page."""
    folder = tmp_path_factory.mktemp("in-formats")
    copy_newsletter(folder)
    put_formats(folder, {"teasers": "r1:group-1", "headlines": "r1:group-2", "full": "r1:group-3"})
    return ready(folder / "issues" / "652")


class Archive(httpx.BaseTransport):
    """The web, with these pages of the archive."""

    def __init__(self, **pages: Answer) -> None:
        self.pages = {ISSUE: there, PIECE: there} | {
            globals()[name]: page for name, page in pages.items()
        }
        self.asked: list[str] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        address = str(request.url)
        self.asked.append(address)
        return self.pages.get(address, there)(request)


def there(_: httpx.Request) -> httpx.Response:
    return httpx.Response(200, text="<title>A page</title>")


def says(status: int, **headers: str) -> Answer:
    return lambda _: httpx.Response(status, headers=headers)


def moved(to: str) -> Answer:
    return says(301, Location=to)


def page_of(address: str) -> Answer:
    """A page that says what its own address is."""
    return lambda _: httpx.Response(200, text=f'<head><link rel="canonical" href="{address}">')


def fails(error: Exception) -> Answer:
    def answer(request: httpx.Request) -> httpx.Response:
        raise error

    return answer


def no_host(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("no such host") from socket.gaierror()


def to(standin: Standin, web: Archive, name: str = "mailchimp") -> Destination:
    return replace(place(standin, name), transport=web)


def why_not(hand: Hand, report: Report, standin: Standin, web: Archive) -> list[str]:
    """What is said of the pages, after the line that says what was not done."""
    with pytest.raises(HandoverError) as caught:
        hand(report, to(standin, web))
    assert standin.writes == []
    summary, *problems = caught.value.problems
    assert summary.message == (
        "No draft was made or updated: readers would not find every page that the email leads to."
    )
    return [problem.message for problem in problems]


def test_the_pieces_that_the_email_leads_to_are_asked_for_and_nothing_else(
    hand: Hand, with_a_piece: Report, standin: Standin
) -> None:
    web = Archive()
    assert hand(with_a_piece, to(standin, web)).state == "done"
    assert sorted(web.asked) == [ISSUE, PIECE]  # items without a page are on the issue's


def test_the_issues_own_page_is_asked_for_where_the_email_leads_to_it(
    in_formats: Report, standin: Standin
) -> None:
    web = Archive()
    destinations = [replace(each, transport=web) for each in places(standin)]
    hand_over(in_formats, destinations, by="a test", confirm=agree)
    assert web.asked == [ISSUE]


@pytest.mark.parametrize(
    ("tags", "asked"),
    [("mailchimp", ["never-let-me-go/"]), ("smtp", ["", "never-let-me-go/"])],
)
def test_the_issues_own_page_is_the_services_where_it_makes_the_web_version(
    tags: str, asked: list[str], standin: Standin, tmp_path: Path
) -> None:
    copy_newsletter(tmp_path)
    review = ready(tmp_path / "issues" / "596")  # all of whose items have a page
    web = Archive()
    require_published([review.galley], replace(to(standin, web), tags=tags), "No draft was made")
    assert sorted(web.asked) == [f"{ARCHIVE}596/{page}" for page in asked]


def test_a_page_that_is_not_there(hand: Hand, with_a_piece: Report, standin: Standin) -> None:
    asked: list[object] = []
    with pytest.raises(HandoverError) as caught:
        hand(with_a_piece, to(standin, Archive(PIECE=says(404))), asked.append)
    assert asked == []
    summary, problem = caught.value.problems
    assert summary.path.name == "handed-over"
    assert summary.hint == (
        "Publish the archive first: newsletter archive, then upload what"
        " public/.archive/changes.txt lists, or let --to do it."
        " If another program makes it, publish the issue there."
        " 'newsletter explain page-not-published' says more."
    )
    assert problem.message == f"The page '{PIECE}' is not there (the server says 404)."
    assert problem.path.name == "publication.yaml"
    assert standin.writes == []


def test_an_issue_of_a_day_to_come_is_published_as_a_draft(
    hand: Hand, with_a_piece: Report, standin: Standin
) -> None:
    to_come = of_issue(with_a_piece, date=datetime.now(UTC).date() + timedelta(days=7))
    with pytest.raises(HandoverError, match="newsletter archive --drafts, then"):
        hand(to_come, to(standin, Archive(PIECE=says(404))))


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (says(410), "is not there (the server says 410)"),
        (says(500), "cannot be read (the server says 500)"),
        (says(503), "cannot be read (the server says 503)"),
        (says(418), "is not served (the server says 418)"),
        (moved("https://elsewhere.example.org/"), "leads away, to https://elsewhere.example.org/"),
        (moved(f"{ARCHIVE}651/older-fathers/"), "is that of issue 651"),
        (page_of(f"{ARCHIVE}651/older-fathers/"), "is that of issue 651"),
        (page_of("/issues/65/older-fathers/"), "is that of issue 65"),
        (fails(httpx.ReadTimeout("slow")), "is on a server that does not answer in time"),
        (fails(httpx.ConnectError("refused")), "cannot be fetched (refused)"),
    ],
    ids=[
        "gone", "fault", "overloaded", "refused", "another-site", "moved-to-another-issue", "of-another-issue",
        "of-another-issue-by-path", "slow", "no-connection",
    ],
)  # fmt: skip
def test_a_page_that_readers_would_not_get(
    hand: Hand, with_a_piece: Report, standin: Standin, answer: Answer, fault: str
) -> None:
    assert why_not(hand, with_a_piece, standin, Archive(PIECE=answer)) == [
        f"The page '{PIECE}' {fault}."
    ]


@pytest.mark.parametrize(
    "answer",
    [
        moved("https://bionews.org.uk/2012/04/older-fathers"),
        moved("/older-fathers"),
        page_of(PIECE),
        page_of("https://www.bionews.org.uk/2012/04/older-fathers/"),
        page_of("652/older-fathers"),
        says(200),
        says(403),
        says(429),
    ],
    ids=[
        "moved-without-www", "moved", "says-who-it-is", "on-another-system", "says-it-relatively", "empty", "lets-no-program-in",
        "too-many-questions",
    ],
)  # fmt: skip
def test_a_page_that_answers_is_there_whatever_makes_it(
    hand: Hand, with_a_piece: Report, standin: Standin, answer: Answer
) -> None:
    assert hand(with_a_piece, to(standin, Archive(PIECE=answer))).state == "done"


def test_without_a_network_nothing_is_made(
    hand: Hand, with_a_piece: Report, standin: Standin
) -> None:
    assert why_not(hand, with_a_piece, standin, Archive(ISSUE=no_host, PIECE=no_host)) == [
        "It is not known whether the archive has the pages that the email leads to:"
        " there is no connection to it."
    ]


def test_what_the_publication_ignores_stops_nothing(
    hand: Hand, with_a_piece: Report, standin: Standin
) -> None:
    ignore = Ignore(rule="page-not-published", reason="The archive moves tonight")
    ignoring = published_by(with_a_piece, ignore=(ignore,))
    assert hand(ignoring, to(standin, Archive(PIECE=says(404)))).state == "done"


def test_what_is_gone_since_is_said_even_if_nothing_has_changed(
    hand: Hand, with_a_piece: Report, standin: Standin
) -> None:
    hand(with_a_piece, to(standin, Archive()))
    with pytest.raises(HandoverError, match="is not there"):
        hand(with_a_piece, to(standin, Archive(PIECE=says(404))))


def test_no_time_is_set_while_a_page_is_gone(
    hand: Hand, with_a_piece: Report, standin: Standin
) -> None:
    hand(with_a_piece, to(standin, Archive()))
    with pytest.raises(HandoverError, match="No time was set: readers would not find"):
        schedule(with_a_piece, [to(standin, Archive(PIECE=says(404)))], AT, confirm=agree)
    assert "schedule" not in standin.writes
    schedule(with_a_piece, [to(standin, Archive())], AT, confirm=agree)
    assert "schedule" in standin.writes


def test_for_the_folder_nothing_is_asked(hand: Hand, with_a_piece: Report, tmp_path: Path) -> None:
    web = Archive(PIECE=says(404))
    folder = connect_to("folder", with_a_piece.folder.project, None, transport=web)
    assert hand(with_a_piece, folder).state == "done"
    assert web.asked == []
