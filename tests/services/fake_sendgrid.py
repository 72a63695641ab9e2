"""SendGrid's Single Sends, never seen for real here.

From its OpenAPI file: paths, fields and their defaults, statuses, limits; that a text is made up unless that is
forbidden; that what is empty in a change is kept; that segments come in one answer, with their lists; that a search
counts who is on two lists. From its pages: verified senders have another form than those of Marketing, and come after
``lastSeenID``; ``all`` is everyone. Found by its users: senders come without the object around them; ``POST /{id}`` duplicates;
the mark of open tracking is in the HTML that is read back.
The list of segments is under ``results``, as its text and all its users have it, not as its schema has it.
Assumed: whom a test by ordinary mail may come from; unknown fields are refused.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar, Literal
from uuid import UUID

import httpx

from newsletter.manifest import read_issue
from newsletter.model.fields import mailbox
from tests.services.fakes import CANARY, Fake, Held, altered, body_of
from tests.services.sendgrid_rules import CONFIG, MAIL, SEND, SEND_TO, Wrong, require_only

_SENDER = mailbox(
    read_issue(Path(__file__).resolve().parents[2] / "issues" / "652").publication.sender
)
_GROUP = 34108
_MOST_ROWS = 100


class FakeSendGrid(Fake):
    """Drafts made by one call; text is made up unless that is forbidden, and what is empty in a change is kept."""

    NAME = "sendgrid"
    BASE = "https://api.sendgrid.com/v3"
    ENVIRONMENT: ClassVar = {
        "SENDGRID_API_KEY": f"SG.{CANARY}",
        "SENDGRID_UNSUBSCRIBE_GROUP": str(_GROUP),
    }
    AUDIENCE = "f2fe66a1-43f3-4e3a-87b1-c6a600d805f0"
    OTHER = "00000000-43f3-4e3a-87b1-c6a600d805f1"
    PARTS = (
        f"{AUDIENCE}:segment-12099613-91e5-4d09-a900-df7626325281",
        f"{AUDIENCE}:segment-12099613-91e5-4d09-a900-df7626325282",
        "segment-12099613-91e5-4d09-a900-df7626325283",
    )
    ROUTES = (
        ("GET", "/user/email", "email"),
        ("GET", "/marketing/lists", "lists"),
        ("GET", "/marketing/segments/2.0", "segments"),
        ("POST", "/marketing/contacts/search", "search"),
        ("GET", "/marketing/senders", "senders"),
        ("GET", "/verified_senders", "verified_senders"),
        ("GET", "/marketing/singlesends", "singlesends"),
        ("POST", "/marketing/singlesends", "create"),
        ("GET", "/marketing/singlesends/([^/]+)", "singlesend"),
        ("POST", "/marketing/singlesends/([^/]+)", "duplicate"),
        ("PATCH", "/marketing/singlesends/([^/]+)", "patch"),
        ("DELETE", "/marketing/singlesends/([^/]+)", "delete"),
        ("PUT", "/marketing/singlesends/([^/]+)/schedule", "schedule"),
        ("DELETE", "/marketing/singlesends/([^/]+)/schedule", "unschedule"),
        ("POST", "/mail/send", "send"),
    )

    def empty(self) -> dict[str, Any]:
        senders = [
            _marketing(11, "News of another kind", "another@example.org"),
            _marketing(12, *_SENDER),
        ]
        return {
            **super().empty(),
            "counts opens": True,
            "marketing senders": senders,
            "verified senders": [],
            "lists": [_list(self.AUDIENCE, "Readers", 18204), _list(self.OTHER, "Donors", 12)],
            "contacts": [
                [self.AUDIENCE],
                [self.OTHER],
                *[[self.AUDIENCE, self.OTHER]] * 3,
            ],
            "segments": [
                _segment(part, name)
                for part, name in zip(
                    self.PARTS, ("Teasers", "Headlines", "Full text"), strict=True
                )
            ],
        }

    def answer(self, request: httpx.Request) -> httpx.Response:
        """As in Fake; a body that is wrong is refused, and nothing is done."""
        try:
            return super().answer(request)
        except Wrong as wrong:
            field, message = wrong.args
            return self.refusal(400, message, field)

    def is_authorised(self, request: httpx.Request) -> bool:
        return str(request.headers.get("Authorization")) == f"Bearer SG.{CANARY}"

    def refusal(self, status: int, reason: str, field: str | None = None) -> httpx.Response:
        return httpx.Response(
            status, json={"errors": [{"field": field, "message": reason, "error_id": "e1"}]}
        )

    def held(self) -> list[Held]:
        return [
            Held(
                id=send["id"],
                name=send["name"],
                status={"triggered": "sent"}.get(send["status"], send["status"]),
                audiences=self._audiences(send["send_to"]),
                subject=send["email_config"]["subject"],
                html=send["email_config"]["html_content"],
                text=send["email_config"]["plain_content"],
                scheduled=send["send_at"] if send["status"] == "scheduled" else None,
            )
            for send in self.state["campaigns"].values()
        ]

    def alter(self, campaign: str, what: Literal["content", "audience"]) -> None:
        held = self.state["campaigns"][campaign]
        if what == "audience":
            held["send_to"].update(list_ids=[self.OTHER], segment_ids=[])
        else:
            config = held["email_config"]
            config["html_content"] = altered(config["html_content"])

    def email(self, _: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"email": "owner@example.org"})

    def lists(self, request: httpx.Request) -> httpx.Response:
        return self._page(self.state["lists"], request)

    def segments(self, request: httpx.Request) -> httpx.Response:
        """All in one answer: no page is described."""
        if request.url.params:
            return self.refusal(400, "unknown parameters")
        return httpx.Response(200, json={"results": self.state["segments"]})

    def search(self, request: httpx.Request) -> httpx.Response:
        """Contacts that are on all of the lists that are asked for; no other condition is known here."""
        body = body_of(request)
        require_only("", body, {"query"})
        wanted = []
        for condition in body["query"].split(" AND "):
            known = re.fullmatch(r"CONTAINS\(list_ids, '([0-9a-f-]{36})'\)", condition)
            if not known:
                return self.refusal(400, f"invalid query: {condition}")
            wanted.append(known[1])
        count = sum(set(wanted) <= set(lists) for lists in self.state["contacts"])
        return httpx.Response(200, json={"result": [], "contact_count": count})

    def senders(self, _: httpx.Request) -> httpx.Response:
        """Without the object around it that the description has."""
        return httpx.Response(200, json=self.state["marketing senders"])

    def verified_senders(self, request: httpx.Request) -> httpx.Response:
        last, limit = (
            int(request.url.params.get(name, default))
            for name, default in (("lastSeenID", 0), ("limit", 5))
        )
        later = [sender for sender in self.state["verified senders"] if sender["id"] > last]
        return httpx.Response(200, json={"results": later[:limit]})

    def singlesends(self, request: httpx.Request) -> httpx.Response:
        names = ("id", "name", "status", "categories", "send_at", "created_at", "updated_at")
        rows = [{name: send[name] for name in names} for send in self.state["campaigns"].values()]
        return self._page([row | {"is_abtest": False, "abtest": None} for row in rows], request)

    def create(self, request: httpx.Request) -> httpx.Response:
        body = self._checked(body_of(request))
        now = datetime.now(UTC).isoformat()
        send: dict[str, Any] = {
            "id": str(UUID(int=int(self.new_id()))),
            "name": body["name"],
            "status": "draft",
            "categories": body.get("categories", []),
            "send_at": body.get("send_at"),
            "send_to": SEND_TO | body.get("send_to", {}),
            "email_config": CONFIG | body.get("email_config", {}),
            "created_at": now,
            "updated_at": now,
        }
        _generate_text(send["email_config"])
        self.state["campaigns"][send["id"]] = send
        return httpx.Response(201, json=self._shown(send))

    def singlesend(self, _: httpx.Request, number: str) -> httpx.Response:
        return self._with(number, lambda send: httpx.Response(200, json=self._shown(send)))

    def duplicate(self, request: httpx.Request, number: str) -> httpx.Response:
        """A POST to a Single Send makes a second one."""

        def copied(send: dict[str, Any]) -> httpx.Response:
            name = (body_of(request) or {}).get("name", f"Copy of {send['name']}")
            copy = json.loads(json.dumps(send)) | {
                "id": str(UUID(int=int(self.new_id()))),
                "name": name,
                "status": "draft",
            }
            self.state["campaigns"][copy["id"]] = copy
            return httpx.Response(201, json=self._shown(copy))

        return self._with(number, copied)

    def patch(self, request: httpx.Request, number: str) -> httpx.Response:
        """What is missing or empty is kept; when a text is made up is not documented, so here it is by default."""

        def patched(send: dict[str, Any]) -> httpx.Response:
            if send["status"] != "draft":
                raise Wrong("status", "only a draft can be updated")

            body = self._checked(body_of(request))
            config = body.get("email_config", {})
            send["name"] = body["name"]
            send["send_to"] |= {
                name: value
                for name, value in body.get("send_to", {}).items()
                if value not in ([], "")
            }
            send["email_config"] |= {"generate_plain_content": True} if config else {}
            send["email_config"] |= {name: value for name, value in config.items() if value != ""}
            _generate_text(send["email_config"])
            return httpx.Response(202, json=self._shown(send))

        return self._with(number, patched)

    def delete(self, _: httpx.Request, number: str) -> httpx.Response:
        """For good."""
        gone = self.state["campaigns"].pop(number, None)
        if not gone:
            return self.refusal(404, "not found")
        return httpx.Response(204)

    def schedule(self, request: httpx.Request, number: str) -> httpx.Response:
        def scheduled(send: dict[str, Any]) -> httpx.Response:
            body = body_of(request)
            require_only("", body, {"send_at"})
            if send["status"] != "draft":
                raise Wrong("status", "it is scheduled already")
            if not self._audiences(send["send_to"]) or not send["email_config"]["sender_id"]:
                raise Wrong("send_to", "list, segment and sender must be there")

            if body["send_at"] == "now":
                send.update(status="triggered", send_at=datetime.now(UTC).isoformat())
            elif datetime.strptime(body["send_at"], "%Y-%m-%dT%H:%M:%SZ").replace(
                tzinfo=UTC
            ) <= datetime.now(UTC):
                raise Wrong("send_at", "it must be in the future")
            else:
                send.update(status="scheduled", send_at=body["send_at"])
            return httpx.Response(201, json={"send_at": send["send_at"], "status": send["status"]})

        return self._with(number, scheduled)

    def unschedule(self, _: httpx.Request, number: str) -> httpx.Response:
        """A draft again; its time stays written there."""

        def unscheduled(send: dict[str, Any]) -> httpx.Response:
            if send["status"] != "scheduled":
                raise Wrong("status", "it is not scheduled")

            send["status"] = "draft"
            return httpx.Response(200, json={"send_at": send["send_at"], "status": "draft"})

        return self._with(number, unscheduled)

    def send(self, request: httpx.Request) -> httpx.Response:
        """Ordinary mail; no merge tag is filled in it."""
        body = body_of(request)
        require_only("", body, MAIL)
        people = [to["email"] for each in body["personalizations"] for to in each["to"]]
        if not people or len(set(people)) < len(people):
            raise Wrong("personalizations", "each address once, and one at least")
        if [part["type"] for part in body["content"]] != ["text/plain", "text/html"]:
            raise Wrong("content", "text/plain comes first, then text/html")
        if not body["subject"] or not all(part["value"] for part in body["content"]):
            raise Wrong("content", "subject and content must not be empty")
        if body["from"]["email"] not in (
            sender["from"]["email"] for sender in self.state["marketing senders"]
        ):
            return self.refusal(
                403, "The from address does not match a verified Sender Identity.", "from.email"
            )

        self.tests.append({"to": people, "subject": body["subject"]})
        return httpx.Response(202)

    def _with(
        self, number: str, does: Callable[[dict[str, Any]], httpx.Response]
    ) -> httpx.Response:
        send = self.state["campaigns"].get(number)
        if not send:
            return self.refusal(404, "not found")
        return does(send)

    def _shown(self, send: dict[str, Any]) -> dict[str, Any]:
        """A Single Send as the API answers it: with the mark of the picture that counts opens, if they are counted."""
        shown: dict[str, Any] = json.loads(json.dumps(send))
        mark = "%sg_open_track%" if self.state["counts opens"] else ""
        shown["email_config"]["html_content"] = mark + shown["email_config"]["html_content"]
        return shown

    def _audiences(self, send_to: dict[str, Any]) -> tuple[str, ...]:
        known = {part.rpartition("segment-")[2]: part for part in self.PARTS}
        return (
            *send_to["list_ids"],
            *(known.get(segment, segment) for segment in send_to["segment_ids"]),
            *(["everyone"] if send_to["all"] else []),
        )

    def _page(self, rows: list[dict[str, Any]], request: httpx.Request) -> httpx.Response:
        """A page of rows; the next one, if any, is named by a whole address."""
        first, size = (
            int(request.url.params.get(name, default))
            for name, default in (("page_token", 0), ("page_size", 10))
        )
        after = first + min(size, _MOST_ROWS)
        metadata: dict[str, Any] = {"self": str(request.url), "count": len(rows)}
        if after < len(rows):
            metadata["next"] = str(request.url.copy_set_param("page_token", after))
        return httpx.Response(200, json={"result": rows[first:after], "_metadata": metadata})

    def _checked(self, body: dict[str, Any]) -> dict[str, Any]:
        """The body of a Single Send. Raises Wrong."""
        send_to, config = body.get("send_to", {}), body.get("email_config", {})
        require_only("", body, SEND)
        require_only("send_to.", send_to, set(SEND_TO))
        require_only("email_config.", config, set(CONFIG))
        senders = {
            sender["id"]
            for sender in self.state["marketing senders"] + self.state["verified senders"]
        }
        wrong = {
            "name": not 1 <= len(body.get("name", "")) <= 100,
            "send_at": body.get("send_at") == "now",
            "send_to.list_ids": not set(send_to.get("list_ids", []))
            <= {found["id"] for found in self.state["lists"]},
            "send_to.segment_ids": not set(send_to.get("segment_ids", []))
            <= {found["id"] for found in self.state["segments"]},
            "email_config.suppression_group_id": config.get("suppression_group_id")
            not in (None, _GROUP),
            "email_config.sender_id": config.get("sender_id") not in (None, *senders),
        }
        for field in filter(wrong.get, wrong):
            raise Wrong(field, f"{field} is not valid")
        return body


def _marketing(number: int, name: str, address: str) -> dict[str, Any]:
    who = {"email": address, "name": name}
    return {
        "id": number,
        "nickname": name,
        "from": who,
        "reply_to": who,
        "verified": True,
        "locked": False,
    }


def _list(number: str, name: str, size: int) -> dict[str, Any]:
    return {
        "id": number,
        "name": name,
        "contact_count": size,
        "_metadata": {"self": f"lists/{number}"},
    }


def _segment(audience: str, name: str) -> dict[str, Any]:
    within, _, number = audience.rpartition("segment-")
    at = "2026-11-02T09:30:00Z"
    return {
        "id": number,
        "name": name,
        "contacts_count": 6068,
        "parent_list_ids": [within.removesuffix(":")] if within else [],
        "query_version": "2",
        "created_at": at,
        "updated_at": at,
        "sample_updated_at": at,
        "next_sample_update": at,
        "status": {"query_validation": "VALID"},
    }


def _generate_text(config: dict[str, Any]) -> None:
    """What SendGrid does unless it is asked not to."""
    if config["generate_plain_content"]:
        config["plain_content"] = "made up by SendGrid"
