"""SendGrid: what it is asked, what it answers, and what could go wrong."""

from __future__ import annotations

import html
import json
import os
import shutil
import subprocess
import traceback
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st
from markupsafe import escape

from newsletter.email.building import draft
from newsletter.email.merge_tags import token
from newsletter.errors import HandoverError, NotAuthorised, Refused, Unavailable, Unsupported
from newsletter.handover import outgoing_of
from newsletter.handover.differences import additions
from newsletter.model import Audience, Draft, Email, MergeTagName
from newsletter.services import connect, profile_of
from newsletter.services.language import CannotEscape
from newsletter.services.protocol import Capability, Outgoing, Service, Status
from newsletter.services.settings import Settings
from newsletter.services.tagging import email_for
from tests.services.fake_sendgrid import FakeSendGrid
from tests.services.fakes import CANARY, Effect, Fault, Wire, body_of
from tests.services.scenes import (
    AT,
    PEOPLE,
    SCENES,
    Newsletter,
    expected,
    hand_over_first,
    hand_over_second,
    schedule_first,
    unschedule_it,
)
from tests.services.scenes import test_send as send_it_as_a_test

TESTS = Path(__file__).resolve().parents[1]
EVERYTHING = TESTS / "golden" / "everything" / "issues" / "1268a"
PROFILE = profile_of("sendgrid")
TAGS = tuple(PROFILE.merge_tags)


@pytest.fixture
def fake() -> FakeSendGrid:
    return FakeSendGrid()


@pytest.fixture
def wire(fake: FakeSendGrid) -> Wire:
    return Wire(fake)


@pytest.fixture
def outgoing(newsletter: Newsletter) -> Outgoing:
    return outgoing_of(newsletter.first.galley, PROFILE, FakeSendGrid.AUDIENCE)


def service_of(wire: Wire, **other: str) -> Service:
    return connect("sendgrid", Settings({**FakeSendGrid.ENVIRONMENT, **other}, Path()), wire)


def requests_of(wire: Wire, method: str) -> list[tuple[str, Any]]:
    """Path and body of every request of a kind."""
    return [(each.url.path, body_of(each)) for each in wire.requests if each.method == method]


def only(fake: FakeSendGrid) -> dict[str, Any]:
    """The one Single Send that there is."""
    sends: dict[str, dict[str, Any]] = fake.state["campaigns"]
    (send,) = sends.values()
    return send


# What an editor does


@pytest.mark.parametrize("scene", [name for name in SCENES if name != "test send"])
def test_a_scene_ends_with_one_draft_of_exactly_the_issue(
    newsletter: Newsletter, fake: FakeSendGrid, wire: Wire, scene: str
) -> None:
    does, before = SCENES[scene]
    for earlier in before:
        earlier(newsletter, fake, Wire(fake))
    done = does(newsletter, fake, wire)
    (held,) = fake.held()
    assert (held.subject, held.html, held.text) == expected(newsletter, fake, scene)
    assert held.audiences == (fake.AUDIENCE,)
    assert (held.status, held.scheduled) == (
        ("scheduled", f"{AT:%Y-%m-%dT%H:%M:%SZ}") if scene == "schedule" else ("draft", None)
    )
    assert isinstance(done, Draft)
    assert done.differences == ()
    assert done.scheduled == (AT if scene == "schedule" else None)
    assert fake.tests == []


def test_a_test_goes_to_people_only_and_leaves_nothing_behind(
    newsletter: Newsletter, fake: FakeSendGrid, wire: Wire
) -> None:
    send_it_as_a_test(newsletter, fake, wire)
    assert fake.tests == [
        {"to": list(PEOPLE), "subject": f"[Test] {newsletter.first.email.subject}"}
    ]
    assert fake.held() == []
    assert wire.calls == ["POST /v3/mail/send"]


def test_handing_over_again_without_a_change_asks_but_changes_nothing(
    newsletter: Newsletter, fake: FakeSendGrid, wire: Wire
) -> None:
    first = hand_over_first(newsletter, fake, Wire(fake))
    assert hand_over_first(newsletter, fake, wire) == first
    assert {each.method for each in wire.requests} == {"GET"}


# Exactly what is asked


def test_the_body_of_a_draft_says_everything_that_a_default_would_spoil(
    newsletter: Newsletter, fake: FakeSendGrid, wire: Wire, outgoing: Outgoing
) -> None:
    hand_over_first(newsletter, fake, wire)
    body = {
        "name": outgoing.name,
        "send_to": {"list_ids": [fake.AUDIENCE], "segment_ids": [], "all": False},
        "email_config": {
            "subject": outgoing.subject,
            "html_content": outgoing.html,
            "plain_content": outgoing.text,
            "generate_plain_content": False,
            "editor": "code",
            "suppression_group_id": 34108,
            "custom_unsubscribe_url": None,
            "sender_id": 12,
        },
    }
    assert requests_of(wire, "POST") == [("/v3/marketing/singlesends", body)]


