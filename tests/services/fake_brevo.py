"""Brevo, never seen for real here.

From its published schemas: fields, types, what is required, statuses, limits of pages and of HTML, that an empty
``emailTo`` reaches the whole test list, that ``utmCampaign`` has letters, digits and spaces only, and that without it
the campaign's name is taken.
Found by its users: sizes are 0 in the list of lists; ``listIds`` can be updated only if they were used on creation;
what was scheduled cannot be deleted; times come back with the account's offset.
Assumed: a PUT keeps what is left out, such as the lists that are left out of the sending; ``[DEFAULT_FOOTER]`` is read
as it is; which status may follow which.
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
    ROUTES = (
        ("GET", "/account", "account"),
        ("GET", "/contacts/lists", "lists"),
        ("GET", "/contacts/lists/([0-9]+)", "one_list"),
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
                audiences=tuple(map(str, campaign["listIds"])),
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
            held["listIds"] = [int(self.OTHER)]
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
        if wrong := _wrong(body) or _missing(body):
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
            "with_lists": False,
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
        if wrong := _wrong(body) or ("Nothing to update" if not body else ""):
            return self.refusal(400, wrong)
        if "recipients" in body and not held["with_lists"]:
            return self.refusal(400, "listIds can be updated only if they were used on creation")
        if "scheduledAt" in body and not held["listIds"]:
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
        if not held or not held["listIds"]:
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
            held.update(listIds=body["recipients"]["listIds"], with_lists=True)
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


_SHOWN_OTHERWISE = {"listIds", "with_lists", "sent", "scheduledAt", "sender", "utmCampaign"}
_SHOWN_OTHERWISE |= {"exclusionLists", "segments", "exclusionSegments"}


def _wrong(body: dict[str, Any]) -> str:
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

    known = {int(FakeBrevo.AUDIENCE), int(FakeBrevo.OTHER)}
    if "recipients" in body and not (
        set(body["recipients"]) == {"listIds"} and known >= set(body["recipients"]["listIds"])
    ):
        return "recipients are invalid"
    if "scheduledAt" in body and datetime.fromisoformat(body["scheduledAt"]) <= datetime.now(UTC):
        return "scheduledAt has passed"

    return ""


def _missing(body: dict[str, Any]) -> str:
    missing = sorted(_NEEDED - {name for name, value in body.items() if value})
    if not missing:
        return ""
    return f"{missing[0]} is missing"
