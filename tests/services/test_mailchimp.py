"""Mailchimp: what it is asked, what its answers mean, and what must not look like its language."""

from __future__ import annotations

import base64
import copy
import itertools
import json
import re
import traceback
from collections import Counter
from collections.abc import Sequence
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
from newsletter.email.merge_tags import NAMES, token
from newsletter.errors import (
    HandoverError,
    NotAuthorised,
    Refused,
    ServiceError,
    Unavailable,
    Uncertain,
)
from newsletter.handover import outgoing_of
from newsletter.handover.differences import additions, differences
from newsletter.model import Audience, Email
from newsletter.services import connect, profile_of
from newsletter.services.audience_ids import AudienceId
from newsletter.services.language import CannotEscape
from newsletter.services.protocol import Campaign, Capability, Outgoing, Service, Status
from newsletter.services.settings import Settings
from newsletter.services.tagging import email_for
from tests.services.fake_mailchimp import FakeMailchimp
from tests.services.fakes import CANARY, Fault, Wire, body_of
from tests.services.scenes import (
    AT,
    PEOPLE,
    REPOSITORY,
    SCENES,
    Newsletter,
    expected,
    hand_over_first,
    hand_over_second,
    made,
    record,
    schedule_first,
    stored,
    unschedule_it,
    with_every_tag,
)
from tests.services.scenes import test_send as send_a_test

EVERYTHING = REPOSITORY / "tests" / "golden" / "everything" / "issues" / "1268a"
PROFILE = profile_of("mailchimp")
TEXT_TAGS = {**PROFILE.merge_tags, **PROFILE.text_tags}
SWITCHED_OFF: dict[str, dict[str, Any]] = {
    "settings": {
        "auto_footer": False,
        "inline_css": False,
        "auto_tweet": False,
        "fb_comments": False,
        "use_conversation": False,
    },
    "tracking": {
        "opens": False,
        "html_clicks": False,
        "text_clicks": False,
        "goal_tracking": False,
        "ecomm360": False,
        "google_analytics": "",
        "clicktale": "",
    },
}


@pytest.fixture
def fake() -> FakeMailchimp:
    return FakeMailchimp()


@pytest.fixture
def wire(fake: FakeMailchimp) -> Wire:
    return Wire(fake)


@pytest.fixture
def service(fake: FakeMailchimp, wire: Wire) -> Service:
    return connect("mailchimp", Settings(fake.ENVIRONMENT, Path()), wire)


@pytest.fixture
def outgoing(newsletter: Newsletter) -> Outgoing:
    return outgoing_of(newsletter.first.galley, PROFILE, FakeMailchimp.AUDIENCE)


def read_campaign(service: Service, campaign: str) -> Campaign:
    held = service.read(campaign)
    assert held
    return held


def asked(wire: Wire, method: str, end: str) -> list[Any]:
    """The bodies of the requests of that method whose path ends so."""
    return [
        body_of(each)
        for each in wire.requests
        if each.method == method and each.url.path.endswith(end)
    ]


# --- what an editor does


@pytest.mark.parametrize("scene", [name for name in SCENES if name != "test send"])
def test_every_scene_ends_with_one_draft_that_holds_the_issue_byte_for_byte(
    newsletter: Newsletter, fake: FakeMailchimp, wire: Wire, scene: str
) -> None:
    do, before = SCENES[scene]
    for step in before:
        step(newsletter, fake, Wire(fake))
    do(newsletter, fake, wire)
    [held] = fake.held()
    assert (held.subject, held.html, held.text) == expected(newsletter, fake, scene)
    assert held.audiences == (fake.AUDIENCE,)
    assert held.status == ("scheduled" if scene == "schedule" else "draft")
    assert held.scheduled == (AT.isoformat() if scene == "schedule" else None)
    kept = record(newsletter)
    assert kept["differences"] == []
    assert kept["account"] == "Example (a@example.org)"
    assert CANARY not in json.dumps(kept)
    assert not fake.tests


def test_a_test_goes_to_the_people_alone_and_leaves_nothing(
    newsletter: Newsletter, fake: FakeMailchimp, wire: Wire
) -> None:
    hand_over_first(newsletter, fake, Wire(fake))
    before = fake.held()
    send_a_test(newsletter, fake, wire)
    assert fake.held() == before
    assert fake.tests == [{"to": list(PEOPLE), "subject": "[Test] " + before[0].subject}]
    [created] = asked(wire, "POST", "/campaigns")
    assert "recipients" not in created
    assert asked(wire, "POST", "/test") == [{"test_emails": list(PEOPLE), "send_type": "html"}]


@pytest.mark.parametrize("scene", SCENES)
def test_no_request_of_any_scene_sends_at_once(
    newsletter: Newsletter, fake: FakeMailchimp, wire: Wire, scene: str
) -> None:
    do, before = SCENES[scene]
    for step in (*before, do):
        step(newsletter, fake, wire)
    assert not [call for call in wire.calls if call.endswith("/send")]
    assert all(request.url.path.startswith("/3.0/") for request in wire.requests)


