"""Brevo: what it is asked, what its answers mean, and what an author's braces become."""

from __future__ import annotations

import re
import subprocess
import sys
import traceback
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import escape, unescape
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest
from django.template import Context, Engine  # type: ignore[import-untyped]
from hypothesis import example, given
from hypothesis import strategies as st
from markupsafe import Markup

from newsletter.email.building import draft
from newsletter.email.merge_tags import fill, own_values, token
from newsletter.errors import (
    HandoverError,
    NotAuthorised,
    Refused,
    Unavailable,
    Uncertain,
    Unsupported,
)
from newsletter.handover import hand_over, outgoing_of
from newsletter.handover.differences import additions
from newsletter.handover.outgoing import test_of as as_test
from newsletter.model import MergeTagName
from newsletter.services import connect
from newsletter.services.adapters.brevo import PROFILE
from newsletter.services.answers.brevo import utm_campaign
from newsletter.services.language import CannotEscape
from newsletter.services.protocol import Campaign, Capability, Outgoing, Service, Status
from newsletter.services.settings import Settings
from newsletter.services.tagging import email_for
from tests.handover.standin import with_email
from tests.services.fake_brevo import FakeBrevo
from tests.services.fakes import CANARY, Effect, Fault, Wire, body_of
from tests.services.scenes import (
    AT,
    PEOPLE,
    REPOSITORY,
    SCENES,
    Newsletter,
    destination_of,
    expected,
    hand_over_first,
    hand_over_second,
    record,
    schedule_first,
    unschedule_it,
    with_every_tag,
)
from tests.services.scenes import test_send as send_a_test

EMAIL = with_every_tag(draft(REPOSITORY / "tests" / "golden" / "everything" / "issues" / "1268a"))
TAGS = dict(PROFILE.merge_tags)
KEY = FakeBrevo.ENVIRONMENT["BREVO_API_KEY"]
EARLIER = re.compile(r"\{[A-Z]\w*\}|\[(?:UNSUBSCRIBE|MIRROR)\]")
"""The tags of Brevo's first language."""
FUTURE = (datetime.now(UTC) + timedelta(days=2)).isoformat()
PAST = (datetime.now(UTC) - timedelta(minutes=5)).isoformat()


@pytest.fixture
def fake() -> FakeBrevo:
    return FakeBrevo()


@pytest.fixture
def wire(fake: FakeBrevo) -> Wire:
    return Wire(fake)


def service_of(newsletter: Newsletter, transport: httpx.BaseTransport, key: str = KEY) -> Service:
    return connect("brevo", Settings({"BREVO_API_KEY": key}, newsletter.folder), transport)


def outgoing(newsletter: Newsletter, audience: str = FakeBrevo.AUDIENCE) -> Outgoing:
    return outgoing_of(newsletter.first.galley, PROFILE, audience)


def bodies(wire: Wire, method: str, path: str) -> list[Any]:
    """What was sent to the addresses that end so."""
    return [
        body_of(asked)
        for asked in wire.requests
        if asked.method == method and asked.url.path.endswith(path)
    ]


def campaign_of(fake: FakeBrevo) -> dict[str, Any]:
    """The only campaign as the fake keeps it."""
    (campaign,) = fake.state["campaigns"].values()
    found: dict[str, Any] = campaign
    return found


def found_one(found: Iterable[Campaign]) -> Campaign:
    (campaign,) = found
    return campaign


# What an editor does


@pytest.mark.parametrize("scene", SCENES)
def test_each_scene_ends_as_it_must(newsletter: Newsletter, fake: FakeBrevo, scene: str) -> None:
    does, before = SCENES[scene]
    for earlier in before:
        earlier(newsletter, fake, Wire(fake))
    does(newsletter, fake, Wire(fake))
    if scene == "test send":
        assert fake.held() == []
        assert fake.tests == [
            {"to": list(PEOPLE), "subject": f"[Test] {newsletter.first.email.subject}"}
        ]
        return
    (held,) = fake.held()
    assert (held.subject, held.html) == expected(newsletter, fake, scene)[:2]
    assert held.audiences == (fake.AUDIENCE,)
    assert held.status == ("scheduled" if scene == "schedule" else "draft")
    assert (held.scheduled and datetime.fromisoformat(held.scheduled)) == (
        AT if scene == "schedule" else None
    )
    assert record(newsletter)["campaign"] == held.id
    assert record(newsletter)["differences"] == []
    assert fake.tests == []


def test_an_unchanged_issue_is_left_as_it_is(newsletter: Newsletter, fake: FakeBrevo) -> None:
    hand_over_first(newsletter, fake, Wire(fake))
    again = Wire(fake)
    hand_over_first(newsletter, fake, again)
    assert {asked.method for asked in again.requests} == {"GET"}


def test_what_was_taken_back_can_be_changed_and_scheduled_again(
    newsletter: Newsletter, fake: FakeBrevo
) -> None:
    for does in (
        hand_over_first,
        schedule_first,
        unschedule_it,
        hand_over_second,
        hand_over_first,
        schedule_first,
    ):
        does(newsletter, fake, Wire(fake))
    (held,) = fake.held()
    assert (held.status, held.html) == ("scheduled", expected(newsletter, fake, "schedule")[1])


