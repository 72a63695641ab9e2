"""Buttondown: what it is asked, what it may not be asked, and what a reader sees when Django has filled the tags."""

from __future__ import annotations

import json
import subprocess
import sys
import traceback
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest
from django.template import Context, Engine  # type: ignore[import-untyped]
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markupsafe import escape

from newsletter.email.building import draft
from newsletter.email.merge_tags import NAMES, own_values, token
from newsletter.errors import NotAuthorised, Refused, ServiceError, Unavailable
from newsletter.handover import hand_over, outgoing_of
from newsletter.model import Audience, Email
from newsletter.services import connect, profile_of
from newsletter.services.language import CannotEscape
from newsletter.services.protocol import Capability, Outgoing, Service, Status
from newsletter.services.settings import Settings
from newsletter.services.tagging import email_for
from tests.services.fake_buttondown import FakeButtondown
from tests.services.fakes import CANARY, Effect, Fault, Wire
from tests.services.judging import before_scene, fault_in, prepared, undisturbed
from tests.services.scenes import (
    AT,
    PEOPLE,
    SCENES,
    Newsletter,
    destination_of,
    expected,
    hand,
    with_every_tag,
)

REPOSITORY = Path(__file__).resolve().parents[2]
PROFILE = profile_of("buttondown")
TAGS = PROFILE.merge_tags
ENGINE = Engine()
VALUES: dict[str, Any] = {
    "unsubscribe_url": "https://a.example.org/u",
    "manage_subscription_url": "https://a.example.org/m",
    "email": {"absolute_url": "https://a.example.org/e"},
    "subscriber": {"metadata": {"first_name": "Ada"}},
}
IN_VALUES: dict[str, Any] = {
    "unsubscribe": VALUES["unsubscribe_url"], "web-version": VALUES["email"]["absolute_url"], "first-name": "Ada",
    "preferences": VALUES["manage_subscription_url"],
}  # fmt: skip
EVERYTHING = with_every_tag(
    draft(REPOSITORY / "tests" / "golden" / "everything" / "issues" / "1268a")
)


@pytest.fixture
def fake() -> FakeButtondown:
    return FakeButtondown()


@pytest.fixture
def wire(fake: FakeButtondown) -> Wire:
    return Wire(fake)


@pytest.fixture
def service(wire: Wire) -> Service:
    return service_at(wire)


@pytest.fixture
def outgoing(newsletter: Newsletter) -> Outgoing:
    return outgoing_of(newsletter.first.galley, PROFILE, FakeButtondown.AUDIENCE)


def service_at(wire: Wire, key: str = CANARY) -> Service:
    return connect("buttondown", Settings({"BUTTONDOWN_API_KEY": key}, Path()), wire)


def bodies(wire: Wire, method: str) -> list[Any]:
    return [
        json.loads(request.content)
        for request in wire.requests
        if request.method == method and request.content
    ]


def handed_over(newsletter: Newsletter, fake: FakeButtondown) -> dict[str, Any]:
    """The state of the one draft, handed over."""
    hand(newsletter, fake, Wire(fake), newsletter.first)
    (email,) = fake.state["campaigns"].values()
    return dict(email)


def struck_at(
    newsletter: Newsletter,
    fake: FakeButtondown,
    scene: str,
    call: str,
    effect: Effect,
    *,
    stays: bool = False,
) -> Wire:
    """A wire on which the first such call of a scene goes wrong."""
    undisturbed = Wire(FakeButtondown())
    SCENES[scene][0](newsletter, undisturbed.fake, undisturbed)
    newsletter.forget()
    return Wire(fake, Fault(effect, undisturbed.calls.index(call), stays))


# What an editor does


@pytest.mark.parametrize("scene", SCENES)
def test_each_scene_ends_as_it_must(newsletter: Newsletter, scene: str) -> None:
    before = before_scene(FakeButtondown, newsletter, scene)
    fake = prepared(FakeButtondown, newsletter, before)
    SCENES[scene][0](newsletter, fake, Wire(fake))
    assert fault_in(newsletter, fake, scene) is None
    if scene == "test send":
        (test,) = fake.tests
        assert test["to"] == list(PEOPLE)
        assert test["html"] == expected(newsletter, fake, scene)[1]
        return
    (held,) = fake.held()
    assert (held.subject, held.html) == expected(newsletter, fake, scene)[:2]
    assert held.audiences == (fake.AUDIENCE,)


