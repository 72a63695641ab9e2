"""past-date: events and deadlines that have passed when the issue goes out. Issue 700 goes out on 7 January 2030."""

from __future__ import annotations

import time
from typing import Any

import pytest

from newsletter.checks.rules import past_date
from tests.checks.newsroom import Newsroom


def event(newsroom: Newsroom, starts: str, ends: str | None = None) -> list[str]:
    more = {"ends": ends} if ends else {}
    newsroom.item(
        kind="event", title="A debate", place="London", starts=starts, teaser="Words.", **more
    )
    return [finding.message for finding in newsroom.told("past-date")]


def test_a_job_that_has_closed_is_reported_where_its_day_is(newsroom: Newsroom) -> None:
    assert job(newsroom, "A post for a year.", closes="2030-01-06") == [
        "The job 'A post' closes before the issue goes out, on 7 January 2030 at 17:00."
    ]


def test_a_job_that_closes_when_the_issue_goes_out_can_still_be_had(newsroom: Newsroom) -> None:
    assert job(newsroom, "A post for a year.", closes="2030-01-07") == []


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "job"},
        {"kind": "notice"},
        {"kind": "advert", "advertiser": "A shop"},
        {"kind": "event", "place": "London", "starts": "2030-02-01 18:30"},
    ],
    ids=lambda fields: str(fields["kind"]),
)
def test_what_was_to_be_gone_by_now_is_reported_where_its_end_is(
    newsroom: Newsroom, fields: dict[str, Any]
) -> None:
    last_day = {"title": "Cells", "teaser": "Words.", "until": "2030-01-07"}
    newsroom.item(**fields, **last_day)
    assert newsroom.told("past-date") == []

    newsroom.item(**fields, **last_day | {"until": "2030-01-06"})
    (found,) = newsroom.told("past-date")
    assert found.message == (
        "'Cells' was to be current until 6 January 2030, and the issue goes out on 7 January 2030."
    )


def job(newsroom: Newsroom, teaser: str, **fields: Any) -> list[str]:
    newsroom.item(**({"kind": "job", "title": "A post", "teaser": teaser} | fields))
    return [finding.message for finding in newsroom.told("past-date")]


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        ("2030-01-07 18:30", None),
        ("2030-01-07 17:00", None),
        ("2031-03-01 09:00", None),
        ("2029-12-01 10:00", "2030-02-01 18:00"),
        ("2030-01-07 09:00", "2030-01-07 17:30"),
    ],
)
def test_events_that_readers_can_still_go_to(
    newsroom: Newsroom, starts: str, ends: str | None
) -> None:
    assert event(newsroom, starts, ends) == []


@pytest.mark.parametrize(
    "text",
    [
        "Deadline: 7 January 2030.",
        "Closing date 1 February 2030.",
        "Apply by 9 January.",
        "Apply by noon on 30 September.",
        "The deadline has been extended from 2 January 2030 to 20 January 2030.",
        "The deadline was 2 January 2030.",
        "Abstracts by 2 January 2030, registration by 20 January 2030.",
        "Closing date: 01/07/2030.",
        "We are a charity that was founded on 2 April 1992. Apply by 9 January 2030.",
        "The post begins on 2 January 2030.",
        "A book by Anna Author, out since 2 April 2029.",
        "The book by Anna Author (2 April 2029) is reviewed.",
        "Applications received before 2 January 2030 were read.",
        "The Act came in on 2 January 2030; send us your view.",
        "The register opened on 2 January 2030.",
        "Applications are invited for a post that was funded by the Medical Research Council on 2 April 2029.",
        "Deadline: to be announced.",
        "Deadline 31 November 2029.",
        "No later than ten days after the interview.",
        "Salary from 1 April 2029: £32,000. The closing date is 1 February 2030.",
        "Entry is free.",
        "Reply to this email by all means.",
    ],
)
def test_texts_that_are_sound(newsroom: Newsroom, text: str) -> None:
    assert job(newsroom, text) == []


