"""dead-archive-link: links into the newsletter's own archive."""

from __future__ import annotations

import pytest

from newsletter.manifest import IssueFolder, reading
from newsletter.model import Issue
from tests.checks.newsroom import Newsroom

ARCHIVE = "https://www.bionews.org.uk/issues/"
PIECE = {"title": "The cell that kept time", "teaser": "A clock.", "body": "A clock in a cell."}


@pytest.fixture
def room(newsroom: Newsroom) -> Newsroom:
    """Two issues; the older one has a piece with a page of its own, and an item without one."""
    sections = [{"kind": "news", "items": [PIECE, {"title": "No more", "teaser": "Than this."}]}]
    return newsroom.publication(archive=ARCHIVE).back_issue(number=699, sections=sections)


def told(room: Newsroom, *paths: str) -> list[tuple[str, str]]:
    links = [f"[page {number}]({ARCHIVE}{path})" for number, path in enumerate(paths)]
    room.item(title="A story", teaser="Words.", body=", ".join(links))
    return [(found.severity, found.message) for found in room.told("dead-archive-link")]


@pytest.mark.parametrize(
    "path",
    [
        *("", "699", "699/", "699/index.html", "699/#no-more", "699/#the-cell-that-kept-time"),
        *("699/the-cell-that-kept-time", "699/the-cell-that-kept-time/", "699/email/"),
        *("699/the-cell-that-kept-time/#a-heading", "699/email/headlines/"),
        *("700/", "700/a-story/", "700/#a-story"),
        *("sections/news/", "authors/nobody/", "search/?q=600", "feed.xml", "6e5/", "007/", "some-page"),
    ],
)  # fmt: skip
def test_what_is_there_or_may_be(room: Newsroom, path: str) -> None:
    assert told(room, path) == []


@pytest.mark.parametrize(
    "address",
    ["https://www.bionews.org.uk/600/", "https://www.bionews.org.uk/issues-of-600/600/"],
)
def test_elsewhere_is_not_the_archive(room: Newsroom, address: str) -> None:
    room.item(title="A story", teaser=f"[Words]({address}).")
    assert room.told("dead-archive-link") == []


@pytest.mark.parametrize(
    ("path", "severity", "leads_to"),
    [
        ("701/", "error", "issue 701, which does not exist"),
        ("699b/", "error", "issue 699b, which does not exist"),
        ("3/", "warning", "issue 3, which does not exist"),
        ("3/a-piece/", "warning", "issue 3, which does not exist"),
        ("699/the-cell-that-kept-tome/", "error", "a piece that is not in 699"),
        ("699/no-more/", "error", "a piece that is not in 699"),
        ("700/the-cell-that-kept-time/", "error", "a piece that is not in 700"),
        ("699/#no-mare", "warning", "an item that is not in 699"),
    ],
)
def test_what_is_not_there(room: Newsroom, path: str, severity: str, leads_to: str) -> None:
    assert told(room, path) == [(severity, f"The link '{ARCHIVE}{path}' leads to {leads_to}.")]


def test_the_hint_names_what_was_probably_meant(room: Newsroom) -> None:
    told(room, "699/the-cell-that-kept-tome/", "699/#no-mare", "700/#b-story")
    hints = [finding.problem.hint for finding in room.findings("dead-archive-link")]
    assert hints == [
        "The pages of 699 are those of items with a body, such as the-cell-that-kept-time/.",
        "The items of 699 are named by their titles, such as #no-more.",
        "The items of 700 are named by their titles, such as #a-story.",
    ]


def test_a_link_is_found_in_the_file_that_it_is_written_in(room: Newsroom) -> None:
    room.publication(welcome=f"Welcome to [the next one]({ARCHIVE}701/).")
    (finding,) = room.told("dead-archive-link")
    assert finding.place.startswith("issues/publication.yaml:")


def test_an_old_address_counts_as_there(room: Newsroom) -> None:
    moved = f"{ARCHIVE}12/an-old-page"
    room.write("issues/old-addresses.csv", f"\ufeffaddress,issue,file\n{moved},699,a.md\n")
    assert told(room, "12/an-old-page") == []
    assert [severity for severity, _ in told(room, "12/another")] == ["warning"]


@pytest.mark.parametrize("table", [b"\xff\xfe\x00", b"", b"another,table\n1,2\n", b'"'])
def test_a_damaged_table_stops_nothing(room: Newsroom, table: bytes) -> None:
    room.write("issues/old-addresses.csv", table)
    assert [severity for severity, _ in told(room, "701/")] == ["error"]


def test_an_issue_that_cannot_be_read_is_left_alone(room: Newsroom) -> None:
    room.write("issues/699/issue.yaml", "number: [")
    assert told(room, "699/", "699/a-piece/") == []


def test_only_what_is_linked_to_is_read(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(600, 640):
        room.back_issue(number=number)
    read: list[str] = []
    read_issue = reading.read_issue

    def noted(folder: IssueFolder) -> Issue:
        read.append(folder.name)
        return read_issue(folder)

    monkeypatch.setattr("newsletter.checks.rules.dead_archive_link.read_issue", noted)
    told(room, "699/", "699/#no-more", "610/#nothing", "641/")
    assert read == ["699", "610"]


def test_related_pieces_are_links_too(room: Newsroom) -> None:
    there, gone = "699/the-cell-that-kept-time", f"{ARCHIVE}699/no-more/"
    related = [there, "699/no-more", gone, "https://www.bionews.org.uk/page_1"]
    room.item(title="A story", teaser="Words.", related=related)
    assert [found.message for found in room.told("dead-archive-link")] == [
        "The link '699/no-more' leads to a piece that is not in 699.",
        f"The link '{gone}' leads to a piece that is not in 699.",
    ]
