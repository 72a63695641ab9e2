"""message-lines: the lines of the raw message, their length and their endings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from newsletter.checks.rules import message_lines
from tests.checks.newsroom import Newsroom, Reported
from tests.checks.planted.message_lines import LONG


def told(room: Newsroom, change: Callable[[bytes], bytes] = bytes) -> list[Reported]:
    """Return what this rule alone reports for the changed raw message."""
    galley = room.galley()
    vars(galley)["message"] = change(galley.message)
    return [room.told_of(finding) for finding in message_lines.check(galley)]


def line_of(room: Newsroom, field: str) -> int:
    lines = (room.issues / "publication.yaml").read_text("utf-8").split("\n")
    return next(
        number for number, line in enumerate(lines, start=1) if line.startswith(f"{field}:")
    )


@pytest.mark.parametrize("number", ["596", "652"])
def test_the_real_issues_can_be_sent_by_any_server(
    tmp_path: Path, repository: Path, number: str
) -> None:
    assert told(Newsroom(tmp_path / "room", repository / "issues", number, date.today())) == []  # noqa: DTZ011


def test_long_and_foreign_texts_are_encoded_and_folded(newsroom: Newsroom) -> None:
    newsroom.publication(
        name="חדשות גנטיקה " * 20, **{"from": "遺伝子" * 60 + " <news@bionews.org.uk>"}
    )
    newsroom.item(title="An émigré's gene 🧬", teaser="x" * 3000 + " " + "遺伝子" * 900)
    assert newsroom.issue(subject="Générale " * 60).told("message-lines") == []


def test_a_line_of_998_bytes_may_be_sent(newsroom: Newsroom) -> None:
    longest = "x" * (998 - len("X-Note: "))
    assert (
        told(newsroom.headers(f"X-Note: {longest}"), lambda raw: raw + b"y" * 998 + b"\r\n") == []
    )


def test_an_unsubscribe_address_longer_than_a_line_is_reported_by_the_publication(
    newsroom: Newsroom,
) -> None:
    (found,) = told(newsroom.publication(unsubscribe=LONG))
    assert found.place == f"issues/publication.yaml:{line_of(newsroom, 'unsubscribe')}"
    assert found.message == (
        f"A line of the header 'List-Unsubscribe' has {len(LONG) + 3:,} bytes, and at most 998 are allowed."
    )


def test_a_long_line_of_a_header_that_nobody_writes_is_reported_by_the_issue(
    newsroom: Newsroom,
) -> None:
    assert told(newsroom.headers("X-Note: " + "x" * 991)) == [
        (
            "error",
            "issues/700/issue.yaml:1",
            "A line of the header 'X-Note' has 999 bytes, and at most 998 are allowed.",
        )
    ]


def test_a_header_in_several_lines_is_still_one_header(newsroom: Newsroom) -> None:
    (found,) = told(newsroom.headers("X-Note: one\n " + "x" * 998))
    assert found.message.startswith("A line of the header 'X-Note' has 999 bytes")
    (found,) = told(newsroom.headers("X-Note: one\n é"))
    assert found.message.startswith("The header 'X-Note' has letters beyond ASCII")


def test_a_long_line_below_the_headers(newsroom: Newsroom) -> None:
    assert told(newsroom, lambda raw: raw + b"y" * 1200 + b"\r\n") == [
        (
            "error",
            "issues/700/issue.yaml:1",
            "A line of the message has 1,200 bytes, and at most 998 are allowed.",
        )
    ]


def test_letters_beyond_ascii_in_a_header_are_reported_by_what_they_say(newsroom: Newsroom) -> None:
    newsroom.change(
        "issues/700/issue.yaml", "sections:", "subject: A subject of our own\nsections:"
    )
    newsroom.headers("Subject: Génétique\nFrom: Génétique <news@bionews.org.uk>")
    what = "The header '{}' has letters beyond ASCII that are not encoded: '{}'."
    assert told(newsroom) == [
        ("error", "issues/700/issue.yaml:4", what.format("Subject", "Génétique")),
        (
            "error",
            f"issues/publication.yaml:{line_of(newsroom, 'from')}",
            what.format("From", "Génétique <news@bionews.org.uk>"),
        ),
    ]


def test_bytes_that_are_not_letters_are_reported_as_well(newsroom: Newsroom) -> None:
    (found,) = told(
        newsroom, lambda raw: raw.replace(b"\r\nSubject: ", b"\r\nSubject: \xff\x00", 1)
    )
    assert found.message.startswith(
        "The header 'Subject' has letters beyond ASCII that are not encoded: '��"
    )


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (
            lambda raw: raw.replace(b"\r\nTo: ", b"\nTo: ", 1),
            "Line 1 of the message has a line feed on its own.",
        ),
        (
            lambda raw: raw.replace(b"\r\nTo: ", b"\rTo: ", 1),
            "Line 1 of the message has a carriage return on its own.",
        ),
        (lambda raw: raw + b"a\n\r\n", "Line {lines} of the message has a line feed on its own."),
        (
            lambda raw: raw + b"a\r\r\n",
            "Line {lines} of the message has a carriage return on its own.",
        ),
        (lambda raw: raw.removesuffix(b"\r\n"), "The last line of the message has no line ending."),
    ],
)
def test_a_line_that_does_not_end_as_it_must(
    newsroom: Newsroom, change: Callable[[bytes], bytes], what: str
) -> None:
    lines = newsroom.galley().message.count(b"\r\n") + 1
    assert told(newsroom, change) == [
        ("error", "issues/700/issue.yaml:1", what.format(lines=lines))
    ]


@pytest.mark.parametrize(
    ("raw", "faults"),
    [(b"", 1), (b"\n", 1), (b"\r\n\r\n", 0), (b"\xff" * 2000, 3), (b"no header at all", 1)],
)
def test_nothing_in_the_place_of_a_message_breaks_the_rule(
    newsroom: Newsroom, raw: bytes, faults: int
) -> None:
    assert len(told(newsroom, lambda _: raw)) == faults