def test_an_update_says_all_of_it_again(
    newsletter: Newsletter, fake: FakeSendGrid, wire: Wire
) -> None:
    made = hand_over_first(newsletter, fake, Wire(fake))
    creating = Wire(fake)
    service_of(creating).create(
        outgoing_of(newsletter.second.galley, PROFILE, FakeSendGrid.AUDIENCE)
    )
    ((_, body),) = requests_of(creating, "POST")
    fake.state["campaigns"].popitem()
    hand_over_second(newsletter, fake, wire)
    assert requests_of(wire, "PATCH") == [(f"/v3/marketing/singlesends/{made.campaign}", body)]
    assert requests_of(wire, "POST") == []


def test_a_test_is_ordinary_mail_with_everything_off_that_would_be_added(
    newsletter: Newsletter, fake: FakeSendGrid, wire: Wire
) -> None:
    send_it_as_a_test(newsletter, fake, wire)
    ((_, body),) = requests_of(wire, "POST")
    text, markup = body.pop("content")
    off = {"enable": False}
    assert body == {
        "personalizations": [{"to": [{"email": person}]} for person in PEOPLE],
        "from": {"email": "bionews@bionews.org.uk", "name": "BioNews"},
        "reply_to": {"email": "bionews@bionews.org.uk"},
        "subject": f"[Test] {newsletter.first.email.subject}",
        "tracking_settings": {
            "click_tracking": {"enable": False, "enable_text": False},
            "open_tracking": off,
            "subscription_tracking": off,
            "ganalytics": off,
        },
        "mail_settings": {"footer": off},
    }
    assert (text["type"], markup["type"]) == ("text/plain", "text/html")
    for part in (text["value"], markup["value"]):
        assert newsletter.first.email.issue.publication.unsubscribe in part
        assert "{{" not in part
        assert not {"\ufdd0", "\ufdd1"} & set(part)


def test_a_time_is_given_in_utc_and_taken_back_without_deleting_anything(
    newsletter: Newsletter, fake: FakeSendGrid, wire: Wire
) -> None:
    made = hand_over_first(newsletter, fake, Wire(fake))
    schedule_first(newsletter, fake, wire)
    unschedule_it(newsletter, fake, wire)
    path = f"/v3/marketing/singlesends/{made.campaign}/schedule"
    assert requests_of(wire, "PUT") == [(path, {"send_at": f"{AT:%Y-%m-%dT%H:%M:%SZ}"})]
    assert requests_of(wire, "DELETE") == [(path, None)]


def test_a_time_in_any_zone_is_the_same_instant(
    fake: FakeSendGrid, wire: Wire, outgoing: Outgoing
) -> None:
    service = service_of(wire)
    service.schedule(service.create(outgoing), AT.astimezone(timezone(timedelta(hours=9))))
    assert only(fake)["send_at"] == f"{AT:%Y-%m-%dT%H:%M:%SZ}"


def test_every_request_has_the_key_and_says_what_it_accepts(
    newsletter: Newsletter, fake: FakeSendGrid, wire: Wire
) -> None:
    hand_over_first(newsletter, fake, wire)
    for request in wire.requests:
        assert request.headers["Authorization"] == f"Bearer SG.{CANARY}"
        assert request.headers["Accept"] == "application/json"
        assert request.url.host == "api.sendgrid.com"


# Traps


def test_open_tracking_is_told_and_is_no_difference(
    newsletter: Newsletter, fake: FakeSendGrid, wire: Wire
) -> None:
    made = hand_over_first(newsletter, fake, wire)
    held = service_of(wire).read(made.campaign or "")
    assert held
    assert (held.html or "").startswith("%sg_open_track%<!doctype")
    assert additions(held, PROFILE.adds) == tuple(PROFILE.adds.values())
    assert made.differences == ()
    fake.state["counts opens"] = False
    held = service_of(wire).read(made.campaign or "")
    assert held
    assert additions(held, PROFILE.adds) == ()