@pytest.mark.parametrize(
    "effect", ["time-out after", "500 after", "malformed answer", "empty answer"]
)
def test_a_draft_whose_answer_was_lost_is_found_and_not_made_twice(
    newsletter: Newsletter, fake: FakeButtondown, effect: Effect
) -> None:
    wire = struck_at(newsletter, fake, "hand over", "POST /v1/emails", effect)
    hand(newsletter, fake, wire, newsletter.first)
    assert wire.calls.count("POST /v1/emails") == 1
    assert fault_in(newsletter, fake, "hand over") is None


@pytest.mark.parametrize(
    "effect", ["time-out before", "500 before", "429 without", "wrong audience"]
)
def test_a_change_that_failed_is_made_again(newsletter: Newsletter, effect: Effect) -> None:
    before = before_scene(FakeButtondown, newsletter, "update")
    change = "PATCH /v1/emails/em_101"
    call = undisturbed(FakeButtondown, newsletter, "update", before).index(change)
    wire = Wire(prepared(FakeButtondown, newsletter, before), Fault(effect, call))
    SCENES["update"][0](newsletter, wire.fake, wire)
    assert wire.calls.count(change) == 2
    assert fault_in(newsletter, wire.fake, "update") is None


def test_a_draft_that_a_person_deleted_can_be_made_again(
    newsletter: Newsletter, fake: FakeButtondown
) -> None:
    first = handed_over(newsletter, fake)
    service_at(Wire(fake))._api.delete(f"/emails/{first['id']}")  # type: ignore[attr-defined]
    assert fake.state["campaigns"][first["id"]]["status"] == "deleted"
    hand(newsletter, fake, Wire(fake), newsletter.first)
    (held,) = fake.held()
    assert held.id != first["id"]


# The requests


def test_a_draft_is_made_by_these_requests(
    newsletter: Newsletter, fake: FakeButtondown, outgoing: Outgoing
) -> None:
    wire = Wire(fake)
    hand(newsletter, fake, wire, newsletter.first)
    said = {
        "status": "draft",
        "subject": outgoing.subject,
        "description": outgoing.preheader,
        "body": f"<!-- buttondown-editor-mode: fancy -->\n{outgoing.html}",
        "filters": {
            "filters": [
                {"field": "subscriber.tags", "operator": "contains", "value": fake.AUDIENCE}
            ],
            "groups": [],
            "predicate": "and",
        },
        "metadata": {"newsletter": outgoing.name},
        "template": "naked",
        "archival_mode": "enabled",
        "commenting_mode": "disabled",
        "attachments": [],
        "image": "",
        "canonical_url": "",
        "featured": False,
        "related_email_ids": [],
        "should_trigger_pay_per_email_billing": False,
    }
    assert outgoing.preheader
    assert bodies(wire, "POST") == [said]
    assert bodies(wire, "PATCH") == []
    service_at(wire).update("em_101", outgoing)
    assert bodies(wire, "PATCH") == [said]
    for request in wire.requests:
        assert request.headers["Authorization"] == f"Token {CANARY}"
        assert request.headers["X-API-Version"] == "2026-04-01"


def test_nothing_is_ever_asked_for_that_sends_to_an_audience(newsletter: Newsletter) -> None:
    for scene in SCENES:
        fake = prepared(FakeButtondown, newsletter, before_scene(FakeButtondown, newsletter, scene))
        wire = Wire(fake)
        SCENES[scene][0](newsletter, fake, wire)
        for request in wire.requests:
            assert not request.url.path.endswith("/publish")
            assert b"about_to_send" not in request.content
            assert "X-Buttondown-Live-Dangerously" not in request.headers
            assert "X-Idempotency-Key" not in request.headers


