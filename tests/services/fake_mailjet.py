"""Mailjet, never seen for real here.

From its guide and its OpenAPI file: paths, statuses, what is needed to make, test and schedule a draft; that NOW and
``send`` send immediately; that a content POST empties the part that is left out. From the declarations of its own
client: the fields of a draft, and which of them are read only. From its help pages: the tags.
From the guide and its page on segmentation: a draft has a list and perhaps one segment, which is of no list itself;
segments that were deleted are still listed; either part of the content is enough.
Assumed: the SegmentationID 0 is nothing's id, and does not take a segment out; a PUT that changes nothing is a 304; unknown fields are refused; order without ``Sort`` is any; a test sets
``Used``; templates and A/B tests are kept by a PUT.
"""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from typing import Any, ClassVar, Literal

import httpx

from tests.services.fakes import CANARY, Fake, Held, altered, body_of, pages

_STATUS = {0: "draft", 1: "scheduled", 2: "sent"}
_WORDS = {-2: "Deleted", -1: "Archived", 0: "Draft", 1: "Programmed", 2: "Sent"}
_FIELDS = {
    "Locale": str,
    "Subject": str,
    "Title": str,
    "Sender": str,
    "SenderName": str,
    "SenderEmail": str,
    "ReplyEmail": str,
    "ContactsListID": int,
    "SegmentationID": int,
    "EditMode": str,
    "IsTextPartIncluded": bool,
}
_PARTS: dict[str, Any] = {"Html-part": "", "Text-part": "", "MJMLContent": "", "Headers": {}}
_PAGING = {"Limit", "Offset", "Sort"}
_LONGEST_PAGE = 1000