@pytest.mark.parametrize(
    ("spoilt", "named"),
    [({"all": True}, "all contacts"), ({"segment_ids": ["5"]}, "segment-5")],
)
def test_more_readers_than_the_audience_are_not_overlooked(
    newsletter: Newsletter, fake: FakeSendGrid, wire: Wire, spoilt: dict[str, Any], named: str
) -> None:
    made = hand_over_first(newsletter, fake, wire)
    only(fake)["send_to"].update(spoilt)
    held = service_of(wire).read(made.campaign or "")
    assert held
    assert held.audiences == (fake.AUDIENCE, named)


def test_a_segment_that_somebody_added_and_that_cannot_be_taken_out_is_an_error(
    newsletter: Newsletter, fake: FakeSendGrid, wire: Wire
) -> None:
    hand_over_first(newsletter, fake, Wire(fake))
    only(fake)["send_to"]["segment_ids"] = ["5"]
    with pytest.raises(
        HandoverError, match=r"wrong audience: .*, segment-5 instead of .* Do not send it\."
    ):
        hand_over_second(newsletter, fake, wire)


def test_text_that_was_made_up_is_written_again(
    newsletter: Newsletter, fake: FakeSendGrid, wire: Wire
) -> None:
    hand_over_first(newsletter, fake, Wire(fake))
    only(fake)["email_config"].update(
        generate_plain_content=True, plain_content="made up by SendGrid"
    )
    assert hand_over_first(newsletter, fake, wire).differences == ()
    assert fake.held()[0].text == expected(newsletter, fake, "hand over")[2]
    assert len(requests_of(wire, "PATCH")) == 1


def test_the_fake_springs_the_traps_that_it_has(
    fake: FakeSendGrid, outgoing: Outgoing, wire: Wire
) -> None:
    service = service_of(wire)
    number = service.create(outgoing)
    api = service._api  # type: ignore[attr-defined]  # the calls that the service must never make
    path = f"/marketing/singlesends/{number}"
    api.patch(path, {"name": "N", "email_config": {"subject": ""}})
    held = only(fake)
    assert (held["name"], held["email_config"]["plain_content"]) == ("N", "made up by SendGrid")
    assert held["email_config"]["subject"] == outgoing.subject
    wrong: tuple[dict[str, Any], ...] = (
        {"email_config": {}}, {"name": "N", "sender": 1}, {"name": "N", "send_at": "now"}, {"name": "x" * 101},
    )  # fmt: skip
    for body in wrong:
        with pytest.raises(Refused, match="It refused"):
            api.patch(path, body)
    api.act(path, {})
    assert [each.name for each in fake.held()] == ["N", "Copy of N"]
    api.put(f"{path}/schedule", {"send_at": "now"})
    assert [each.status for each in fake.held()] == ["sent", "draft"]
    with pytest.raises(Refused):
        service.update(number, outgoing)
    api.delete(path)
    assert [each.name for each in fake.held()] == ["Copy of N"]


# The sender


def sender(
    number: int, address: str, name: str = "BioNews", verified: object = True
) -> dict[str, Any]:
    """As in the list for marketing."""
    who = {"email": address, "name": name}
    return {
        "id": number,
        "from": who,
        "reply_to": {"email": f"answers-{number}@example.org"},
        "verified": verified,
    }


def of_account(
    number: int, address: str, name: str = "BioNews", verified: bool = True
) -> dict[str, Any]:
    """As in the list of the whole account."""
    reply_to = f"answers-{number}@example.org"
    return {
        "id": number,
        "from_email": address,
        "from_name": name,
        "reply_to": reply_to,
        "verified": verified,
    }


OURS = "BioNews@BioNews.org.uk"
"""The issue's address as somebody may have written it in the service."""


@pytest.mark.parametrize(
    ("for_marketing", "of_the_account", "chosen"),
    [
        ([sender(1, "other@example.org"), sender(2, OURS)], [of_account(3, OURS)], 2),
        ([sender(1, OURS, verified={"status": True})], [], 1),
        ([sender(1, OURS, verified=False)], [of_account(3, OURS)], 3),
        ([], [of_account(2, OURS, verified=False), of_account(3, OURS)], 3),
    ],
)
def test_the_sender_is_the_verified_one_with_the_address(
    fake: FakeSendGrid,
    wire: Wire,
    outgoing: Outgoing,
    for_marketing: list[Any],
    of_the_account: list[Any],
    chosen: int,
) -> None:
    fake.state.update({"marketing senders": for_marketing, "verified senders": of_the_account})
    service = service_of(wire)
    held = service.read(service.create(outgoing))
    assert held
    assert only(fake)["email_config"]["sender_id"] == chosen
    assert (held.sender_name, held.sender_address, held.reply_to) == (
        "BioNews",
        OURS,
        f"answers-{chosen}@example.org",
    )


