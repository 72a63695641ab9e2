"""list-headers: what mail programs need to offer unsubscribing, and to know the newsletter."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from newsletter.checks.rules import list_headers
from tests.checks.newsroom import Newsroom, Reported
from tests.checks.planted.list_headers import ONE_CLICK, PAGE

INSECURE = "http://www.bionews.org.uk/unsubscribe"
MAILTO = "mailto:leave@bionews.org.uk"


def told(room: Newsroom) -> list[Reported]:
    """Return what this rule alone reports."""
    return [room.told_of(finding) for finding in list_headers.check(room.galley())]


def place_of(room: Newsroom, field: str) -> str:
    lines = (room.issues / "publication.yaml").read_text("utf-8").split("\n")
    number = next(
        number for number, line in enumerate(lines, start=1) if line.startswith(f"{field}:")
    )
    return f"issues/publication.yaml:{number}"


@pytest.mark.parametrize("number", ["596", "652"])
def test_the_real_issues_offer_to_unsubscribe(
    tmp_path: Path, repository: Path, number: str
) -> None:
    assert told(Newsroom(tmp_path / "room", repository / "issues", number, date.today())) == []  # noqa: DTZ011


@pytest.mark.parametrize(
    "name",
    [
        "遺伝子と生命科学のニュースレター",
        'Ünïcode, "Quoted"',
        "=?utf-8?q?BioNews?=",
        "BioNews",
        "News" * 40,
    ],
)
@pytest.mark.parametrize(
    "unsubscribe",
    [PAGE, INSECURE, MAILTO, "HTTPS://www.bionews.org.uk/u", PAGE + "?a=?b&c=" + "d" * 300],
)
def test_any_name_and_any_address_will_do(newsroom: Newsroom, name: str, unsubscribe: str) -> None:
    assert told(newsroom.publication(name=name, unsubscribe=unsubscribe)) == []


@pytest.mark.parametrize(
    "lines",
    [
        f"List-Unsubscribe: <{MAILTO}>, <{PAGE}>",
        f"List-Unsubscribe:\n <{PAGE}>",
        f"List-Unsubscribe: <{PAGE}>,\n <{MAILTO}?subject=leave>",
        f"List-Unsubscribe: (one click) < {PAGE} >",
        "List-Id: <bionews.localhost>",
        'List-Id: "News, weekly"\n <news.bionews.org.uk>',
        "List-Help: <https://www.bionews.org.uk/help>",
    ],
)
def test_other_ways_that_the_standards_allow(newsroom: Newsroom, lines: str) -> None:
    assert told(newsroom.headers(lines)) == []


@pytest.mark.parametrize(
    ("lines", "field", "what"),
    [
        (
            "List-Unsubscribe:",
            "unsubscribe",
            "The message has no header 'List-Unsubscribe', but must have one.",
        ),
        (
            f"List-Unsubscribe: <{PAGE}>\nList-Unsubscribe: <{MAILTO}>",
            "unsubscribe",
            "The message has 2 headers 'List-Unsubscribe', but must have one.",
        ),
        (
            f"List-Unsubscribe: <{PAGE}>, <{INSECURE}>",
            "unsubscribe",
            f"The header 'List-Unsubscribe' has 2 web addresses, but can have only one: '{INSECURE}'.",
        ),
        (
            "List-Unsubscribe: write to us",
            "unsubscribe",
            "The header 'List-Unsubscribe' has no address at which readers can unsubscribe.",
        ),
        (
            f"List-Unsubscribe: <{PAGE}",
            "unsubscribe",
            "The header 'List-Unsubscribe' has no address at which readers can unsubscribe.",
        ),
        *(
            (
                lines,
                "unsubscribe",
                "The header 'List-Unsubscribe-Post' promises that one click unsubscribes the reader, "
                "but the address for it is the same for all readers.",
            )
            for lines in (
                ONE_CLICK,
                f"{ONE_CLICK}\n{ONE_CLICK}",
                "list-unsubscribe-post: one-click",
            )
        ),
        (
            "List-Unsubscribe: <ftp://www.bionews.org.uk/>",
            "unsubscribe",
            "The header 'List-Unsubscribe' has no address at which readers can unsubscribe.",
        ),
        ("List-Id:", "from", "The message has no header 'List-Id', but must have one."),
        (
            "List-Id: <a.b.org>\nList-Id: <c.d.org>",
            "from",
            "The message has 2 headers 'List-Id', but must have one.",
        ),
        *(
            (
                f"List-Id: {written}",
                "from",
                f"The header 'List-Id', '{written}', is not a name and a label like <news.bionews.org.uk>.",
            )
            for written in (
                "news.bionews.org.uk",
                "<bionews>",
                "<a..b>",
                "<a b.org>",
                "<a.b.org> BioNews",
                "News<a.b>",
            )
        ),
        (
            "List-Id: =?utf-8?Q?BioNews?= <news.bionews.org.uk>",
            "name",
            "The header 'list-id' is encoded, so no mail program understands it.",
        ),
        (
            "List-Id: =?utf-8?Q?=3Cnews=2Ebionews=2Eorg=2Euk=3E?=",
            "name",
            "The header 'list-id' is encoded, so no mail program understands it.",
        ),
        (
            "List-Unsubscribe: =?utf-8?b?PGh0dHBzOi8vYT4=?=",
            "unsubscribe",
            "The header 'list-unsubscribe' is encoded, so no mail program understands it.",
        ),
        (
            "List-Unsubscribe-Post: =?utf-8?q?List-Unsubscribe=3DOne-Click?=",
            "unsubscribe",
            "The header 'list-unsubscribe-post' is encoded, so no mail program understands it.",
        ),
    ],
)
def test_each_fault_is_reported_once_at_the_field_that_it_comes_from(
    newsroom: Newsroom, lines: str, field: str, what: str
) -> None:
    place = place_of(newsroom, field)
    assert told(newsroom.headers(lines)) == [("error", place, what)]


def test_a_list_id_has_at_most_255_bytes(newsroom: Newsroom) -> None:
    label = "a." * 127 + "b"
    assert told(newsroom.headers(f"List-Id: <{label}>")) == []
    assert len(told(newsroom.headers(f"List-Id: <{label}c>"))) == 1


@pytest.mark.parametrize(
    "value", ["<" * 5000, "=?" * 5000, "a " * 5000 + "<", "<" + "a." * 5000, ">\x00<\xff"]
)
def test_no_text_makes_the_rule_slow_or_breaks_it(newsroom: Newsroom, value: str) -> None:
    found = told(newsroom.headers(f"List-Unsubscribe: {value}\nList-Id: {value}"))
    assert len(found) == 2