def test_scheduling_says_a_time_in_utc_and_keeps_the_metadata(
    newsletter: Newsletter, fake: FakeButtondown, wire: Wire
) -> None:
    email = handed_over(newsletter, fake)
    fake.state["campaigns"][email["id"]]["metadata"]["theirs"] = {"a": 1}
    metadata = {**email["metadata"], "theirs": {"a": 1}}
    service = service_at(wire)
    service.schedule(email["id"], AT.astimezone(ZoneInfo("Asia/Tokyo")))
    held = service.read(email["id"])
    assert held
    assert (held.status, held.scheduled) == (Status.SCHEDULED, AT)
    service.unschedule(email["id"])
    assert bodies(wire, "PATCH") == [
        {"status": "scheduled", "publish_date": f"{AT:%Y-%m-%dT%H:%M:%SZ}", "metadata": metadata},
        {"status": "draft", "publish_date": "none", "metadata": metadata},
    ]
    held = service.read(email["id"])
    assert held
    assert (held.status, held.scheduled, held.name) == (
        Status.DRAFT,
        None,
        email["metadata"]["newsletter"],
    )
    assert [each.id for each in service.find(held.name or "")] == [email["id"]]


def test_a_draft_may_keep_a_date_and_is_not_scheduled_by_it(
    newsletter: Newsletter, fake: FakeButtondown, service: Service
) -> None:
    email = handed_over(newsletter, fake)["id"]
    fake.state["campaigns"][email]["publish_date"] = f"{AT:%Y-%m-%dT%H:%M:%SZ}"
    held = service.read(email)
    assert held
    assert (held.status, held.scheduled) == (Status.DRAFT, None)


def test_an_update_writes_all_again(
    newsletter: Newsletter, fake: FakeButtondown, outgoing: Outgoing
) -> None:
    email = handed_over(newsletter, fake)
    spoilt = {
        "subject": "x",
        "description": "x",
        "body": "x",
        "commenting_mode": "enabled",
        "template": "modern",
    }
    fake.state["campaigns"][email["id"]].update(
        spoilt, metadata={}, filters={**email["filters"], "filters": []}
    )
    for _ in range(2):
        service_at(Wire(fake)).update(email["id"], outgoing)
        assert fake.state["campaigns"][email["id"]] == email


# Statuses

STATUSES = {
    "draft": Status.DRAFT, "scheduled": Status.SCHEDULED, "about_to_send": Status.SENDING, "in_flight": Status.SENDING,
    "throttled": Status.SENDING, "resending": Status.SENDING, "sent": Status.SENT, "paused": Status.STOPPED,
    "errored": Status.STOPPED, "suppressed": Status.STOPPED, "imported": Status.STOPPED,
    "managed_by_rss": Status.STOPPED, "transactional": Status.STOPPED, "of_tomorrow": Status.STOPPED,
}  # fmt: skip


@pytest.mark.parametrize("status", STATUSES)
def test_every_status_is_known_and_only_what_is_not_sent_is_changed(
    newsletter: Newsletter, fake: FakeButtondown, wire: Wire, outgoing: Outgoing, status: str
) -> None:
    email = handed_over(newsletter, fake)["id"]
    fake.state["campaigns"][email]["status"] = status
    service = service_at(wire)
    held, found = service.read(email), service.find(outgoing.marker)
    assert held
    assert [each.status for each in (held, *found)] == [STATUSES[status]] * 2
    changes: tuple[Callable[[], None], ...] = (
        lambda: service.update(email, outgoing),
        lambda: service.schedule(email, AT),
        lambda: service.unschedule(email),
    )
    if STATUSES[status] not in (Status.DRAFT, Status.SCHEDULED):
        for change in changes:
            with pytest.raises(Refused, match=f"{email}.*{status}"):
                change()
        assert not bodies(wire, "PATCH")


def test_what_is_not_there_or_deleted_is_not_read(
    newsletter: Newsletter, fake: FakeButtondown, service: Service, outgoing: Outgoing
) -> None:
    email = handed_over(newsletter, fake)["id"]
    fake.state["campaigns"][email]["status"] = "deleted"
    assert service.read(email) is None
    assert service.read("em_0") is None
    assert service.find(outgoing.marker) == []


# Finding


def test_all_pages_are_looked_through_for_the_marker_and_no_other(
    fake: FakeButtondown, wire: Wire, outgoing: Outgoing
) -> None:
    service, emails = service_at(wire), fake.state["campaigns"]
    own = service.create(outgoing)
    for name in (":6520:", ":65:"):
        service.create(replace(outgoing, name=outgoing.name.replace(":652:", name)))
    service.create(
        replace(
            outgoing, name=outgoing.name.replace("[newsletter:", "[newsletter-test:"), audience=""
        )
    )
    for number, metadata in enumerate([{}, {"newsletter": 5}, {"theirs": outgoing.name}, None]):
        emails[f"em_{number}"] = {**emails[own], "id": f"em_{number}", "metadata": metadata}
    fake.page_size = 3
    assert [each.id for each in service.find(outgoing.marker)] == [own]
    assert wire.calls.count("GET /v1/emails") == 3


