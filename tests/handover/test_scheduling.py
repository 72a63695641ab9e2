"""Scheduling: the right moment, and only what was handed over, is unchanged and approved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from newsletter.checks.report import Report
from newsletter.errors import HandoverError, PreflightError, Unavailable, Uncertain, Unsupported
from newsletter.handover import (
    Appointment,
    Destination,
    approve,
    parse_send_time,
    schedule,
    send_time,
    service_draft,
    unschedule,
)
from newsletter.manifest.project import IssueFolder
from newsletter.model import Draft, Finding
from newsletter.problem import Problem
from newsletter.services import profile_of
from newsletter.services.protocol import Campaign, Status
from tests.handover.conftest import Hand, Kept
from tests.handover.standin import (
    DONORS,
    READERS,
    Standin,
    agree,
    place,
    published_by,
    refuse,
    with_email,
)
from tests.services.scenes import Newsletter, record_of

AT = (datetime.now(UTC) + timedelta(days=3)).replace(hour=17, minute=0, second=0, microsecond=0)
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
PLACE = Path("issues/652/issue.yaml")

Schedule = Callable[..., Draft]


@pytest.fixture(autouse=True)
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Waiting takes no time; how long it would have been."""
    waited: list[float] = []
    monkeypatch.setattr(service_draft, "sleep", waited.append)
    return waited


@pytest.fixture
def put(standin: Standin) -> Schedule:
    """Schedules a report with the stand-in."""

    def run(
        report: Report, at: datetime = AT, confirm: Callable[[Appointment], None] = agree
    ) -> Draft:
        (draft,) = schedule(report, [place(standin)], at, confirm=confirm)
        return draft

    return run


def attempts(report: Report, issue: Path, to: Destination) -> list[Callable[[], object]]:
    """To schedule an issue, and to take that back."""
    return [
        partial(schedule, report, [to], AT, confirm=refuse),
        partial(unschedule, IssueFolder.at(issue), to),
    ]


def stored(issue: Path) -> Draft:
    """What the issue keeps."""
    draft = record_of(issue).read()
    assert draft
    return draft


# --- the time