def test_the_list_for_marketing_is_read_as_the_description_has_it_too(
    fake: FakeSendGrid, wire: Wire, outgoing: Outgoing
) -> None:
    fake.state["marketing senders"] = {"results": [sender(7, OURS)]}
    fake._checked = lambda body: body  # type: ignore[method-assign]  # it looks up the sender in a bare list
    service_of(wire).create(outgoing)
    assert only(fake)["email_config"]["sender_id"] == 7


def test_all_pages_of_the_accounts_senders_are_read(
    fake: FakeSendGrid, wire: Wire, outgoing: Outgoing
) -> None:
    many = [of_account(number, "other@example.org") for number in range(1, 201)]
    fake.state.update({"marketing senders": [], "verified senders": [*many, of_account(201, OURS)]})
    service_of(wire).create(outgoing)
    assert only(fake)["email_config"]["sender_id"] == 201
    asked = [
        dict(each.url.params) for each in wire.requests if each.url.path == "/v3/verified_senders"
    ]
    assert asked == [
        {"limit": "100"},
        {"limit": "100", "lastSeenID": "100"},
        {"limit": "100", "lastSeenID": "200"},
    ]


@pytest.mark.parametrize(
    ("senders", "message"),
    [
        ([], r"It has no verified sender bionews@bionews\.org\.uk\. Add and verify it there"),
        ([sender(1, OURS, verified=False)], r"It has no verified sender"),
        (
            [sender(1, OURS), sender(2, OURS, "Events")],
            r"2 verified senders .*: 1 \(BioNews\), 2 \(Events\)\. Delete",
        ),
    ],
)
def test_without_exactly_one_sender_nothing_is_made(
    newsletter: Newsletter, fake: FakeSendGrid, wire: Wire, senders: list[Any], message: str
) -> None:
    fake.state["marketing senders"] = senders
    with pytest.raises(Refused, match=message):
        hand_over_first(newsletter, fake, wire)
    assert fake.held() == []


def test_a_sender_that_has_another_name_or_takes_answers_elsewhere_is_told(
    newsletter: Newsletter, fake: FakeSendGrid, wire: Wire
) -> None:
    fake.state["marketing senders"] = [sender(1, "bionews@bionews.org.uk", "Bio News")]
    assert hand_over_first(newsletter, fake, wire).differences == (
        "sender's name: given 'BioNews', but it holds 'Bio News'",
        "address for answers: given 'bionews@bionews.org.uk', but it holds 'answers-1@example.org'",
    )


@pytest.mark.parametrize("number", [None, 99])
def test_a_sender_that_was_taken_out_is_told(
    newsletter: Newsletter, fake: FakeSendGrid, wire: Wire, number: int | None
) -> None:
    made = hand_over_first(newsletter, fake, wire)
    only(fake)["email_config"]["sender_id"] = number
    held = service_of(wire).read(made.campaign or "")
    assert held
    assert (held.sender_name, held.sender_address, held.reply_to) == ("", "", "")


# What it answers


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("draft", Status.DRAFT),
        ("scheduled", Status.SCHEDULED),
        ("triggered", Status.SENDING),
        ("canceled", Status.STOPPED),
        ("something new", Status.STOPPED),
    ],
)
def test_every_status_is_told(
    fake: FakeSendGrid, wire: Wire, outgoing: Outgoing, said: str, status: Status
) -> None:
    service = service_of(wire)
    number = service.create(outgoing)
    fake.state["campaigns"][number].update(status=said, send_at="2026-11-30T17:00:00Z")
    (found,) = service.find(outgoing.marker)
    held = service.read(number)
    assert held
    assert found.status == held.status == status
    at = datetime(2026, 11, 30, 17, tzinfo=UTC)
    assert held.scheduled == (at if status == Status.SCHEDULED else None)
    assert held.address == f"https://mc.sendgrid.com/single-sends/{number}/editor"


@pytest.mark.parametrize("said", ["triggered", "something new"])
def test_what_is_on_its_way_is_not_touched(
    newsletter: Newsletter, fake: FakeSendGrid, wire: Wire, said: str
) -> None:
    hand_over_first(newsletter, fake, Wire(fake))
    only(fake)["status"] = said
    with pytest.raises(HandoverError, match="Nothing was done"):
        hand_over_second(newsletter, fake, wire)
    assert {each.method for each in wire.requests} == {"GET"}


def test_what_is_not_there_is_none(wire: Wire) -> None:
    assert service_of(wire).read("nothing") is None


