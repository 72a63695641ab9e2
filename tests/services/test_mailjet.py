"""Mailjet: what it is asked, what its answers mean, and what an author's brackets become."""

from __future__ import annotations

import base64
import json
import re
import traceback
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.email.building import draft
from newsletter.email.merge_tags import token
from newsletter.errors import (
    HandoverError,
    NewsletterError,
    NotAuthorised,
    Refused,
    Unavailable,
    Uncertain,
)
from newsletter.handover import hand_over, outgoing_of
from newsletter.handover.differences import differences
from newsletter.handover.outgoing import test_of as as_test
from newsletter.model import Audience, MergeTagName
from newsletter.services import connect
from newsletter.services.adapters.mailjet import PROFILE
from newsletter.services.language import CannotEscape
from newsletter.services.protocol import Capability, Outgoing, Service, Status
from newsletter.services.settings import Settings
from newsletter.services.tagging import email_for
from tests.handover.standin import with_email
from tests.services.fake_mailjet import FakeMailjet
from tests.services.fakes import CANARY, Effect, Fault, Wire, body_of
from tests.services.scenes import (
    AT,
    PEOPLE,
    REPOSITORY,
    SCENES,
    Newsletter,
    destination_of,
    expected,
    hand,
    hand_over_first,
    made,
    record,
    schedule_first,
    stored,
)
from tests.services.scenes import test_send as send_a_test

EVERYTHING = REPOSITORY / "tests" / "golden" / "everything" / "issues" / "1268a"
TAGS = dict(PROFILE.merge_tags)
BRACKETS = st.text("[]{}%a:\"'<& \n", max_size=30)


@pytest.fixture
def fake() -> FakeMailjet:
    return FakeMailjet()


@pytest.fixture
def wire(fake: FakeMailjet) -> Wire:
    return Wire(fake)


@pytest.fixture
def service(fake: FakeMailjet, wire: Wire, tmp_path: Path) -> Service:
    return connect("mailjet", Settings(fake.ENVIRONMENT, tmp_path), wire)


@pytest.fixture
def outgoing(newsletter: Newsletter) -> Outgoing:
    return outgoing_of(newsletter.first.galley, PROFILE, FakeMailjet.AUDIENCE)


def asked(wire: Wire, method: str, end: str) -> list[Any]:
    """The bodies of the requests of that method whose path ends so."""
    return [
        body_of(each)
        for each in wire.requests
        if each.method == method and each.url.path.endswith(end)
    ]


def answering(answers: dict[str, httpx.Response]) -> Service:
    """Mailjet, which says this whatever it is asked below a path (the end of it)."""

    def answer(request: httpx.Request) -> httpx.Response:
        return next(said for end, said in answers.items() if request.url.path.endswith(end))

    return connect(
        "mailjet", Settings(FakeMailjet.ENVIRONMENT, Path()), httpx.MockTransport(answer)
    )


# --- what an editor does


@pytest.mark.parametrize("scene", [name for name in SCENES if name != "test send"])
def test_every_scene_ends_with_one_draft_that_holds_the_issue_byte_for_byte(
    newsletter: Newsletter, fake: FakeMailjet, wire: Wire, scene: str
) -> None:
    do, before = SCENES[scene]
    for step in before:
        step(newsletter, fake, Wire(fake))
    do(newsletter, fake, wire)
    [held] = fake.held()
    assert (held.subject, held.html, held.text) == expected(newsletter, fake, scene)
    assert held.audiences == (fake.AUDIENCE,)
    assert held.status == ("scheduled" if scene == "schedule" else "draft")
    assert held.scheduled == (AT.strftime("%Y-%m-%dT%H:%M:%SZ") if scene == "schedule" else None)
    kept = record(newsletter)
    assert kept["differences"] == []
    assert kept["account"] == destination_of(fake, wire, newsletter.folder).account
    assert CANARY not in json.dumps(kept)
    assert not fake.tests