def test_handing_over_again_without_a_change_writes_nothing(
    newsletter: Newsletter, fake: FakeMailchimp, wire: Wire
) -> None:
    first = hand_over_first(newsletter, fake, Wire(fake))
    assert hand_over_first(newsletter, fake, wire) == first
    assert {request.method for request in wire.requests} == {"GET"}


# --- the requests


def test_a_draft_is_one_post_and_all_that_mailchimp_would_add_is_switched_off(
    service: Service, wire: Wire, outgoing: Outgoing
) -> None:
    service.create(outgoing)
    [body] = asked(wire, "POST", "/campaigns")
    assert wire.calls == ["POST /3.0/campaigns"]
    assert body == {
        "type": "regular",
        "recipients": {"list_id": "a1b2c3d4e5", "segment_opts": {}},
        "settings": {
            "title": outgoing.name,
            "subject_line": outgoing.subject,
            "preview_text": outgoing.preheader,
            "from_name": "BioNews",
            "reply_to": "bionews@bionews.org.uk",
            **SWITCHED_OFF["settings"],
        },
        "tracking": SWITCHED_OFF["tracking"],
    }


def test_an_update_says_everything_again(
    service: Service, fake: FakeMailchimp, wire: Wire, outgoing: Outgoing
) -> None:
    campaign = service.create(outgoing)
    service.update(campaign, outgoing)
    [created], [patched] = asked(wire, "POST", "/campaigns"), asked(wire, "PATCH", campaign)
    assert patched == {name: value for name, value in created.items() if name != "type"}
    assert asked(wire, "PUT", "/content") == [{"html": outgoing.html, "plain_text": outgoing.text}]
    right = copy.deepcopy(stored(fake, campaign))
    for part in ("settings", "tracking"):
        for name, value in stored(fake, campaign)[part].items():
            if name in created[part]:
                stored(fake, campaign)[part][name] = (
                    not value if isinstance(value, bool) else f"{value}x"
                )
    fake.alter(campaign, "audience")
    fake.alter(campaign, "content")
    assert stored(fake, campaign) != right
    service.update(campaign, outgoing)
    service.update(campaign, outgoing)
    assert stored(fake, campaign) == right


def test_basic_credentials_go_to_the_data_centre_of_the_key(service: Service, wire: Wire) -> None:
    service.account()
    [request] = wire.requests
    assert request.url.host == "us6.api.mailchimp.com"
    kind, _, login = request.headers["Authorization"].partition(" ")
    assert kind == "Basic"
    assert base64.b64decode(login).decode().endswith(f":{CANARY}-us6")


def test_a_time_is_sent_as_utc_after_a_look_at_the_checklist(
    service: Service, wire: Wire, outgoing: Outgoing
) -> None:
    campaign = made(service, outgoing)
    at = datetime.fromisoformat("2031-07-01T18:15:00+01:00")
    service.schedule(campaign, at)
    assert wire.calls[-2:] == [
        f"GET /3.0/campaigns/{campaign}/send-checklist",
        f"POST /3.0/campaigns/{campaign}/actions/schedule",
    ]
    assert asked(wire, "POST", "/schedule") == [{"schedule_time": "2031-07-01T17:15:00Z"}]
    held = read_campaign(service, campaign)
    assert (held.status, held.scheduled) == (Status.SCHEDULED, at)
    service.unschedule(campaign)
    assert wire.requests[-1].content == b""
    held = read_campaign(service, campaign)
    assert (held.status, held.scheduled) == (Status.DRAFT, None)


# --- what is read


def test_reading_tells_everything_that_was_given(service: Service, outgoing: Outgoing) -> None:
    held = read_campaign(service, made(service, outgoing))
    assert (held.name, held.status, held.audiences) == (
        outgoing.name,
        Status.DRAFT,
        ("a1b2c3d4e5",),
    )
    assert (held.subject, held.preheader) == (outgoing.subject, outgoing.preheader)
    assert (held.html, held.text) == (outgoing.html, outgoing.text)
    assert (held.sender_name, held.reply_to, held.scheduled) == ("BioNews", outgoing.reply_to, None)
    assert held.address == "https://us6.admin.mailchimp.com/campaigns/edit?id=101"


def test_what_is_not_there_is_none(
    service: Service, outgoing: Outgoing, fake: FakeMailchimp
) -> None:
    assert service.read("c999") is None
    campaign = made(service, outgoing)
    del fake.state["campaigns"][campaign]
    assert service.read(campaign) is None


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("save", Status.DRAFT),
        ("paused", Status.DRAFT),
        ("schedule", Status.SCHEDULED),
        ("sending", Status.SENDING),
        ("sent", Status.SENT),
        ("canceled", Status.STOPPED),
        ("canceling", Status.STOPPED),
        ("archived", Status.STOPPED),
        ("", Status.STOPPED),
        ("Save", Status.STOPPED),
        ("something new", Status.STOPPED),
    ],
)
def test_every_status_has_its_meaning(
    service: Service, fake: FakeMailchimp, outgoing: Outgoing, said: str, status: Status
) -> None:
    campaign = made(service, outgoing)
    stored(fake, campaign).update(status=said, send_time="2031-07-01T17:15:00+00:00")
    held = read_campaign(service, campaign)
    assert held.status == status
    assert held.scheduled == (
        datetime(2031, 7, 1, 17, 15, tzinfo=UTC) if status == Status.SCHEDULED else None
    )
    assert [found.status for found in service.find(outgoing.marker)] == [status]