def test_what_was_taken_back_can_be_changed_after_its_time(
    newsletter: Newsletter, fake: FakeBrevo
) -> None:
    for does in (hand_over_first, schedule_first, unschedule_it):
        does(newsletter, fake, Wire(fake))
    campaign_of(fake)["scheduledAt"] = PAST
    hand_over_second(newsletter, fake, Wire(fake))
    (held,) = fake.held()
    assert held.html == expected(newsletter, fake, "update")[1]


def test_what_was_stopped_half_way_is_not_touched(newsletter: Newsletter, fake: FakeBrevo) -> None:
    hand_over_first(newsletter, fake, Wire(fake))
    campaign_of(fake).update(status="suspended", scheduledAt=PAST, sent=900)
    wire = Wire(fake)
    with pytest.raises(HandoverError, match="stopped"):
        hand_over_second(newsletter, fake, wire)
    assert {asked.method for asked in wire.requests} == {"GET"}


# What Brevo is asked, to the letter


def test_a_draft_is_made_by_one_call_that_says_all(
    newsletter: Newsletter, fake: FakeBrevo, wire: Wire
) -> None:
    hand_over_first(newsletter, fake, wire)
    given = outgoing(newsletter)
    name, address = given.sender
    fields = {
        "name": given.name,
        "subject": given.subject,
        "previewText": given.preheader,
        "sender": {"name": name, "email": address},
        "replyTo": given.reply_to,
        "htmlContent": given.html,
        "recipients": {"listIds": [53]},
        "mirrorActive": True,
        "inlineImageActivation": False,
        "utmCampaign": "BioNews 652",
    }
    assert bodies(wire, "POST", "/v3/emailCampaigns") == [fields]
    assert given.preheader
    assert given.name.endswith(given.marker)
    update = Wire(fake)
    service_of(newsletter, update).update("101", given)
    assert bodies(update, "PUT", "/v3/emailCampaigns/101") == [fields]


def test_answers_go_to_the_bare_address_that_is_for_them(
    newsletter: Newsletter, wire: Wire
) -> None:
    given = outgoing(newsletter)
    publication = given.email.issue.publication.model_copy(
        update={"reply_to": "The Office <office@example.org>"}
    )
    issue = given.email.issue.model_copy(update={"publication": publication})
    service_of(newsletter, wire).create(
        replace(given, email=given.email.model_copy(update={"issue": issue}))
    )
    assert bodies(wire, "POST", "/v3/emailCampaigns")[0]["replyTo"] == "office@example.org"


def test_few_calls_are_made_of_those_that_are_allowed_a_hundred_times_an_hour(
    newsletter: Newsletter, fake: FakeBrevo, wire: Wire
) -> None:
    hand_over_first(newsletter, fake, wire)
    counted = [call for call in wire.calls if "/contacts/" not in call]
    assert len(counted) <= 6
    assert counted.count("POST /v3/emailCampaigns") == 1


def test_the_key_goes_with_each_request_and_to_brevo_only(
    newsletter: Newsletter, fake: FakeBrevo, wire: Wire
) -> None:
    hand_over_first(newsletter, fake, wire)
    assert {
        (asked.headers["api-key"], asked.url.scheme, asked.url.host) for asked in wire.requests
    } == {(KEY, "https", "api.brevo.com")}


def test_a_time_is_told_as_an_instant_and_taken_back_by_suspending(
    newsletter: Newsletter, fake: FakeBrevo
) -> None:
    hand_over_first(newsletter, fake, Wire(fake))
    wire = Wire(fake)
    schedule_first(newsletter, fake, wire)
    unschedule_it(newsletter, fake, wire)
    assert bodies(wire, "PUT", "/v3/emailCampaigns/101") == [
        {"scheduledAt": f"{AT:%Y-%m-%dT%H:%M}:00.000+00:00"}
    ]
    assert bodies(wire, "PUT", "/v3/emailCampaigns/101/status") == [{"status": "suspended"}]


def test_a_local_time_is_told_in_utc(newsletter: Newsletter, fake: FakeBrevo, wire: Wire) -> None:
    service = service_of(newsletter, wire)
    service.schedule(
        service.create(outgoing(newsletter)),
        datetime(2096, 7, 1, 17, tzinfo=ZoneInfo("Europe/London")),
    )
    assert bodies(wire, "PUT", "/101") == [{"scheduledAt": "2096-07-01T16:00:00.000+00:00"}]


def test_a_test_goes_to_people_from_a_draft_without_lists(
    newsletter: Newsletter, fake: FakeBrevo, wire: Wire
) -> None:
    send_a_test(newsletter, fake, wire)
    (made,) = bodies(wire, "POST", "/v3/emailCampaigns")
    assert "recipients" not in made
    assert made["name"].startswith("[Test]")
    assert bodies(wire, "POST", "/sendTest") == [{"emailTo": list(PEOPLE)}]
    assert wire.calls[-1] == "DELETE /v3/emailCampaigns/101"


def test_a_test_leaves_the_draft_alone(newsletter: Newsletter, fake: FakeBrevo, wire: Wire) -> None:
    hand_over_first(newsletter, fake, Wire(fake))
    before = dict(campaign_of(fake))
    send_a_test(newsletter, fake, wire)
    assert campaign_of(fake) == before
    assert not [call for call in wire.calls if "/101" in call]


# Traps