class FakeMailjet(Fake):
    """Drafts that are never deleted, only archived; ``send`` and the time NOW send.

    A content POST empties the part that is left out. A PUT that changes nothing is answered 304.
    """

    NAME = "mailjet"
    BASE = "https://api.mailjet.com/v3/REST"
    ENVIRONMENT: ClassVar = {
        "MAILJET_API_KEY": f"{CANARY}-key",
        "MAILJET_SECRET_KEY": f"{CANARY}-secret",
    }
    AUDIENCE = "123456"
    OTHER = "654321"
    PARTS = ("123456:segment-2221", "123456:segment-2222", "123456:segment-2223")
    ROUTES = (
        ("GET", "/user", "user"),
        ("GET", "/contactslist", "lists"),
        ("GET", "/listrecipient", "recipients"),
        ("GET", "/contactfilter", "segments"),
        ("GET", "/campaigndraft", "drafts"),
        ("POST", "/campaigndraft", "create"),
        ("GET", r"/campaigndraft/(\d+)", "draft"),
        ("PUT", r"/campaigndraft/(\d+)", "put"),
        ("GET", r"/campaigndraft/(\d+)/detailcontent", "content"),
        ("POST", r"/campaigndraft/(\d+)/detailcontent", "post_content"),
        ("POST", r"/campaigndraft/(\d+)/test", "test"),
        ("POST", r"/campaigndraft/(\d+)/send", "send"),
        ("GET", r"/campaigndraft/(\d+)/schedule", "appointment"),
        ("POST", r"/campaigndraft/(\d+)/schedule", "schedule"),
        ("DELETE", r"/campaigndraft/(\d+)/schedule", "unschedule"),
    )

    def empty(self) -> dict[str, Any]:
        lists = [
            {
                "ID": int(self.AUDIENCE),
                "Name": "Readers",
                "SubscriberCount": 18950,
                "IsDeleted": False,
            },
            {"ID": int(self.OTHER), "Name": "Donors", "SubscriberCount": 15, "IsDeleted": False},
            {"ID": 777777, "Name": "Given up", "SubscriberCount": 3, "IsDeleted": True},
        ]
        segments = [
            _segment(2221, "Teasers", "used"),
            _segment(2222, "Headlines", "unused"),
            _segment(2223, "Full text", "unused"),
            _segment(2224, "Given up", "deleted"),
        ]
        known = {"lists": lists, "segments": segments}
        return {**super().empty(), **known, "active": {self.AUDIENCE: 18204, self.OTHER: 12}}

    def is_authorised(self, request: httpx.Request) -> bool:
        scheme, _, login = request.headers.get("Authorization", "").partition(" ")
        return scheme == "Basic" and base64.b64decode(login).decode() == ":".join(
            self.ENVIRONMENT.values()
        )

    def refusal(self, status: int, reason: str) -> httpx.Response:
        return httpx.Response(
            status, json={"ErrorInfo": "", "ErrorMessage": reason, "StatusCode": status}
        )

    def held(self) -> list[Held]:
        return [
            Held(
                id=str(draft["ID"]),
                name=draft["Title"],
                status=_STATUS.get(draft["Status"], str(draft["Status"])),
                audiences=_audiences(draft),
                subject=draft["Subject"],
                html=(draft["content"] or _PARTS)["Html-part"],
                text=(draft["content"] or _PARTS)["Text-part"],
                scheduled=draft["date"] or None,
            )
            for draft in self.state["campaigns"].values()
            if draft["Status"] not in (-1, -2)
        ]

    def alter(self, campaign: str, what: Literal["content", "audience"]) -> None:
        draft = self.state["campaigns"][campaign]
        if what == "audience":
            draft["ContactsListID"] = int(self.OTHER)
        elif draft["content"]:
            draft["content"]["Html-part"] = altered(draft["content"]["Html-part"])

    def user(self, _: httpx.Request) -> httpx.Response:
        return _rows(
            [
                {
                    "ID": 1,
                    "Email": "a@example.org",
                    "Username": "Example",
                    "Locale": "en_US",
                    "Timezone": "",
                }
            ]
        )

    def lists(self, request: httpx.Request) -> httpx.Response:
        deleted = request.url.params.get("IsDeleted")
        if not request.url.params.keys() <= _PAGING | {"IsDeleted"}:
            return self.refusal(400, "Invalid filter")

        found = [
            each
            for each in self.state["lists"]
            if deleted in (None, str(each["IsDeleted"]).lower())
        ]
        return _page(found, request)

    def recipients(self, request: httpx.Request) -> httpx.Response:
        query = request.url.params
        audience = query.get("ContactsList", "")
        total = next(
            (
                each["SubscriberCount"]
                for each in self.state["lists"]
                if str(each["ID"]) == audience
            ),
            0,
        )
        if query.get("Unsub") == query.get("IsExcludedFromCampaigns") == "false":
            total = self.state["active"].get(audience, 0)
        if "countOnly" not in query:  # then it counts what it returns
            total = min(total, 10)
        return httpx.Response(200, json={"Count": total, "Data": [], "Total": total})

    def segments(self, request: httpx.Request) -> httpx.Response:
        if not request.url.params.keys() <= _PAGING:
            return self.refusal(400, "Invalid filter")
        return _page(self.state["segments"], request)

    def drafts(self, request: httpx.Request) -> httpx.Response:
        if not request.url.params.keys() <= _PAGING:
            return self.refusal(400, "Invalid filter")
        return _page([_shown(draft) for draft in self.state["campaigns"].values()], request)

    def create(self, request: httpx.Request) -> httpx.Response:
        body = body_of(request)
        if wrong := _wrong(body, _FIELDS):
            return self.refusal(400, wrong)
        if not body.get("Locale") or not body.get("Subject"):
            return self.refusal(400, "Missing mandatory property: Locale, Subject")
        if wrong := self._unknown_in(body):
            return self.refusal(400, wrong)

        number = self.new_id()
        draft: dict[str, Any] = {name: kind() for name, kind in _FIELDS.items()}
        draft |= {
            "EditMode": "tool2",
            "ID": int(number),
            "CreatedAt": _now(),
            "Status": 0,
            "Used": False,
            "DeliveredAt": "",
            "Url": "",
            "TemplateID": 0,
            "Preset": "",
            "AXTesting": {},
            "AXFraction": 0,
            "AXFractionName": "",
        }
        self.state["campaigns"][number] = {**draft, **body, "content": None, "date": ""}
        return _rows([_shown(self.state["campaigns"][number])], 201)

    def draft(self, _: httpx.Request, campaign: str) -> httpx.Response:
        draft = self.state["campaigns"].get(campaign)
        if not draft:
            return self.refusal(404, "Object not found")
        return _rows([_shown(draft)])

    def put(self, request: httpx.Request, campaign: str) -> httpx.Response:
        body, draft = body_of(request), self.state["campaigns"].get(campaign)
        if not draft:
            return self.refusal(404, "Object not found")
        if wrong := _wrong(body, {**_FIELDS, "Status": int}):
            return self.refusal(400, wrong)
        if draft == draft | body:
            return httpx.Response(304)
        if draft["Status"] != 0 or body.get("Status", 0) not in (0, -1):
            return self.refusal(400, "The campaign draft has to be in status draft")
        if wrong := self._unknown_in(body):
            return self.refusal(400, wrong)

        draft.update(body)
        return _rows([_shown(draft)])

    def content(self, _: httpx.Request, campaign: str) -> httpx.Response:
        draft = self.state["campaigns"].get(campaign)
        if not draft or not draft["content"]:
            return self.refusal(404, "Object not found")
        return _rows([draft["content"]])

    def post_content(self, request: httpx.Request, campaign: str) -> httpx.Response:
        body, draft = body_of(request), self.state["campaigns"].get(campaign)
        if not draft:
            return self.refusal(404, "Object not found")
        if wrong := _wrong(body, {name: type(part) for name, part in _PARTS.items()}):
            return self.refusal(400, wrong)
        if draft["Status"] != 0:
            return self.refusal(400, "The campaign draft has to be in status draft")

        draft["content"] = {**_PARTS, **body}
        return _rows([draft["content"]], 201)

    def test(self, request: httpx.Request, campaign: str) -> httpx.Response:
        body, draft = body_of(request), self.state["campaigns"].get(campaign)
        if not draft:
            return self.refusal(404, "Object not found")
        if wrong := self._unfit(draft):
            return self.refusal(400, wrong)

        people = body.get("Recipients")
        if (
            body.keys() != {"Recipients"}
            or not people
            or any(not person.get("Email") for person in people)
        ):
            return self.refusal(400, "Recipients is missing")

        draft["Used"] = True
        self.tests.append(
            {"to": [person["Email"] for person in people], "subject": draft["Subject"]}
        )
        return _rows([{"Status": _WORDS[draft["Status"]]}], 201)

    def send(self, _: httpx.Request, campaign: str) -> httpx.Response:
        draft = self.state["campaigns"][campaign]
        draft.update(Status=2, DeliveredAt=datetime.now(UTC).isoformat())
        return _rows([{"Status": "Sent"}], 201)

    def appointment(self, _: httpx.Request, campaign: str) -> httpx.Response:
        draft = self.state["campaigns"].get(campaign)
        if not draft or draft["Status"] != 1 or not draft["date"]:
            return self.refusal(404, "Object not found")
        return _rows([{"Date": draft["date"], "Status": "Programmed"}])

    def schedule(self, request: httpx.Request, campaign: str) -> httpx.Response:
        body, draft = body_of(request), self.state["campaigns"].get(campaign)
        if not draft:
            return self.refusal(404, "Object not found")

        at = (body or {}).get("Date", "NOW")
        wrong = self._unfit(draft)
        if wrong or self.state["active"].get(str(draft["ContactsListID"]), 0) < 2:
            return self.refusal(
                400, wrong or "The contacts list needs more than one active contact"
            )
        if at == "NOW":
            return self.send(request, campaign)
        if datetime.fromisoformat(at) <= datetime.now(UTC):
            return self.refusal(400, "The date is past or too close")

        draft.update(Status=1, date=at)
        return _rows([{"Date": at, "Status": "Programmed"}], 201)

    def unschedule(self, _: httpx.Request, campaign: str) -> httpx.Response:
        draft = self.state["campaigns"].get(campaign)
        if not draft or draft["Status"] != 1:
            return self.refusal(404, "Object not found")

        draft.update(Status=0, date="")
        return httpx.Response(204)

    def _unknown_in(self, body: dict[str, Any]) -> str:
        """The list or the segment that is none; empty if both are known, or not there."""
        number, segment = body.get("ContactsListID"), body.get("SegmentationID")
        if number is not None and str(number) not in self.state["active"]:
            return "There is no such contacts list"
        if segment is not None and segment not in [each["ID"] for each in self.state["segments"]]:
            return "There is no such contact filter"
        return ""

    def _unfit(self, draft: dict[str, Any]) -> str:
        """What keeps a draft from being sent to anybody; empty if nothing does."""
        content = draft["content"] or _PARTS
        if draft["Status"] not in (0, 1):
            return "The campaign draft has to be in status draft or programmed"
        if not (draft["Sender"] and draft["SenderEmail"] and draft["Subject"]):
            return "Sender, SenderEmail and Subject are needed"

        return "" if content["Html-part"] or content["Text-part"] else "Missing content"