def test_a_campaign_that_is_paused_after_unscheduling_is_a_draft(
    newsletter: Newsletter, fake: FakeMailchimp, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_over_first(newsletter, fake, Wire(fake))
    schedule_first(newsletter, fake, Wire(fake))

    def pauses(_: httpx.Request, campaign: str) -> httpx.Response:
        stored(fake, campaign).update(status="paused", send_time="")
        return httpx.Response(204)

    monkeypatch.setattr(fake, "unschedule", pauses)
    assert unschedule_it(newsletter, fake, Wire(fake)).scheduled is None
    hand_over_second(newsletter, fake, Wire(fake))
    assert fake.held()[0].html == expected(newsletter, fake, "update")[1]


def test_a_text_that_is_not_told_is_not_compared(newsletter: Newsletter) -> None:
    class Silent(FakeMailchimp):
        def content(self, request: httpx.Request, campaign: str) -> httpx.Response:
            answer = super().content(request, campaign)
            return httpx.Response(
                200, json={"html": answer.json().get("html"), "archive_html": "<p>filled</p>"}
            )

    fake = Silent()
    assert hand_over_first(newsletter, fake, Wire(fake)).differences == ()
    assert fake.held()[0].text == expected(newsletter, fake, "hand over")[2]


LIST = FakeMailchimp.AUDIENCE
SEGMENT, TAG, GROUP = FakeMailchimp.PARTS
NOT_FULL: dict[str, Any] = {
    "condition_type": "Interests",
    "field": "interests-3dc70c9b77",
    "op": "interestnotcontains",
    "value": ["2239b650fc"],
}
FULL = {**NOT_FULL, "op": "interestcontains"}
WITH_TAG = {
    "condition_type": "StaticSegment",
    "field": "static_segment",
    "op": "static_is",
    "value": 18,
}
OLDER = {
    "condition_type": "Date",
    "field": "timestamp_opt",
    "op": "less",
    "value": "date",
    "extra": "2026-01-01",
}


@pytest.mark.parametrize(
    ("part", "reads_back"),
    [
        ({"saved_segment_id": 7}, f"a part of {LIST}, a segment that is deleted"),
        ({"prebuilt_segment_id": "new"}, f"a part of {LIST}"),
        ({"match": "any", "conditions": [{"op": "is"}]}, f"a part of {LIST}"),
        ({"match": "all", "conditions": [NOT_FULL]}, f"a part of {LIST}"),
        ({"match": "all", "conditions": [FULL, OLDER]}, f"a part of {LIST}"),
        (
            {"match": "all", "conditions": [{**FULL, "value": ["2239b650fc", "77aa00bb11"]}]},
            f"a part of {LIST}",
        ),
        ({"match": "all", "conditions": [{**FULL, "value": None}]}, f"a part of {LIST}"),
        ({"match": "all", "conditions": [FULL]}, GROUP),
        ({"match": "any", "conditions": [FULL]}, GROUP),
        ({"saved_segment_id": 17}, SEGMENT),
        ({"saved_segment_id": "17", "match": "any", "conditions": [NOT_FULL]}, SEGMENT),
        (
            {"saved_segment_id": 17, "match": "all", "conditions": [NOT_FULL, OLDER]},
            f"a part of {LIST}, {SEGMENT} with other conditions",
        ),
        (
            {"saved_segment_id": 17, "match": "all", "conditions": [FULL]},
            f"a part of {LIST}, {SEGMENT} with other conditions",
        ),
        (
            {"saved_segment_id": 17, "prebuilt_segment_id": "new"},
            f"a part of {LIST}",
        ),
        ({"saved_segment_id": 18}, TAG),
        ({"saved_segment_id": 18, "match": "any", "conditions": [WITH_TAG]}, TAG),
        ({"saved_segment_id": 18, "conditions": [{**WITH_TAG, "value": "18"}]}, TAG),
        (
            {"saved_segment_id": 18, "conditions": [{**WITH_TAG, "op": "static_not"}]},
            f"a part of {LIST}, {TAG} with other conditions",
        ),
    ],
)
def test_a_part_of_a_list_reads_back_as_what_it_is(
    newsletter: Newsletter, fake: FakeMailchimp, service: Service, part: Any, reads_back: str
) -> None:
    campaign = hand_over_first(newsletter, fake, Wire(fake)).campaign
    assert campaign
    stored(fake, campaign)["recipients"]["segment_opts"] = part
    assert read_campaign(service, campaign).audiences == (reads_back,)
    with pytest.raises(HandoverError, match="audience: was"):
        schedule_first(newsletter, fake, Wire(fake))
    hand_over_first(newsletter, fake, Wire(fake))
    assert read_campaign(service, campaign).audiences == (LIST,)


def test_a_segment_of_two_conditions_is_another_with_all_than_with_any(
    fake: FakeMailchimp, service: Service, outgoing: Outgoing
) -> None:
    both = {"match": "all", "conditions": [NOT_FULL, OLDER]}
    fake.state["segments"]["17"]["options"] = both
    campaign = made(service, replace(outgoing, audience=SEGMENT))
    options = stored(fake, campaign)["recipients"]["segment_opts"]
    options["conditions"] = [OLDER, NOT_FULL]
    assert read_campaign(service, campaign).audiences == (SEGMENT,)
    options["match"] = "any"
    assert read_campaign(service, campaign).audiences == (
        f"a part of {LIST}, {SEGMENT} with other conditions",
    )


@pytest.mark.parametrize("before", [LIST, SEGMENT, TAG, GROUP])
@pytest.mark.parametrize("after", [LIST, SEGMENT, TAG, GROUP])
def test_a_draft_goes_from_any_audience_to_any_other(
    fake: FakeMailchimp, wire: Wire, service: Service, outgoing: Outgoing, before: str, after: str
) -> None:
    campaign = made(service, replace(outgoing, audience=before))
    changes = len(asked(wire, "PATCH", campaign))
    service.update(campaign, replace(outgoing, audience=after))
    assert read_campaign(service, campaign).audiences == (after,)
    assert [held.audiences for held in fake.held()] == [(after,)]

    steps = [body["recipients"] for body in asked(wire, "PATCH", campaign)[changes:]]
    goes_through_the_list = LIST not in (before, after) and before != after
    assert len(steps) == (2 if goes_through_the_list else 1)
    assert steps[0] == {"list_id": LIST, "segment_opts": {}} or not goes_through_the_list


def test_the_fake_keeps_the_readers_of_the_first_part(
    fake: FakeMailchimp, service: Service, outgoing: Outgoing
) -> None:
    """As Mailchimp does, so that whoever goes straight from part to part is seen."""
    campaign = made(service, replace(outgoing, audience=SEGMENT))
    settings = stored(fake, campaign)["settings"]
    needed = {name: settings[name] for name in ("subject_line", "from_name", "reply_to")}
    body = {
        "settings": needed,
        "recipients": {"list_id": LIST, "segment_opts": {"saved_segment_id": 18}},
    }
    client = httpx.Client(transport=Wire(fake), base_url=fake.BASE, auth=("any", f"{CANARY}-us6"))
    assert client.patch(f"/campaigns/{campaign}", json=body).status_code == 200
    assert [held.audiences for held in fake.held()] == [(SEGMENT,)]


@pytest.mark.parametrize(
    "part", [None, {}, {"match": "all", "conditions": []}, {"saved_segment_id": 0}]
)
def test_no_part_is_all_of_it(
    service: Service, fake: FakeMailchimp, outgoing: Outgoing, part: Any
) -> None:
    campaign = made(service, outgoing)
    stored(fake, campaign)["recipients"]["segment_opts"] = part
    assert read_campaign(service, campaign).audiences == ("a1b2c3d4e5",)


def test_mail_comes_from_the_address_that_answers_go_to_and_the_editor_is_told(
    newsletter: Newsletter, fake: FakeMailchimp, service: Service, outgoing: Outgoing
) -> None:
    publication = outgoing.email.issue.publication.model_copy(
        update={"reply_to": "answers@example.org"}
    )
    issue = outgoing.email.issue.model_copy(update={"publication": publication})
    email = outgoing.email.model_copy(update={"issue": issue})
    other = Outgoing(email, outgoing.name, outgoing.marker, outgoing.audience)
    held = read_campaign(service, made(service, other))
    assert (held.sender_address, held.reply_to) == ("answers@example.org", "answers@example.org")
    assert any("answers" in note for note in PROFILE.notes)


# --- finding


def another(fake: FakeMailchimp, number: int, title: str, days_ago: int = 0) -> None:
    """A campaign that somebody made."""
    fake.state["campaigns"][f"x{number}"] = {
        "id": f"x{number}",
        "web_id": number,
        "create_time": (datetime.now(UTC) - timedelta(days=days_ago)).isoformat(),
        "status": "save",
        "send_time": "",
        "recipients": {"list_id": ""},
        "settings": {"title": title, "subject_line": ""},
        "content": {"html": "", "plain_text": ""},
    }


def test_only_campaigns_with_the_marker_are_found(
    service: Service, fake: FakeMailchimp, outgoing: Outgoing
) -> None:
    campaign = made(service, outgoing)
    for number, title in enumerate(
        [
            "",
            "BioNews 652",
            outgoing.name.replace("652", "651"),
            outgoing.marker.replace(":652:", ":6520:"),
            outgoing.name.replace("[newsletter:", "[newsletter-test:"),
            outgoing.marker[:-2] + "x]",
        ]
    ):
        another(fake, number, title)
    assert [found.id for found in service.find(outgoing.marker)] == [campaign]


def test_every_page_is_looked_at_for_a_campaign_wherever_it_is(
    service: Service, fake: FakeMailchimp, wire: Wire, outgoing: Outgoing
) -> None:
    another(fake, 1, outgoing.name)
    for number in range(2, 2100):
        another(fake, number, "another")
    another(fake, 3000, f"copy of {outgoing.name}")
    assert [found.id for found in service.find(outgoing.marker)] == ["x3000", "x1"]
    pages = [dict(request.url.params) for request in wire.requests]
    assert [page["offset"] for page in pages] == ["0", "1000", "2000"]
    assert {page["count"] for page in pages} == {"1000"}
    assert all(not {"status", "type", "list_id"} & page.keys() for page in pages)
    since = datetime.fromisoformat(pages[0]["since_create_time"])
    assert datetime.now(UTC) - since > timedelta(days=366)


@pytest.mark.parametrize("size", [7, 500])
def test_pages_may_be_smaller_than_was_asked(
    service: Service,
    fake: FakeMailchimp,
    outgoing: Outgoing,
    monkeypatch: pytest.MonkeyPatch,
    size: int,
) -> None:
    another(fake, 1, outgoing.name)
    for number in range(2, 2 * size):
        another(fake, number, "another")

    def small(request: httpx.Request) -> httpx.Response:
        request.url = request.url.copy_set_param("count", str(size))
        return FakeMailchimp.campaigns(fake, request)

    monkeypatch.setattr(fake, "campaigns", small)
    assert [found.id for found in service.find(outgoing.marker)] == ["x1"]


def test_looking_ends_even_if_the_number_of_campaigns_is_wrong(outgoing: Outgoing) -> None:
    answers = iter([{"campaigns": [], "total_items": 5}])
    transport = httpx.MockTransport(lambda _: httpx.Response(200, json=next(answers)))
    assert (
        list(connect("mailchimp", Settings(FakeMailchimp.ENVIRONMENT, Path()), transport).find("x"))
        == []
    )


def test_all_audiences_are_listed(
    monkeypatch: pytest.MonkeyPatch, fake: FakeMailchimp, service: Service
) -> None:
    many = [
        {"id": f"{number}", "name": "L", "stats": {"member_count": number}}
        for number in range(2345)
    ]
    monkeypatch.setattr(fake, "audiences", lambda: many)
    audiences = service.audiences()
    assert [audience.id for audience in audiences] == [str(number) for number in range(2345)]
    assert audiences[7].size == 7
    monkeypatch.setattr(fake, "audiences", lambda: [{"id": "a", "name": "No statistics"}])
    assert service.audiences()[0].size is None


PARTS = [
    Audience(SEGMENT, "Teasers", 12004, within=LIST),
    Audience(TAG, "Headlines", 3100, within=LIST),
    Audience(GROUP, "Format: Full text", 2904, within=LIST),
    Audience(f"{LIST}:group-3dc70c9b77-77aa00bb11", "Format: Plain text", 200, within=LIST),
]


def test_each_list_is_followed_by_its_segments_tags_and_groups(service: Service) -> None:
    assert service.audiences() == [
        Audience(LIST, "Readers", 18204),
        *PARTS,
        Audience("ffff000000", "Donors", 12),
    ]


def test_parts_of_all_pages_are_listed(fake: FakeMailchimp, service: Service) -> None:
    (category,) = fake.state["groups"].values()
    for number in range(100, 1205):
        fake.state["segments"][str(number)] = {"name": "S", "type": "saved", "readers": [0, 1]}
        category["interests"][f"{number}"] = {"name": "G", "readers": [0, 1]}
    kinds = Counter(AudienceId.of(each.id).kind for each in service.audiences())
    assert kinds == {"": 2, "segment": 1106, "tag": 1, "group": 1107}


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        (SEGMENT, TAG, 0),
        (TAG, GROUP, 4),
        (SEGMENT, LIST, 12004),
        (LIST, "ffff000000", 4),
        (GROUP, f"{LIST}:group-3dc70c9b77-77aa00bb11", 0),
    ],
)
def test_readers_of_two_audiences_are_counted(
    service: Service, one: str, other: str, shared: int
) -> None:
    assert service.overlap(one, other) == service.overlap(other, one) == shared