@pytest.mark.parametrize("kind", ["news", "comment"])
def test_stories_of_what_has_been_are_not_read(newsroom: Newsroom, kind: str) -> None:
    assert job(newsroom, "The call for evidence closes on 2 January 2030.", kind=kind) == []


@pytest.mark.parametrize(
    ("starts", "ends", "what"),
    [
        ("2030-01-04 18:30", None, "begins before the issue goes out, on 7 January 2030 at 17:00."),
        ("2029-02-01 18:30", None, "begins before the issue goes out, on 7 January 2030 at 17:00."),
        ("2030-01-07 12:30", None, "begins before the issue goes out, on 7 January 2030 at 17:00."),
        (
            "2029-12-01 10:00",
            "2030-01-06 18:00",
            "ends before the issue goes out, on 7 January 2030 at 17:00.",
        ),
    ],
)
def test_events_that_have_passed(
    newsroom: Newsroom, starts: str, ends: str | None, what: str
) -> None:
    assert event(newsroom, starts, ends) == [f"The event 'A debate' {what}"]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Deadline: 4 January 2030.", "4 January 2030"),
        ("DEADLINE - 4th January", "4th January"),
        ("The deadline for applications is Friday 4 January 2030.", "4 January 2030"),
        ("Closing date: 2030-01-04.", "2030-01-04"),
        ("Closing date: 04/01/2029.", "04/01/2029"),
        ("Please apply by 4 January 2030.", "4 January 2030"),
        ("Applications, with a CV, should reach us by noon on Friday, 4 January.", "4 January"),
        ("Send your abstract to the editors before 5pm on January 4th, 2030.", "January 4th, 2030"),
        ("Register no later than 20 December.", "20 December"),
        ("Booking is open until 1 January 2030!", "1 January 2030"),
        ("We want you. Submissions by 1 Dec 2029. More on our pages.", "1 Dec 2029"),
        ("RSVP 4 January.", "4 January"),
    ],
)
def test_deadlines_that_have_passed(newsroom: Newsroom, text: str, date: str) -> None:
    assert job(newsroom, text) == [
        f"The deadline '{date}' passes before the issue goes out, on 7 January 2030 at 17:00."
    ]


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("event", {"place": "London", "starts": "2030-02-01 18:30"}),
        ("notice", {}),
        ("advert", {"advertiser": "A clinic"}),
    ],
)
def test_other_kinds_that_ask_for_something(
    newsroom: Newsroom, kind: str, fields: dict[str, str]
) -> None:
    assert len(job(newsroom, "Register by 4 January 2030.", kind=kind, **fields)) == 1


def test_the_publications_own_names_of_months(newsroom: Newsroom) -> None:
    newsroom.publication(language="de")
    assert len(job(newsroom, "Deadline: 4. Januar 2030.")) == 1


def test_the_places(newsroom: Newsroom) -> None:
    newsroom.write(
        "issues/700/issue.yaml",
        "number: 700\ndate: 2030-01-07\nsections:\n  - kind: events\n    items:\n      - title: A debate\n"
        "        place: London\n        starts: 2030-01-02 18:30\n        teaser: |\n          A debate.\n\n"
        "          Register by\n          1 January.\n",
    )
    assert [finding[:2] for finding in newsroom.told("past-date")] == [
        ("warning", "issues/700/issue.yaml:8"),
        ("warning", "issues/700/issue.yaml:13"),
    ]


@pytest.mark.parametrize(
    "piece", ["apply ", "apply by ", "deadline 4 January 2029 ", "by the ", "4 January ", "Apply. "]
)
def test_a_very_long_text_is_read_fast(newsroom: Newsroom, piece: str) -> None:
    issue = newsroom.galley().issue
    start = time.perf_counter()
    past_date._past_deadline(piece * 5_000, issue)
    assert time.perf_counter() - start < 2