def test_a_test_for_nobody_is_refused_before_any_call(newsletter: Newsletter, wire: Wire) -> None:
    test = as_test(newsletter.first.galley, PROFILE)
    with pytest.raises(Unsupported, match="test list"):
        service_of(newsletter, wire).send_test(test, [])
    assert wire.calls == []


def test_the_fake_shows_the_disasters(newsletter: Newsletter, fake: FakeBrevo, wire: Wire) -> None:
    hand_over_first(newsletter, fake, wire)
    with httpx.Client(transport=wire, base_url=fake.BASE, headers={"api-key": KEY}) as client:
        client.post("/emailCampaigns/101/sendTest", json={"emailTo": []})
        assert fake.tests[0]["to"] == ["everybody on the test list"]
        client.put("/emailCampaigns/101/status", json={"status": "queued"})
        assert [held.status for held in fake.held()] == ["sent"]
        body = {**bodies(wire, "POST", "/v3/emailCampaigns")[0], "scheduledAt": FUTURE}
        client.post("/emailCampaigns", json=body)
        assert [held.status for held in fake.held()] == ["sent", "scheduled"]
        refused = (
            body | {"status": "draft"},
            body | {"htmlContent": "<p>"},
            body | {"recipients": {"lists": [53]}},
            {name: value for name, value in body.items() if name != "sender"},
        )
        assert [client.post("/emailCampaigns", json=each).status_code for each in refused] == [
            400
        ] * 4
        assert client.put("/emailCampaigns/102", json={"subject": "Another"}).status_code == 400
        assert client.delete("/emailCampaigns/102").status_code == 403


@pytest.mark.parametrize(
    "stranger", ["stranger@example.org", "unlisted@example.org", "blocked@example.org"]
)
def test_who_is_no_contact_gets_no_test_and_the_editor_is_told_why(
    newsletter: Newsletter, fake: FakeBrevo, wire: Wire, stranger: str
) -> None:
    test = as_test(newsletter.first.galley, PROFILE)
    with pytest.raises(Refused, match=r"could not be sent to all.*must be a contact in Brevo"):
        service_of(newsletter, wire).send_test(test, [PEOPLE[0], stranger])
    assert fake.tests == []
    assert fake.held() == []


def test_another_refusal_of_a_test_is_told_as_it_is(
    newsletter: Newsletter, fake: FakeBrevo, wire: Wire
) -> None:
    test = as_test(newsletter.first.galley, PROFILE)
    service = service_of(newsletter, wire)
    fake.send_test = lambda *_: fake.refusal(404, "Campaign ID does not exist")  # type: ignore[method-assign]
    with pytest.raises(Refused, match="does not exist") as refused:
        service.send_test(test, PEOPLE)
    assert "contact" not in str(refused.value)


def test_the_accounts_header_and_footer_are_told_of_but_are_no_difference(
    newsletter: Newsletter, fake: FakeBrevo, wire: Wire
) -> None:
    draft_of_issue = hand_over_first(newsletter, fake, wire)
    held = service_of(newsletter, wire).read("101")
    assert held is not None
    assert len(additions(held, PROFILE.adds)) == 2
    assert draft_of_issue.differences == ()
    campaign_of(fake).update(header="", footer="")
    held = service_of(newsletter, wire).read("101")
    assert held is not None
    assert held.html == outgoing(newsletter).html
    assert additions(held, PROFILE.adds) == ()


def test_a_header_that_somebody_has_set_is_a_difference(
    newsletter: Newsletter, fake: FakeBrevo, wire: Wire
) -> None:
    hand_over_first(newsletter, fake, wire)
    campaign_of(fake)["header"] = '<a href="[MIRROR]">In your browser</a>'
    assert any(
        "In your browser" in difference
        for difference in hand_over_first(newsletter, fake, wire).differences
    )