def test_an_audience_is_listed_once_for_all_comparisons(service: Service, wire: Wire) -> None:
    for one, other in itertools.combinations((SEGMENT, TAG, GROUP), 2):
        service.overlap(one, other)
    listed = [request for request in wire.requests if "offset" in request.url.params]
    assert len(listed) == 13 + 4 + 3
    assert {request.url.params["fields"] for request in listed} == {"total_items,members.id"}


def test_too_many_readers_are_not_compared(
    fake: FakeMailchimp, service: Service, wire: Wire
) -> None:
    fake.state["segments"]["17"]["readers"] = [0, 50_001]
    with pytest.raises(Refused, match="too long to compare 50,001 readers"):
        service.overlap(SEGMENT, TAG)
    assert len(wire.calls) == 1


# --- text alone


def without_html(outgoing: Outgoing) -> Outgoing:
    return replace(outgoing, email=outgoing.email.model_copy(update={"html": ""}))


def test_an_email_of_text_alone_is_a_campaign_of_that_kind(
    fake: FakeMailchimp, service: Service, wire: Wire, outgoing: Outgoing
) -> None:
    alone = without_html(outgoing)
    held = read_campaign(service, made(service, alone))
    assert differences(alone, held, PROFILE) == ()
    assert (held.html, held.text) == ("", outgoing.text)
    assert [body["type"] for body in asked(wire, "POST", "/campaigns")] == ["plaintext"]
    assert asked(wire, "PUT", "/content") == [{"plain_text": outgoing.text}]


