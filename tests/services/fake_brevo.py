"""Brevo, never seen for real here.

From its published schemas: fields, types, what is required, statuses, limits of pages and of HTML, that an empty
``emailTo`` reaches the whole test list, that ``utmCampaign`` has letters, digits and spaces only, and that without it
the campaign's name is taken; pages of segments, which have no sizes; that recipients are lists or segments, of which
one must be there, and that a campaign is only updated with the kind that it was made with; that an empty field is
refused.
Found by its users: sizes are 0 in the list of lists; ``listIds`` can be updated only if they were used on creation;
what was scheduled cannot be deleted; times come back with the account's offset.
Assumed: a PUT keeps what is left out, such as the lists that are left out of the sending; ``[DEFAULT_FOOTER]`` is read
as it is; which status may follow which; a segment is enough for scheduling, where one sentence asks for a list; an
account without segments leaves them out of the answer, as it does lists.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, ClassVar, Literal

import httpx

from tests.services.fakes import CANARY, Fake, Held, altered, body_of, pages

_FIELDS = {
    "name",
    "subject",
    "previewText",
    "sender",
    "replyTo",
    "htmlContent",
    "recipients",
    "scheduledAt",
}
_FIELDS |= {"header", "footer", "mirrorActive", "inlineImageActivation", "utmCampaign"}
_NEEDED = {"name", "subject", "sender", "htmlContent"}
_EDITABLE = ("draft", "suspended")
_HELD = {"queued": "scheduled", "suspended": "draft"}
_STATUSES = {"suspended", "archive", "sent", "queued", "replicate", "replicateTemplate", "draft"}
"""What a campaign can be asked to become."""
_BECOMES = {
    ("queued", "suspended"),
    ("suspended", "draft"),
    ("suspended", "archive"),
    ("sent", "archive"),
}
_QUESTIONS = {"type", "sort", "limit", "offset", "excludeHtmlContent", "statistics"}
_MOST_HTML = 1_000_000
_ELSEWHERE = timezone(timedelta(hours=-3))
"""Where the account's owner lives: times come back with that offset."""