def test_a_draft_that_somebody_began_by_hand_can_be_read(
    fake: FakeSendGrid, wire: Wire, outgoing: Outgoing
) -> None:
    service = service_of(wire)
    number = service.create(outgoing)
    bare: dict[str, Any] = {
        "id": number,
        "name": "By hand",
        "status": "draft",
        "created_at": "2026-11-01T09:00:00Z",
        "send_at": "",
        "send_to": None,
        "email_config": None,
    }
    fake._shown = lambda send: bare  # type: ignore[method-assign]
    held = service.read(number)
    assert held
    assert (held.audiences, held.subject, held.html, held.text, held.sender_address) == (
        (),
        "",
        "",
        "",
        "",
    )


def test_all_pages_of_what_it_holds_are_searched_for_the_issues_own(
    newsletter: Newsletter, fake: FakeSendGrid, wire: Wire, outgoing: Outgoing
) -> None:
    service = service_of(wire)
    number = service.create(outgoing)
    own = fake.state["campaigns"].pop(number)
    names = (
        outgoing.name.replace("652:", "6520:"),
        outgoing.name.replace("652:", "65:"),
        outgoing.name.replace("newsletter:", "newsletter-test:"),
        outgoing.name.removesuffix(outgoing.marker),
        *(f"Another {count}" for count in range(250)),
    )
    fake.state["campaigns"] = {name: own | {"id": name, "name": name} for name in names} | {
        number: own
    }
    wire.requests.clear()
    assert [found.id for found in service.find(outgoing.marker)] == [number]
    assert [dict(each.url.params) for each in wire.requests] == [
        {"page_size": "100"},
        {"page_size": "100", "page_token": "100"},
        {"page_size": "100", "page_token": "200"},
    ]


def test_each_list_is_followed_by_its_segments(fake: FakeSendGrid, wire: Wire) -> None:
    teasers, headlines, full = fake.PARTS
    assert list(service_of(wire).audiences()) == [
        Audience(fake.AUDIENCE, "Readers", 18204),
        Audience(teasers, "Teasers", 6068, fake.AUDIENCE),
        Audience(headlines, "Headlines", 6068, fake.AUDIENCE),
        Audience(fake.OTHER, "Donors", 12),
        Audience(full, "Full text", 6068),
    ]
    fake.state["lists"].reverse()
    assert [each.id for each in service_of(wire).audiences()] == [
        *(fake.OTHER, fake.AUDIENCE, teasers, headlines, full)
    ]


def test_all_pages_of_the_lists_are_read(fake: FakeSendGrid, wire: Wire) -> None:
    fake.state["lists"] = [{"id": f"{number}", "name": f"List {number}"} for number in range(101)]
    fake.state["segments"] = []
    audiences = service_of(wire).audiences()
    assert [each.id for each in audiences] == [f"{number}" for number in range(101)]
    assert audiences[0].size is None


@pytest.mark.parametrize("status", [400, 403, 404])
def test_an_account_that_may_have_no_segments_has_its_lists(
    fake: FakeSendGrid, wire: Wire, status: int
) -> None:
    fake.segments = lambda request: fake.refusal(status, "no segments")  # type: ignore[method-assign]
    assert [each.id for each in service_of(wire).audiences()] == [fake.AUDIENCE, fake.OTHER]


@pytest.mark.parametrize("said", [{}, [], {"results": [{"id": "5"}]}])
def test_segments_that_are_none_are_refused(fake: FakeSendGrid, wire: Wire, said: object) -> None:
    fake.segments = lambda request: httpx.Response(200, json=said)  # type: ignore[method-assign]
    with pytest.raises(Unavailable, match="cannot be understood"):
        service_of(wire).audiences()


def test_a_segment_without_a_word_about_its_list_or_size_is_of_no_list(
    fake: FakeSendGrid, wire: Wire
) -> None:
    fake.state["segments"] = [
        {"id": "5", "name": "Some"},
        {"id": "6", "name": "Others", "parent_list_ids": None, "contacts_count": None},
        {"id": "7", "name": "Of a list that went", "parent_list_ids": ["gone"]},
    ]
    _, _, *segments = service_of(wire).audiences()
    assert segments == [
        Audience("segment-5", "Some"),
        Audience("segment-6", "Others"),
        Audience("gone:segment-7", "Of a list that went", within="gone"),
    ]


def test_a_segment_is_the_only_recipient_of_its_single_send(
    newsletter: Newsletter, fake: FakeSendGrid, wire: Wire
) -> None:
    part, *_ = fake.PARTS
    service_of(wire).create(outgoing_of(newsletter.first.galley, PROFILE, part))
    ((_, body),) = requests_of(wire, "POST")
    segment = "12099613-91e5-4d09-a900-df7626325281"
    assert body["send_to"] == {"list_ids": [], "segment_ids": [segment], "all": False}


