"""encoded-words: letters beyond ASCII in the headers of the message."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from newsletter.checks.rules import encoded_words
from tests.checks.newsroom import Newsroom, Reported
from tests.checks.planted.encoded_words import WORD

HOSTILE = [
    "🧬" * 60, "Ω " * 40, "word " * 40, "x" * 300, "=?utf-8?q?evil?=", "a =?utf-8?x?b?= c =?", "a\xa0b",
    "遺伝子と生命科学のニュースレター" * 8, "A, B & C (news); D: É.", "שלום עולם " * 10, "é" + "x" * 200,
]  # fmt: skip


def told(room: Newsroom) -> list[Reported]:
    """Return what this rule alone reports."""
    return [room.told_of(finding) for finding in encoded_words.check(room.galley())]


def place_of(room: Newsroom, field: str) -> str:
    lines = (room.issues / "publication.yaml").read_text("utf-8").split("\n")
    number = next(
        number for number, line in enumerate(lines, start=1) if line.startswith(f"{field}:")
    )
    return f"issues/publication.yaml:{number}"


@pytest.mark.parametrize("number", ["596", "652"])
def test_the_real_issues(tmp_path: Path, repository: Path, number: str) -> None:
    assert told(Newsroom(tmp_path / "room", repository / "issues", number, date.today())) == []  # noqa: DTZ011


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_an_editor_writes_is_encoded_well(newsroom: Newsroom, text: str) -> None:
    name = text.strip()
    newsroom.publication(
        name=name, reply_to=f"{name} <b@bionews.org.uk>", **{"from": f"{name} <a@bionews.org.uk>"}
    )
    assert told(newsroom.issue(subject=name)) == []


@pytest.mark.parametrize(
    "lines",
    [
        "Subject: =?utf-8?q?G=C3=A9n=C3=A9tique?= and society",
        "Subject: =?ISO-8859-1?Q?a=E9?=\n =?utf-8?B?w6k=?=",
        "Subject: =?utf-8*fr?q?G=C3=A9n=C3=A9tique?=",
        "Subject: Is 2+2=?4",
        "Subject: =?utf-8?q??=",
        "Subject: <=2?",
        "Subject: 2 < =?utf-8?q?G=C3=A9n=C3=A9tique?=",
        "To: =?utf-8?q?G=C3=A9n=C3=A9tique?= <news@bionews.org.uk>",
        "To: news@bionews.org.uk (=?utf-8?q?G=C3=A9n=C3=A9tique?=)",
        'To: "A, B" <a@bionews.org.uk>, =?utf-8?q?C?= <c@bionews.org.uk>',
        f"Subject: {WORD.format('x' * 55)}",
        f"Subject:\n {WORD.format('x' * 63)}",
    ],
)
def test_what_the_standard_allows(newsroom: Newsroom, lines: str) -> None:
    assert told(newsroom.headers(lines)) == []


def test_list_headers_are_left_to_their_own_rule(newsroom: Newsroom) -> None:
    assert told(newsroom.headers("List-Id: =?utf-8?q?BioNews?=<news.bionews.org.uk>")) == []


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        (WORD.format("x" * 64), "has 76 characters, and at most 75 are allowed"),
        ("=?utf-8?q?two words?=", "cannot be read"),
        ("=?utf-8?q?G=C3?=", "cannot be read"),
        ("=?utf-8?q?=ZZ?=", "cannot be read"),
        ("=?utf-8?b?w6k?=", "cannot be read"),
        ("=?utf-8?b?w6k=é?=", "cannot be read"),
        ("=?utf-8?b?w6*k=?=", "cannot be read"),
        ("=?utf-8?x?abc?=", "cannot be read"),
        ("=?klingon?q?abc?=", "cannot be read"),
        ("=??q?abc?=", "cannot be read"),
        ("=?utf-8?q?a?==?utf-8?q?b?=", "is not separate from the text beside it"),
        ("a=?utf-8?q?b?=", "is not separate from the text beside it"),
        ("=?utf-8?q?b?=, c", "is not separate from the text beside it"),
    ],
)
def test_the_first_fault_of_a_word(newsroom: Newsroom, value: str, fault: str) -> None:
    newsroom.change(
        "issues/700/issue.yaml", "sections:", "subject: A subject of our own\nsections:"
    )
    (found,) = told(newsroom.headers(f"Subject: {value}"))
    assert (found.severity, found.place) == ("error", "issues/700/issue.yaml:4")
    assert found.message.startswith("The encoded text '=?")
    assert found.message.endswith(f"' in the header 'subject' {fault}.")


def test_a_line_has_at_most_76_characters(newsroom: Newsroom) -> None:
    fits = f"Subject: {WORD.format('x' * 55)}"
    assert len(fits) == 76
    assert told(newsroom.headers(fits)) == []
    what = "A line with encoded text in the header 'subject' has 77 characters, and at most 76 are allowed."
    assert [
        found.message for found in told(newsroom.headers(f"Subject: {WORD.format('x' * 56)}"))
    ] == [what]


@pytest.mark.parametrize(
    ("header", "field"),
    [("From", "from"), ("To", "name"), ("Reply-To", "reply_to"), ("Cc", None), ("X-Note", None)],
)
def test_a_fault_is_reported_where_the_text_of_the_header_is_written(
    newsroom: Newsroom, header: str, field: str | None
) -> None:
    newsroom.publication(reply_to="BioNews <editor@bionews.org.uk>")
    place = place_of(newsroom, field) if field else "issues/700/issue.yaml:1"
    assert [
        found.place
        for found in told(newsroom.headers(f"{header}: =?utf-8?q?=?= <a@bionews.org.uk>"))
    ] == [place]


@pytest.mark.parametrize("header", ["From", "To", "Reply-To", "Cc", "Sender"])
def test_no_word_may_be_in_an_address(newsroom: Newsroom, header: str) -> None:
    (found,) = told(newsroom.headers(f"{header}: BioNews <=?utf-8?q?news?=@bionews.org.uk>"))
    assert found.message.endswith("is inside an email address.")
    (found,) = told(newsroom.headers(f"{header}: =?utf-8?q?news?=@bionews.org.uk"))
    assert found.message.endswith("is not separate from the text beside it.")


@pytest.mark.parametrize(
    "value", ["=?" * 20000, "=?a?b?" * 5000, "=" * 20000 + "?=", "=?" + "x" * 20000, "=?\x00?q?a?="]
)
def test_no_text_makes_the_rule_slow_or_breaks_it(newsroom: Newsroom, value: str) -> None:
    assert len(told(newsroom.headers(f"Subject: {value}"))) <= 1