def test_a_test_goes_to_the_people_alone_and_leaves_nothing_but_an_archived_draft(
    newsletter: Newsletter, fake: FakeMailjet, wire: Wire
) -> None:
    hand_over_first(newsletter, fake, Wire(fake))
    before = fake.held()
    send_a_test(newsletter, fake, wire)
    assert fake.held() == before
    assert fake.tests == [{"to": list(PEOPLE), "subject": "[Test] " + before[0].subject}]
    [created] = asked(wire, "POST", "/campaigndraft")
    assert "ContactsListID" not in created
    assert asked(wire, "POST", "/test") == [
        {"Recipients": [{"Email": person} for person in PEOPLE]}
    ]
    assert asked(wire, "PUT", "/102")[-1] == {"Status": -1}
    assert stored(fake, "102")["Status"] == -1


@pytest.mark.parametrize("scene", SCENES)
def test_no_request_of_any_scene_sends_at_once(
    newsletter: Newsletter, fake: FakeMailjet, wire: Wire, scene: str
) -> None:
    do, before = SCENES[scene]
    for step in (*before, do):
        step(newsletter, fake, wire)
    assert not [
        request
        for request in wire.requests
        if request.url.path.endswith("/send") or b"NOW" in request.content
    ]
    assert all(body["Date"] for body in asked(wire, "POST", "/schedule"))


def test_handing_over_again_without_a_change_writes_nothing(
    newsletter: Newsletter, fake: FakeMailjet, wire: Wire
) -> None:
    first = hand_over_first(newsletter, fake, Wire(fake))
    assert hand_over_first(newsletter, fake, wire) == first
    assert {request.method for request in wire.requests} == {"GET"}


# --- the requests


def test_all_fields_are_said_in_creating_and_again_in_updating(
    service: Service, fake: FakeMailjet, wire: Wire, outgoing: Outgoing
) -> None:
    campaign = made(service, outgoing)
    fields = {
        "ContactsListID": 123456,
        "Locale": "en_US",
        "Title": outgoing.name,
        "Subject": outgoing.subject,
        "Sender": "BioNews",
        "SenderName": "BioNews",
        "SenderEmail": "bionews@bionews.org.uk",
        "ReplyEmail": "bionews@bionews.org.uk",
        "EditMode": "html2",
        "IsTextPartIncluded": True,
    }
    assert asked(wire, "POST", "/campaigndraft") == [fields]
    assert asked(wire, "PUT", f"/{campaign}") == [fields]
    content = {"Html-part": outgoing.html, "Text-part": outgoing.text}
    assert asked(wire, "POST", "/detailcontent") == [content]
    assert wire.calls == [
        "POST /v3/REST/campaigndraft",
        f"PUT /v3/REST/campaigndraft/{campaign}",
        f"POST /v3/REST/campaigndraft/{campaign}/detailcontent",
    ]


def test_a_time_is_sent_as_utc_with_its_zone(
    service: Service, wire: Wire, outgoing: Outgoing
) -> None:
    campaign = made(service, outgoing)
    at = datetime.fromisoformat("2031-07-01T18:00:00+01:00")
    service.schedule(campaign, at)
    assert asked(wire, "POST", "/schedule") == [{"Date": "2031-07-01T17:00:00Z"}]
    held = service.read(campaign)
    assert held
    assert (held.status, held.scheduled) == (Status.SCHEDULED, at)
    service.unschedule(campaign)
    service.unschedule(campaign)
    held = service.read(campaign)
    assert held
    assert (held.status, held.scheduled) == (Status.DRAFT, None)


def test_what_put_does_not_change_is_answered_304_and_that_is_no_error(
    service: Service, fake: FakeMailjet, outgoing: Outgoing
) -> None:
    campaign = made(service, outgoing)
    service.update(campaign, outgoing)
    assert [fake.held()[0].html, fake.held()[0].text] == [outgoing.html, outgoing.text]


def test_updating_puts_everything_right(
    service: Service, fake: FakeMailjet, outgoing: Outgoing
) -> None:
    campaign = made(service, outgoing)
    right = json.loads(json.dumps(stored(fake, campaign)))
    stored(fake, campaign).update(
        Title="x",
        Subject="x",
        SenderName="x",
        SenderEmail="x",
        ReplyEmail="x",
        ContactsListID=654321,
        EditMode="tool2",
    )
    stored(fake, campaign)["content"] = {
        "Html-part": "x",
        "Text-part": "",
        "Headers": {"Subject": "x"},
    }
    service.update(campaign, outgoing)
    assert stored(fake, campaign) == right