@pytest.mark.parametrize("way", ["to a segment", "to the list"])
def test_a_draft_for_a_list_never_becomes_one_for_a_segment(
    newsletter: Newsletter, fake: FakeSendGrid, wire: Wire, way: str
) -> None:
    """What is empty in a change is kept, so it has both audiences: that is a wrong one."""
    part, *_ = fake.PARTS
    before, after = (fake.AUDIENCE, part) if way == "to a segment" else (part, fake.AUDIENCE)
    service = service_of(wire)
    campaign = service.create(outgoing_of(newsletter.first.galley, PROFILE, before))
    service.update(campaign, outgoing_of(newsletter.first.galley, PROFILE, after))
    held = service.read(campaign)
    assert held
    assert held.audiences == (fake.AUDIENCE, part)


def test_who_is_on_two_lists_is_counted(fake: FakeSendGrid, wire: Wire) -> None:
    assert service_of(wire).overlap(fake.AUDIENCE, fake.OTHER) == 3
    assert service_of(wire).overlap(fake.AUDIENCE, "00000000-43f3-4e3a-87b1-c6a600d805ff") == 0
    assert {each.method for each in wire.requests} == {"POST"}


@pytest.mark.parametrize("place", [0, 1])
def test_who_is_in_two_segments_cannot_be_counted(
    fake: FakeSendGrid, wire: Wire, place: int
) -> None:
    audiences = [fake.AUDIENCE, fake.OTHER]
    audiences[place] = fake.PARTS[0]
    with pytest.raises(Unsupported, match="cannot count the readers"):
        service_of(wire).overlap(*audiences)
    assert wire.calls == []


def test_segments_are_asked_for_only_where_a_draft_has_one(
    newsletter: Newsletter, fake: FakeSendGrid
) -> None:
    made = hand_over_first(newsletter, fake, Wire(fake))
    wire = Wire(fake)
    service_of(wire).read(made.campaign or "")
    assert "GET /v3/marketing/segments/2.0" not in wire.calls


def test_the_next_page_is_asked_for_at_the_same_host(fake: FakeSendGrid, wire: Wire) -> None:
    fake.state["lists"] = [{"id": f"{number}", "name": "List"} for number in range(101)]
    fake.state["segments"] = []
    page = fake._page

    def elsewhere(rows: list[dict[str, Any]], request: Any) -> Any:
        answer = page(rows, request)
        answer._content = answer.content.replace(
            b"https://api.sendgrid.com", b"https://elsewhere.example.org"
        )
        return answer

    fake._page = elsewhere  # type: ignore[method-assign]
    assert len(service_of(wire).audiences()) == 101
    assert {each.url.host for each in wire.requests} == {"api.sendgrid.com"}


# Credentials and bad moments


def asked(service: Service, outgoing: Outgoing) -> dict[str, Callable[[], object]]:
    """Every question there is."""
    return {
        "account": service.account,
        "audiences": service.audiences,
        "find": lambda: service.find("x"),
        "create": lambda: service.create(outgoing),
        "update": lambda: service.update("x", outgoing),
        "read": lambda: service.read("x"),
        "send_test": lambda: service.send_test(outgoing, PEOPLE),
        "schedule": lambda: service.schedule("x", AT),
        "unschedule": lambda: service.unschedule("x"),
    }


def test_a_key_that_does_not_fit_is_told_and_not_shown(wire: Wire, outgoing: Outgoing) -> None:
    service = service_of(wire, SENDGRID_API_KEY=f"SG.{CANARY}-wrong")
    for what, ask in asked(service, outgoing).items():
        with pytest.raises(NotAuthorised, match=r"no access with Bearer …") as caught:
            ask()
        shown = (
            f"{caught.value!s}{caught.value!r}{''.join(traceback.format_exception(caught.value))}"
        )
        assert CANARY not in shown, what


@pytest.mark.parametrize("group", ["Readers", "-1", "1.5"])
def test_the_group_is_a_number(wire: Wire, group: str) -> None:
    with pytest.raises(NotAuthorised, match=r"SENDGRID_UNSUBSCRIBE_GROUP is not the id of a group"):
        service_of(wire, SENDGRID_UNSUBSCRIBE_GROUP=group)