def test_the_list_is_asked_for_the_newest_first_without_bodies(
    wire: Wire, service: Service
) -> None:
    service.find("[newsletter:1:x]")
    query = dict(wire.requests[-1].url.params)
    since = datetime.fromisoformat(query.pop("creation_date__start")).replace(tzinfo=UTC)
    assert 399 <= (datetime.now(UTC) - since).days <= 401
    assert query == {"page": "1", "ordering": "-creation_date", "excluded_fields": "body"}


@pytest.mark.parametrize("missing", ["metadata", "next", "status"])
def test_a_list_in_which_nothing_could_be_found_is_no_answer(
    newsletter: Newsletter, fake: FakeButtondown, outgoing: Outgoing, missing: str
) -> None:
    class Silent(FakeButtondown):
        def emails(self, request: httpx.Request) -> httpx.Response:
            page = super().emails(request).json()
            page.pop(missing, None)
            for row in page["results"]:
                row.pop(missing, None)
            return httpx.Response(200, json=page)

    silent = Silent()
    silent.state = fake.state
    service_at(Wire(fake)).create(outgoing)
    with pytest.raises(Unavailable):
        hand(newsletter, silent, Wire(silent), newsletter.first)
    assert len(fake.held()) == 1


# Audiences


def test_audiences_are_everyone_and_the_tags_of_all_pages(
    fake: FakeButtondown, service: Service
) -> None:
    fake.page_size = 1
    everyone, *with_tags = service.audiences()
    assert everyone == Audience("everyone", "All subscribers", 20311)
    assert with_tags == [
        Audience("tag_1readers", "Readers", 18204, within="everyone"),
        Audience("tag_2donors", "Donors", 12, within="everyone"),
        Audience("tag_3teasers", "Teasers", 12004, within="everyone"),
        Audience("tag_4headlines", "Headlines", 3100, within="everyone"),
        Audience("tag_5full", "Full text", 2904, within="everyone"),
    ]


def test_a_key_that_may_not_see_subscribers_is_good_enough(
    fake: FakeButtondown, service: Service
) -> None:
    fake.sees_subscribers = False
    assert {each.size for each in service.audiences()} == {None}
    assert len(service.audiences()) == 6
    with pytest.raises(NotAuthorised, match="subscriber_access"):
        service.overlap("tag_4headlines", "tag_5full")


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("tag_4headlines", "tag_5full", 4),
        ("tag_3teasers", "tag_4headlines", 0),
        ("tag_1readers", "tag_3teasers", 12004),
        ("tag_2donors", "everyone", 12),
        ("everyone", "everyone", 20311),
    ],
)
def test_readers_of_two_audiences_are_counted(
    service: Service, one: str, other: str, shared: int
) -> None:
    assert service.overlap(one, other) == service.overlap(other, one) == shared


@pytest.mark.parametrize("counts", [(3100, 2904, 6005), (3100, 2904, 3099)])
def test_numbers_that_do_not_go_together_are_none(counts: tuple[int, ...]) -> None:
    answers = [httpx.Response(200, json={"count": count}) for count in counts]
    service = connect(
        "buttondown",
        Settings({"BUTTONDOWN_API_KEY": CANARY}, Path()),
        httpx.MockTransport(lambda _: answers.pop(0)),
    )
    with pytest.raises(Refused, match="do not go together"):
        service.overlap("tag_4headlines", "tag_5full")


@pytest.mark.parametrize("audience", ["everyone", "tag_2donors"])
def test_another_audience_is_just_as_explicit(
    newsletter: Newsletter, fake: FakeButtondown, audience: str
) -> None:
    there = destination_of(fake, Wire(fake), newsletter.folder)
    chosen = next(each for each in there.service.audiences() if each.id == audience)
    there = replace(there, audience=chosen)
    hand_over(newsletter.first, [there], by="a test", confirm=lambda _: None)
    (held,) = fake.held()
    assert held.audiences == (audience,)
    read = there.service.read(held.id)
    assert read
    assert read.audiences == (audience,)