def _wrong(body: Any, fields: dict[str, type]) -> str:
    """What is unknown or of another type in a body; empty if nothing is."""
    wrong = sorted(name for name, value in body.items() if type(value) is not fields.get(name))
    if not wrong:
        return ""
    return f"Properties not supported in JSON payload ({', '.join(wrong)})"


def _shown(draft: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in draft.items() if name not in ("content", "date")}


def _page(found: list[Any], request: httpx.Request) -> httpx.Response:
    """A page, in the order that was asked for; without one, in any."""
    if int(request.url.params.get("Limit", 10)) > _LONGEST_PAGE:
        return httpx.Response(
            400, json={"ErrorInfo": "", "ErrorMessage": "Limit is too large", "StatusCode": 400}
        )

    ordered = sorted(
        found, key=lambda row: row["ID"], reverse=request.url.params.get("Sort") != "ID"
    )
    return _rows(pages(ordered, request, "Offset", "Limit"))


def _rows(rows: list[Any], status: int = 200) -> httpx.Response:
    return httpx.Response(status, json={"Count": len(rows), "Data": rows, "Total": len(rows)})


def _audiences(draft: dict[str, Any]) -> tuple[str, ...]:
    if not draft["ContactsListID"]:
        return ()
    segment = f":segment-{draft['SegmentationID']}" if draft["SegmentationID"] else ""
    return (f"{draft['ContactsListID']}{segment}",)


def _segment(number: int, name: str, status: str) -> dict[str, Any]:
    expression = f'(format="{name}")'
    return {
        "ID": number,
        "Name": name,
        "Description": "",
        "Expression": expression,
        "Status": status,
    }


def _now() -> str:
    """As Mailjet writes times: to the second, in UTC."""
    return f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