@pytest.mark.parametrize("missing", ["SENDGRID_API_KEY", "SENDGRID_UNSUBSCRIBE_GROUP"])
def test_both_settings_must_be_there(wire: Wire, missing: str) -> None:
    with pytest.raises(NotAuthorised, match=f"{missing} is not set"):
        service_of(wire, **{missing: ""})


def busy_until(fake: FakeSendGrid, monkeypatch: pytest.MonkeyPatch, seconds: int) -> None:
    """Once, the service gets too many requests, and names a moment this number of seconds from now."""
    headers = {"X-RateLimit-Reset": f"{int(datetime.now(UTC).timestamp()) + seconds}"}
    answers = iter([httpx.Response(429, headers=headers)])
    answer = fake.answer
    monkeypatch.setattr(fake, "answer", lambda request: next(answers, None) or answer(request))


@pytest.mark.parametrize(("seconds", "least", "most"), [(20, 18, 20), (-5, 1, 1)])
def test_it_is_asked_again_at_the_moment_that_it_names(
    fake: FakeSendGrid, wire: Wire, outgoing: Outgoing, waited: list[float], monkeypatch: pytest.MonkeyPatch,
    seconds: int, least: float, most: float,
) -> None:  # fmt: skip
    busy_until(fake, monkeypatch, seconds)
    service_of(wire).send_test(outgoing, PEOPLE)
    assert len(fake.tests) == 1
    (wait,) = waited
    assert least <= wait <= most