TAG = {"field": "subscriber.tags", "operator": "contains", "value": "tag_1readers"}
NOT_OURS: tuple[Any, ...] = (
    {
        "filters": [TAG, {**TAG, "operator": "not_contains", "value": "tag_2donors"}],
        "groups": [],
        "predicate": "and",
    },
    {"filters": [TAG, {**TAG, "value": "tag_2donors"}], "groups": [], "predicate": "or"},
    {"filters": [{**TAG, "operator": "not_contains"}], "groups": [], "predicate": "and"},
    {"filters": [{**TAG, "field": "subscriber.metadata.city"}], "groups": [], "predicate": "and"},
    {
        "filters": [TAG],
        "groups": [{"filters": [TAG], "groups": [], "predicate": "or"}],
        "predicate": "and",
    },
    {
        "filters": [],
        "groups": [{"filters": [TAG], "groups": [], "predicate": "or"}],
        "predicate": "and",
    },
    None,
)


@pytest.mark.parametrize("filters", NOT_OURS)
def test_filters_that_somebody_set_are_no_audience_of_ours(
    newsletter: Newsletter, fake: FakeButtondown, service: Service, filters: Any
) -> None:
    email = handed_over(newsletter, fake)["id"]
    fake.state["campaigns"][email]["filters"] = filters
    held = service.read(email)
    assert held
    assert held.audiences not in [("everyone",), *((tag,) for tag in fake.TAGS)]


def test_an_answer_without_filters_is_not_taken_for_everyone(
    newsletter: Newsletter, fake: FakeButtondown
) -> None:
    email = handed_over(newsletter, fake)["id"]
    del fake.state["campaigns"][email]["filters"]
    with pytest.raises(Unavailable, match="cannot be understood"):
        service_at(Wire(fake)).read(email)


@pytest.mark.parametrize("predicate", ["or", "something new"])
def test_who_fulfils_any_condition_is_another_audience(
    newsletter: Newsletter, fake: FakeButtondown, predicate: str
) -> None:
    email = handed_over(newsletter, fake)
    email["filters"]["predicate"] = predicate
    held = service_at(Wire(fake)).read(email["id"])
    assert held
    assert held.audiences == (fake.AUDIENCE, "(any of them)")


# Tests


def test_the_draft_of_a_test_could_reach_nobody_else(
    newsletter: Newsletter, fake: FakeButtondown
) -> None:
    scene = SCENES["test send"][0]
    wire = struck_at(
        newsletter, fake, "test send", "DELETE /v1/emails/em_101", "no connection", stays=True
    )
    with pytest.raises(ServiceError):
        scene(newsletter, fake, wire)
    (left,) = fake.held()
    assert (left.audiences, left.status) == ((), "draft")
    scene(newsletter, fake, Wire(fake))
    assert fake.held() == []
    assert [test["to"] for test in fake.tests] == [list(PEOPLE)] * 2


# Templates


def test_another_template_is_seen_and_set_right(
    newsletter: Newsletter, fake: FakeButtondown
) -> None:
    email = handed_over(newsletter, fake)["id"]
    fake.state["campaigns"][email]["template"] = "modern"
    hand(newsletter, fake, Wire(fake), newsletter.first)
    assert fake.state["campaigns"][email]["template"] == "naked"


def test_a_plan_without_the_template_is_told_as_a_difference(
    newsletter: Newsletter, fake: FakeButtondown
) -> None:
    fake.has_templates = False
    record = hand(newsletter, fake, Wire(fake), newsletter.first)
    assert record.differences == ("template: given 'naked', but it holds 'none'",)


# Secrets


@pytest.mark.parametrize(
    "do", [lambda it: it.account(), lambda it: it.audiences(), lambda it: it.find("x")]
)
def test_wrong_credentials_are_told_without_them(
    fake: FakeButtondown, do: Callable[[Service], Any]
) -> None:
    service = service_at(Wire(fake), f"{CANARY}-wrong")
    with pytest.raises(NotAuthorised) as caught:
        do(service)
    shown = "".join(traceback.format_exception(caught.value))
    assert "401" in shown
    assert CANARY not in f"{caught.value}{caught.value!r}{shown}{service!r}"


