"""Scheduling all formats of an issue, or none, whatever breaks and whatever people do meanwhile."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newsletter.checks.report import Report
from newsletter.errors import HandoverError, NewsletterError, Refused, Unavailable, Uncertain
from newsletter.handover import (
    Appointment,
    Record,
    approve,
    campaigns,
    hand_over,
    records_of,
    schedule,
    service_draft,
    unschedule,
)
from newsletter.model import Draft, Format
from newsletter.services.protocol import Campaign, Status
from tests.handover.standin import (
    DONORS,
    OF_FORMATS,
    READERS,
    Standin,
    agree,
    places,
    published_by,
    refuse,
)

AT = (datetime.now(UTC) + timedelta(days=3)).replace(hour=17, minute=0, second=0, microsecond=0)
FORMATS = tuple(OF_FORMATS)
CAMPAIGNS = ("c1", "c2", "c3")
SAYS_NOTHING_GOES = "Nothing will be sent: "
MAY_GO = "Readers may get "


class Killed(BaseException):
    """The process is no longer there."""


Effect = Callable[[], BaseException]
BREAKS: dict[str, Effect] = {
    "unavailable": lambda: Unavailable("Mailchimp", "It reports a fault of its own (500).", ""),
    "refused": lambda: Refused("Mailchimp", "It refuses.", ""),
    "no answer": lambda: Uncertain("Mailchimp", "No answer came.", ""),
    "Ctrl-C": KeyboardInterrupt,
}
"""What happens instead of a call."""
AFTERWARDS = ("no answer", "Ctrl-C")
"""Those that may come when a call was done as well."""


class Breaking(Standin):
    """A service of which one call breaks, or all from that one on; the first after the editor's answer is 1."""

    def __init__(self) -> None:
        super().__init__()
        self.answered = 0
        self.fault: Effect | None = None
        self.breaks_at = 0
        self.is_done = False
        self.stays_broken = False

    def break_at(
        self, call: int, effect: Effect, *, is_done: bool = False, stays: bool = False
    ) -> None:
        """Break at a call, which is done or not, or from there on."""
        self.answered = 0
        self.fault, self.breaks_at, self.is_done, self.stays_broken = effect, call, is_done, stays

    def repair(self) -> None:
        self.fault = None

    def _breaks(self) -> BaseException | None:
        self.answered += 1
        is_now = self.answered == self.breaks_at
        if self.stays_broken:
            is_now = self.answered >= self.breaks_at
        return self.fault() if self.fault and is_now else None

    def find(self, marker: str) -> Sequence[Campaign]:
        if broken := self._breaks():
            raise broken
        return super().find(marker)

    def read(self, campaign: str) -> Campaign | None:
        if broken := self._breaks():
            raise broken
        return super().read(campaign)

    def schedule(self, campaign: str, at: datetime) -> None:
        broken = self._breaks()
        if broken and not self.is_done:
            raise broken
        held = self.campaigns.get(campaign)
        if held is None or held.status != Status.DRAFT:
            raise Refused("Mailchimp", "There is no such draft.", "")
        super().schedule(campaign, at)
        if broken:
            raise broken

    def unschedule(self, campaign: str) -> None:
        broken = self._breaks()
        if broken and not self.is_done:
            raise broken
        if self.campaigns[campaign].status not in (Status.DRAFT, Status.SCHEDULED):
            raise Refused("Mailchimp", "This campaign cannot be unscheduled.", "")
        super().unschedule(campaign)
        if broken:
            raise broken