@pytest.fixture
def clock(report: Report, monkeypatch: pytest.MonkeyPatch) -> Callable[..., datetime]:
    """Reads a time on the clock of some time zone, on the first of March 2026."""

    class Frozen(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return NOW

    monkeypatch.setattr(send_time, "datetime", Frozen)

    def read(written: str | None, zone: str = "Europe/London", day: date | None = None) -> datetime:
        issue = published_by(report, time_zone=zone).email.issue
        return parse_send_time(issue.model_copy(update={"date": day or issue.date}), written, PLACE)

    return read


@pytest.mark.parametrize(
    ("written", "zone", "utc"),
    [
        ("2026-11-30 17:00", "Europe/London", "2026-11-30 17:00"),
        ("2026-07-06 17:00", "Europe/London", "2026-07-06 16:00"),
        ("2026-07-06 17:00", "America/New_York", "2026-07-06 21:00"),
        ("2026-11-30 20:00", "America/New_York", "2026-12-01 01:00"),
        ("2026-11-30 17:00", "Asia/Kathmandu", "2026-11-30 11:15"),
        ("2026-11-30 05:00", "Asia/Kathmandu", "2026-11-29 23:15"),
        ("2026-11-30 17:00", "Pacific/Kiritimati", "2026-11-30 03:00"),
        ("  2026-11-30 17:00\n", "UTC", "2026-11-30 17:00"),
        ("2028-02-29 00:00", "UTC", "2028-02-29 00:00"),
        ("2026-03-29 02:00", "Europe/London", "2026-03-29 01:00"),
        ("2026-10-25 02:00", "Europe/London", "2026-10-25 02:00"),
        ("2026-10-25 00:59", "Europe/London", "2026-10-24 23:59"),
        ("2026-03-01 12:01", "Europe/London", "2026-03-01 12:01"),
    ],
)
def test_a_time_is_on_the_publications_clock(
    clock: Callable[..., datetime], written: str, zone: str, utc: str
) -> None:
    at = clock(written, zone)
    assert f"{at.astimezone(UTC):%Y-%m-%d %H:%M}" == utc
    assert f"{at:%Y-%m-%d %H:%M}" == written.strip()
    assert at.tzinfo == ZoneInfo(zone)


def test_if_none_is_written_it_is_the_issues_own(clock: Callable[..., datetime]) -> None:
    assert clock(None, day=date(2026, 7, 6)) == datetime(2026, 7, 6, 16, tzinfo=UTC)
    with pytest.raises(HandoverError, match="2012-04-16 17:00 in Europe/London has passed"):
        clock(None)


@pytest.mark.parametrize(
    ("written", "zone", "told"),
    [
        (
            "2026-03-29 01:00",
            "Europe/London",
            "2026-03-29 01:00 does not exist in Europe/London: the clocks go forward",
        ),
        ("2026-03-29 01:59", "Europe/London", "2026-03-29 01:59 does not exist"),
        (
            "2026-03-08 02:30",
            "America/New_York",
            "2026-03-08 02:30 does not exist in America/New_York",
        ),
        (
            "2026-10-25 01:00",
            "Europe/London",
            "2026-10-25 01:00 comes twice in Europe/London: the clocks go back",
        ),
        ("2026-10-25 01:59", "Europe/London", "comes twice"),
        ("2026-11-01 01:30", "America/New_York", "comes twice"),
        ("2026-03-01 12:00", "Europe/London", "2026-03-01 12:00 in Europe/London has passed"),
        ("2026-03-01 17:44", "Asia/Kathmandu", "has passed. Give a time in the future: --at"),
        ("2012-04-16 17:00", "Europe/London", "has passed"),
        ("0001-01-01 00:00", "Asia/Kathmandu", "is not a date and time"),
        ("9999-12-31 23:59", "America/New_York", "is not a date and time"),
    ],
)
def test_a_time_must_be_there_once_and_to_come(
    clock: Callable[..., datetime], written: str, zone: str, told: str
) -> None:
    with pytest.raises(HandoverError) as error:
        clock(written, zone)
    assert told in str(error.value)
    assert str(error.value).startswith("issues/652/issue.yaml: ")


def test_the_issues_own_time_must_be_there_once_as_well(report: Report) -> None:
    publication = report.email.issue.publication.model_copy(update={"time": time(1, 30)})
    issue = report.email.issue.model_copy(update={"publication": publication})
    for day, told in (
        (date(2031, 3, 30), "2031-03-30 01:30 does not exist"),
        (date(2031, 10, 26), "comes twice"),
    ):
        with pytest.raises(HandoverError, match=told):
            parse_send_time(issue.model_copy(update={"date": day}), None, PLACE)


@pytest.mark.parametrize(
    "written",
    [
        *(
            "",
            " ",
            "now",
            "17:00",
            "2026-11-30",
            "2026-11-30T17:00",
            "30.11.2026 17:00",
            "2026-11-30 17:00:30",
        ),
        *(
            "2026-11-30 17:00 UTC",
            "2026-11-30 17:00+01:00",
            "2026-11-31 17:00",
            "2026-11-30 24:00",
            "2026-13-01 17:00",
        ),
    ],
)
def test_a_time_has_one_form(clock: Callable[..., datetime], written: str) -> None:
    with pytest.raises(
        HandoverError, match=r"is not a date and time\. Write year-month-day hour:minute, such as"
    ):
        clock(written)


# --- what can be scheduled


def test_a_draft_is_scheduled_as_it_was_handed_over(
    hand: Hand, report: Report, put: Schedule, standin: Standin, issue: Path
) -> None:
    handed = hand(report)
    appointments: list[Appointment] = []
    at = AT.astimezone(ZoneInfo("Asia/Kathmandu"))
    draft = put(report, at, appointments.append)
    assert standin.writes == ["create", "schedule"]
    assert (standin.only.status, standin.only.scheduled) == (Status.SCHEDULED, AT)
    assert draft == stored(issue) == handed.model_copy(update={"scheduled": AT})
    assert draft.scheduled
    assert draft.scheduled.utcoffset() == timedelta(0)
    (appointment,) = appointments
    (slot,) = appointment.slots
    assert (appointment.at, appointment.at.tzinfo, slot.campaign.id) == (AT, at.tzinfo, "c1")
    assert appointment.issue == report.email.issue


def test_an_editor_who_does_not_agree_schedules_nothing(
    hand: Hand, report: Report, put: Schedule, standin: Standin, kept: Kept
) -> None:
    hand(report)
    files = kept()

    def no(_: Appointment) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        put(report, confirm=no)
    assert (standin.writes, kept()) == (["create"], files)


@pytest.mark.parametrize(
    ("minute", "nearest"),
    [(1, "17:00 or 17:15"), (14, "17:00 or 17:15"), (44, "17:30 or 17:45"), (59, "17:45 or 18:00")],
)
def test_mailchimp_sends_at_quarters_of_an_hour(
    hand: Hand, report: Report, put: Schedule, standin: Standin, minute: int, nearest: str
) -> None:
    hand(report)
    standin.calls = []
    with pytest.raises(
        Unsupported, match=f"only every 15 minutes, counted from the full hour. Choose {nearest}"
    ):
        put(report, AT.replace(minute=minute), refuse)
    assert standin.calls == []
    for quarter in (0, 15, 30, 45):
        put(report, AT.replace(minute=quarter))
        standin.edit("c1", status=Status.DRAFT, scheduled=None)


def test_other_services_send_at_any_minute_but_not_between(
    hand: Hand, report: Report, standin: Standin
) -> None:
    to = place(standin, profile=replace(profile_of("mailchimp"), minutes=1))
    hand(report, to)
    for between in (AT.replace(second=1), AT.replace(microsecond=1)):
        with pytest.raises(Unsupported):
            schedule(report, [to], between, confirm=refuse)
    (draft,) = schedule(report, [to], AT.replace(minute=7), confirm=agree)
    assert draft.scheduled == AT.replace(minute=7)


def test_a_service_that_cannot_is_not_asked(
    hand: Hand, report: Report, standin: Standin, issue: Path
) -> None:
    to = place(standin, profile=replace(profile_of("mailchimp"), can=frozenset()))
    hand(report)
    standin.calls = []
    with pytest.raises(Unsupported, match=r"It can neither schedule nor unschedule an issue"):
        schedule(report, [to], AT, confirm=refuse)
    with pytest.raises(Unsupported, match="It can neither schedule nor unschedule"):
        unschedule(IssueFolder.at(issue), to)
    assert standin.calls == []


def test_errors_of_the_checks_stop_it(
    hand: Hand, report: Report, put: Schedule, standin: Standin
) -> None:
    hand(report)
    standin.calls = []
    finding = Finding("links", "error", Problem(PLACE, 3, "This link is dead.", "Fix it."), None)
    with pytest.raises(PreflightError, match="This link is dead"):
        put(replace(report, findings=(finding,)), confirm=refuse)
    assert standin.calls == []


def test_approvals_may_be_asked_for_after_it_was_handed_over(
    hand: Hand, report: Report, put: Schedule, standin: Standin
) -> None:
    hand(report)
    wanting = published_by(report, approvals=1, service="mailchimp", audience=READERS.id)
    with pytest.raises(HandoverError, match="needs 1 approval and has 0"):
        put(wanting, confirm=refuse)
    approve(wanting, "Ann")
    assert put(wanting).scheduled == AT


def test_what_was_not_handed_over_is_not_scheduled(
    hand: Hand, report: Report, put: Schedule, standin: Standin, issue: Path
) -> None:
    for action in attempts(report, issue, place(standin)):
        with pytest.raises(HandoverError, match="has not been handed over yet"):
            action()
    record_of(issue).save(hand(report).model_copy(update={"state": "begun"}))
    standin.calls = []
    for action in attempts(report, issue, place(standin)):
        with pytest.raises(HandoverError, match="was not finished"):
            action()
    assert standin.calls == []


@pytest.mark.parametrize("status", [Status.DRAFT, Status.SENT])
def test_a_second_campaign_of_the_issue_stops_it(
    hand: Hand, report: Report, put: Schedule, standin: Standin, status: Status
) -> None:
    hand(report)
    standin.campaigns["c2"] = replace(standin.only, id="c2", status=status)
    standin.calls = []
    with pytest.raises(HandoverError, match="another campaign of this issue: c2") as error:
        put(report, confirm=refuse)
    assert f"c2 ({status}, https://service.example.org/c1)" in str(error.value)
    assert "Nothing was scheduled" in str(error.value)
    assert standin.writes == []


def test_what_was_handed_over_elsewhere_is_not_scheduled_here(
    hand: Hand, report: Report, standin: Standin, issue: Path
) -> None:
    hand(report)
    for other in (place(Standin(), account="Another"), place(standin, "listmonk")):
        for action in attempts(report, issue, other):
            with pytest.raises(
                HandoverError,
                match=r"handed over to mailchimp \(account Example \(a@example.org\)\)",
            ):
                action()
    assert standin.only.status == Status.DRAFT


def test_an_account_that_was_renamed_is_the_same(
    hand: Hand, report: Report, standin: Standin, issue: Path
) -> None:
    hand(report)
    standin.edit("c1", status=Status.SCHEDULED)
    unschedule(IssueFolder.at(issue), place(standin, account="Example Ltd"))
    assert standin.only.status == Status.DRAFT


def test_what_is_gone_from_the_service_must_be_handed_over_again(
    hand: Hand, report: Report, put: Schedule, standin: Standin, issue: Path
) -> None:
    hand(report)
    standin.campaigns.clear()
    for action in attempts(report, issue, place(standin)):
        with pytest.raises(
            HandoverError,
            match=r"no longer has the campaign c1\. Hand it over again: newsletter hand-over 652",
        ):
            action()


def test_what_was_changed_here_must_be_handed_over_again(
    hand: Hand, newsletter: Newsletter, put: Schedule, standin: Standin
) -> None:
    hand(newsletter.first)
    first = newsletter.first
    changed = (
        newsletter.second,
        with_email(first, subject="Other"),
        with_email(first, preheader="Other"),
        published_by(first, sender="BioNews <news@bionews.org.uk>"),
        published_by(first, reply_to="answers@example.org"),
    )
    for report in changed:
        with pytest.raises(
            HandoverError, match=r"has changed since it was handed over\. Hand it over again"
        ):
            put(report, confirm=refuse)
    assert standin.writes == ["create"]


def test_a_change_here_is_seen_though_the_service_tells_no_content(
    hand: Hand,
    newsletter: Newsletter,
    put: Schedule,
    standin: Standin,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reading = standin.read

    def read(campaign: str) -> Campaign | None:
        held = reading(campaign)
        return held and replace(held, html=None, text=None, subject=None)

    monkeypatch.setattr(standin, "read", read)
    hand(newsletter.first)
    for report in (newsletter.second, with_email(newsletter.first, subject="Other")):
        with pytest.raises(HandoverError, match="has changed since it was handed over"):
            put(report, confirm=refuse)
    assert put(newsletter.first).scheduled == AT


def test_another_audience_must_be_handed_over_again(
    hand: Hand, report: Report, standin: Standin
) -> None:
    hand(report)
    with pytest.raises(HandoverError, match="It was handed over for Readers"):
        schedule(report, [place(standin, audience=DONORS)], AT, confirm=refuse)
    assert standin.writes == ["create"]


@pytest.mark.parametrize(
    "changes",
    [{"html": "<p>edited</p>"}, {"subject": "edited"}, {"audiences": ("d2",)}, {"text": "edited"}],
)
def test_what_was_changed_in_the_service_must_be_handed_over_again(
    hand: Hand, report: Report, put: Schedule, standin: Standin, changes: dict[str, str]
) -> None:
    hand(report)
    standin.edit("c1", **changes)
    with pytest.raises(
        HandoverError,
        match=r"draft c1 was changed in Mailchimp after .*; it is not scheduled\. Changed: .*Hand it",
    ):
        put(report, confirm=refuse)
    assert standin.writes == ["create"]


def test_what_is_scheduled_and_was_changed_in_the_service_is_told_to_be_on_its_way(
    hand: Hand, report: Report, put: Schedule, standin: Standin
) -> None:
    hand(report)
    put(report)
    standin.edit("c1", subject="edited")
    with pytest.raises(HandoverError, match="and it will be sent: it is scheduled for ") as error:
        put(report, confirm=refuse)
    assert f"{AT:%Y-%m-%d %H:%M} UTC. Changed: subject: was " in str(error.value)
    assert "Then: newsletter unschedule 652" in str(error.value)


@pytest.mark.parametrize("status", [Status.SENT, Status.SENDING, Status.STOPPED])
def test_what_is_no_draft_any_more_is_not_scheduled(
    hand: Hand, report: Report, put: Schedule, standin: Standin, status: Status
) -> None:
    hand(report)
    standin.edit("c1", status=status)
    with pytest.raises(HandoverError, match=f"In Mailchimp this issue is {status}") as error:
        put(report, confirm=refuse)
    assert "https://service.example.org/c1" in str(error.value)
    assert standin.writes == ["create"]


def test_what_a_service_holds_otherwise_and_was_told_of_can_be_scheduled(
    hand: Hand, report: Report, put: Schedule, standin: Standin, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading = standin.read

    def read(campaign: str) -> Campaign | None:
        held = reading(campaign)
        return held and replace(held, html=f"{held.html}<img>")

    monkeypatch.setattr(standin, "read", read)
    assert hand(report).differences
    assert put(report).scheduled == AT


# --- what is scheduled already


def test_for_the_same_time_nothing_is_done(
    hand: Hand, report: Report, put: Schedule, standin: Standin, issue: Path
) -> None:
    hand(report)
    first = put(report)
    assert (
        put(report, AT.astimezone(ZoneInfo("America/New_York")), refuse) == first == stored(issue)
    )
    assert standin.writes == ["create", "schedule"]


def test_what_a_person_has_scheduled_for_that_time_is_written_down(
    hand: Hand, report: Report, put: Schedule, standin: Standin, issue: Path
) -> None:
    hand(report)
    standin.edit("c1", status=Status.SCHEDULED, scheduled=AT)
    assert put(report, confirm=refuse).scheduled == AT
    assert stored(issue).scheduled == AT


def test_for_another_time_it_is_refused(
    hand: Hand, report: Report, put: Schedule, standin: Standin
) -> None:
    hand(report)
    put(report)
    later = (AT + timedelta(hours=1)).astimezone(ZoneInfo("Asia/Kathmandu"))
    told = f"{AT.astimezone(ZoneInfo('Asia/Kathmandu')):%Y-%m-%d %H:%M}"
    with pytest.raises(
        HandoverError, match=f"is already scheduled for {told}. First: newsletter unschedule 652."
    ):
        put(report, later, refuse)
    standin.edit("c1", scheduled=None)
    with pytest.raises(HandoverError, match="is already scheduled for another time"):
        put(report, confirm=refuse)
    assert standin.writes == ["create", "schedule"]


# --- a service that does not do what it says


def spoil(
    monkeypatch: pytest.MonkeyPatch, standin: Standin, call: str, then: Callable[[str], None]
) -> None:
    """Have something happen after a call of the service."""
    right = getattr(standin, call)

    def wrong(campaign: str, *rest: object) -> None:
        right(campaign, *rest)
        then(campaign)

    monkeypatch.setattr(standin, call, wrong)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"status": Status.DRAFT, "scheduled": None}, "says: draft."),
        (
            {"scheduled": AT + timedelta(hours=1)},
            f"says: scheduled for {AT + timedelta(hours=1):%Y-%m-%d %H:%M} UTC.",
        ),
        ({"scheduled": None}, "says: scheduled."),
        ({"status": Status.SENDING, "scheduled": None}, "says: being sent."),
    ],
)
def test_a_time_that_was_not_taken_in_is_told(
    hand: Hand,
    report: Report,
    put: Schedule,
    standin: Standin,
    issue: Path,
    monkeypatch: pytest.MonkeyPatch,
    waits: list[float],
    changes: dict[str, object],
    says: str,
) -> None:
    hand(report)
    spoil(monkeypatch, standin, "schedule", lambda campaign: standin.edit(campaign, **changes))
    with pytest.raises(HandoverError) as error:
        put(report)
    assert f"Mailchimp was asked to send it at {AT:%Y-%m-%d %H:%M} UTC, but {says}" in str(
        error.value
    )
    assert "https://service.example.org/c1" in str(error.value)
    assert stored(issue).scheduled is None
    assert sum(waits) <= 5