# --- what is read


def test_reading_tells_everything_that_was_given(service: Service, outgoing: Outgoing) -> None:
    held = service.read(made(service, outgoing))
    assert held
    assert (held.name, held.status, held.audiences) == (outgoing.name, Status.DRAFT, ("123456",))
    assert (held.subject, held.html, held.text) == (outgoing.subject, outgoing.html, outgoing.text)
    assert (held.sender_name, held.sender_address) == outgoing.sender
    assert (held.reply_to, held.preheader, held.scheduled) == (outgoing.reply_to, None, None)
    assert held.address == "https://app.mailjet.com/campaigns"


@pytest.mark.parametrize(
    "nothing", [httpx.Response(404, json={}), httpx.Response(200, json={"Data": []})]
)
def test_a_draft_without_content_holds_two_empty_parts(nothing: httpx.Response) -> None:
    shell = httpx.Response(
        200, json={"Data": [{"ID": 7, "Status": 0, "ReplyEmail": None, "SegmentationID": ""}]}
    )
    held = answering({"/detailcontent": nothing, "/7": shell}).read("7")
    assert held
    assert (held.html, held.text, held.audiences, held.reply_to) == ("", "", (), "")


def test_numbers_may_be_written_as_text() -> None:
    row = {"ID": "7", "Status": "0", "ContactsListID": "123456", "SegmentationID": "0"}
    service = answering({"": httpx.Response(200, json={"Count": "1", "Data": [row]})})
    held = service.read("7")
    assert held
    assert (held.id, held.status, held.audiences) == ("7", Status.DRAFT, ("123456",))


def test_headers_that_would_take_the_place_of_the_subject_are_a_difference_and_are_cleared(
    newsletter: Newsletter, fake: FakeMailjet
) -> None:
    campaign = hand_over_first(newsletter, fake, Wire(fake)).campaign
    assert campaign
    stored(fake, campaign)["content"]["Headers"] = {"Subject": "Another"}
    plans: list[tuple[str, ...]] = []
    destination = destination_of(fake, Wire(fake), newsletter.folder)
    hand_over(
        newsletter.first,
        [destination],
        by="a test",
        confirm=lambda plan: plans.append(plan.steps[0].overwrites),
    )
    [[difference]] = plans
    assert difference.startswith("other headers: ")
    assert '"Subject": "Another"' in difference
    assert stored(fake, campaign)["content"]["Headers"] == {}


def test_a_segment_is_another_audience(newsletter: Newsletter, fake: FakeMailjet) -> None:
    campaign = hand_over_first(newsletter, fake, Wire(fake)).campaign
    assert campaign
    stored(fake, campaign)["SegmentationID"] = 9
    with pytest.raises(
        HandoverError, match=r"wrong audience: 123456:segment-9 instead of 123456\."
    ):
        hand_over_first(newsletter, fake, Wire(fake))


@pytest.mark.parametrize(
    ("code", "status"),
    [
        (-3, Status.STOPPED),
        (0, Status.DRAFT),
        (1, Status.SENDING),
        (2, Status.SENT),
        (3, Status.SENDING),
        (4, Status.SENT),
        (5, Status.STOPPED),
        (-9, Status.STOPPED),
    ],
)
def test_every_status_has_its_meaning(
    service: Service, fake: FakeMailjet, outgoing: Outgoing, code: int, status: Status
) -> None:
    campaign = made(service, outgoing)
    stored(fake, campaign)["Status"] = code
    held = service.read(campaign)
    assert held
    assert held.status == status
    assert [found.status for found in service.find(outgoing.marker)] == [status]


@pytest.mark.parametrize(
    ("hours", "written", "status"),
    [
        (2, "Z", Status.SCHEDULED),
        (2, "", Status.SCHEDULED),
        (-2, "Z", Status.SENDING),
        (-2, "", Status.SENDING),
    ],
)
def test_scheduled_is_what_has_a_time_to_come(
    service: Service,
    fake: FakeMailjet,
    outgoing: Outgoing,
    hours: int,
    written: str,
    status: Status,
) -> None:
    campaign = made(service, outgoing)
    at = (datetime.now(UTC) + timedelta(hours=hours)).replace(microsecond=0)
    stored(fake, campaign).update(Status=1, date=f"{at:%Y-%m-%dT%H:%M:%S}{written}")
    held = service.read(campaign)
    assert held
    assert (held.status, held.scheduled) == (status, at if status == Status.SCHEDULED else None)