@pytest.fixture(autouse=True)
def waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waiting takes no time."""
    monkeypatch.setattr(service_draft, "sleep", lambda _: None)
    monkeypatch.setattr(campaigns, "sleep", lambda _: None)


@pytest.fixture
def service() -> Breaking:
    return Breaking()


@pytest.fixture(scope="module")
def handed_once(built_in_formats: Report) -> tuple[dict[Path, bytes], dict[str, Campaign]]:
    """What the issue and the service have when it was handed over in three formats."""
    service = Breaking()
    hand_over(built_in_formats, places(service), by="a test", confirm=agree)
    kept = built_in_formats.folder.handed_over.rglob("*.*")
    return {path: path.read_bytes() for path in kept}, service.campaigns


@pytest.fixture
def handed(
    handed_once: tuple[dict[Path, bytes], dict[str, Campaign]],
    in_formats: Report,
    service: Breaking,
) -> Report:
    """Issue 652, handed over in three formats."""
    files, held = handed_once
    for path, content in files.items():
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    service.campaigns.update(held)
    return in_formats


def put(
    report: Report,
    service: Standin,
    at: datetime = AT,
    confirm: Callable[[Appointment], None] = agree,
) -> tuple[Draft, ...]:
    return schedule(report, places(service), at, confirm=confirm)


def take_back(report: Report, service: Standin) -> tuple[Draft, ...]:
    return unschedule(report.folder, places(service)[0])


def statuses(service: Standin) -> list[Status]:
    return [service.campaigns[campaign].status for campaign in CAMPAIGNS]


def recorded(report: Report) -> list[datetime | None]:
    """The times in the records, in the order of the publication."""
    records = (
        Record(report.folder),
        Record(report.folder, "headlines"),
        Record(report.folder, "full"),
    )
    return [record.require().scheduled for record in records]


def require_all_set(report: Report, service: Standin) -> None:
    assert statuses(service) == [Status.SCHEDULED] * 3
    assert [service.campaigns[campaign].scheduled for campaign in CAMPAIGNS] == [AT] * 3
    assert recorded(report) == [AT] * 3


def require_none_set(report: Report, service: Standin) -> None:
    assert statuses(service) == [Status.DRAFT] * 3
    assert recorded(report) == [None] * 3


# --- all of them


def test_all_formats_get_the_time_after_one_question(handed: Report, service: Breaking) -> None:
    asked: list[Appointment] = []
    drafts = put(handed, service, confirm=asked.append)
    assert [draft.scheduled for draft in drafts] == [AT] * 3
    assert [draft.format for draft in drafts] == list(FORMATS)
    require_all_set(handed, service)
    assert service.writes == ["schedule"] * 3
    (appointment,) = asked
    assert [slot.there.name for slot in appointment.slots] == list(FORMATS)
    assert [slot.is_set for slot in appointment.slots] == [False] * 3


def test_all_formats_are_drafts_again(handed: Report, service: Breaking) -> None:
    put(handed, service)
    drafts = take_back(handed, service)
    assert sorted(draft.format or "" for draft in drafts) == sorted(FORMATS)
    require_none_set(handed, service)


def test_again_for_the_same_time_nothing_is_asked_or_done(
    handed: Report, service: Breaking
) -> None:
    drafts = put(handed, service)
    assert put(handed, service, confirm=refuse) == drafts
    assert service.writes == ["schedule"] * 3


def test_only_all_formats_can_be_scheduled(handed: Report, service: Breaking) -> None:
    teasers, headlines, full = places(service)
    for some in ((teasers,), (teasers, full), (headlines, teasers, full), ()):
        with pytest.raises(ValueError, match="in all its formats"):
            schedule(handed, some, AT, confirm=refuse)
    assert service.writes == []


# --- what is refused for all, before the question


def no_record(report: Report, service: Breaking) -> None:
    Record(report.folder, "full").file.unlink()


def begun(report: Report, service: Breaking) -> None:
    record = Record(report.folder, "full")
    record.save(record.require().model_copy(update={"state": "begun"}))


def deleted(report: Report, service: Breaking) -> None:
    del service.campaigns["c3"]


def second_campaign(report: Report, service: Breaking) -> None:
    service.campaigns["c4"] = replace(service.campaigns["c3"], id="c4")


REFUSALS: dict[str, tuple[Callable[[Report, Breaking], None], str]] = {
    "not handed over": (no_record, r"full/record\.json: This issue has not been handed over yet"),
    "not finished": (begun, "full/record.json: Handing this issue over was not finished"),
    "deleted there": (deleted, "full: Mailchimp no longer has the campaign c3"),
    "two there": (second_campaign, "full: Mailchimp has another campaign of this issue: c4"),
    "changed there": (
        lambda _, service: service.edit("c3", html="<p>edited</p>"),
        "full: The draft c3 was changed in Mailchimp",
    ),
    "sent": (
        lambda _, service: service.edit("c3", status=Status.SENT),
        "full: In Mailchimp this issue is sent.*Send the formats that are left from there",
    ),
    "at another time": (
        lambda _, service: service.edit("c3", status=Status.SCHEDULED, scheduled=AT + timedelta(1)),
        "full: This issue is already scheduled for .* First: newsletter unschedule 652",
    ),
}


@pytest.mark.parametrize("refusal", REFUSALS)
def test_what_stops_one_format_stops_all_before_the_question(
    handed: Report, service: Breaking, refusal: str
) -> None:
    prepare, told = REFUSALS[refusal]
    prepare(handed, service)
    with pytest.raises(HandoverError, match=told):
        put(handed, service, confirm=refuse)
    assert service.writes == []


def test_a_change_of_one_format_here_stops_all(handed: Report, service: Breaking) -> None:
    headlines, full = handed.galley.others
    email = full.email.model_copy(update={"text": f"{full.email.text}more\n"})
    galley = replace(handed.galley, others=(headlines, replace(full, email=email)))
    report = replace(handed, galley=galley)
    with pytest.raises(HandoverError, match="full: This issue has changed since"):
        put(report, service, confirm=refuse)
    assert service.writes == []


def test_another_audience_of_one_format_stops_all(handed: Report, service: Breaking) -> None:
    *others, full = places(service)
    told = (
        r"full: It was handed over for Full text \(id r1:group-3\), and publication\.yaml now has"
        r" the audience d2\. Hand it over again"
    )
    with pytest.raises(HandoverError, match=told):
        schedule(handed, [*others, replace(full, audience=DONORS)], AT, confirm=refuse)
    assert service.writes == []


@pytest.mark.parametrize("status", [Status.DRAFT, Status.SCHEDULED, Status.SENT])
def test_a_format_that_is_one_no_longer_stops_it_while_the_service_has_it(
    handed: Report, service: Breaking, status: Status
) -> None:
    *others, _ = places(service)
    report = replace(handed, galley=replace(handed.galley, others=handed.galley.others[:1]))
    service.edit("c3", status=status)
    told = rf"full: 'full' is no longer a format of the publication, and Mailchimp has .* c3 \({status}, "
    with pytest.raises(HandoverError, match=told):
        schedule(report, others, AT, confirm=refuse)
    assert service.writes == []

    del service.campaigns["c3"]
    assert len(schedule(report, others, AT, confirm=agree)) == 2


def test_a_copy_of_a_record_is_no_format(handed: Report, service: Breaking) -> None:
    shutil.copytree(Record(handed.folder, "full").folder, handed.folder.handed_over / "old")
    with pytest.raises(HandoverError, match="If it was copied with the folder, delete old/ here"):
        put(handed, service, confirm=refuse)
    assert service.writes == []


def test_a_format_that_was_not_the_first_is_not_scheduled_as_the_first(
    handed: Report, service: Breaking
) -> None:
    teasers, headlines, full = handed.galley.issue.publication.formats
    report = in_order(handed, headlines, teasers, full)
    to = {destination.format.name: destination for destination in places(service)}
    in_new_order = [to["headlines"], to["teasers"], to["full"]]
    with pytest.raises(HandoverError, match=r"Restore its name and its place in publication\.yaml"):
        schedule(report, in_new_order, AT, confirm=refuse)
    assert service.writes == []


def in_order(report: Report, *formats: Format) -> Report:
    """The issue of a report with its formats in another order."""
    galleys = {
        galley.email.format.name: replace(galley, others=())
        for galley in published_by(report, formats=formats).galley.every_format
    }
    leading, *others = (galleys[format.name] for format in formats)
    return replace(report, galley=replace(leading, others=tuple(others)))


def test_two_formats_for_the_same_readers_are_refused(handed: Report, service: Breaking) -> None:
    *others, full = places(service)
    twice = replace(full, audience=OF_FORMATS["teasers"])
    with pytest.raises(HandoverError, match="All readers of 'Teasers' would get both"):
        schedule(handed, [*others, twice], AT, confirm=refuse)
    assert service.calls == []


def test_whether_readers_get_one_email_each_is_shown_first(
    handed: Report, service: Breaking
) -> None:
    asked: list[Appointment] = []
    put(handed, service, confirm=asked.append)
    assert asked[0].readers
    assert asked[0].readers.reached == sum(each.size or 0 for each in OF_FORMATS.values())


def test_a_format_that_is_one_no_longer_can_be_unscheduled(
    handed: Report, service: Breaking
) -> None:
    put(handed, service)
    assert len(records_of(handed.folder)) == 3
    take_back(handed, service)  # which knows of no publication
    require_none_set(handed, service)


def test_an_approval_of_all_is_needed(
    handed: Report, service: Breaking, monkeypatch: pytest.MonkeyPatch
) -> None:
    publication = handed.galley.issue.publication
    monkeypatch.setitem(publication.__dict__, "approvals", 1)
    monkeypatch.setitem(publication.__dict__, "service", "mailchimp")
    monkeypatch.setitem(publication.__dict__, "audience", READERS.id)
    with pytest.raises(HandoverError, match="needs 1 approval and has 0"):
        put(handed, service, confirm=refuse)
    approve(handed, "Ann")
    put(handed, service)
    require_all_set(handed, service)


# --- something breaks


def breaks() -> Iterator[tuple[str, bool]]:
    for effect in BREAKS:
        yield effect, False
    for effect in AFTERWARDS:
        yield effect, True


def answering(then: Callable[[], object]) -> Callable[[object], None]:
    """An editor who agrees, before something happens."""

    def confirm(_: object) -> None:
        then()

    return confirm


OF_CALL = (*(format for format in FORMATS for _ in ("set", "read back")), *FORMATS)
"""The format of each call of ``schedule``: a time is set and read back; then all are read again."""
CALLS_OF_SCHEDULE = len(OF_CALL)
CALLS_OF_UNSCHEDULE = 12
"""A campaign is read, unscheduled and read back, three times; then all three are read again."""


def test_every_call_is_broken_below(handed: Report, service: Breaking) -> None:
    put(handed, service, confirm=answering(service.calls.clear))
    assert len(service.calls) == CALLS_OF_SCHEDULE
    service.calls.clear()
    take_back(handed, service)
    assert len(service.calls) == CALLS_OF_UNSCHEDULE


@pytest.mark.parametrize("call", range(1, CALLS_OF_SCHEDULE + 1))
@pytest.mark.parametrize(("effect", "is_done"), list(breaks()))
def test_if_one_call_breaks_all_are_set_or_none(
    handed: Report, service: Breaking, call: int, effect: str, is_done: bool
) -> None:
    breaking = answering(lambda: service.break_at(call, BREAKS[effect], is_done=is_done))
    try:
        put(handed, service, confirm=breaking)
    except HandoverError as error:
        require_none_set(handed, service)
        first = error.problems[0]
        assert first.path == handed.folder.path
        assert first.message.startswith(SAYS_NOTHING_GOES)
        assert "Drafts now: teasers, headlines, full." in first.message
        assert OF_CALL[call - 1] in first.message.partition("Drafts now")[0]
    else:
        assert effect == "no answer"
        require_all_set(handed, service)

    service.repair()
    put(handed, service)
    require_all_set(handed, service)


@pytest.mark.parametrize("call", range(1, CALLS_OF_SCHEDULE + 1))
@pytest.mark.parametrize(("effect", "is_done"), list(breaks()))
def test_what_may_be_sent_is_said_first_if_it_cannot_be_taken_back(
    handed: Report, service: Breaking, call: int, effect: str, is_done: bool
) -> None:
    breaking = answering(
        lambda: service.break_at(call, BREAKS[effect], is_done=is_done, stays=True)
    )
    with pytest.raises((HandoverError, KeyboardInterrupt)) as caught:
        put(handed, service, confirm=breaking)
    if isinstance(caught.value, HandoverError):
        first = caught.value.problems[0]
        assert first.message.startswith(MAY_GO)
        reached = first.message.partition(": ")[0]
        for name, status in zip(FORMATS, statuses(service), strict=True):
            assert status == Status.DRAFT or name in reached
        assert "newsletter unschedule 652" in first.hint

    service.repair()
    take_back(handed, service)
    require_none_set(handed, service)
    put(handed, service)
    require_all_set(handed, service)


@pytest.mark.parametrize("call", range(1, CALLS_OF_SCHEDULE + 1))
def test_after_a_kill_the_same_command_completes_it(
    handed: Report, service: Breaking, call: int
) -> None:
    killing = answering(lambda: service.break_at(call, Killed, is_done=True, stays=True))
    with pytest.raises(Killed):
        put(handed, service, confirm=killing)
    service.repair()
    put(handed, service)
    require_all_set(handed, service)


def test_where_an_answer_is_missing_the_editor_looks_again(
    handed: Report, service: Breaking
) -> None:
    lost = answering(lambda: service.break_at(3, BREAKS["no answer"]))
    with pytest.raises(HandoverError) as caught:
        put(handed, service, confirm=lost)
    first = caught.value.problems[0]
    assert first.message.startswith(f"{SAYS_NOTHING_GOES}headlines could not be scheduled")
    assert first.hint.endswith("Look again in some minutes: newsletter status 652.")


def test_what_an_earlier_run_has_set_is_taken_back_as_well(
    handed: Report, service: Breaking
) -> None:
    for campaign in ("c1", "c3"):
        service.edit(campaign, status=Status.SCHEDULED, scheduled=AT)
    asked: list[Appointment] = []

    def confirm(appointment: Appointment) -> None:
        asked.append(appointment)
        service.break_at(2, BREAKS["unavailable"])  # after the first one was read

    with pytest.raises(HandoverError) as caught:
        put(handed, service, confirm=confirm)
    assert [slot.is_set for slot in asked[0].slots] == [True, False, True]
    assert caught.value.problems[0].message.startswith(SAYS_NOTHING_GOES)
    require_none_set(handed, service)


def test_a_record_that_cannot_be_written_takes_all_back(
    handed: Report, service: Breaking, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: object, draft: Draft, files: object = None) -> Draft:
        raise NewsletterError.at(handed.folder.path, None, "The disk is full.", "")

    with (
        monkeypatch.context() as patch,
        pytest.raises(HandoverError, match="The disk is full") as caught,
    ):
        put(handed, service, confirm=lambda _: patch.setattr(Record, "save", full))
    assert caught.value.problems[0].message.startswith(SAYS_NOTHING_GOES)
    require_none_set(handed, service)


# --- people who do something meanwhile


MEANWHILE: dict[str, Callable[[Standin, str], object]] = {
    "edits it": lambda service, campaign: service.edit(campaign, html="<p>edited</p>"),
    "deletes it": lambda service, campaign: service.campaigns.pop(campaign),
    "sends it": lambda service, campaign: service.edit(campaign, status=Status.SENDING),
    "schedules it": lambda service, campaign: service.edit(
        campaign, status=Status.SCHEDULED, scheduled=AT + timedelta(days=1)
    ),
}


@pytest.mark.parametrize("campaign", CAMPAIGNS)
@pytest.mark.parametrize("what", ["edits it", "deletes it", "sends it", "schedules it"])
def test_while_the_editor_is_asked_somebody(
    handed: Report, service: Breaking, what: str, campaign: str
) -> None:
    with pytest.raises(HandoverError) as caught:
        put(handed, service, confirm=answering(lambda: MEANWHILE[what](service, campaign)))

    name = FORMATS[CAMPAIGNS.index(campaign)]
    first = caught.value.problems[0].message
    others = {other: service.campaigns[other] for other in CAMPAIGNS if other != campaign}
    assert {held.status for held in others.values()} == {Status.DRAFT}
    if what == "sends it":
        assert first.startswith(f"{MAY_GO}{name} (being sent, ")
    else:
        assert first.startswith(f"{SAYS_NOTHING_GOES}{name} could not be scheduled")
        held = service.campaigns.get(campaign)
        assert held is None or held.status == Status.DRAFT
    assert (f"{name} (no longer there)" in first) == (what == "deletes it")


def test_one_that_was_set_and_is_unscheduled_meanwhile_is_seen(
    handed: Report, service: Breaking
) -> None:
    service.edit("c2", status=Status.SCHEDULED, scheduled=AT)
    with pytest.raises(HandoverError, match="Nothing will be sent: headlines could not be"):
        put(
            handed,
            service,
            confirm=lambda _: service.edit("c2", status=Status.DRAFT, scheduled=None),
        )
    require_none_set(handed, service)


@pytest.mark.parametrize("campaign", CAMPAIGNS[:-1])
def test_one_that_is_unscheduled_while_others_get_their_time_is_seen(
    handed: Report, service: Breaking, monkeypatch: pytest.MonkeyPatch, campaign: str
) -> None:
    own_schedule = service.schedule

    def scheduling(asked: str, at: datetime) -> None:
        own_schedule(asked, at)
        if asked == CAMPAIGNS[-1]:
            service.edit(campaign, status=Status.DRAFT, scheduled=None)

    monkeypatch.setattr(service, "schedule", scheduling)
    with pytest.raises(HandoverError, match="Somebody has just unscheduled it") as caught:
        put(handed, service)
    assert caught.value.problems[0].message.startswith(SAYS_NOTHING_GOES)
    require_none_set(handed, service)


# --- unscheduling


def test_one_that_is_scheduled_while_others_become_drafts_is_seen(
    handed: Report, service: Breaking, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(handed, service)
    own_unschedule = service.unschedule

    def unscheduling(asked: str) -> None:
        own_unschedule(asked)
        others = [each for each in CAMPAIGNS if each != asked]
        if all(service.campaigns[other].status == Status.DRAFT for other in others):
            service.edit("c1", status=Status.SCHEDULED, scheduled=AT)

    monkeypatch.setattr(service, "unschedule", unscheduling)
    with pytest.raises(HandoverError, match="Somebody has just scheduled it again") as caught:
        take_back(handed, service)
    assert caught.value.problems[0].message.startswith(f"{MAY_GO}teasers")

    monkeypatch.setattr(service, "unschedule", own_unschedule)
    take_back(handed, service)
    require_none_set(handed, service)


@pytest.mark.parametrize("call", range(1, CALLS_OF_UNSCHEDULE + 1))
@pytest.mark.parametrize(("effect", "is_done"), list(breaks()))
def test_every_format_is_tried_though_one_breaks(
    handed: Report, service: Breaking, call: int, effect: str, is_done: bool
) -> None:
    put(handed, service)
    service.break_at(call, BREAKS[effect], is_done=is_done)
    try:
        take_back(handed, service)
    except HandoverError as error:
        first = error.problems[0]
        assert first.path == handed.folder.path
        still_set = [
            name
            for name, status in zip(FORMATS, statuses(service), strict=True)
            if status == Status.SCHEDULED
        ]
        assert len(still_set) <= 1
        assert first.message.startswith(MAY_GO if still_set else SAYS_NOTHING_GOES)
        assert all(name in first.message.partition(": ")[0] for name in still_set)
    except KeyboardInterrupt:
        assert effect == "Ctrl-C"

    service.repair()
    take_back(handed, service)
    require_none_set(handed, service)


def test_it_says_which_are_drafts_and_which_are_not(handed: Report, service: Breaking) -> None:
    put(handed, service)
    service.edit("c2", status=Status.SENDING)
    service.edit("c3", html="<p>edited</p>")
    with pytest.raises(HandoverError) as caught:
        take_back(handed, service)
    first, *others = [problem.message for problem in caught.value.problems]
    assert first == (
        "Readers may get headlines (being sent, https://service.example.org/c2): not every format"
        " could be unscheduled. Drafts now: teasers, full."
    )
    assert any("It is too late: in Mailchimp this issue is being sent" in line for line in others)
    assert any("The draft c3 was changed" in line for line in others)


def test_what_was_only_changed_is_a_draft_and_that_is_said(
    handed: Report, service: Breaking
) -> None:
    put(handed, service)
    service.edit("c3", html="<p>edited</p>")
    with pytest.raises(HandoverError) as caught:
        take_back(handed, service)
    first, second = [problem.message for problem in caught.value.problems]
    assert first == (
        "Nothing will be sent: not every format is as it was handed over."
        " Drafts now: teasers, full, headlines."
    )
    assert second.startswith("The draft c3 was changed in Mailchimp")
    assert recorded(handed) == [None] * 3


def test_a_record_that_cannot_be_read_leaves_none_of_the_others_scheduled(
    handed: Report, service: Breaking
) -> None:
    put(handed, service)
    Record(handed.folder, "headlines").file.write_text("spoilt", "utf-8")
    with pytest.raises(HandoverError, match=r"Readers may get headlines \(not known\)"):
        take_back(handed, service)
    assert statuses(service) == [Status.DRAFT, Status.SCHEDULED, Status.DRAFT]


def test_records_from_before_there_were_formats_are_those_of_the_leading_one(
    handed: Report, service: Breaking
) -> None:
    record = Record(handed.folder)
    record.save(record.require().model_copy(update={"format": None}))
    put(handed, service)
    require_all_set(handed, service)
    service.edit("c1", status=Status.SENT)
    with pytest.raises(HandoverError, match=r"Readers may get the leading format \(sent"):
        take_back(handed, service)