def test_the_account_is_named(service: Service) -> None:
    assert service.account() == "example (a@example.org)"


def test_a_key_that_may_not_write_is_not_authorised(
    fake: FakeButtondown, outgoing: Outgoing
) -> None:
    class ReadOnly(FakeButtondown):
        def create(self, request: httpx.Request) -> httpx.Response:
            return self.refusal(403, "email_access is needed")

    with pytest.raises(NotAuthorised, match="email_access"):
        service_at(Wire(ReadOnly())).create(outgoing)


# The fake


@pytest.mark.parametrize(
    ("body", "status", "reason"),
    [
        ({"subject": "x", "template": "plain"}, 400, "email_invalid"),
        ({"subject": "x", "body": "no tag", "template": "naked"}, 400, "body_invalid"),
        ({"subject": "x", "plain_text": "x"}, 422, "extra_forbidden"),
        ({"body": "x"}, 422, "missing"),
        ({"subject": "x", "filters": {"filters": []}}, 422, "missing"),
        ({"subject": "x", "filters": {"filters": [{**TAG, "value": "Readers"}], "groups": [], "predicate": "and"}},
         400, "tag_invalid"),
        ({"subject": "x", "status": "about_to_send"}, 400, "sending_requires_confirmation"),
        ({"subject": "x", "status": "scheduled"}, 400, "publish_date_missing"),
    ],
)  # fmt: skip
def test_the_fake_is_strict(
    fake: FakeButtondown, body: Mapping[str, Any], status: int, reason: str
) -> None:
    answer = _asked(fake, "POST", "/emails", body)
    assert answer.status_code == status
    assert reason in answer.text
    assert fake.held() == []


def test_the_fake_has_the_traps_of_the_real_one(fake: FakeButtondown) -> None:
    _asked(fake, "POST", "/emails", {"subject": "x"}, version="2025-06-01")
    _asked(fake, "POST", "/emails", {"subject": "x", "metadata": {"newsletter": "n"}})
    _asked(fake, "PATCH", "/emails/em_102", {"description": "x"})
    sent, blanked = fake.held()
    assert (sent.status, sent.audiences) == ("sent", ("everyone",))
    assert (blanked.status, blanked.name) == ("draft", "")
    _asked(fake, "PATCH", "/emails/em_102", {"status": "about_to_send"})
    assert fake.held()[1].status == "sent"
    assert _asked(fake, "PATCH", "/emails/em_102", {"status": "draft"}).status_code == 400


def _asked(
    fake: FakeButtondown,
    method: str,
    path: str,
    body: Mapping[str, Any],
    version: str = "2026-04-01",
) -> httpx.Response:
    headers = {"Authorization": f"Token {CANARY}", "X-API-Version": version}
    return fake.answer(httpx.Request(method, f"{fake.BASE}{path}", json=body, headers=headers))


# Merge tags and literal text


def read_by_django(text: str) -> str:
    """What Buttondown's language makes of a text for a reader called Ada."""
    return str(ENGINE.from_string(text).render(Context(VALUES, use_l10n=False, use_tz=False)))


def filled(text: str, email: Email) -> str:
    """A neutral text as that reader must get it."""
    for name in NAMES:
        text = text.replace(token(name), IN_VALUES.get(name) or own_values(email.issue)[name])
    return text


def test_each_merge_tag_is_counted_in_and_out() -> None:
    written = email_for(EVERYTHING, PROFILE)
    rest = written.html
    for name, tag in TAGS.items():
        assert EVERYTHING.html.count(token(name)) == written.html.count(tag) > 0, name
        assert EVERYTHING.text.count(token(name)) == written.text.count(tag) > 0, name
        rest = rest.replace(tag, "")
    assert not [opening for opening in ("{{", "{%", "{#") if opening in rest]
    assert "address" not in TAGS
    assert not [
        name for name in NAMES if token(name) in f"{written.html}{written.text}{written.subject}"
    ]


def test_django_reads_the_whole_email_as_it_was_meant() -> None:
    meant = EVERYTHING.html.replace(
        token("address"), str(escape(own_values(EVERYTHING.issue)["address"]))
    )
    assert seen(read_by_django(email_for(EVERYTHING, PROFILE).html)) == seen(
        filled(meant, EVERYTHING)
    )