@pytest.mark.parametrize("is_alone", [False, True])
def test_a_draft_of_the_other_kind_has_to_be_deleted_first(
    fake: FakeMailchimp, service: Service, outgoing: Outgoing, is_alone: bool
) -> None:
    alone = without_html(outgoing)
    before, after = (alone, outgoing) if is_alone else (outgoing, alone)
    campaign = made(service, before)
    changed = {
        line.partition(":")[0]
        for line in differences(after, read_campaign(service, campaign), PROFILE)
    }
    assert "kind of campaign" in changed
    kept = copy.deepcopy(stored(fake, campaign))
    with pytest.raises(Refused, match=r"the other way round\. Delete the draft there \(https://"):
        service.update(campaign, after)
    assert stored(fake, campaign) == kept


def test_html_that_mailchimp_might_make_of_a_text_reaches_nobody(
    fake: FakeMailchimp, service: Service, outgoing: Outgoing
) -> None:
    campaign = made(service, without_html(outgoing))
    for made_up in ("<p>made up</p>", None):
        stored(fake, campaign)["content"]["html"] = made_up
        assert read_campaign(service, campaign).html == ""


def test_a_test_of_text_alone_is_sent_as_text(
    fake: FakeMailchimp, service: Service, outgoing: Outgoing
) -> None:
    service.send_test(replace(without_html(outgoing), audience=""), PEOPLE)
    assert [test["text"] for test in fake.tests] == [outgoing.text]
    assert fake.held() == []