def test_a_wait_that_is_too_long_is_left_to_the_editor(
    fake: FakeSendGrid, wire: Wire, waited: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    busy_until(fake, monkeypatch, 3600)
    with pytest.raises(Unavailable, match=r"too many requests \(429\)"):
        service_of(wire).account()
    assert waited == []


@pytest.mark.parametrize(
    "effect", ["time-out after", "reset after", "500 after", "malformed answer", "empty answer"]
)
def test_a_draft_whose_answer_is_lost_is_not_made_twice(
    newsletter: Newsletter, fake: FakeSendGrid, effect: Effect
) -> None:
    undisturbed = Wire(FakeSendGrid())
    hand_over_first(newsletter, undisturbed.fake, undisturbed)
    newsletter.forget()
    wire = Wire(fake, Fault(effect, undisturbed.calls.index("POST /v3/marketing/singlesends")))
    done = hand_over_first(newsletter, fake, wire)
    assert wire.calls.count("POST /v3/marketing/singlesends") == 1
    assert [each.id for each in fake.held()] == [done.campaign]


# Merge tags and literal text


def in_other_words(email: Email) -> Email:
    """Its plain text and subject without what only looks like a tag, for which plain text has no way."""
    text = email.text.replace("{{", "{ {")
    return email.model_copy(update={"text": text})


def test_every_merge_tag_becomes_one_tag_of_the_service_and_nothing_else_looks_like_one() -> None:
    email = in_other_words(draft(EVERYTHING))
    written = email_for(email, PROFILE)
    for before, after in ((email.html, written.html), (email.text, written.text)):
        assert all(token(name) in before for name in TAGS)
        for name in TAGS:
            tag = PROFILE.merge_tags[name]
            assert after.count(tag) == before.count(token(name)), name
            after = after.replace(tag, "")  # noqa: PLW2901 - what is left
        assert "{{" not in after
        assert not {"\ufdd0", "\ufdd1"} & set(after)


@pytest.mark.parametrize(
    "text", ["{{name}}", "a {{{b}}}", "{{", "<%asm_group_unsubscribe_raw_url%>", "%sg_open_track%"]
)
def test_what_looks_like_a_tag_is_refused_in_plain_text_and_subject(
    newsletter: Newsletter, text: str
) -> None:
    email = newsletter.first.email
    for part in ("text", "subject"):
        with pytest.raises(CannotEscape):
            email_for(email.model_copy(update={part: f"Before {text} after"}), PROFILE)


def test_the_preheader_has_no_field_of_its_own_and_is_not_refused(newsletter: Newsletter) -> None:
    assert Capability.PREHEADER not in PROFILE.can
    email = newsletter.first.email.model_copy(update={"preheader": "{{name}}"})
    assert email_for(email, PROFILE).preheader == "{{name}}"


ENGINE = """
const handlebars = require('handlebars')
handlebars.registerHelper('insert', (value, otherwise) => value || otherwise.replace('default=', ''))
require('readline').createInterface({input: process.stdin}).on('line', line => {
  const {template, values} = JSON.parse(line)
  let said
  try { said = {text: handlebars.compile(template)(values)} } catch (error) { said = {error: error.message} }
  console.log(JSON.stringify(said))
})
"""
VALUES = {
    "unsubscribe": "https://example.org/u?a=1&b=2",
    "Weblink": "https://example.org/web",
    "Sender_Address": "1 Sample Street",
    "Sender_City": "Sampleton",
    "Sender_State": "",
    "Sender_Zip": "SA1",
    "Sender_Country": "Samplia",
}
READ: dict[MergeTagName, str] = {
    "unsubscribe": VALUES["unsubscribe"],
    "web-version": VALUES["Weblink"],
    "first-name": "reader",
    "address": "1 Sample Street, Sampleton  SA1, Samplia",
}
"""What a reader sees in place of each merge tag."""


@pytest.fixture(scope="module")
def handlebars() -> Iterator[Callable[[str], str]]:
    """The template engine itself, with the helper that SendGrid has added to it."""
    if not ((TESTS / "node_modules" / "handlebars").is_dir() and shutil.which("node")):
        message = "Handlebars is not installed: it needs Node.js, and 'npm ci' in tests/"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    command = ["node", "-e", ENGINE]
    with subprocess.Popen(
        command,
        cwd=TESTS,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as engine:
        assert engine.stdin
        assert engine.stdout
        to_engine, from_engine = engine.stdin, engine.stdout

        def filled(template: str) -> str:
            to_engine.write(json.dumps({"template": template, "values": VALUES}) + "\n")
            to_engine.flush()
            said: dict[str, str] = json.loads(from_engine.readline())
            assert "error" not in said, said
            return said["text"]

        yield filled
        to_engine.close()


HOSTILE = (
    "{{first_name}}", "{{{unsubscribe}}}", "{{", "}}", "{", "}", "\\", "\\\\", "{{#each x}}", "{{!-- ", "{{> x}}",
    "{{~x~}}", "{{{{raw}}}}", "{{/if}}", "%sg_open_track%", "<%asm_group_unsubscribe_raw_url%>", "<%", "&#123;{",
    "&amp;", "%s",
)  # fmt: skip
PIECES = st.lists(
    st.sampled_from(HOSTILE)
    | st.sampled_from(TAGS).map(token)
    | st.text("{}\\%<>&;s #'\"ab", max_size=4),
    max_size=8,
)


def as_read(pieces: list[str]) -> str:
    """What the author wrote, and what replaces the merge tags."""
    of_token = {token(name): value for name, value in READ.items()}
    return "".join(of_token.get(piece, piece) for piece in pieces)


def assert_untouched(written: str) -> None:
    """What SendGrid replaces, whatever Handlebars makes of it, is not there."""
    assert "%sg_open_track%" not in written
    assert "<%asm_" not in written


@settings(deadline=None)
@given(pieces=PIECES)
def test_hostile_text_in_html_is_read_as_it_was_written(
    shared: Newsletter, handlebars: Callable[[str], str], pieces: list[str]
) -> None:
    markup = "".join(
        piece if piece.startswith("\ufdd0") else str(escape(piece)) for piece in pieces
    )
    email = shared.first.email.model_copy(update={"html": f'<p title="{markup}">{markup}</p>'})
    written = email_for(email, PROFILE).html
    assert_untouched(written)
    read = as_read(pieces)
    assert html.unescape(handlebars(written)) == f'<p title="{read}">{read}</p>'


@settings(deadline=None)
@given(pieces=PIECES)
def test_hostile_plain_text_is_read_as_it_was_written_or_refused(
    shared: Newsletter, handlebars: Callable[[str], str], pieces: list[str]
) -> None:
    email = shared.first.email.model_copy(update={"text": "".join(pieces), "subject": "S"})
    try:
        written = email_for(email, PROFILE).text
    except CannotEscape:
        reject()
    assert_untouched(written)
    assert handlebars(written) == as_read(pieces)


def test_braces_in_a_style_sheet_are_kept_apart(
    newsletter: Newsletter, handlebars: Callable[[str], str]
) -> None:
    sheet = "<style>@media print{{p{margin:0}}}</style>"
    written = email_for(newsletter.first.email.model_copy(update={"html": sheet}), PROFILE).html
    assert handlebars(written) == "<style>@media print{ {p{margin:0}}}</style>"


def test_a_whole_issue_comes_out_of_handlebars_as_it_was_meant(
    handlebars: Callable[[str], str],
) -> None:
    email = in_other_words(draft(EVERYTHING))
    written = email_for(email, PROFILE)
    for before, after in ((email.html, written.html), (email.text, written.text)):
        meant = before
        for name, value in READ.items():
            meant = meant.replace(token(name), value)
        assert html.unescape(handlebars(after)) == html.unescape(meant)