@pytest.mark.parametrize("code", [-1, -2])
def test_what_was_put_away_is_not_there_unless_readers_have_it(
    service: Service, fake: FakeMailjet, outgoing: Outgoing, code: int
) -> None:
    campaign = made(service, outgoing)
    stored(fake, campaign)["Status"] = code
    assert service.read(campaign) is None
    assert not service.find(outgoing.marker)
    stored(fake, campaign)["DeliveredAt"] = "2025-03-20T08:00:00Z"
    held = service.read(campaign)
    assert held
    assert held.status == Status.SENT
    assert [found.id for found in service.find(outgoing.marker)] == [campaign]


def test_what_was_never_there_is_none(service: Service) -> None:
    assert service.read("999") is None


def test_what_was_sent_is_never_made_again(newsletter: Newsletter, fake: FakeMailjet) -> None:
    campaign = hand_over_first(newsletter, fake, Wire(fake)).campaign
    assert campaign
    stored(fake, campaign).update(Status=2, DeliveredAt="2025-03-20T08:00:00Z")
    newsletter.forget()
    with pytest.raises(HandoverError, match="sent"):
        hand(newsletter, fake, Wire(fake), newsletter.second)
    assert len(fake.held()) == 1


# --- finding, and lists


def test_finding_pages_through_everything(
    service: Service, fake: FakeMailjet, wire: Wire, outgoing: Outgoing
) -> None:
    first = made(service, outgoing)
    for number in range(1000, 3000):
        fake.state["campaigns"][str(number)] = {
            **stored(fake, first),
            "ID": number,
            "Title": f"x {number}",
        }
    stored(fake, "2999")["Title"] = f"Copy of {outgoing.name}"
    wire.requests.clear()
    assert [found.id for found in service.find(outgoing.marker)] == [first, "2999"]
    queries = [dict(request.url.params) for request in wire.requests]
    assert queries == [
        {"Limit": "1000", "Offset": str(start), "Sort": "ID"} for start in (0, 1000, 2000)
    ]


def test_other_issues_and_tests_are_not_found(
    service: Service, newsletter: Newsletter, outgoing: Outgoing
) -> None:
    for title in (
        "BioNews 65 [newsletter:65:11fe0313]",
        "BioNews 652",
        "BioNews 652 [newsletter:652:00000000]",
    ):
        service.create(Outgoing(outgoing.email, title, "", outgoing.audience))
    test = as_test(newsletter.first.galley, PROFILE)
    service.create(test)
    assert not service.find(outgoing.marker)
    assert [found.name for found in service.find(test.marker)] == [test.name]


def test_a_list_is_as_large_as_those_who_would_get_it(service: Service, fake: FakeMailjet) -> None:
    known = [(each.id, each.name, each.size) for each in service.audiences()]
    assert [each for each in known if ":" not in each[0]] == [
        ("123456", "Readers", 18204),
        ("654321", "Donors", 12),
    ]
    assert fake.state["lists"][0]["SubscriberCount"] > 18204


def test_a_list_whose_readers_cannot_be_counted_is_a_list_all_the_same() -> None:
    rows = [{"ID": 5, "Name": "Readers"}, {"ID": 6, "Name": "Gone", "IsDeleted": True}]
    refusal = httpx.Response(400, json={"ErrorMessage": "Invalid filter"})
    service = answering(
        {
            "/contactslist": httpx.Response(200, json={"Data": rows}),
            "/contactfilter": httpx.Response(200, json={"Data": []}),
            "/listrecipient": refusal,
        }
    )
    assert [(each.id, each.size) for each in service.audiences()] == [("5", None)]