def test_a_segment_that_somebody_has_added_is_a_wrong_audience(
    newsletter: Newsletter, fake: FakeBrevo, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_over_first(newsletter, fake, Wire(fake))
    shown = FakeBrevo._shown

    def with_segment(self: FakeBrevo, *asked: Any) -> dict[str, Any]:
        campaign = shown(self, *asked)
        return campaign | {"recipients": campaign["recipients"] | {"segments": [7]}}

    monkeypatch.setattr(FakeBrevo, "_shown", with_segment)
    with pytest.raises(HandoverError, match="segment-7"):
        hand_over_second(newsletter, fake, Wire(fake))


# Segments


def test_a_segment_is_the_only_recipient_of_its_campaign(
    newsletter: Newsletter, fake: FakeBrevo, wire: Wire
) -> None:
    service = service_of(newsletter, wire)
    service.create(outgoing(newsletter, "segment-17"))
    service.update("101", outgoing(newsletter, "segment-18"))
    assert bodies(wire, "POST", "/emailCampaigns")[0]["recipients"] == {"segmentIds": [17]}
    assert bodies(wire, "PUT", "/101")[0]["recipients"] == {"segmentIds": [18]}
    assert fake.held()[0].audiences == ("segment-18",)


@pytest.mark.parametrize(("before", "after"), [("53", "segment-17"), ("segment-17", "53")])
def test_what_was_made_for_a_list_cannot_become_one_for_a_segment(
    newsletter: Newsletter, fake: FakeBrevo, wire: Wire, before: str, after: str
) -> None:
    service = service_of(newsletter, wire)
    campaign = service.create(outgoing(newsletter, before))
    with pytest.raises(
        Refused, match=r"nor the other way round\. Delete the draft there \(https://"
    ):
        service.update(campaign, outgoing(newsletter, after))
    assert fake.held()[0].audiences == (before,)
    service.delete(campaign)
    service.create(outgoing(newsletter, after))
    assert fake.held()[0].audiences == (after,)


@pytest.mark.parametrize("audience", ["53", "segment-17"])
def test_another_refusal_of_a_change_is_told_as_it_is(
    newsletter: Newsletter, fake: FakeBrevo, wire: Wire, audience: str
) -> None:
    service = service_of(newsletter, wire)
    service.create(outgoing(newsletter, audience))
    campaign_of(fake)["status"] = "in_process"
    with pytest.raises(Refused, match="in_process and cannot be updated"):
        service.update("101", outgoing(newsletter, audience))
    fake.state["campaigns"].clear()
    with pytest.raises(Refused, match="does not exist"):
        service.update("101", outgoing(newsletter, audience))


@pytest.mark.parametrize(
    ("changed", "reads_back"),
    [
        ({"listIds": [60]}, ("60", "segment-17")),
        ({"segments": [17, 18]}, ("segment-17", "segment-18")),
        ({"segments": [18]}, ("segment-18",)),
        ({"exclusionLists": [60]}, ("segment-17", "without list 60")),
        ({"exclusionSegments": [5]}, ("segment-17", "without segment 5")),
        ({"exclusionLists": None, "exclusionSegments": None}, ("segment-17",)),
    ],
)
def test_whoever_else_gets_it_or_does_not_is_another_audience(
    newsletter: Newsletter,
    fake: FakeBrevo,
    wire: Wire,
    changed: dict[str, Any],
    reads_back: tuple[str, ...],
) -> None:
    service = service_of(newsletter, wire)
    service.create(outgoing(newsletter, "segment-17"))
    campaign_of(fake).update(changed)
    held = service.read("101")
    assert held is not None
    assert held.audiences == reads_back


def test_a_list_that_is_left_out_makes_the_audience_wrong(
    newsletter: Newsletter, fake: FakeBrevo
) -> None:
    hand_over_first(newsletter, fake, Wire(fake))
    campaign_of(fake)["exclusionLists"] = [60]
    with pytest.raises(HandoverError, match="wrong audience: 53, without list 60 instead of 53"):
        hand_over_second(newsletter, fake, Wire(fake))


# What answers mean


@pytest.mark.parametrize(
    ("status", "when", "sent", "means"),
    [
        ("draft", "", 0, Status.DRAFT),
        ("queued", "future", 0, Status.SCHEDULED),
        ("queued", "past", 0, Status.SENDING),
        ("queued", "", 0, Status.SENDING),
        ("in_review", "future", 0, Status.SCHEDULED),
        ("in_review", "past", 0, Status.SENDING),
        ("in_process", "past", 7, Status.SENDING),
        ("sent", "past", 7, Status.SENT),
        ("suspended", "future", 0, Status.DRAFT),
        ("suspended", "", 0, Status.DRAFT),
        ("suspended", "past", 0, Status.DRAFT),
        ("suspended", "past", 7, Status.STOPPED),
        ("cancelling", "future", 0, Status.STOPPED),
        ("cancelled", "future", 0, Status.STOPPED),
        ("", "", 0, Status.STOPPED),
        ("something new", "", 0, Status.STOPPED),
    ],
)
def test_each_status_is_understood(
    newsletter: Newsletter,
    fake: FakeBrevo,
    wire: Wire,
    status: str,
    when: str,
    sent: int,
    means: Status,
) -> None:
    time = {"": "", "past": PAST, "future": FUTURE}[
        when
    ]  # an id of a test is the same in every process
    hand_over_first(newsletter, fake, wire)
    campaign_of(fake).update(status=status, scheduledAt=time, sent=sent)
    held = service_of(newsletter, wire).read("101")
    assert held is not None
    assert held.status == means
    assert held.scheduled == (datetime.fromisoformat(time) if means == Status.SCHEDULED else None)


class Telling(httpx.BaseTransport):
    """A service that has one answer to everything."""

    def __init__(self, answer: object, status: int = 200, **headers: str) -> None:
        self.answer, self.status, self.headers, self.asked = answer, status, headers, 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.asked += 1
        return httpx.Response(self.status, json=self.answer, headers=self.headers, request=request)


BARE: dict[str, Any] = {
    "id": 1,
    "name": "News",
    "status": "draft",
    "createdAt": PAST,
    "htmlContent": "<p>News</p>",
    "header": None,
    "footer": None,
    "recipients": {"lists": [], "exclusionLists": []},
}
"""The least that Brevo says of a campaign."""


@pytest.mark.parametrize("statistics", [{}, [], {"globalStats": {}}, {"globalStats": []}, None])
def test_what_was_suspended_late_and_is_not_known_to_be_unsent_is_no_draft(
    newsletter: Newsletter, statistics: object
) -> None:
    answer = {**BARE, "status": "suspended", "scheduledAt": PAST, "statistics": statistics}
    held = service_of(newsletter, Telling(answer)).read("1")
    assert held is not None
    assert held.status == Status.STOPPED


def test_what_brevo_leaves_out_or_tells_as_nothing_is_not_known(newsletter: Newsletter) -> None:
    answer = {**BARE, "scheduledAt": None, "sender": None, "previewText": None}
    held = service_of(newsletter, Telling(answer)).read("1")
    assert held is not None
    assert (held.status, held.sender_name, held.sender_address, held.preheader, held.reply_to) == (
        Status.DRAFT,
        *[None] * 4,
    )
    assert held.audiences == ()


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {**BARE, "scheduledAt": "some day"},
        {**BARE, "scheduledAt": "2026-01-01T00:00"},
        *({name: value for name, value in BARE.items() if name != left_out} for left_out in BARE),
    ],
)
def test_what_cannot_be_understood_is_said(newsletter: Newsletter, answer: object) -> None:
    with pytest.raises(Unavailable, match="cannot be understood"):
        service_of(newsletter, Telling(answer)).read("1")