# --- traps


def test_text_and_footer_are_made_up_by_mailchimp_if_they_are_left_out(
    service: Service, fake: FakeMailchimp, outgoing: Outgoing
) -> None:
    """The fake has the traps, so that whoever falls into one is seen."""
    campaign = made(service, outgoing)
    client = httpx.Client(transport=Wire(fake), base_url=fake.BASE, auth=("any", f"{CANARY}-us6"))
    client.put(f"/campaigns/{campaign}/content", json={"html": "<body><p>no tag</p></body>"})
    [held] = fake.held()
    assert held.text == "made up by Mailchimp"
    assert "canspamBarWrapper" in held.html
    assert client.post(f"/campaigns/{campaign}/actions/send").status_code == 204
    assert fake.held()[0].status == "sent"


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/campaigns", {}),
        ("POST", "/campaigns", {"type": "regular", "setings": {}}),
        ("POST", "/campaigns", {"type": "regular", "settings": {"subject": "x"}}),
        ("POST", "/campaigns", {"type": "regular", "settings": {"template_id": 7}}),
        ("POST", "/campaigns", {"type": "regular", "settings": {"title": 7}}),
        ("POST", "/campaigns", {"type": "regular", "recipients": {}}),
        ("PATCH", "/campaigns/{}", {"settings": {"title": "x"}}),
        ("PATCH", "/campaigns/{}", None),
        ("PUT", "/campaigns/{}/content", {"html": "x", "text": "x"}),
        ("PUT", "/campaigns/{}/content", None),
        ("POST", "/campaigns/{}/actions/test", {"test_emails": [], "send_type": "html"}),
        ("POST", "/campaigns/{}/actions/test", {"test_emails": ["a@example.org"]}),
        ("POST", "/campaigns/{}/actions/schedule", {"schedule_time": "2031-07-01T17:10:00Z"}),
        ("POST", "/campaigns/{}/actions/schedule", {"schedule_time": "2031-07-01T17:15:00"}),
        ("POST", "/campaigns/{}/actions/schedule", {"schedule_time": "2021-07-01T17:15:00Z"}),
        ("POST", "/campaigns/{}/actions/unschedule", None),
        ("GET", "/campaigns?count=1001", None),
    ],
)
def test_the_fake_refuses_what_mailchimp_would(
    service: Service, fake: FakeMailchimp, outgoing: Outgoing, method: str, path: str, body: Any
) -> None:
    campaign = made(service, outgoing)
    before = copy.deepcopy(fake.state)
    client = httpx.Client(transport=Wire(fake), base_url=fake.BASE, auth=("any", f"{CANARY}-us6"))
    answer = client.request(method, path.format(campaign), json=body)
    assert answer.status_code == 400
    assert {"type", "title", "status", "detail", "instance"} <= answer.json().keys()
    assert fake.state == before