def test_lists_come_in_pages_too(
    fake: FakeMailjet, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsletter.services.adapters.mailjet._PAGE", 2)
    fake.state["segments"] = []
    fake.state["lists"] += [{**fake.state["lists"][0], "ID": number} for number in range(3)]
    assert [each.id for each in service.audiences()] == ["0", "1", "2", "123456", "654321"]


def test_each_list_is_followed_by_each_segment(service: Service, fake: FakeMailjet) -> None:
    teasers, headlines, full = fake.PARTS
    assert list(service.audiences()) == [
        Audience("123456", "Readers", 18204),
        Audience(teasers, "Teasers", within="123456"),
        Audience(headlines, "Headlines", within="123456"),
        Audience(full, "Full text", within="123456"),
        Audience("654321", "Donors", 12),
        Audience("654321:segment-2221", "Teasers", within="654321"),
        Audience("654321:segment-2222", "Headlines", within="654321"),
        Audience("654321:segment-2223", "Full text", within="654321"),
    ]


def test_segments_come_in_pages_too(
    fake: FakeMailjet, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsletter.services.adapters.mailjet._PAGE", 2)
    fake.state["lists"] = fake.state["lists"][:1]
    fake.state["segments"] += [{**fake.state["segments"][0], "ID": number} for number in (5, 6)]
    found = [each.id for each in service.audiences()]
    assert found == ["123456", "123456:segment-5", "123456:segment-6", *fake.PARTS]


@pytest.mark.parametrize("status", [400, 401, 403, 404])
def test_a_key_that_may_not_read_segments_has_its_lists(
    service: Service, fake: FakeMailjet, status: int
) -> None:
    fake.segments = lambda request: fake.refusal(status, "no segments")  # type: ignore[method-assign]
    assert [each.id for each in service.audiences()] == ["123456", "654321"]


@pytest.mark.parametrize("said", [{}, {"Data": [{"Name": "Teasers"}]}])
def test_segments_that_are_none_are_refused(
    service: Service, fake: FakeMailjet, said: object
) -> None:
    fake.segments = lambda request: httpx.Response(200, json=said)  # type: ignore[method-assign]
    with pytest.raises(Unavailable, match="cannot be understood"):
        service.audiences()


def test_a_draft_for_a_list_can_become_one_for_its_segment(
    newsletter: Newsletter, fake: FakeMailjet, service: Service, outgoing: Outgoing
) -> None:
    campaign = made(service, outgoing)
    assert stored(fake, campaign)["SegmentationID"] == 0
    service.update(campaign, replace(outgoing, audience="123456:segment-2222"))
    held = stored(fake, campaign)
    assert (held["ContactsListID"], held["SegmentationID"]) == (123456, 2222)


def test_a_draft_for_a_segment_never_becomes_one_for_the_whole_list(
    fake: FakeMailjet, service: Service, outgoing: Outgoing
) -> None:
    """It is kept, for all that is documented: that is a wrong audience, and an error."""
    part, *_ = fake.PARTS
    campaign = made(service, replace(outgoing, audience=part))
    service.update(campaign, outgoing)
    held = service.read(campaign)
    assert held
    assert held.audiences == (part,)


# --- an email without HTML


def test_a_text_alone_is_made_and_reads_back(
    newsletter: Newsletter, fake: FakeMailjet, service: Service, outgoing: Outgoing
) -> None:
    text_alone = replace(outgoing, email=outgoing.email.model_copy(update={"html": ""}))
    campaign = made(service, text_alone)
    assert stored(fake, campaign)["content"]["Html-part"] == ""
    held = service.read(campaign)
    assert held
    assert (held.html, held.text) == ("", outgoing.text)
    assert differences(text_alone, held, PROFILE) == ()

    service.update(campaign, outgoing)
    service.update(campaign, text_alone)
    held = service.read(campaign)
    assert held
    assert differences(text_alone, held, PROFILE) == ()
    service.schedule(campaign, AT)


def test_a_text_alone_can_be_tested(
    newsletter: Newsletter, fake: FakeMailjet, service: Service
) -> None:
    test = as_test(newsletter.first.galley, PROFILE)
    text_alone = replace(test, email=test.email.model_copy(update={"html": ""}))
    service.send_test(text_alone, PEOPLE)
    assert [sent["to"] for sent in fake.tests] == [list(PEOPLE)]
    assert fake.held() == []


# --- who asks


def test_the_account_is_its_owner_and_a_mark_of_the_key(service: Service, tmp_path: Path) -> None:
    account = service.account()
    assert re.fullmatch(r"a@example\.org \(key [0-9a-f]{6}\)", account)
    user = httpx.Response(200, json={"Data": [{"Email": "a@example.org"}]})
    other = Settings({"MAILJET_API_KEY": "another", "MAILJET_SECRET_KEY": "x"}, tmp_path)
    assert connect("mailjet", other, httpx.MockTransport(lambda _: user)).account() != account


def test_a_key_that_may_not_read_its_owner_is_good_if_it_may_read_lists() -> None:
    service = answering(
        {
            "/user": httpx.Response(403, json={}),
            "/contactslist": httpx.Response(200, json={"Data": []}),
        }
    )
    assert service.account().startswith("unknown (key ")


@pytest.mark.parametrize("name", list(FakeMailjet.ENVIRONMENT))
def test_wrong_credentials_are_not_accepted_and_not_told(
    fake: FakeMailjet, tmp_path: Path, name: str
) -> None:
    wrong = {**fake.ENVIRONMENT, name: f"{CANARY}-wrong"}
    service = connect("mailjet", Settings(wrong, tmp_path), Wire(fake))
    calls = (
        service.account,
        service.audiences,
        lambda: service.find("x"),
        lambda: service.read("1"),
    )
    for call in calls:
        with pytest.raises(NotAuthorised) as caught:
            call()
        shown = "".join(traceback.format_exception(caught.value)) + repr(caught.value)
        assert CANARY not in shown
        assert base64.b64encode(":".join(wrong.values()).encode()).decode() not in shown
        assert "Basic …" in shown  # the service repeats what it was sent


def test_an_answer_of_401_need_not_be_json() -> None:
    with pytest.raises(NotAuthorised):
        answering({"": httpx.Response(401, text="<h1>Unauthorized</h1>")}).account()


@pytest.mark.parametrize("name", list(FakeMailjet.ENVIRONMENT))
def test_both_keys_are_wanted(name: str, tmp_path: Path) -> None:
    settings = Settings({**FakeMailjet.ENVIRONMENT, name: ""}, tmp_path)
    with pytest.raises(NotAuthorised, match=f"{name} is not set"):
        connect("mailjet", settings)


# --- what goes wrong


@pytest.mark.parametrize(
    "effect", ["time-out after", "reset after", "500 after", "malformed answer", "empty answer"]
)
def test_a_lost_answer_makes_no_second_draft(
    newsletter: Newsletter, fake: FakeMailjet, effect: Effect
) -> None:
    quiet = Wire(FakeMailjet())
    hand_over_first(newsletter, quiet.fake, quiet)
    for call in range(len(quiet.calls)):
        newsletter.forget()
        fake.state = fake.empty()
        with suppress(NewsletterError):
            hand_over_first(newsletter, fake, Wire(fake, Fault(effect, call, stays=True)))
        hand_over_first(newsletter, fake, Wire(fake))
        [held] = fake.held()
        assert (held.subject, held.html, held.text) == expected(newsletter, fake, "hand over")


@pytest.mark.parametrize(
    "effect", ["time-out before", "time-out after", "500 after", "429 without"]
)
def test_content_is_posted_again_if_the_answer_is_lost(
    fake: FakeMailjet, service: Service, wire: Wire, outgoing: Outgoing, effect: Effect
) -> None:
    campaign = service.create(outgoing)
    wire.fault = Fault(effect, 2)
    service.update(campaign, outgoing)
    assert wire.calls[2] == wire.calls[3] == f"POST /v3/REST/campaigndraft/{campaign}/detailcontent"
    assert fake.held()[0].html == outgoing.html


@pytest.mark.parametrize("effect", ["wrong audience", "content altered"])
def test_what_is_spoilt_is_put_right(
    newsletter: Newsletter, fake: FakeMailjet, effect: Effect
) -> None:
    quiet = Wire(FakeMailjet())
    hand_over_first(newsletter, quiet.fake, quiet)
    newsletter.forget()
    written = quiet.calls.index("POST /v3/REST/campaigndraft/101/detailcontent")
    hand_over_first(newsletter, fake, Wire(fake, Fault(effect, written)))
    [held] = fake.held()
    assert held.audiences == (fake.AUDIENCE,)
    assert held.html == expected(newsletter, fake, "hand over")[1]


def test_the_answer_to_a_created_draft_without_an_id_is_uncertain(outgoing: Outgoing) -> None:
    for data in ("[]", "[{}]", '[{"ID": ""}]'):
        with pytest.raises(Uncertain):
            answering({"": httpx.Response(201, text=f'{{"Data": {data}}}')}).create(outgoing)


def test_a_draft_of_unknown_status_is_none_that_could_be_used() -> None:
    with pytest.raises(Unavailable):
        answering({"": httpx.Response(200, json={"Data": [{"ID": 7, "Title": "x"}]})}).read("7")


def test_what_is_refused_is_told_in_the_words_of_the_service(
    service: Service, fake: FakeMailjet, outgoing: Outgoing
) -> None:
    campaign = service.create(outgoing)
    with pytest.raises(Refused, match="Missing content"):
        service.schedule(campaign, AT)
    service.update(campaign, outgoing)
    fake.state["active"][fake.AUDIENCE] = 1
    with pytest.raises(Refused, match="more than one active contact"):
        service.schedule(campaign, AT)


def test_a_scheduled_campaign_is_not_changed(newsletter: Newsletter, fake: FakeMailjet) -> None:
    hand_over_first(newsletter, fake, Wire(fake))
    schedule_first(newsletter, fake, Wire(fake))
    with pytest.raises(HandoverError, match="unschedule 652"):
        hand(newsletter, fake, Wire(fake), newsletter.second)
    assert fake.held()[0].html == expected(newsletter, fake, "schedule")[1]


# --- the fake is strict


@pytest.mark.parametrize(
    ("path", "body", "reason"),
    [
        ("", {"Subject": "x"}, "Locale"),
        ("", {"Locale": "en_US"}, "Subject"),
        ("", {"Locale": "en_US", "Subject": "x", "Preheader": "x"}, "Preheader"),
        ("", {"Locale": "en_US", "Subject": "x", "ContactsListID": "123456"}, "ContactsListID"),
        ("", {"Locale": "en_US", "Subject": "x", "ContactsListID": 5}, "no such contacts list"),
        ("/101/detailcontent", {"HTML": "x"}, "HTML"),
        ("/101/test", {"Recipients": []}, "Recipients"),
    ],
)
def test_the_fake_refuses_what_is_misspelt_or_missing(
    fake: FakeMailjet,
    wire: Wire,
    service: Service,
    outgoing: Outgoing,
    path: str,
    body: dict[str, Any],
    reason: str,
) -> None:
    made(service, outgoing)
    answer = fake.answer(
        httpx.Request("POST", f"{fake.BASE}/campaigndraft{path}", headers=login(wire), json=body)
    )
    assert answer.status_code == 400
    assert reason in answer.json()["ErrorMessage"]


@pytest.mark.parametrize(
    ("call", "body"), [("send", None), ("schedule", None), ("schedule", {"Date": "NOW"})]
)
def test_the_fake_shows_the_disaster(
    fake: FakeMailjet,
    wire: Wire,
    service: Service,
    outgoing: Outgoing,
    call: str,
    body: dict[str, str] | None,
) -> None:
    campaign = made(service, outgoing)
    address = f"{fake.BASE}/campaigndraft/{campaign}/{call}"
    fake.answer(httpx.Request("POST", address, headers=login(wire), json=body))
    assert fake.held()[0].status == "sent"


def test_the_fake_blanks_the_part_that_a_content_post_leaves_out(
    fake: FakeMailjet, wire: Wire, service: Service, outgoing: Outgoing
) -> None:
    campaign = made(service, outgoing)
    address = f"{fake.BASE}/campaigndraft/{campaign}/detailcontent"
    fake.answer(httpx.Request("POST", address, headers=login(wire), json={"Html-part": "x"}))
    assert (fake.held()[0].html, fake.held()[0].text) == ("x", "")


def login(wire: Wire) -> dict[str, str]:
    """The credentials of an earlier request."""
    return {"Authorization": wire.requests[0].headers["Authorization"]}


# --- merge tags and literal text


def test_each_tag_is_counted_in_and_out() -> None:
    email = draft(EVERYTHING)
    with pytest.raises(
        CannotEscape, match=r"\[\[unsubscribe\]\]"
    ):  # which an author has written into it
        email_for(email, PROFILE)
    email = email.model_copy(
        update={"text": email.text.replace("[[unsubscribe]]", "[unsubscribe]")}
    )
    written = email_for(email, PROFILE)
    assert seen(written.html).count("[[") == email.html.count("[[") == 1
    for before, after in ((email.html, written.html), (email.text, written.text)):
        counts = {tag: before.count(token(name)) for name, tag in TAGS.items()}
        assert all(counts.values())
        assert {tag: after.count(tag) for tag in counts} == counts
        assert after.count("[[") == sum(counts.values())
        assert not {"\ufdd0", "\ufdd1"} & set(after)


def put(text: str) -> str:
    """A text with the tags of Mailjet."""
    for name, tag in TAGS.items():
        text = text.replace(token(name), tag)
    return text


def seen(html: str) -> str:
    """What a reader sees of HTML without elements, each tag of Mailjet filled in as a character that nobody writes."""
    for name, tag in TAGS.items():
        html = html.replace(tag, token(name))
    return unescape(html)


PIECES = st.lists(BRACKETS | st.sampled_from([token(name) for name in TAGS]), max_size=6).map(
    "".join
)


@given(PIECES)
def test_hostile_brackets_in_html_reach_the_reader_and_mailjet_sees_none(text: str) -> None:
    html = put(PROFILE.language.escape_html(text, PROFILE.merge_tags))
    assert seen(html) == unescape(text)
    assert html.count("[[") == sum(text.count(token(name)) for name in TAGS)
    assert not [tag for tag in TAGS.values() if f"[{tag}" in html or f"{tag}]" in html]


@given(PIECES)
def test_hostile_brackets_in_plain_text_are_refused_or_none_at_all(text: str) -> None:
    count = sum(text.count(token(name)) for name in TAGS)
    touched = [tag for tag in TAGS.values() if f"[{tag}" in put(text) or f"{tag}]" in put(text)]
    if put(text).count("[[") > count or touched:
        with pytest.raises(CannotEscape):
            PROFILE.language.escape_text(text, PROFILE.merge_tags)
    else:
        assert PROFILE.language.escape_text(text, PROFILE.merge_tags) == text


@pytest.mark.parametrize(
    "text", ["{{ name }}", "{% if x %}", "[link](x)", "[1] [2]", "]]", "*|X|*", "[ [x] ]"]
)
def test_what_is_nothing_to_a_campaign_of_mailjet_stays_as_it_is(text: str) -> None:
    assert PROFILE.language.escape_text(text, PROFILE.merge_tags) == text
    assert PROFILE.language.escape_html(text, PROFILE.merge_tags) == text


@pytest.mark.parametrize("name", list(TAGS))
def test_a_bracket_beside_a_tag_is_kept_from_it(name: MergeTagName) -> None:
    assert (
        PROFILE.language.escape_html(f"[{token(name)}]", PROFILE.merge_tags)
        == f"&#91;{token(name)}&#93;"
    )
    for text in (f"[{token(name)}", f"{token(name)}]"):
        with pytest.raises(CannotEscape):
            PROFILE.language.escape_text(text, PROFILE.merge_tags)


def test_a_subject_that_looks_like_a_tag_is_refused_with_its_word(newsletter: Newsletter) -> None:
    report = with_email(newsletter.first, subject="News about [[data:firstname]] and more")
    with pytest.raises(
        HandoverError, match=r"'\[\[data:firstname\]\]' looks like a merge tag of Mailjet"
    ):
        outgoing_of(report.galley, PROFILE, FakeMailjet.AUDIENCE)


# --- the profile


def test_it_can_do_all_but_a_preheader_pictures_and_an_overlap() -> None:
    cannot = {Capability.PREHEADER, Capability.PICTURES, Capability.OVERLAP}
    assert set(Capability) - PROFILE.can == cannot
    assert [setting.name for setting in PROFILE.settings] == list(FakeMailjet.ENVIRONMENT)
    assert not PROFILE.adds
