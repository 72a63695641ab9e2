"""listmonk: what is asked of it, what it holds in the end, and what its templates make of an author's text."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markupsafe import escape

from newsletter.checks.galley import galley_of
from newsletter.email.building import draft
from newsletter.email.merge_tags import fill, own_values, token
from newsletter.errors import (
    HandoverError,
    NotAuthorised,
    Refused,
    ServiceError,
    Unavailable,
    Uncertain,
)
from newsletter.handover import changes, outgoing_of
from newsletter.handover.differences import differences
from newsletter.handover.outgoing import marker_of
from newsletter.model import Email, MergeTagName
from newsletter.services import connect
from newsletter.services.adapters.listmonk import PROFILE, Listmonk
from newsletter.services.protocol import Capability, Outgoing, Status
from newsletter.services.settings import Settings
from newsletter.services.tagging import email_for
from tests.services.fake_listmonk import FakeListmonk
from tests.services.fakes import CANARY, Effect, Fault, Wire, body_of
from tests.services.scenes import (
    AT,
    PEOPLE,
    SCENES,
    Newsletter,
    expected,
    hand_over_first,
    record,
    schedule_first,
    unschedule_it,
    with_every_tag,
)
from tests.services.scenes import test_send as send_the_test

TESTS = Path(__file__).resolve().parents[1]
MARKER = "[newsletter:652:11fe0313]"
GALLEY = galley_of(TESTS.parent / "issues" / "652")
EMAIL = GALLEY.email
EVERYTHING = with_every_tag(draft(TESTS / "golden" / "everything" / "issues" / "1268a"))


@pytest.fixture
def fake() -> FakeListmonk:
    """A server on which nothing was done yet."""
    return FakeListmonk()


def service_of(fake: FakeListmonk, wire: Wire | None = None, **settings: str) -> Listmonk:
    service = connect(
        "listmonk", Settings({**fake.ENVIRONMENT, **settings}, Path()), wire or Wire(fake)
    )
    assert isinstance(service, Listmonk)
    return service


def outgoing(**changed: str) -> Outgoing:
    """Issue 652 on its way to the right audience, with some changes."""
    made = outgoing_of(GALLEY, PROFILE, FakeListmonk.AUDIENCE)
    return replace(made, email=made.email.model_copy(update=changed))


def bodies(wire: Wire, call: str) -> list[Any]:
    """What was sent with each of these calls."""
    return [
        body_of(request)
        for made, request in zip(wire.calls, wire.requests, strict=True)
        if made == call
    ]


# What an editor does


@pytest.mark.parametrize("scene", [scene for scene in SCENES if scene != "test send"])
def test_in_the_end_there_is_one_draft_with_the_very_content(
    newsletter: Newsletter, fake: FakeListmonk, scene: str
) -> None:
    play, before = SCENES[scene]
    for earlier in before:
        earlier(newsletter, fake, Wire(fake))
    play(newsletter, fake, Wire(fake))
    (held,) = fake.held()
    assert (held.subject, held.html, held.text) == expected(newsletter, fake, scene)
    assert held.audiences == (fake.AUDIENCE,)
    assert held.status == ("scheduled" if scene == "schedule" else "draft")
    assert held.scheduled == (f"{AT:%Y-%m-%dT%H:%M:%SZ}" if scene == "schedule" else None)
    assert record(newsletter)["differences"] == []


def test_a_test_reaches_each_person_and_leaves_nothing_behind(
    newsletter: Newsletter, fake: FakeListmonk
) -> None:
    send_the_test(newsletter, fake, Wire(fake))
    assert [test["to"] for test in fake.tests] == [[person] for person in PEOPLE]
    subject, html, text = expected(newsletter, fake, "test send")
    assert {(test["subject"], test["html"], test["text"]) for test in fake.tests} == {
        (f"[Test] {subject}", html, text)
    }
    assert not fake.held()


def test_the_draft_of_a_test_is_for_the_smallest_list(
    newsletter: Newsletter, fake: FakeListmonk
) -> None:
    wire = Wire(fake)
    send_the_test(newsletter, fake, wire)
    assert [body["lists"] for body in bodies(wire, "POST /api/campaigns")] == [[int(fake.OTHER)]]


def test_a_test_leaves_the_issues_own_draft_as_it_is(
    newsletter: Newsletter, fake: FakeListmonk
) -> None:
    hand_over_first(newsletter, fake, Wire(fake))
    before = json.dumps(fake.state["campaigns"])
    send_the_test(newsletter, fake, Wire(fake))
    assert json.dumps(fake.state["campaigns"]) == before


def test_handing_over_again_changes_nothing(newsletter: Newsletter, fake: FakeListmonk) -> None:
    hand_over_first(newsletter, fake, Wire(fake))
    wire = Wire(fake)
    hand_over_first(newsletter, fake, wire)
    assert {call.partition(" ")[0] for call in wire.calls} == {"GET"}


# What is asked


def test_a_campaign_is_made_with_everything_said(fake: FakeListmonk) -> None:
    wire, given_ = Wire(fake), outgoing()
    made = service_of(fake, wire).create(given_)
    wanted = {
        "name": f"BioNews 652 {MARKER}",
        "subject": given_.subject,
        "lists": [3],
        "type": "regular",
        "content_type": "html",
        "from_email": f'"{given_.sender[0]}" <{given_.sender[1]}>',
        "body": given_.html,
        "altbody": given_.text,
        "messenger": "email",
        "template_id": 7,
        "tags": [],
        "headers": [{"Reply-To": given_.reply_to}],
        "send_at": None,
        "media": [],
        "archive": False,
    }
    assert bodies(wire, "POST /api/campaigns") == [wanted]
    service_of(fake, wire).update(made, given_)
    assert bodies(wire, f"PUT /api/campaigns/{made}") == [{**wanted, "headers": []}, wanted]
    assert wire.calls[-1] == f"GET /api/campaigns/{made}/preview"


def test_a_test_says_everything_once_more(newsletter: Newsletter, fake: FakeListmonk) -> None:
    wire = Wire(fake)
    send_the_test(newsletter, fake, wire)
    (made,) = bodies(wire, "POST /api/campaigns")
    tests = bodies(wire, "POST /api/campaigns/101/test")
    assert tests == [{**made, "subscribers": [person]} for person in PEOPLE]
    assert wire.calls[-1] == "DELETE /api/campaigns/101"


def test_a_time_leaves_all_the_rest_as_it_is_and_is_then_made_to_hold(fake: FakeListmonk) -> None:
    wire = Wire(fake)
    service = service_of(fake, wire)
    made = service.create(outgoing())
    fake.state["campaigns"][made] |= {"media": [5], "attribs": {"desk": "news"}, "tags": ["weekly"]}
    before = dict(fake.state["campaigns"][made])
    service.schedule(made, AT.astimezone(UTC))
    at = f"{AT:%Y-%m-%dT%H:%M:%SZ}"
    assert fake.state["campaigns"][made] == {**before, "status": "scheduled", "send_at": at}
    service.unschedule(made)
    assert fake.state["campaigns"][made] == before
    assert bodies(wire, f"PUT /api/campaigns/{made}/status") == [{"status": "scheduled"}]


def test_a_time_of_another_zone_is_the_same_instant(fake: FakeListmonk) -> None:
    from zoneinfo import ZoneInfo

    service = service_of(fake)
    made = service.create(outgoing())
    service.schedule(made, AT.astimezone(ZoneInfo("Asia/Tokyo")))
    held = service.read(made)
    assert held is not None
    assert held.scheduled == AT
    assert fake.held()[0].scheduled == f"{AT:%Y-%m-%dT%H:%M:%SZ}"


def test_it_says_who_it_is_and_sends_no_cookie(fake: FakeListmonk) -> None:
    wire = Wire(fake)
    assert service_of(fake, wire).account() == "weekly (lists.example.org)"
    assert wire.requests[0].headers["Authorization"] == f"token weekly:{CANARY}"
    assert "Cookie" not in wire.requests[0].headers


def test_a_server_below_a_path_is_asked_there() -> None:
    class Below(FakeListmonk):
        BASE = "https://example.org/lists/api"

    below = Below()
    service = service_of(below, LISTMONK_URL="https://example.org/lists/")
    assert service.account() == "weekly (example.org/lists)"
    held = service.read(service.create(outgoing()))
    assert held is not None
    assert held.address == "https://example.org/lists/admin/campaigns/101"


# What it holds


def test_what_is_read_is_what_was_given(fake: FakeListmonk) -> None:
    service, given_ = service_of(fake), outgoing()
    held = service.read(service.create(given_))
    assert held is not None
    assert (held.name, held.status, held.audiences) == (given_.name, Status.DRAFT, ("3",))
    assert (held.subject, held.html, held.text) == (given_.subject, given_.html, given_.text)
    assert ((held.sender_name, held.sender_address), held.reply_to) == (
        given_.sender,
        given_.reply_to,
    )
    assert (held.preheader, held.scheduled) == (None, None)
    assert held.address == "https://lists.example.org/admin/campaigns/101"


@pytest.mark.parametrize(
    "name", ["Forschung, Ethik & Recht", 'The "Weekly"', "Zoë's", "遺伝子", "back\\slash", "a@b"]
)
def test_a_senders_name_comes_back_as_it_is(fake: FakeListmonk, name: str) -> None:
    made = outgoing()
    publication = made.email.issue.publication.model_copy(
        update={"name": name, "sender": "news@example.org"}
    )
    issue = made.email.issue.model_copy(update={"publication": publication})
    service = service_of(fake)
    held = service.read(
        service.create(replace(made, email=made.email.model_copy(update={"issue": issue})))
    )
    assert held is not None
    assert (held.sender_name, held.sender_address) == (name, "news@example.org")
    assert held.reply_to == "news@example.org"


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("draft", Status.DRAFT),
        ("scheduled", Status.SCHEDULED),
        ("running", Status.SENDING),
        ("finished", Status.SENT),
        ("paused", Status.STOPPED),
        ("cancelled", Status.STOPPED),
        ("something new", Status.STOPPED),
    ],
)
def test_every_status_is_understood(fake: FakeListmonk, said: str, status: Status) -> None:
    service = service_of(fake)
    made = service.create(outgoing())
    fake.state["campaigns"][made].update(status=said, send_at="2030-01-01T08:00:00Z")
    held = service.read(made)
    assert held is not None
    assert held.status == service.find(MARKER)[0].status == status
    assert (held.scheduled is not None) == (
        status in (Status.SCHEDULED, Status.DRAFT)
    )  # left by what broke off


def test_what_is_not_there_is_none(fake: FakeListmonk) -> None:
    assert service_of(fake).read("999") is None


def test_what_may_not_be_seen_is_not_taken_for_missing(fake: FakeListmonk) -> None:
    with pytest.raises(NotAuthorised):
        service_of(fake, LISTMONK_USER="another").read("101")


def test_every_campaign_of_the_issue_is_found_among_many(fake: FakeListmonk) -> None:
    service = service_of(fake)
    first = service.create(outgoing())
    for number in range(1000, 1120):
        campaign = {
            **fake.state["campaigns"][first],
            "id": number,
            "name": "Another",
            "subject": f"On {MARKER}",
        }
        fake.state["campaigns"][str(number)] = campaign
    fake.state["campaigns"]["1050"]["name"] = f"Copy of {MARKER}"
    fake.state["campaigns"]["1050"]["status"] = "cancelled"
    wire = Wire(fake)
    found = service_of(fake, wire).find(MARKER)
    assert {(campaign.id, campaign.status) for campaign in found} == {
        (first, "draft"),
        ("1050", "stopped"),
    }
    (asked,) = wire.requests
    assert dict(asked.url.params) == {
        "query": "newsletter_652_11fe0313",
        "no_body": "true",
        "per_page": "all",
    }


def test_campaigns_of_others_are_not_found(fake: FakeListmonk) -> None:
    service = service_of(fake)
    made = service.create(outgoing())
    for name in (
        "[newsletter:652/full-text:11fe0313]",
        "[newsletter-test:652:11fe0313]",
        "[newsletter:65:11fe0313]",
        "[newsletter:652:00000000]",
        "652",
    ):
        service.create(replace(outgoing(), name=f"BioNews {name}"))
    assert [campaign.id for campaign in service.find(MARKER)] == [made]


def test_the_campaign_of_each_format_is_found_and_no_other(fake: FakeListmonk) -> None:
    service = service_of(fake)
    for format in ("full", "full-text", "text"):
        marker = f"[newsletter:652/{format}:11fe0313]"
        service.create(replace(outgoing(), name=f"BioNews 652 {format} {marker}"))
    service.create(outgoing())
    found = {
        format: [campaign.id for campaign in service.find(marker_of("BioNews", "652", format))]
        for format in ("full", "full-text", "text", "")
    }
    assert found == {"full": ["101"], "full-text": ["102"], "text": ["103"], "": ["104"]}


def test_readers_are_counted_as_they_would_be_reached(fake: FakeListmonk) -> None:
    lists = {
        audience.id: (audience.name, audience.size) for audience in service_of(fake).audiences()
    }
    assert (lists["3"], lists["4"]) == (("Readers", 18204), ("Donors", 12))


@pytest.mark.parametrize(
    ("optin", "statuses", "size"),
    [
        ("single", {"confirmed": 3, "unconfirmed": 4, "unsubscribed": 5}, 7),
        ("double", {"confirmed": 3, "unconfirmed": 4, "unsubscribed": 5}, 3),
        ("double", {}, 0),
        ("double", None, None),
    ],
)
def test_sizes(
    fake: FakeListmonk, optin: str, statuses: dict[str, int] | None, size: int | None
) -> None:
    fake.state["lists"][0].update(optin=optin, subscriber_statuses=statuses)
    assert service_of(fake).audiences()[0].size == size


def test_lists_of_all_pages_are_there(fake: FakeListmonk) -> None:
    fake.state["lists"] *= 24
    assert len(service_of(fake).audiences()) == 120


def test_lists_that_change_places_meanwhile_are_all_there(fake: FakeListmonk) -> None:
    """The fake gives them in another order each time, unless they are asked for in one piece."""
    fake.state["lists"] = [{**fake.state["lists"][0], "id": number} for number in range(45)]
    assert {audience.id for audience in service_of(fake).audiences()} == {
        str(number) for number in range(45)
    }


def test_a_list_that_was_put_away_is_not_offered(fake: FakeListmonk) -> None:
    del fake.state["lists"][2:]
    fake.state["lists"][0]["status"] = "archived"
    assert [audience.id for audience in service_of(fake).audiences()] == ["4"]
    del fake.state["lists"][1]["status"]  # before version 6
    assert [audience.id for audience in service_of(fake).audiences()] == ["4"]


def test_a_server_without_lists_has_no_audience(fake: FakeListmonk) -> None:
    fake.state["lists"] = []
    assert list(service_of(fake).audiences()) == []


# Readers of two lists

SHARED = (
    ("enabled", "confirmed", "confirmed", 1),
    ("disabled", "unconfirmed", "confirmed", 1),  # who gets campaigns all the same
    ("enabled", "confirmed", "unconfirmed", 0),
    ("enabled", "unsubscribed", "confirmed", 0),
    ("blocklisted", "confirmed", "confirmed", 0),
    ("enabled", "confirmed", None, 0),
)
"""Subscribers: their own status, those on a list of single and of double opt-in, and whether both campaigns reach them.