@pytest.mark.parametrize(
    "said",
    [
        '{"data": NaN, "total_items": 1e999}',
        '{"companyName": "Example"}',
        '{"companyName": "Example", "email": ""}',
        '{"companyName": null, "email": "a@example.org"}',
        '{"companyName": "Example", "email": NaN}',
    ],
)
def test_an_account_that_is_none_is_refused(newsletter: Newsletter, said: str) -> None:
    service = service_of(newsletter, httpx.MockTransport(lambda _: httpx.Response(200, text=said)))
    with pytest.raises(Unavailable, match="cannot be understood"):
        service.account()


@pytest.mark.parametrize(
    "said", [{}, {"lists": []}, {"count": 1, "lists": [{"id": 1}]}, {"data": [], "count": None}]
)
def test_lists_that_are_none_are_refused(newsletter: Newsletter, said: object) -> None:
    with pytest.raises(Unavailable, match="cannot be understood"):
        service_of(newsletter, Telling(said)).audiences()


@pytest.mark.parametrize(
    "said", [{}, {"campaigns": []}, {"count": 1, "campaigns": [{"id": 1, "status": "draft"}]}]
)
def test_campaigns_that_are_none_are_not_no_campaigns(newsletter: Newsletter, said: object) -> None:
    with pytest.raises(Unavailable, match="cannot be understood"):
        service_of(newsletter, Telling(said)).find("[newsletter:652:11fe0313]")


@pytest.mark.parametrize(
    ("name", "marks"),
    [
        ("BioNews 652 [newsletter:652:11fe0313]", "BioNews 652"),
        ("[Test] Nature & Néws 7a [newsletter-test:7a:11fe0313]", "Test Nature N ws 7a"),
        ("遺伝子 12 [newsletter:12:11fe0313]", "12"),
        ("renamed by somebody", ""),
    ],
)
def test_links_are_marked_with_the_issue_not_with_our_marker(name: str, marks: str) -> None:
    assert utm_campaign(name) == marks


def test_no_campaign_is_nothing(newsletter: Newsletter, wire: Wire) -> None:
    assert service_of(newsletter, wire).read("999") is None


def test_a_campaign_is_told_with_all_that_is_compared(
    newsletter: Newsletter, fake: FakeBrevo, wire: Wire
) -> None:
    hand_over_first(newsletter, fake, wire)
    given = outgoing(newsletter)
    held = service_of(newsletter, wire).read("101")
    assert held is not None
    assert (held.id, held.name, held.subject, held.preheader) == (
        "101",
        given.name,
        given.subject,
        given.preheader,
    )
    assert ((held.sender_name, held.sender_address), held.reply_to) == (
        given.sender,
        given.reply_to,
    )
    assert held.audiences == (given.audience,)
    assert held.text is None
    assert held.address == "https://app.brevo.com/marketing-campaign/edit/101"


def test_the_account_is_named_as_its_owner_knows_it(newsletter: Newsletter, wire: Wire) -> None:
    assert service_of(newsletter, wire).account() == "Example (a@example.org)"


# Lists and campaigns in many pages


def test_an_audience_has_the_size_that_its_own_call_tells(
    newsletter: Newsletter, wire: Wire
) -> None:
    audiences = [
        (each.id, each.name, each.size) for each in service_of(newsletter, wire).audiences()
    ]
    assert audiences == [
        ("53", "Readers", 17000),
        ("60", "Donors", 12),
        ("segment-17", "Teasers", None),
        ("segment-18", "Headlines", None),
        ("segment-19", "Full text", None),
    ]


@pytest.mark.parametrize("count", [0, 49, 50, 51, 130])
def test_all_pages_of_segments_are_turned(
    newsletter: Newsletter, fake: FakeBrevo, wire: Wire, count: int
) -> None:
    fake.state["segments"] = {str(number): f"Segment {number}" for number in range(1, count + 1)}
    _, _, *segments = service_of(newsletter, wire).audiences()
    assert [each.id for each in segments] == [f"segment-{number}" for number in range(1, count + 1)]
    assert wire.calls.count("GET /v3/contacts/segments") == count // 50 + 1


@pytest.mark.parametrize("status", [400, 402, 403, 404, 405])
def test_an_account_that_may_have_no_segments_has_its_lists(
    newsletter: Newsletter, fake: FakeBrevo, wire: Wire, status: int
) -> None:
    fake.segments = lambda request: fake.refusal(status, "not in your plan")  # type: ignore[method-assign]
    assert [each.id for each in service_of(newsletter, wire).audiences()] == ["53", "60"]