class FakeBrevo(Fake):
    """Campaigns without plain text; a default header and footer; tests that reach contacts only."""

    NAME = "brevo"
    BASE = "https://api.brevo.com/v3"
    ENVIRONMENT: ClassVar = {"BREVO_API_KEY": f"xkeysib-{CANARY}"}
    AUDIENCE = "53"
    OTHER = "60"
    PARTS = ("segment-17", "segment-18", "segment-19")
    ROUTES = (
        ("GET", "/account", "account"),
        ("GET", "/contacts/lists", "lists"),
        ("GET", "/contacts/lists/([0-9]+)", "one_list"),
        ("GET", "/contacts/segments", "segments"),
        ("GET", "/emailCampaigns", "campaigns"),
        ("POST", "/emailCampaigns", "create"),
        ("GET", "/emailCampaigns/([0-9]+)", "campaign"),
        ("PUT", "/emailCampaigns/([0-9]+)", "put"),
        ("DELETE", "/emailCampaigns/([0-9]+)", "delete"),
        ("PUT", "/emailCampaigns/([0-9]+)/status", "put_status"),
        ("POST", "/emailCampaigns/([0-9]+)/sendTest", "send_test"),
        ("POST", "/emailCampaigns/([0-9]+)/sendNow", "send_now"),
    )

    def empty(self) -> dict[str, Any]:
        """Two lists, and the people of the office as contacts; one of them in no list, one blocked."""
        return super().empty() | {
            "lists": {self.AUDIENCE: ["Readers", 17000], self.OTHER: ["Donors", 12]},
            "segments": {"17": "Teasers", "18": "Headlines", "19": "Full text"},
            "contacts": [
                "editor@example.org",
                "chair@example.org",
                "unlisted@example.org",
                "blocked@example.org",
            ],
            "unlisted": ["unlisted@example.org"],
            "blocked": ["blocked@example.org"],
        }

    def is_authorised(self, request: httpx.Request) -> bool:
        return "api-key" in request.headers and request.headers["api-key"] == f"xkeysib-{CANARY}"

    def refusal(self, status: int, reason: str) -> httpx.Response:
        code = {401: "unauthorized", 403: "permission_denied", 404: "document_not_found"}
        return httpx.Response(
            status, json={"code": code.get(status, "invalid_parameter"), "message": reason}
        )

    def held(self) -> list[Held]:
        return [
            Held(
                id=number,
                name=campaign["name"],
                status=_HELD.get(campaign["status"], campaign["status"]),
                audiences=_audiences(campaign),
                subject=campaign["subject"],
                html=campaign["htmlContent"],
                text=None,
                scheduled=campaign["scheduledAt"] if campaign["status"] == "queued" else None,
            )
            for number, campaign in self.state["campaigns"].items()
        ]

    def alter(self, campaign: str, what: Literal["content", "audience"]) -> None:
        held = self.state["campaigns"][campaign]
        if what == "audience":
            held.update(listIds=[int(self.OTHER)], segments=[])
        else:
            held["htmlContent"] = altered(held["htmlContent"])

    def account(self, _: httpx.Request) -> httpx.Response:
        plan = [{"type": "free", "credits": 300, "creditsType": "sendLimit"}]
        return httpx.Response(
            200,
            json={
                "companyName": "Example",
                "email": "a@example.org",
                "firstName": "A",
                "lastName": "B",
                "plan": plan,
            },
        )

    def lists(self, request: httpx.Request) -> httpx.Response:
        if int(request.url.params.get("limit", 10)) > 50:
            return self.refusal(400, "Limit exceeds max value")

        lists = [
            {
                "id": int(number),
                "name": name,
                "folderId": 1,
                "totalSubscribers": 0,
                "totalBlacklisted": 0,
            }
            | {"uniqueSubscribers": readers + 65}
            for number, (name, readers) in self.state["lists"].items()
        ]
        newest_first = lists if request.url.params.get("sort") == "asc" else lists[::-1]
        return httpx.Response(
            200, json={"lists": pages(newest_first, request, size="limit"), "count": len(lists)}
        )

    def segments(self, request: httpx.Request) -> httpx.Response:
        if int(request.url.params.get("limit", 10)) > 50:
            return self.refusal(400, "Limit exceeds max value")

        known = {"categoryName": "", "updatedAt": "2026-11-02T09:30:00.000Z"}
        oldest_first = [
            {"id": int(number), "segmentName": name, **known}
            for number, name in self.state["segments"].items()
        ]
        is_ascending = request.url.params.get("sort") == "asc"
        segments = oldest_first if is_ascending else oldest_first[::-1]
        page = pages(segments, request, size="limit")
        shown = {"segments": page} if page else {}
        return httpx.Response(200, json={"count": len(segments), **shown})

    def one_list(self, _: httpx.Request, number: str) -> httpx.Response:
        if number not in self.state["lists"]:
            return self.refusal(404, "List ID does not exist")

        name, readers = self.state["lists"][number]
        known = {"id": int(number), "name": name, "folderId": 1, "dynamicList": False}
        sizes = {
            "totalSubscribers": readers,
            "totalBlacklisted": 65,
            "uniqueSubscribers": readers + 65,
        }
        return httpx.Response(200, json=known | sizes)

    def campaigns(self, request: httpx.Request) -> httpx.Response:
        asked = request.url.params
        if int(asked.get("limit", 50)) > 100:
            return self.refusal(400, "Limit exceeds max value")
        if set(asked) - _QUESTIONS or asked.get("type", "classic") != "classic":
            return self.refusal(400, "Invalid query")

        shown = [self._shown(number, asked) for number in self.state["campaigns"]]
        if asked.get("sort", "desc") == "desc":
            shown.reverse()
        page = pages(shown, request, size="limit")
        return httpx.Response(200, json={"campaigns": page, "count": len(page)})

    def create(self, request: httpx.Request) -> httpx.Response:
        body = body_of(request)
        if wrong := self._wrong(body) or _missing(body):
            return self.refusal(400, wrong)

        number = self.new_id()
        defaults = {
            "previewText": "",
            "replyTo": "[DEFAULT_REPLY_TO]",
            "mirrorActive": False,
            "inlineImageActivation": False,
            "utmCampaign": "",
            "utmSource": "brevo",
            "utmMedium": "email",
            "abTesting": False,
            "sendAtBestTime": False,
            "recurring": False,
            "toField": "",
            "exclusionLists": [],
            "exclusionSegments": [],
            "segments": [],
        }
        status = {
            "status": "draft",
            "scheduledAt": "",
            "sent": 0,
            "createdAt": datetime.now(UTC).isoformat(),
        }
        around = {"header": "[DEFAULT_HEADER]", "footer": "[DEFAULT_FOOTER]"}
        self.state["campaigns"][number] = {
            **defaults,
            **around,
            **status,
            "listIds": [],
            "made_with": [*body.get("recipients", {})],
        }
        self._take(number, body)
        return httpx.Response(201, json={"id": int(number)})

    def campaign(self, request: httpx.Request, number: str) -> httpx.Response:
        if number not in self.state["campaigns"]:
            return self.refusal(404, "Campaign ID does not exist")
        return httpx.Response(200, json=self._shown(number, request.url.params))

    def put(self, request: httpx.Request, number: str) -> httpx.Response:
        held, body = self.state["campaigns"].get(number), body_of(request)
        if not held:
            return self.refusal(404, "Campaign ID does not exist")
        if held["status"] not in _EDITABLE:
            return self.refusal(400, f"Campaign is {held['status']} and cannot be updated")
        if wrong := self._wrong(body) or ("Nothing to update" if not body else ""):
            return self.refusal(400, wrong)
        for kind in body.get("recipients", {}):
            if kind not in held["made_with"]:
                wrong = f"{kind} can be updated only if they were used on creation"
                return self.refusal(400, wrong)
        if "scheduledAt" in body and not _audiences(held):
            return self.refusal(400, "recipients are mandatory if scheduledAt is set")

        self._take(number, body)
        return httpx.Response(204)

    def delete(self, _: httpx.Request, number: str) -> httpx.Response:
        held = self.state["campaigns"].get(number)
        if not held:
            return self.refusal(404, "Campaign ID does not exist")
        if held["scheduledAt"]:
            return self.refusal(403, "Only campaigns that were never scheduled can be deleted")

        del self.state["campaigns"][number]
        return httpx.Response(204)

    def put_status(self, request: httpx.Request, number: str) -> httpx.Response:
        held, wanted = self.state["campaigns"].get(number), body_of(request)["status"]
        if not held:
            return self.refusal(404, "Campaign ID does not exist")
        if wanted in ("sent", "queued"):
            return self.send_now(request, number)
        if wanted not in _STATUSES or (held["status"], wanted) not in _BECOMES:
            return self.refusal(400, f"Campaign is {held['status']} and cannot become {wanted}")

        held["status"] = wanted
        return httpx.Response(204)

    def send_test(self, request: httpx.Request, number: str) -> httpx.Response:
        held, people = self.state["campaigns"].get(number), body_of(request).get("emailTo")
        if not held:
            return self.refusal(404, "Campaign ID does not exist")

        state = self.state
        wrong = {
            "unexistingEmails": [
                person for person in people or () if person not in state["contacts"]
            ],
            "withoutListEmails": [person for person in people or () if person in state["unlisted"]],
            "blackListedEmails": [person for person in people or () if person in state["blocked"]],
        }
        if any(wrong.values()):
            said = {
                "code": "invalid_parameter",
                "message": "The email could not be sent to all recipients",
            }
            return httpx.Response(400, json=said | wrong)

        self.tests.append(
            {"to": people or ["everybody on the test list"], "subject": held["subject"]}
        )
        return httpx.Response(204)

    def send_now(self, _: httpx.Request, number: str) -> httpx.Response:
        held = self.state["campaigns"].get(number)
        if not held or not _audiences(held):
            return self.refusal(400, "Campaign cannot be sent")

        held.update(status="sent", scheduledAt=datetime.now(UTC).isoformat(), sent=1)
        return httpx.Response(204)

    def _take(self, number: str, body: dict[str, Any]) -> None:
        """What is not in the body stays as it is."""
        held = self.state["campaigns"][number]
        for name in _FIELDS - {"recipients", "header", "footer"}:
            if name in body:
                held[name] = body[name]
        for name, needed in (("header", "[MIRROR]"), ("footer", "[UNSUBSCRIBE]")):
            if name in body:
                held[name] = body[name] if needed in body[name] else f"[DEFAULT_{name.upper()}]"
        if "recipients" in body:
            recipients = body["recipients"]
            held["listIds"] = recipients.get("listIds", held["listIds"])
            held["segments"] = recipients.get("segmentIds", held["segments"])
        if "scheduledAt" in body:
            held["status"] = "queued"

    def _shown(self, number: str, asked: httpx.QueryParams) -> dict[str, Any]:
        held = self.state["campaigns"][number]
        own = {name: value for name, value in held.items() if name not in _SHOWN_OTHERWISE}
        time = (
            held["scheduledAt"]
            and datetime.fromisoformat(held["scheduledAt"]).astimezone(_ELSEWHERE).isoformat()
        )
        people = {name: held[name] for name in ("exclusionLists", "segments", "exclusionSegments")}
        numbers = (
            {"sent": held["sent"], "delivered": held["sent"]}
            if asked.get("statistics") == "globalStats"
            else {}
        )
        html = {"htmlContent": ""} if asked.get("excludeHtmlContent") == "true" else {}
        return {
            **own,
            **html,
            "id": int(number),
            "type": "classic",
            "sender": {"id": 43, **held["sender"]},
            "recipients": {"lists": held["listIds"], **people},
            "utmCampaignValue": held["utmCampaign"] or held["name"],
            "scheduledAt": time,
            "statistics": {"globalStats": numbers, "campaignStats": []},
        }

    def _wrong(self, body: dict[str, Any]) -> str:
        """What is wrong with the fields that are there; empty if nothing is."""
        if unknown := body.keys() - _FIELDS:
            return f"Unknown: {sorted(unknown)}"
        if "htmlContent" in body and not 10 < len(body["htmlContent"]) < _MOST_HTML:
            return "htmlContent must have more than 10 characters and less than 1 MB"
        if "sender" in body and (
            set(body["sender"]) - {"name", "email"} or "@" not in body["sender"].get("email", "")
        ):
            return "sender is invalid"
        if "@" not in body.get("replyTo", "@") or "<" in body.get("replyTo", ""):
            return "replyTo is invalid"
        if not re.fullmatch("[A-Za-z0-9 ]*", body.get("utmCampaign", "")):
            return "utmCampaign must have letters, digits and spaces only"

        known = {"listIds": self.state["lists"], "segmentIds": self.state["segments"]}
        for kind, numbers in body.get("recipients", {"listIds": [int(self.AUDIENCE)]}).items():
            if not numbers or not {str(number) for number in numbers} <= set(known.get(kind, ())):
                return f"{kind} of recipients are invalid"
        if "scheduledAt" in body and datetime.fromisoformat(body["scheduledAt"]) <= datetime.now(
            UTC
        ):
            return "scheduledAt has passed"

        return ""


_SHOWN_OTHERWISE = {"listIds", "made_with", "sent", "scheduledAt", "sender", "utmCampaign"}
_SHOWN_OTHERWISE |= {"exclusionLists", "segments", "exclusionSegments"}


def _missing(body: dict[str, Any]) -> str:
    missing = sorted(_NEEDED - {name for name, value in body.items() if value})
    if not missing:
        return ""
    return f"{missing[0]} is missing"


def _audiences(campaign: dict[str, Any]) -> tuple[str, ...]:
    segments = [f"segment-{number}" for number in campaign["segments"]]
    return (*map(str, campaign["listIds"]), *segments)