As a real server sent two campaigns.
"""


def readers(subscribers: Iterable[Any] = SHARED) -> list[Any]:
    return [
        [status, {number: state for number, state in (("4", single), ("3", double)) if state}]
        for status, single, double, _ in subscribers
    ]


@pytest.mark.parametrize("subscriber", SHARED)
def test_a_reader_of_two_lists_is_counted_if_both_campaigns_reach_them(
    fake: FakeListmonk, subscriber: Any
) -> None:
    fake.state["readers"] = readers([subscriber])
    service = service_of(fake)
    assert service.overlap("3", "4") == service.overlap("4", "3") == subscriber[-1]


@pytest.mark.parametrize("missing", [(), ("subscribers:get_all",), ("subscribers:get",)])
def test_a_reader_is_counted_once_whatever_its_user_may_see(
    fake: FakeListmonk, missing: Iterable[str]
) -> None:
    fake.state["readers"] = readers()
    for permission in missing:
        fake.state["permissions"].remove(permission)
    assert service_of(fake).overlap("3", "4") == 2


@pytest.mark.parametrize(
    "missing", [{"subscribers:sql_query"}, {"subscribers:get", "subscribers:get_all"}]
)
def test_who_may_not_count_learns_what_it_needs(fake: FakeListmonk, missing: set[str]) -> None:
    for permission in missing:
        fake.state["permissions"].remove(permission)
    with pytest.raises(NotAuthorised, match=r"may not count .* subscribers:sql_query"):
        service_of(fake).overlap("3", "4")
    assert not service_of(fake).missing_setup()  # the commands work without it


# Text alone


def test_an_email_of_text_alone_is_a_plain_campaign(fake: FakeListmonk) -> None:
    wire, given_ = Wire(fake), outgoing(html="")
    service = service_of(fake, wire)
    made = service.create(given_)
    (body,) = bodies(wire, "POST /api/campaigns")
    assert (body["content_type"], body["body"], body["altbody"]) == ("plain", given_.text, "")
    held = service.read(made)
    assert held is not None
    assert (held.html, held.text) == ("", given_.text)
    assert differences(given_, held, PROFILE) == ()
    assert [(each.html, each.text) for each in fake.held()] == [("", given_.text)]


@pytest.mark.parametrize("before", ["<p>{{ UnsubscribeURL }}</p>", ""])
def test_a_draft_changes_from_both_parts_to_one_and_back(fake: FakeListmonk, before: str) -> None:
    service, first, then = service_of(fake), outgoing(html=before), outgoing(html="")
    if not before:
        then = outgoing()
    made = service.create(first)
    held = service.read(made)
    assert held is not None
    changed = {line.partition(":")[0] for line in differences(then, held, PROFILE)}
    assert "format" in changed
    service.update(made, then)
    held = service.read(made)
    assert held is not None
    assert differences(then, held, PROFILE) == ()


def test_a_test_of_text_alone_has_no_html(fake: FakeListmonk) -> None:
    given_ = outgoing(html="")
    service_of(fake).send_test(replace(given_, audience=""), PEOPLE[:1])
    assert [(test["html"], test["text"]) for test in fake.tests] == [("", given_.text)]
    assert not fake.held()


def test_what_cannot_be_filled_in_is_no_text_either(fake: FakeListmonk) -> None:
    service = service_of(fake)
    held = service.read(service.create(outgoing(html="", text='"{{ UnsubscribeURL }}')))
    assert held is not None
    assert (held.html, held.text) == ("", "")


# Traps


def test_without_a_bare_template_nothing_is_made(fake: FakeListmonk) -> None:
    del fake.state["templates"][2]
    wire = Wire(fake)
    with pytest.raises(
        Refused, match=r"Make one there, .* whose body is \{\{ template \"content\" \. \}\}"
    ):
        service_of(fake, wire).create(outgoing())
    assert not fake.held()
    assert wire.calls == ["GET /api/templates"]


@pytest.mark.parametrize("body", ['{{template "content" .}}', '\n{{  template  "content"  . }}\n'])
def test_a_bare_template_may_be_written_with_other_blanks(fake: FakeListmonk, body: str) -> None:
    fake.state["templates"][2]["body"] = body
    made = service_of(fake).create(outgoing())
    assert fake.state["campaigns"][made]["template_id"] == 7


@pytest.mark.parametrize("chosen", [None, 1, 99])
def test_an_email_in_another_frame_is_another_email(
    newsletter: Newsletter, fake: FakeListmonk, chosen: int
) -> None:
    hand_over_first(newsletter, fake, Wire(fake))
    fake.state["campaigns"]["101"]["template_id"] = chosen
    held = service_of(fake).read("101")
    assert held is not None
    assert held.html is not None
    assert held.html.startswith("<html><body>{{ Safe `<!doctype html>")
    assert "{{ TrackView }}" in held.html
    with pytest.raises(HandoverError, match="was changed in listmonk"):
        schedule_first(newsletter, fake, Wire(fake))
    assert not hand_over_first(newsletter, fake, Wire(fake)).differences
    assert fake.state["campaigns"]["101"]["template_id"] == 7


def test_what_cannot_be_filled_in_is_refused(fake: FakeListmonk) -> None:
    service, unbalanced = service_of(fake), outgoing(html='<a href="{{ UnsubscribeURL }}')
    made = service.create(unbalanced)
    held = service.read(made)
    assert held is not None
    assert held.html == ""
    with pytest.raises(Refused, match="non-text context"):
        service.update(made, unbalanced)
    service.update(made, outgoing())
    held = service.read(made)
    assert held is not None
    assert held.html == outgoing().html


def test_what_is_no_template_is_refused_with_the_reason(fake: FakeListmonk) -> None:
    with pytest.raises(Refused, match="Error compiling template"):
        service_of(fake).create(outgoing(text="{{ Nonsense }}"))
    assert not fake.held()


def test_a_missing_text_part_is_read_as_an_empty_one(fake: FakeListmonk) -> None:
    service = service_of(fake)
    made = service.create(outgoing(text=""))
    assert fake.state["campaigns"][made]["altbody"] is None
    held = service.read(made)
    assert held is not None
    assert held.text == ""


def test_a_person_who_is_no_subscriber_is_named(fake: FakeListmonk) -> None:
    service = service_of(fake)
    people = [PEOPLE[0], "stranger@example.org"]
    with pytest.raises(
        Refused, match=r"No test for stranger@example\.org: .*Add the address to any list"
    ) as caught:
        service.send_test(replace(outgoing(), audience=""), people)
    assert "No known subscribers" in str(caught.value)
    assert f"Already sent to {PEOPLE[0]}." in str(caught.value)
    assert not fake.held()


def test_without_a_list_there_is_no_test(fake: FakeListmonk) -> None:
    fake.state["lists"] = []
    with pytest.raises(Refused, match="It has no list"):
        service_of(fake).send_test(replace(outgoing(), audience=""), PEOPLE)
    assert not fake.tests


@pytest.mark.parametrize(
    ("lists", "audiences"), [([], ()), ([99], ()), ([3, 4], ("3", "4")), ([4], ("4",))]
)
def test_other_lists_are_noticed_and_mended(
    newsletter: Newsletter, fake: FakeListmonk, lists: list[int], audiences: tuple[str, ...]
) -> None:
    hand_over_first(newsletter, fake, Wire(fake))
    fake.state["campaigns"]["101"]["lists"] = lists
    held = service_of(fake).read("101")
    assert held is not None
    assert held.audiences == audiences
    hand_over_first(newsletter, fake, Wire(fake))
    assert fake.held()[0].audiences == (fake.AUDIENCE,)


def test_the_draft_of_a_test_that_cannot_be_deleted_is_told() -> None:
    class Keeping(FakeListmonk):
        def delete(self, _: httpx.Request, campaign: str) -> httpx.Response:
            return self.refusal(400, f"{campaign} stays")

    with pytest.raises(Refused, match="101 stays"):
        service_of(Keeping()).send_test(replace(outgoing(), audience=""), PEOPLE)


def test_an_old_time_does_not_stand_in_the_way(fake: FakeListmonk) -> None:
    service = service_of(fake)
    made = service.create(outgoing())
    fake.state["campaigns"][made]["send_at"] = "2020-01-01T08:00:00Z"
    service.update(made, outgoing())
    assert fake.held()[0].scheduled is None


def test_a_time_that_is_over_is_refused_and_nothing_is_sent(fake: FakeListmonk) -> None:
    service = service_of(fake)
    made = service.create(outgoing())
    with pytest.raises(Refused):
        service.schedule(made, datetime.now(UTC) - timedelta(minutes=1))
    assert fake.held()[0].status == "draft"


@pytest.mark.parametrize("status", ["running", "finished", "cancelled"])
def test_what_is_under_way_is_not_changed(fake: FakeListmonk, status: str) -> None:
    service = service_of(fake)
    made = service.create(outgoing())
    fake.state["campaigns"][made]["status"] = status
    changes: tuple[Callable[[], None], ...] = (
        lambda: service.update(made, outgoing(subject="New")),
        lambda: service.schedule(made, AT),
        lambda: service.unschedule(made),
    )
    for change in changes:
        with pytest.raises(Refused):
            change()
    assert fake.state["campaigns"][made]["status"] == status
    assert fake.held()[0].subject == EMAIL.subject


def test_the_fake_shows_the_disaster(fake: FakeListmonk) -> None:
    """Not a test of the service: this must be seen, should it ever happen."""
    wire = Wire(fake)
    made = service_of(fake, wire).create(outgoing())
    service_of(fake, wire)._api.put(f"/campaigns/{made}/status", {"status": "running"})
    assert fake.held()[0].status == "sent"


def test_a_search_with_syntax_in_it_is_an_error_as_on_a_real_server(fake: FakeListmonk) -> None:
    with pytest.raises(Unavailable, match="500"):
        service_of(fake)._api.ask(f"/campaigns?query={MARKER}")


MEDDLED: dict[str, dict[str, Any]] = {
    "name": {"name": f"The one to send {MARKER}"},
    "audience": {"lists": [3, 4]},
    "subject": {"subject": "Better"},
    "sender's name": {"from_email": '"Somebody" <bionews@bionews.org.uk>'},
    "sender's address": {"from_email": '"BioNews" <somebody@example.org>'},
    "address for answers": {"headers": [{"Reply-To": "somebody@example.org"}]},
    "other headers": {
        "headers": [{"Reply-To": "bionews@bionews.org.uk", "Bcc": "all@example.org"}]
    },
    "HTML": {"body": "<p>Instead</p>"},
    "plain text": {"altbody": None},
    "template": {"template_id": 1},
    "kind of campaign": {"type": "optin"},
    "format": {"content_type": "markdown"},
    "messenger": {"messenger": "postback"},
    "attachments": {"media": [5]},
    "tags": {"tags": ["weekly"]},
    "public archive": {"archive": True},
}
"""What a person can change in listmonk, and how it is called when it is reported."""


def test_everything_that_is_compared_is_meddled_with(fake: FakeListmonk) -> None:
    service = service_of(fake)
    held = service.read(service.create(outgoing()))
    assert held is not None
    assert held.settings == PROFILE.expects
    assert held.settings.keys() <= MEDDLED.keys()


@pytest.mark.parametrize("what", MEDDLED)
def test_what_a_person_changes_is_reported(
    newsletter: Newsletter, fake: FakeListmonk, what: str
) -> None:
    draft = hand_over_first(newsletter, fake, Wire(fake))
    fake.state["campaigns"]["101"] |= MEDDLED[what]
    held = service_of(fake).read("101")
    assert held is not None
    assert what in {change.partition(":")[0] for change in changes(draft, held)}
    with pytest.raises(HandoverError, match=rf"was changed in listmonk.*{what}: "):
        schedule_first(newsletter, fake, Wire(fake))
    again = hand_over_first(newsletter, fake, Wire(fake))
    changed = {difference.partition(":")[0] for difference in again.differences}
    assert changed == (
        {"kind of campaign"} if what == "kind of campaign" else set()
    )  # that cannot be set


def test_a_second_address_for_answers_does_not_hide_behind_the_first(fake: FakeListmonk) -> None:
    service = service_of(fake)
    made = service.create(outgoing())
    fake.state["campaigns"][made]["headers"].append({"reply-to": "somebody@example.org"})
    held = service.read(made)
    assert held is not None
    assert held.settings["other headers"] == "reply-to: somebody@example.org"


def test_without_the_permission_to_send_the_time_is_taken_back(
    newsletter: Newsletter, fake: FakeListmonk
) -> None:
    hand_over_first(newsletter, fake, Wire(fake))
    fake.state["permissions"].remove("campaigns:send")
    with pytest.raises(NotAuthorised, match="permission denied: campaigns:send"):
        schedule_first(newsletter, fake, Wire(fake))
    assert (fake.held()[0].status, fake.held()[0].scheduled) == ("draft", None)


@pytest.mark.parametrize(
    "permission",
    [
        *("lists:get_all", "templates:get", "campaigns:send"),
        *("media:get", "media:manage"),
    ],
)
def test_what_the_next_commands_need_is_asked_for(fake: FakeListmonk, permission: str) -> None:
    assert service_of(fake).missing_setup() == []
    fake.state["permissions"].remove(permission)
    assert (
        f"A permission is missing: {permission}. Give it to the user's role."
        in service_of(fake).missing_setup()
    )


@pytest.mark.parametrize("root", ["http://localhost:9000", "http://lists.example.org"])
def test_a_root_url_that_readers_cannot_open_is_named(fake: FakeListmonk, root: str) -> None:
    fake.state["root url"] = root
    (lack,) = service_of(fake).missing_setup()
    assert lack.startswith(f"Its root URL is {root}, ")
    assert lack.endswith("Set it there, in the general settings.")


def test_of_two_permissions_that_do_the_same_one_is_enough(fake: FakeListmonk) -> None:
    fake.state["permissions"].remove("campaigns:manage_all")
    assert service_of(fake).missing_setup() == []
    fake.state["permissions"].remove("campaigns:manage")
    missing = "A permission is missing: campaigns:manage_all or campaigns:manage. Give it to the user's role."
    assert service_of(fake).missing_setup() == [missing]


def test_lists_may_be_permitted_one_by_one(fake: FakeListmonk) -> None:
    fake.state["permissions"].remove("lists:get_all")
    fake.state["list role"] = {
        "id": 4,
        "lists": [{"id": 3, "permissions": ["list:get", "list:manage"]}],
    }
    assert service_of(fake).missing_setup() == []


def test_a_missing_template_is_lacking_too(fake: FakeListmonk) -> None:
    del fake.state["templates"][2]
    (lack,) = service_of(fake).missing_setup()
    assert lack.startswith("It has no template that leaves an email as it is. Make one there")


# Faults


@pytest.mark.parametrize(
    "effect", ["time-out after", "500 after", "reset after", "malformed answer", "empty answer"]
)
@pytest.mark.parametrize("stays", [False, True])
@pytest.mark.parametrize("call", range(9))
def test_a_fault_at_any_call_of_handing_over(
    newsletter: Newsletter, fake: FakeListmonk, effect: Effect, call: int, stays: bool
) -> None:
    wire = Wire(fake, Fault(effect, call, stays))
    try:
        hand_over_first(newsletter, fake, wire)
    except ServiceError as error:
        assert CANARY not in f"{error}{error!r}{''.join(traceback.format_exception(error))}"  # noqa: PT017
    assert len(fake.held()) <= 1
    hand_over_first(newsletter, fake, Wire(fake))
    (held,) = fake.held()
    assert (held.subject, held.html, held.text) == expected(newsletter, fake, "hand over")


def test_an_answer_that_was_lost_to_what_cannot_be_done_twice(
    newsletter: Newsletter, fake: FakeListmonk
) -> None:
    """listmonk refuses to schedule what is scheduled, and to delete what is gone."""
    hand_over_first(newsletter, fake, Wire(fake))
    undisturbed = Wire(fake)
    schedule_first(newsletter, fake, undisturbed)
    unschedule_it(newsletter, fake, Wire(fake))
    number = undisturbed.calls.index("PUT /api/campaigns/101/status")
    wire = Wire(fake, Fault("time-out after", number))
    schedule_first(newsletter, fake, wire)
    assert wire.calls.count("PUT /api/campaigns/101/status") == 2
    assert fake.held()[0].status == "scheduled"

    undisturbed = Wire(fake)
    send_the_test(newsletter, fake, undisturbed)
    deletion = f"DELETE /api/campaigns/{fake.state['last'] + 1}"
    wire = Wire(fake, Fault("500 after", len(undisturbed.calls) - 1))
    send_the_test(newsletter, fake, wire)
    assert wire.calls.count(deletion) == 2
    assert len(fake.held()) == 1


@pytest.mark.parametrize("what", ["wrong audience", "content altered"])
def test_what_was_spoilt_is_mended(
    newsletter: Newsletter, fake: FakeListmonk, what: Effect
) -> None:
    undisturbed = Wire(FakeListmonk())
    hand_over_first(newsletter, undisturbed.fake, undisturbed)
    newsletter.forget()
    wire = Wire(fake, Fault(what, undisturbed.calls.index("POST /api/campaigns")))
    assert not hand_over_first(newsletter, fake, wire).differences
    (held,) = fake.held()
    assert (held.audiences, held.html) == (
        (fake.AUDIENCE,),
        expected(newsletter, fake, "hand over")[1],
    )


@pytest.mark.parametrize("what", ["wrong audience", "content altered"])
def test_what_stays_spoilt_is_told(
    newsletter: Newsletter, fake: FakeListmonk, what: Effect
) -> None:
    wire = Wire(fake, Fault(what, 4, stays=True))
    try:
        reported = str(hand_over_first(newsletter, fake, wire).differences)
    except HandoverError as error:
        reported = str(error)
    assert ("wrong audience" if what == "wrong audience" else "<img src=x>") in reported


def test_a_campaign_whose_making_was_not_confirmed_is_uncertain(fake: FakeListmonk) -> None:
    with pytest.raises(Uncertain):
        service_of(fake, Wire(fake, Fault("time-out after", 1))).create(outgoing())
    assert len(fake.held()) == 1


# Credentials


def test_wrong_credentials_are_told_without_them(fake: FakeListmonk) -> None:
    secret = f"{CANARY}-mistyped"
    service = service_of(fake, LISTMONK_TOKEN=secret)
    with pytest.raises(NotAuthorised) as caught:
        service.account()
    shown = f"{caught.value}{caught.value!r}{''.join(traceback.format_exception(caught.value))}{vars(caught.value)}"
    assert CANARY not in shown
    assert "403" in shown


def test_what_the_account_tells_of_its_token_is_not_kept(fake: FakeListmonk) -> None:
    wire = Wire(fake)
    service = service_of(fake, wire)
    assert CANARY not in service.account()
    assert CANARY in fake.answer(wire.requests[0]).text  # for there it was


@pytest.mark.parametrize("missing", FakeListmonk.ENVIRONMENT)
def test_a_missing_setting_is_named(fake: FakeListmonk, missing: str) -> None:
    with pytest.raises(NotAuthorised, match=f"{missing} is not set"):
        connect("listmonk", Settings({**fake.ENVIRONMENT, missing: ""}, Path()), Wire(fake))


@pytest.mark.parametrize(
    "address", ["http://lists.example.org", "lists.example.org", "ftp://lists.example.org"]
)
def test_credentials_travel_protected_only(fake: FakeListmonk, address: str) -> None:
    with pytest.raises(Refused, match="https://"):
        service_of(fake, LISTMONK_URL=address)


def test_an_address_with_a_password_is_refused_without_it(fake: FakeListmonk) -> None:
    with pytest.raises(NotAuthorised, match="LISTMONK_URL") as caught:
        service_of(fake, LISTMONK_URL=f"https://weekly:{CANARY}@lists.example.org")
    assert CANARY not in str(caught.value)


def test_a_server_on_this_computer_needs_no_certificate() -> None:
    class Local(FakeListmonk):
        BASE = "http://localhost:9000/api"

    assert (
        service_of(Local(), LISTMONK_URL="http://localhost:9000").account()
        == "weekly (localhost:9000)"
    )


def test_an_answer_that_is_no_answer_is_told(fake: FakeListmonk) -> None:
    with pytest.raises(Unavailable):
        service_of(fake, Wire(fake, Fault("empty answer", 0))).read("101")


def test_it_is_known_without_the_parts_that_ask() -> None:
    code = "import sys, newsletter.services.adapters.listmonk; sys.exit('httpx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_what_it_can() -> None:
    assert set(Capability) - PROFILE.can == {Capability.PREHEADER}
    assert [setting.name for setting in PROFILE.settings] == list(FakeListmonk.ENVIRONMENT)
    assert not PROFILE.adds


# Merge tags and literal text, by the real templates of Go

HTML_TAGS, TEXT_TAGS = PROFILE.merge_tags, {**PROFILE.merge_tags, **PROFILE.text_tags}
READER = "O'Brien&Co <x>"
FILLED: dict[MergeTagName, str] = {
    "unsubscribe": "https://lists.example.org/subscription/aa-bb/cc-dd",
    "web-version": "https://lists.example.org/campaign/aa-bb/cc-dd",
    "first-name": "O'Brien&Co",
    "preferences": "https://lists.example.org/subscription/aa-bb/cc-dd?manage=true",
}
"""What the program fills in; it has no tag for the address."""
HOSTILE = (
    "`", "``", "` }}", "{", "{{", "{{{", "{{{{", "}", "}}", "{{ ", " }}", "{{-", "-}}", "{{/*", "*/}}", "{%", "[[",
    "{{ UnsubscribeURL }}", "{{UnsubscribeURL}}", "{{ MessageURL }}", "{{ TrackView }}", "UnsubscribeURL", "*|",
    '{{ TrackLink "https://example.org" }}', "https://example.org/@TrackLink", "@TrackLink", "@", "TrackLink",
    "https://example.org", "{{ Safe `", '{{ Safe "\\x7b" }}', '"', "'", "\\", "\\x7b", "\\n", "\n", "\r\n", "\r", "\t",
    "<!-- x -->", "<!--[if mso]><table><![endif]-->", "<!--", "-->", "<![if !mso]>", "<?xml ?>", "<", ">", "1 < 2", "&",
    "&amp;", "<style>/* c */ a{b:c}</style>", "<script>// x\n", "</script>", "<title>", "<textarea>", '<a href="',
    "<p title='", "<https://example.org/a?b=1&c=2>", "a<b 'q'", '{{ define "x" }}', "{{ end }}", "\0", "\ufeff",
    "{{ .Subscriber.Email }}", "ManageURL }}", "\u2028", "é", "遺伝子", "🧬",
)  # fmt: skip
WRITTEN = st.lists(
    st.sampled_from((*HOSTILE, *map(token, FILLED)))
    | st.text(st.characters(exclude_categories=["Cs", "Cn"]), max_size=5)
)
Filler = Callable[[str, str], str]


@pytest.fixture(scope="module")
def filler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filler]:
    """What the templates of Go make of a part (html, text, subject) that listmonk got."""
    if not shutil.which("go"):
        why = "Go, whose templates are tried, is not installed (Debian: golang-go)"
        pytest.fail(why) if os.environ.get("CI") else pytest.skip(why)
    folder = tmp_path_factory.mktemp("go")
    go = {
        "GOFLAGS": "-mod=mod",
        "GOPROXY": "off",
        "GOTOOLCHAIN": "local",
        "CGO_ENABLED": "0",
    }
    source = Path(__file__).with_name("listmonk_templates.go")
    program = folder / "templates"
    subprocess.run(
        ["go", "build", "-o", program, source], check=True, cwd=folder, env={**os.environ, **go}
    )
    with subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        stdin, stdout = running.stdin, running.stdout

        def filled(part: str, content: str) -> str:
            stdin.write(
                json.dumps({"part": part, "content": content, "name": READER}).encode() + b"\n"
            )
            stdin.flush()
            answer = json.loads(stdout.readline())
            assert not answer["error"], answer["error"]
            result: str = answer["result"]
            return result

        yield filled
        stdin.close()


def test_the_program_alters_what_is_not_protected(filler: Filler) -> None:
    """Else the tests below would prove nothing."""
    assert filler("html", "<!--[if mso]>x<![endif]--> 1 < 2") == " 1 &lt; 2"
    assert (
        filler("html", "{{ Safe `https://example.org/@TrackLink` }}")
        != "https://example.org/@TrackLink"
    )
    assert filler("text", "1 < 2 {{ UnsubscribeURL }}").startswith("1 &lt; 2")
    assert filler("text", "{{ .Subscriber.FirstName }}") == "O&#39;Brien&amp;Co"
    assert filler("html", "{{ Safe `a\rb` }}") == "ab"


@pytest.mark.parametrize("email", [EMAIL, EVERYTHING], ids=["652", "everything"])
def test_the_templates_of_go_make_the_very_email(filler: Filler, email: Email) -> None:
    written, wanted = email_for(email, PROFILE), fill(email, own_values(email.issue) | FILLED)
    assert filler("html", written.html) == wanted.html
    assert "<!--[if mso" in wanted.html
    assert filler("subject", written.subject) == wanted.subject
    assert (
        filler("text", written.text).split() == wanted.text.split()
    )  # lines are broken where the tags were longer


@given(WRITTEN)
@example(["{{", " UnsubscribeURL", " }}"])
@example(["{", token("unsubscribe"), "}"])
@example([token("first-name"), "`", token("first-name")])
@example(list(HOSTILE))
@example([])
def test_readers_see_what_the_author_wrote(filler: Filler, written: list[str]) -> None:
    content = "".join(written)
    parts = dict.fromkeys(("html", "text", "subject"), content)
    sent = email_for(EMAIL.model_copy(update=parts), PROFILE)
    as_text = as_html = content
    for name, value in FILLED.items():
        as_text, as_html = (
            as_text.replace(token(name), value),
            as_html.replace(token(name), str(escape(value))),
        )
    assert filler("html", sent.html) == as_html
    assert filler("text", sent.text) == as_text
    assert filler("subject", sent.subject) == as_text


@given(WRITTEN)
def test_nothing_else_looks_like_a_tag(written: list[str]) -> None:
    content = "".join(written)
    sent = email_for(EMAIL.model_copy(update={"html": content, "text": content}), PROFILE)
    for part, tags in ((sent.html, HTML_TAGS), (sent.text, TEXT_TAGS)):
        left = _without_strings(part)
        for name, tag in tags.items():
            assert left.count(tag) == content.count(token(name))
            left = left.replace(tag, "")
        assert left == "" or (part == content and "{{" not in content)


def test_every_tag_of_an_email_becomes_one_of_its_own() -> None:
    written = email_for(EVERYTHING, PROFILE)
    for before, after, tags in (
        (EVERYTHING.html, written.html, HTML_TAGS),
        (EVERYTHING.text, written.text, TEXT_TAGS),
    ):
        for name, tag in tags.items():
            assert before.count(token(name)) == after.count(tag) > 0
        left = _without_strings(after)
        for tag in tags.values():
            left = left.replace(tag, "")
        assert left == ""


def test_a_text_without_braces_stays_legible() -> None:
    written = email_for(EMAIL.model_copy(update={"text": "1 < 2 `code` @TrackLink }}"}), PROFILE)
    assert (written.subject, written.text) == (EMAIL.subject, "1 < 2 `code` @TrackLink }}")


def _without_strings(part: str) -> str:
    """A part without its Go strings."""
    return re.sub(r'\{\{ Safe (?:`[^`]*`|"\\x[0-9a-f]{2}") \}\}', "", part)
