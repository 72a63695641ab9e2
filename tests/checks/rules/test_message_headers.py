"""message-headers: each required header appears once, and its Date is when the issue goes out."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsletter.checks.rules import message_headers
from tests.checks.newsroom import Newsroom, Reported


def told(room: Newsroom) -> list[Reported]:
    """Return what this rule alone reports."""
    return [room.told_of(finding) for finding in message_headers.check(room.galley())]


@pytest.mark.parametrize("number", ["596", "652"])
def test_the_real_issues_have_every_header_once(
    tmp_path: Path, repository: Path, number: str
) -> None:
    assert told(Newsroom(tmp_path / "room", repository / "issues", number, date.today())) == []  # noqa: DTZ011


def test_a_date_that_is_still_to_come_is_not_a_fault_while_the_issue_is_prepared(
    newsroom: Newsroom,
) -> None:
    assert newsroom.issue(date="2099-03-02").told("message-headers") == []


@pytest.mark.parametrize(
    "written",
    [
        "Mon, 7 Jan 2030 17:00:00 +0000",
        "Mon, 07 Jan 2030 17:00:59 +0000",
        "7 Jan 2030 17:00 GMT",
        "Tue, 08 Jan 2030 02:00:00 +0900",
    ],
)
def test_the_same_moment_may_be_written_in_several_ways(newsroom: Newsroom, written: str) -> None:
    assert told(newsroom.headers(f"Date: {written}")) == []


@pytest.mark.parametrize("zone", ["Asia/Kolkata", "America/St_Johns", "Pacific/Kiritimati", "UTC"])
def test_any_time_zone_will_do(newsroom: Newsroom, zone: str) -> None:
    assert told(newsroom.publication(time_zone=zone, time="00:05")) == []


def test_names_and_subjects_in_any_letters_are_headers_like_others(newsroom: Newsroom) -> None:
    newsroom.publication(name="遺伝子ニュース", **{"from": "遺伝子ニュース <news@bionews.org.uk>"})
    assert told(newsroom.issue(subject="遺伝子と細胞 🧬 " * 8)) == []


@pytest.mark.parametrize(
    ("header", "place"),
    [
        ("From", "issues/publication.yaml:{from}"),
        ("Message-ID", "issues/publication.yaml:{from}"),
        ("To", "issues/publication.yaml:{name}"),
        ("MIME-Version", "issues/700/issue.yaml:1"),
        ("Date", "issues/700/issue.yaml:2"),
        ("Subject", "issues/700/issue.yaml:4"),
    ],
)
def test_a_missing_header_is_reported_where_it_is_written(
    newsroom: Newsroom, header: str, place: str
) -> None:
    newsroom.change(
        "issues/700/issue.yaml", "sections:", "subject: A subject of our own\nsections:"
    )
    what = f"The message has no header '{header}', where it must have one."
    lines = (newsroom.issues / "publication.yaml").read_text("utf-8").split("\n")
    numbers = {line.partition(":")[0]: number for number, line in enumerate(lines, start=1)}
    assert told(newsroom.headers(f"{header}:")) == [("error", place.format_map(numbers), what)]


def test_an_empty_header_counts_for_nothing_and_a_second_one_is_too_many(
    newsroom: Newsroom,
) -> None:
    galley = newsroom.galley()
    vars(galley)["message"] = galley.message.replace(
        b"\r\nTo: ", b"\r\nTo:\r\n \r\nX-To: "
    ).replace(b"\r\nDate: ", b"\r\nDate: Mon, 07 Jan 2030 17:00:00 +0000\r\nDate: ")
    assert [finding.problem.message for finding in message_headers.check(galley)] == [
        "The message has no header 'To', where it must have one.",
        "The message has 2 headers 'Date', where it must have one.",
    ]


@pytest.mark.parametrize(
    "written",
    [
        "Mon, 07 Jan 2030 17:00:00",
        "Mon, 07 Jan 2030 17:00:00 -0000",
        "soon",
        "Mon, 32 Jan 2030 99:00 +0000",
    ],
)
def test_a_date_must_be_one_and_name_its_zone(newsroom: Newsroom, written: str) -> None:
    what = f"The message's Date, '{written}', is not a date and time with a time zone."
    assert told(newsroom.headers(f"Date: {written}")) == [
        ("error", "issues/700/issue.yaml:2", what)
    ]


@pytest.mark.parametrize(
    "written", ["Mon, 07 Jan 2030 17:01:00 +0000", "Mon, 07 Jan 2030 17:00:00 +0100"]
)
def test_another_moment_is_not_the_issues(newsroom: Newsroom, written: str) -> None:
    what = f"The message's Date, '{written}', is not when the issue goes out: 2030-01-07 17:00, Europe/London."
    assert told(newsroom.headers(f"Date: {written}")) == [
        ("error", "issues/700/issue.yaml:2", what)
    ]


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), max_size=40))
def test_no_date_can_break_the_rule(tmp_path: Path, written: str) -> None:
    folder = tmp_path / "room"
    shutil.rmtree(folder, ignore_errors=True)
    galley = Newsroom(folder).galley()
    before, _, after = galley.message.partition(b"\r\nDate: ")
    vars(galley)["message"] = (
        before + b"\r\nDate: " + written.encode() + b"\r\n" + after.partition(b"\r\n")[2]
    )
    assert len(list(message_headers.check(galley))) <= 1