def test_a_service_that_takes_its_time_is_waited_for(
    hand: Hand,
    report: Report,
    put: Schedule,
    standin: Standin,
    monkeypatch: pytest.MonkeyPatch,
    waits: list[float],
) -> None:
    hand(report)
    monkeypatch.setattr(standin, "schedule", lambda *_: None)

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 3:
            standin.edit("c1", status=Status.SCHEDULED, scheduled=AT)

    monkeypatch.setattr(service_draft, "sleep", sleep)
    assert put(report).scheduled == AT
    assert waits == [1, 1, 1]


def test_a_campaign_that_is_gone_afterwards_is_told(
    hand: Hand, report: Report, put: Schedule, standin: Standin, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand(report)
    spoil(monkeypatch, standin, "schedule", lambda _: standin.campaigns.clear())
    with pytest.raises(
        HandoverError, match=r"Mailchimp no longer has the campaign c1\. Look for it there\."
    ):
        put(report)


def test_what_was_changed_just_before_is_taken_back(
    hand: Hand, report: Report, put: Schedule, standin: Standin, issue: Path
) -> None:
    hand(report)
    with pytest.raises(HandoverError, match=r"changed in Mailchimp after .*; it is not scheduled"):
        put(report, confirm=lambda _: standin.edit("c1", html="<p>edited</p>"))
    assert standin.writes == ["create", "schedule", "unschedule"]
    assert standin.only.status == Status.DRAFT
    assert stored(issue).scheduled is None


@pytest.mark.parametrize(
    ("then", "told"),
    [
        (
            lambda standin: standin.edit("c1", status=Status.SCHEDULED, scheduled=AT),
            "asked not to send it, but says: sch",
        ),
        (
            lambda standin: standin.edit("c1", status=Status.SENDING),
            "asked not to send it, but says: being sent",
        ),
        (
            lambda _: fail(Unavailable("Mailchimp", "It reports a fault of its own (500).", "")),
            "Mailchimp: It reports a fault",
        ),
    ],
)
def test_if_it_cannot_be_taken_back_that_is_said_first(
    hand: Hand,
    report: Report,
    put: Schedule,
    standin: Standin,
    monkeypatch: pytest.MonkeyPatch,
    then: Callable[[Standin], None],
    told: str,
) -> None:
    hand(report)
    spoil(monkeypatch, standin, "unschedule", lambda _: then(standin))
    with pytest.raises(HandoverError) as error:
        put(report, confirm=lambda _: standin.edit("c1", html="<p>edited</p>"))
    text = str(error.value)
    assert "was changed in Mailchimp, is scheduled, and could not be unscheduled" in text
    assert "Look at it now: https://service.example.org/c1" in text
    assert told in text


def fail(error: Exception) -> None:
    raise error


def test_a_time_that_has_passed_while_the_editor_was_asked_is_not_given(
    hand: Hand, report: Report, put: Schedule, standin: Standin, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Later(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return AT

    hand(report)
    with pytest.raises(HandoverError, match="has passed"):
        put(report, confirm=lambda _: monkeypatch.setattr(send_time, "datetime", Later))
    assert standin.writes == ["create"]


@pytest.mark.parametrize("call", ["schedule", "unschedule"])
def test_a_lost_answer_is_made_good_by_looking(
    hand: Hand,
    report: Report,
    put: Schedule,
    standin: Standin,
    issue: Path,
    monkeypatch: pytest.MonkeyPatch,
    call: str,
) -> None:
    hand(report)
    spoil(monkeypatch, standin, call, lambda _: fail(Uncertain("Mailchimp", "It broke.", "")))
    assert put(report).scheduled == AT
    (draft,) = unschedule(IssueFolder.at(issue), place(standin))
    assert draft.scheduled is None
    assert standin.writes == ["create", "schedule", "unschedule"]


@pytest.mark.parametrize("call", ["schedule", "unschedule"])
def test_a_lost_question_stays_uncertain(
    hand: Hand,
    report: Report,
    put: Schedule,
    standin: Standin,
    issue: Path,
    monkeypatch: pytest.MonkeyPatch,
    call: str,
) -> None:
    hand(report)
    if call == "unschedule":
        put(report)
    draft = stored(issue)
    monkeypatch.setattr(standin, call, lambda *_: fail(Uncertain("Mailchimp", "It broke.", "")))
    with pytest.raises(Uncertain):
        put(report) if call == "schedule" else unschedule(IssueFolder.at(issue), place(standin))
    assert stored(issue) == draft


# --- taking it back


def test_a_scheduled_issue_is_a_draft_again(
    hand: Hand, report: Report, put: Schedule, standin: Standin, issue: Path
) -> None:
    handed = hand(report)
    put(report)
    assert unschedule(IssueFolder.at(issue), place(standin)) == (handed,)
    assert stored(issue) == handed
    assert (standin.only.status, standin.only.scheduled) == (Status.DRAFT, None)
    standin.calls = []
    assert unschedule(IssueFolder.at(issue), place(standin)) == (handed,)
    assert standin.writes == []


def test_it_can_be_taken_back_though_it_was_changed_here(
    hand: Hand, report: Report, put: Schedule, standin: Standin, issue: Path
) -> None:
    hand(report)
    put(report)
    (issue / "issue.yaml").rename(issue / "away")
    try:
        (draft,) = unschedule(IssueFolder.at(issue), place(standin))
        assert draft.scheduled is None
    finally:
        (issue / "away").rename(issue / "issue.yaml")


@pytest.mark.parametrize("status", [Status.SENT, Status.SENDING, Status.STOPPED])
def test_when_sending_has_begun_it_is_too_late(
    hand: Hand, report: Report, put: Schedule, standin: Standin, issue: Path, status: Status
) -> None:
    hand(report)
    put(report)
    standin.edit("c1", status=status)
    standin.calls = []
    with pytest.raises(
        HandoverError, match=f"It is too late: in Mailchimp this issue is {status}"
    ) as error:
        unschedule(IssueFolder.at(issue), place(standin))
    assert "https://service.example.org/c1" in str(error.value)
    assert standin.writes == []
    assert stored(issue).scheduled == AT


def test_a_service_that_goes_on_is_told(
    hand: Hand,
    report: Report,
    put: Schedule,
    standin: Standin,
    issue: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hand(report)
    put(report)
    monkeypatch.setattr(standin, "unschedule", lambda _: None)
    told = f"asked not to send it, but says: scheduled for {AT:%Y-%m-%d %H:%M} UTC. Look at it now: https://service"
    with pytest.raises(HandoverError, match=told):
        unschedule(IssueFolder.at(issue), place(standin))
    assert stored(issue).scheduled == AT


def test_what_was_changed_meanwhile_is_taken_back_and_that_is_said(
    hand: Hand, report: Report, put: Schedule, standin: Standin, issue: Path
) -> None:
    hand(report)
    put(report)
    standin.edit("c1", html="<p>edited</p>")
    with pytest.raises(HandoverError, match=r"was changed in Mailchimp .*; it is not scheduled"):
        unschedule(IssueFolder.at(issue), place(standin))
    assert standin.only.status == Status.DRAFT
    assert stored(issue).scheduled is None