@pytest.mark.parametrize("status", ["schedule", "sending", "sent", "canceled", "archived"])
def test_only_a_draft_can_be_written(
    service: Service, fake: FakeMailchimp, outgoing: Outgoing, status: str
) -> None:
    campaign = made(service, outgoing)
    stored(fake, campaign)["status"] = status
    before = copy.deepcopy(stored(fake, campaign))
    with pytest.raises(Refused, match="not a draft"):
        service.update(campaign, outgoing)
    assert stored(fake, campaign) == before


def test_the_editor_learns_why_it_cannot_be_sent(
    newsletter: Newsletter, service: Service, fake: FakeMailchimp, wire: Wire, outgoing: Outgoing
) -> None:
    campaign = made(service, outgoing)
    stored(fake, campaign)["recipients"]["list_id"] = ""
    with pytest.raises(
        Refused, match=rf"{campaign} is not ready to be sent \(List: It is missing\.\)"
    ):
        service.schedule(campaign, AT)
    assert not asked(wire, "POST", "/schedule")


def test_a_checklist_may_say_nothing(outgoing: Outgoing) -> None:
    transport = httpx.MockTransport(
        lambda _: httpx.Response(200, json={"is_ready": False, "items": []})
    )
    with pytest.raises(Refused, match="it does not say why"):
        connect("mailchimp", Settings(FakeMailchimp.ENVIRONMENT, Path()), transport).schedule(
            "c1", AT
        )


HTML_BAR = (
    '<center>\n<br />\n<br />\n<table border="0" width="100%" id="canspamBarWrapper"><tr><td>This email was sent to '
    "*|EMAIL|* <a href='*|UNSUB|*'>unsubscribe</a> *|REWARDS|*</td></tr></table>\n<style>a{b:c}</style></center>"
)
TEXT_BAR = """

==============
This email was sent to *|EMAIL|* (mailto:*|EMAIL|*)
unsubscribe (*|UNSUB|*)
*|REWARDS_TEXT|*
"""


def test_the_footer_that_mailchimp_adds_is_told_of_and_is_no_difference(
    newsletter: Newsletter,
) -> None:
    class Adding(FakeMailchimp):
        def content(self, request: httpx.Request, campaign: str) -> httpx.Response:
            held = super().content(request, campaign).json()
            html = held["html"].replace("</body>", f"{HTML_BAR}</body>")
            return httpx.Response(
                200, json={"html": html, "plain_text": held["plain_text"] + TEXT_BAR}
            )

    fake = Adding()
    handed = hand_over_first(newsletter, fake, Wire(fake))
    assert handed.differences == ()
    assert handed.campaign
    service = connect("mailchimp", Settings(fake.ENVIRONMENT, Path()), Wire(fake))
    assert additions(read_campaign(service, handed.campaign), PROFILE.adds) == (
        "Mailchimp's own footer",
        "Mailchimp's own footer in the plain text",
    )


def test_without_a_footer_nothing_is_taken_for_one(service: Service, outgoing: Outgoing) -> None:
    assert additions(read_campaign(service, made(service, outgoing)), PROFILE.adds) == ()


# --- credentials and faults


@pytest.mark.parametrize("key", [f"{CANARY}-us7", "wrong-us6", f"x{CANARY}-us6"])
def test_wrong_credentials_are_told_without_showing_them(fake: FakeMailchimp, key: str) -> None:
    class Anywhere(FakeMailchimp):
        BASE = f"https://{key[-3:]}.api.mailchimp.com/3.0"

    service = connect("mailchimp", Settings({"MAILCHIMP_API_KEY": key}, Path()), Wire(Anywhere()))
    with pytest.raises(NotAuthorised, match="does not accept the credentials") as refused:
        service.account()
    shown = (
        "".join(traceback.format_exception(refused.value))
        + repr(refused.value)
        + repr(vars(refused.value))
    )
    assert key not in shown
    assert CANARY not in shown
    assert base64.b64encode(f"newsletter:{key}".encode()).decode() not in shown


@pytest.mark.parametrize(
    "key",
    [
        CANARY.replace("-", ""),
        *(
            f"{CANARY}{end}"
            for end in (
                "-",
                "-us6.example.org/",
                "-us6@x",
                "-us",
                "-6",
                "-US6",
                "-us６",
                "-us6\n-x",
            )
        ),
        f"xkeysib-{CANARY.replace('-', '')}-Zk3q9TdW",  # another service's
        f"SG.{CANARY}-w2x",
    ],
)
def test_what_is_no_key_is_told_without_showing_it(key: str) -> None:
    with pytest.raises(NotAuthorised, match="not a Mailchimp key") as refused:
        connect("mailchimp", Settings({"MAILCHIMP_API_KEY": key}, Path()), None)
    assert key not in "".join(traceback.format_exception(refused.value)) + repr(refused.value)