@pytest.mark.parametrize("said", [{}, {"segments": []}, {"count": 1, "segments": [{"id": 1}]}])
def test_segments_that_are_none_are_refused(
    newsletter: Newsletter, fake: FakeBrevo, wire: Wire, said: object
) -> None:
    fake.segments = lambda request: httpx.Response(200, json=said)  # type: ignore[method-assign]
    with pytest.raises(Unavailable, match="cannot be understood"):
        service_of(newsletter, wire).audiences()


@pytest.mark.parametrize("count", [0, 49, 50, 51, 130])
def test_all_pages_of_audiences_are_turned(
    newsletter: Newsletter, fake: FakeBrevo, wire: Wire, count: int
) -> None:
    fake.state["lists"] = {
        str(number): [f"List {number}", number] for number in range(1, count + 1)
    }
    fake.state["segments"] = {}
    audiences = service_of(newsletter, wire).audiences()
    assert [(each.id, each.size) for each in audiences] == [
        (str(number), number) for number in range(1, count + 1)
    ]
    assert wire.calls.count("GET /v3/contacts/lists") == count // 50 + 1


def test_a_list_that_goes_meanwhile_is_left_out(
    newsletter: Newsletter, fake: FakeBrevo, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    one_list = FakeBrevo.one_list
    monkeypatch.setattr(
        FakeBrevo,
        "one_list",
        lambda self, asked, number: (
            fake.refusal(404, "gone") if number == "60" else one_list(self, asked, number)
        ),
    )
    fake.state["segments"] = {}
    assert [each.id for each in service_of(newsletter, wire).audiences()] == ["53"]


def fill_up(fake: FakeBrevo, count: int, created: str | None = None) -> None:
    """Put this number of other people's campaigns on top."""
    (pattern, *_) = fake.state["campaigns"].values()
    for number in range(1000, 1000 + count):
        campaign = {
            **pattern,
            "name": f"Another {number}",
            "createdAt": created or pattern["createdAt"],
        }
        fake.state["campaigns"][str(number)] = campaign


@pytest.mark.parametrize("others", [0, 98, 99, 100, 250])
def test_all_pages_of_campaigns_are_turned(
    newsletter: Newsletter, fake: FakeBrevo, wire: Wire, others: int
) -> None:
    service = service_of(newsletter, wire)
    given = outgoing(newsletter)
    service.create(given)
    fill_up(fake, others)
    wire.calls.clear()
    assert [found.id for found in service.find(given.marker)] == ["101"]
    assert len(wire.calls) == (others + 1) // 100 + 1
    assert wire.requests[-1].url.params["excludeHtmlContent"] == "true"


def test_what_is_older_than_a_year_is_not_asked_for(
    newsletter: Newsletter, fake: FakeBrevo, wire: Wire
) -> None:
    service = service_of(newsletter, wire)
    service.create(outgoing(newsletter))
    fill_up(fake, 300, (datetime.now(UTC) - timedelta(days=500)).isoformat())
    wire.calls.clear()
    assert not service.find(outgoing(newsletter).marker)
    assert len(wire.calls) == 1


def test_a_campaign_that_stands_on_two_pages_is_one(
    newsletter: Newsletter, fake: FakeBrevo, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = service_of(newsletter, wire)
    service.create(outgoing(newsletter))
    fill_up(fake, 99)
    campaigns = FakeBrevo.campaigns

    def with_a_new_one(self: FakeBrevo, request: httpx.Request) -> httpx.Response:
        answer = campaigns(self, request)
        fill_up(self, 100)
        return answer

    monkeypatch.setattr(FakeBrevo, "campaigns", with_a_new_one)
    assert found_one(service.find(outgoing(newsletter).marker)).id == "101"
    assert len(wire.calls) == 3


@pytest.mark.parametrize(
    "status", ["draft", "queued", "in_review", "in_process", "sent", "suspended", "cancelled"]
)
def test_a_campaign_is_found_in_whatever_state(
    newsletter: Newsletter, fake: FakeBrevo, wire: Wire, status: str
) -> None:
    hand_over_first(newsletter, fake, wire)
    campaign_of(fake)["status"] = status
    found = found_one(service_of(newsletter, wire).find(outgoing(newsletter).marker))
    assert found.id == "101"
    assert found.html is None


def test_what_was_archived_before_anybody_got_it_is_not_there(
    newsletter: Newsletter, fake: FakeBrevo, wire: Wire
) -> None:
    handed = hand_over_first(newsletter, fake, wire)
    campaign_of(fake).update(status="archive", statistics={"globalStats": {"sent": 0}})
    assert service_of(newsletter, wire).read(handed.campaign or "") is None


def test_what_was_archived_is_not_found(
    newsletter: Newsletter, fake: FakeBrevo, wire: Wire
) -> None:
    hand_over_first(newsletter, fake, wire)
    campaign_of(fake)["status"] = "archive"
    assert not service_of(newsletter, wire).find(outgoing(newsletter).marker)


def test_other_issues_and_tests_are_not_found(
    newsletter: Newsletter, fake: FakeBrevo, wire: Wire
) -> None:
    service = service_of(newsletter, wire)
    given = outgoing(newsletter)
    service.create(as_test(newsletter.first.galley, PROFILE))
    service.create(given)
    for number, other in (("201", "653"), ("202", "65"), ("203", "1652")):
        name = given.name.replace("652", other)
        fake.state["campaigns"][number] = {**fake.state["campaigns"]["102"], "name": name}
    assert [found.id for found in service.find(given.marker)] == ["102"]


# What goes wrong


@pytest.mark.parametrize(
    ("effect", "stays"),
    [
        ("time-out after", False),
        ("500 after", False),
        ("500 after", True),
        ("malformed answer", False),
        ("empty answer", True),
        ("content altered", False),
        ("wrong audience", False),
    ],
)
@pytest.mark.parametrize("call", range(5, 8))
def test_after_a_fault_the_same_command_ends_with_one_draft(
    newsletter: Newsletter, fake: FakeBrevo, effect: Effect, stays: bool, call: int
) -> None:
    try:
        hand_over_first(newsletter, fake, Wire(fake, Fault(effect, call, stays)))
    except (Unavailable, Uncertain):
        hand_over_first(newsletter, fake, Wire(fake))
    (held,) = fake.held()
    assert (held.html, held.audiences) == (
        expected(newsletter, fake, "hand over")[1],
        (fake.AUDIENCE,),
    )


def test_an_answer_that_says_nothing_is_not_taken_for_no_campaigns(newsletter: Newsletter) -> None:
    with pytest.raises(Unavailable, match="cannot be understood"):
        service_of(newsletter, Telling({})).find("[newsletter:652:")
    assert not service_of(newsletter, Telling({"count": 0})).find("[newsletter:652:")


def test_a_wrong_audience_is_put_right(newsletter: Newsletter, fake: FakeBrevo) -> None:
    hand_over_first(newsletter, fake, Wire(fake))
    fake.alter("101", "audience")
    hand_over_first(newsletter, fake, Wire(fake))
    assert fake.held()[0].audiences == (fake.AUDIENCE,)


def test_an_html_beyond_a_megabyte_is_refused_in_brevos_words(
    newsletter: Newsletter, fake: FakeBrevo
) -> None:
    report = with_email(newsletter.first, html=newsletter.first.email.html + " " * 1_000_000)
    destination = destination_of(fake, Wire(fake), newsletter.folder)
    with pytest.raises(Refused, match="less than 1 MB"):
        hand_over(report, [destination], by="a test", confirm=lambda _: None)
    assert fake.held() == []


@pytest.mark.parametrize("seconds", ["3", "60"])
def test_a_short_wait_that_brevo_asks_for_is_kept(
    newsletter: Newsletter, fake: FakeBrevo, wire: Wire, waited: list[float], seconds: str
) -> None:
    answer = fake.answer

    def busy_at_first(request: httpx.Request) -> httpx.Response:
        fake.answer = answer  # type: ignore[method-assign]
        return httpx.Response(
            429, headers={"x-sib-ratelimit-reset": seconds, "Retry-After": "1"}, json={}
        )

    fake.answer = busy_at_first  # type: ignore[method-assign]
    assert service_of(newsletter, wire).create(outgoing(newsletter)) == "101"
    assert waited == [float(seconds)]
    assert len(fake.held()) == 1


def test_a_long_wait_is_told_instead(newsletter: Newsletter, waited: list[float]) -> None:
    busy = Telling({"code": "too_many_requests"}, 429, **{"x-sib-ratelimit-reset": "2849"})
    with pytest.raises(Unavailable, match="in 48 minutes"):
        service_of(newsletter, busy).account()
    assert (busy.asked, waited) == (1, [])


class Echoing(FakeBrevo):
    """A service that repeats the key that it was given."""

    def is_authorised(self, request: httpx.Request) -> bool:
        self.state["key"] = request.headers["api-key"]
        return super().is_authorised(request)

    def refusal(self, status: int, reason: str) -> httpx.Response:
        return super().refusal(status, f"We have not recognised {self.state['key']}")


def test_a_wrong_key_is_told_without_it(newsletter: Newsletter) -> None:
    service = service_of(newsletter, Wire(Echoing()), f"xkeysib-{CANARY}-old")
    with pytest.raises(NotAuthorised, match=r"401: We have not recognised …") as refused:
        service.account()
    error = refused.value
    shown = "".join(traceback.format_exception(error))
    assert CANARY not in f"{error}{error!r}{shown}{service!r}"


def test_without_a_key_nothing_is_asked(newsletter: Newsletter, wire: Wire) -> None:
    with pytest.raises(NotAuthorised, match="BREVO_API_KEY is not set"):
        connect("brevo", Settings({"BREVO_API_KEY": " "}, newsletter.folder), wire)
    assert wire.calls == []


# Merge tags and literal text


def test_it_cannot_take_plain_text_or_keep_pictures_and_can_do_all_else() -> None:
    assert frozenset(Capability) - PROFILE.can == {
        Capability.OVERLAP,
        Capability.TEXT_ALONE,
        Capability.PLAIN_TEXT,
        Capability.PICTURES,
    }


def test_each_neutral_tag_becomes_one_of_brevos_and_nothing_else_looks_like_one() -> None:
    written = email_for(EMAIL, PROFILE)
    for name, tag in TAGS.items():
        assert written.html.count(tag) == EMAIL.html.count(token(name)) > 0
        assert written.text.count(tag) == EMAIL.text.count(token(name)) > 0
    assert token("address") not in written.html + written.text
    rest = re.sub("|".join(map(re.escape, TAGS.values())), "", written.html)
    assert not re.search(r"\{\{|\{%|\{#", rest)
    assert not EARLIER.search(rest)


def test_what_looks_like_no_tag_is_left_byte_for_byte(newsletter: Newsletter) -> None:
    email = newsletter.first.email
    values = own_values(email.issue) | {name: Markup(tag) for name, tag in TAGS.items()}  # noqa: S704 - Brevo's
    made, filled = email_for(email, PROFILE), fill(email, values)
    assert made.model_copy(update={"text": ""}) == filled.model_copy(update={"text": ""})
    assert made.text.split() == filled.text.split()  # a line may break elsewhere
    assert "<!--[if mso" in email.html


VALUES: dict[MergeTagName, str] = {
    "unsubscribe": "https://example.org/u?a=1&b=2",
    "web-version": "https://example.org/{{m}}",
    "first-name": "Zoë & [MIRROR]",
    "preferences": "https://example.org/p?a=1&b=2",
}
CONTEXT = {
    "update_profile": VALUES["preferences"],
    "unsubscribe": VALUES["unsubscribe"],
    "mirror": VALUES["web-version"],
    "contact": {"FIRSTNAME": VALUES["first-name"]},
}


def as_read(template: str) -> str:
    """What becomes of a template in a language like Brevo's."""
    return str(Engine().from_string(template).render(Context(CONTEXT)))


SIGNS = st.text("{}%#[]|'\"&<>;:_ \nUaé", max_size=12)
WORDS = st.sampled_from(
    [
        "{{",
        "}}",
        "{%",
        "%}",
        "{#",
        "#}",
        "{% if %}",
        "{{ x }}",
        "{FNAME}",
        "[UNSUBSCRIBE]",
        "[MIRROR]",
        "%FNAME%",
    ]
)
PIECES = st.lists(SIGNS | WORDS | st.sampled_from([token(name) for name in TAGS]), max_size=8)


def read_by_the_author(text: str) -> str:
    for name, value in VALUES.items():
        text = text.replace(token(name), value)
    return text


def test_a_reader_of_the_whole_email_sees_what_was_written() -> None:
    meant = fill(EMAIL, own_values(EMAIL.issue) | VALUES)
    written = email_for(EMAIL, PROFILE)
    assert "{{ 7*7 }}" in meant.html
    assert unescape(as_read(written.html)) == unescape(meant.html)
    assert unescape(as_read(written.subject)) == meant.subject


@given(PIECES)
@example(["{", token("unsubscribe"), "}"])
@example(["{% verbatim %}", token("first-name"), "{% endverbatim %}"])
@example(["{{{", token("web-version"), "}}} {#"])
def test_a_reader_of_the_html_sees_what_the_author_wrote(pieces: list[str]) -> None:
    text = "".join(pieces)
    html = f'<p title="{escape(text)}">{escape(text)}</p>'
    written = email_for(EMAIL.model_copy(update={"html": html}), PROFILE).html
    shown = read_by_the_author(text)
    assert unescape(as_read(written)) == f'<p title="{shown}">{shown}</p>'
    assert not EARLIER.search(written)


@given(PIECES)
@example(["{", token("first-name")])
def test_a_subject_is_what_the_author_wrote_or_is_refused(pieces: list[str]) -> None:
    text = "".join(pieces)
    for part in ("subject", "preheader"):
        try:
            written = getattr(email_for(EMAIL.model_copy(update={part: text}), PROFILE), part)
        except CannotEscape:
            assert re.search(r"\{[{%#A-Z]|\{\ufdd0|\ufdd1\}|\[[UM]", text)
        else:
            assert unescape(as_read(written)) == unescape(read_by_the_author(text))
            assert not EARLIER.search(written)


@pytest.mark.parametrize(
    "text", ["{{x}}", "a {% b", "{# c", "Dear {FNAME},", "[UNSUBSCRIBE]", "[MIRROR]"]
)
def test_a_subject_with_a_tag_in_it_is_refused(text: str) -> None:
    with pytest.raises(CannotEscape) as refused:
        email_for(EMAIL.model_copy(update={"subject": text}), PROFILE)
    assert refused.value.word in text


@pytest.mark.parametrize(
    "text", ["[Test] [UK] [Update] 50% {a} {", "[MIRRORS] { FNAME } %FNAME% {Dna}", "}} %} #}"]
)
def test_a_subject_with_other_signs_is_left_alone(text: str) -> None:
    assert email_for(EMAIL.model_copy(update={"subject": text}), PROFILE).subject == text


def test_the_plain_text_that_brevo_does_not_get_may_hold_anything() -> None:
    email = EMAIL.model_copy(update={"text": "{{ x }} [UNSUBSCRIBE]"})
    assert email_for(email, PROFILE).text == email.text


def test_a_style_sheet_stays_one() -> None:
    html = "<style>@media screen{{.a{color:red}}} @media{#b{color:red}}</style>"
    written = email_for(EMAIL.model_copy(update={"html": html}), PROFILE).html
    assert as_read(written) == written
    assert written.replace("{ ", "{") == html


def test_nobody_waits_for_httpx_who_does_not_ask_brevo() -> None:
    asked = "import sys, newsletter.services.adapters.brevo; sys.exit('httpx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0