def test_a_reader_without_a_name_is_a_reader() -> None:
    template = ENGINE.from_string(TAGS["first-name"])
    assert (
        template.render(Context({"subscriber": {"metadata": {}}}, use_l10n=False, use_tz=False))
        == "reader"
    )


class _Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.read: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.read += [tag, *(f"{name}={value}" for name, value in attrs)]

    def handle_data(self, data: str) -> None:
        self.read.append(data)


def seen(html: str) -> list[str]:
    """Tags, attributes and text of an HTML text; spaces that CSS ignores are left out."""
    parser = _Seen()
    parser.feed(html)
    parser.close()
    return ["".join(part.split()) if "@media" in part else part for part in parser.read]


TOKENS = [token(name) for name in TAGS]
HOSTILE = st.lists(
    st.sampled_from(["{", "}", "%", "#", "{{", "}}", "{%", "%}", "{#", "#}", "{{{", "\n", " ", "|", '"', "'", "<", "&",
                     "name", "verbatim", "endverbatim", "comment", "load", "{{ subscriber.email }}", "&#123;",
                     "{% verbatim %}", "{% if", *TOKENS])
    | st.text("ab{}%#", max_size=5),
    max_size=12,
).map("".join)  # fmt: skip


@settings(deadline=None)
@given(HOSTILE, HOSTILE)
@example("{% verbatim %}", "{% endverbatim %}")
@example("{" + TOKENS[0] + "}", "{# gone #}")
@example("{{{ subscriber.email }}}", "{" * 5 + TOKENS[2] + "}" * 5)
def test_hostile_text_in_html_is_read_as_it_was_written(text: str, attribute: str) -> None:
    html = f'<p title="{escape(attribute)}">{escape(text)}</p>'
    email = EVERYTHING.model_copy(
        update={"html": html, "subject": "S", "preheader": "P", "text": ""}
    )
    reader = seen(read_by_django(email_for(email, PROFILE).html))
    assert reader == seen(
        f'<p title="{escape(filled(attribute, email))}">{escape(filled(text, email))}</p>'
    )


@settings(deadline=None)
@given(HOSTILE.filter(lambda text: "\n" not in text))
@example("{" + TOKENS[0])
@example(TOKENS[0] + "}")
def test_hostile_subjects_and_preheaders_are_as_written_or_refused(line: str) -> None:
    for field in ("subject", "preheader"):
        email = EVERYTHING.model_copy(
            update={"html": "", "text": "", "subject": "S", "preheader": "P", field: line}
        )
        try:
            written = email_for(email, PROFILE)
        except CannotEscape:
            continue
        assert read_by_django(getattr(written, field)) == filled(line, email)


@pytest.mark.parametrize(
    "line", ["{{ name }}", "{% now %}", "{# gone #}", "CRISPR {{x", "{" + TOKENS[0]]
)
def test_what_looks_like_a_tag_in_a_subject_is_refused(line: str) -> None:
    with pytest.raises(CannotEscape):
        email_for(EVERYTHING.model_copy(update={"subject": line}), PROFILE)


@pytest.mark.parametrize("line", ["{ name }", "100 %} }}", "#{x}", "{ {x}}", "TOKEN, hello"])
def test_what_only_has_the_signs_of_one_is_let_through(line: str) -> None:
    line = line.replace("TOKEN", TOKENS[2])
    written = email_for(EVERYTHING.model_copy(update={"subject": line, "preheader": line}), PROFILE)
    assert written.subject == written.preheader == line.replace(TOKENS[2], TAGS["first-name"])


def test_the_text_part_is_not_read_by_buttondown_and_may_hold_anything() -> None:
    email = EVERYTHING.model_copy(update={"text": "{% x %}"})
    assert email_for(email, PROFILE).text == "{% x %}"


# The profile


def test_it_can_all_but_what_plain_text_needs() -> None:
    assert set(Capability) - PROFILE.can == {Capability.PLAIN_TEXT, Capability.TEXT_ALONE}
    assert [setting.name for setting in PROFILE.settings] == list(FakeButtondown.ENVIRONMENT)


def test_looking_at_the_profile_loads_no_http() -> None:
    code = "import sys, newsletter.services.adapters.buttondown; print({'httpx', 'newsletter.services.http.api'} & set(sys.modules))"
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=REPOSITORY
    )
    assert run.stdout.strip() == "set()", run.stderr