def test_too_many_connections_at_once_and_a_bare_403_are_bad_moments(
    newsletter: Newsletter, fake: FakeMailchimp, outgoing: Outgoing
) -> None:
    busy = httpx.Response(
        429, json={"status": 429, "detail": "You have exceeded the limit of 10 connections."}
    )
    for answer in (busy, httpx.Response(403, html="<h1>Forbidden</h1>")):
        answers = [
            answer,
            httpx.Response(200, json={"account_name": "A", "email": "a@example.org"}),
        ]
        transport = httpx.MockTransport(lambda _, answers=answers: answers.pop(0))
        assert (
            connect("mailchimp", Settings(fake.ENVIRONMENT, Path()), transport).account()
            == "A (a@example.org)"
        )


@pytest.mark.parametrize(
    "answer", [{}, {"account_name": "A"}, {"total_items": 1}, {"lists": []}, {"campaigns": []}]
)
def test_an_answer_that_lacks_something_is_none(answer: dict[str, Any]) -> None:
    transport = httpx.MockTransport(lambda _: httpx.Response(200, json=answer))
    service = connect("mailchimp", Settings(FakeMailchimp.ENVIRONMENT, Path()), transport)
    for ask in (
        service.account,
        service.audiences,
        lambda: service.find("x"),
        lambda: service.read("c1"),
    ):
        with pytest.raises(Unavailable, match="cannot be understood"):
            ask()


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("time-out after", Uncertain),
        ("500 after", Uncertain),
        ("malformed answer", Uncertain),
        ("empty answer", Uncertain),
        ("no connection", Unavailable),
        ("429 without", Unavailable),
    ],
)
def test_a_post_whose_answer_is_lost_is_not_repeated(
    fake: FakeMailchimp, outgoing: Outgoing, fault: Any, error: type[ServiceError]
) -> None:
    wire = Wire(fake, Fault(fault, 0, stays=True))
    with pytest.raises(error):
        connect("mailchimp", Settings(fake.ENVIRONMENT, Path()), wire).create(outgoing)
    assert len(wire.calls) == 1


@pytest.mark.parametrize(
    "fault", ["time-out after", "500 after", "malformed answer", "empty answer"]
)
def test_whatever_is_lost_in_handing_over_there_is_one_draft(
    newsletter: Newsletter, fault: Any
) -> None:
    for call in range(13):
        newsletter.forget()
        fake = FakeMailchimp()
        try:
            hand_over_first(newsletter, fake, Wire(fake, Fault(fault, call)))
        except ServiceError:
            hand_over_first(newsletter, fake, Wire(fake))
        [held] = fake.held()
        assert (held.subject, held.html, held.text) == expected(newsletter, fake, "hand over"), (
            fault,
            call,
        )
        assert held.audiences == (fake.AUDIENCE,)


# --- merge tags and literal text


@pytest.fixture(scope="module")
def email() -> Email:
    """An email with every merge tag, and a tag of Mailchimp's as text; not in plain text, which cannot have one."""
    everything = with_every_tag(draft(EVERYTHING))
    return everything.model_copy(update={"text": everything.text.replace("*|UNSUB|*", "a tag")})


def test_every_tag_comes_out_as_often_as_it_went_in_and_nothing_else_looks_like_one(
    email: Email,
) -> None:
    written = email_for(email, PROFILE)
    for before, after, tags in (
        (email.html, written.html, PROFILE.merge_tags),
        (email.text, written.text, TEXT_TAGS),
        (email.subject, written.subject, TEXT_TAGS),
        (email.preheader, written.preheader, TEXT_TAGS),
    ):
        counts = {tag: before.count(token(name)) for name, tag in tags.items()}
        assert {tag: after.count(tag) for tag in tags.values()} == counts
        assert after.count("*|") == sum(counts.values())
        assert not re.search("[\ufdd0\ufdd1]", after)
    assert all(token(name) in email.html for name in NAMES)
    assert set(PROFILE.merge_tags) == set(NAMES)


def filled(content: str, values: Sequence[str]) -> str:
    """As Mailchimp fills it in: whatever is between its characters is a tag, and is replaced."""
    replaced = iter(values)
    return re.sub(r"\*\|.*?\|\*", lambda _: next(replaced), content, flags=re.DOTALL)


@given(st.text("*|:UNSB a&<>\"'{}\n", max_size=40), st.text("*|:UNSB a", max_size=9))
def test_a_reader_reads_what_the_author_wrote(email: Email, before: str, behind: str) -> None:
    tag = token("first-name")
    html = f"<p>{before.replace('&', '&amp;').replace('<', '&lt;')}{tag}{behind}</p>"
    text = f"{before}{tag}{behind}"
    hostile = email.model_copy(update={"html": html, "text": "", "subject": "", "preheader": ""})
    shown = filled(email_for(hostile, PROFILE).html, ["Ada"])
    assert unescape(shown) == f"<p>{before}Ada{behind}</p>"
    for part in ("subject", "preheader", "text"):
        try:
            written = getattr(email_for(hostile.model_copy(update={part: text}), PROFILE), part)
        except CannotEscape:
            assert text.replace(tag, "*|FNAME|*").count("*|") > 1
        else:
            assert filled(written, ["Ada"]) == f"{before}Ada{behind}"


def test_it_can_do_everything() -> None:
    assert PROFILE.can == set(Capability)
    assert PROFILE.minutes == 15
