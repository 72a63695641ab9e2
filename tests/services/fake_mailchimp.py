"""Mailchimp, never seen for real here.

From its OpenAPI file: paths, fields and their defaults, what is required, limits, what a page is.
From recorded answers: problem documents, ``send_time`` as "", the bar that it adds where nobody could unsubscribe;
a campaign for a saved segment repeats the segment's conditions.
Seen by others at the real one (Newspack, 2026): options without anything in them make a campaign one for the whole list;
one that goes from a part of its list straight to another part has the new conditions, but keeps the readers of the first.
From its documentation: 10 MB for a file of the content manager, whose extension becomes what the content is;
no spaces or special characters in its name; quarters of an hour; a text left out is made up; no content is taken where a template is set.
Assumed: what a campaign for a tag repeats; a campaign without HTML has an empty one, and its kind never changes; a file keeps its name, and two may have the same; it is served as it was uploaded; a PATCH keeps what is left out,
conditions of a segment too; the words of refusals; "paused" can be edited.
"""

from __future__ import annotations

import base64
import binascii
import re
from datetime import UTC, datetime
from typing import Any, ClassVar, Literal

import httpx

from tests.services.fakes import CANARY, Fake, Held, altered, body_of, extension_of, pages
from tests.services.mailchimp_rules import FIELDS, READ_ONLY, missing_in, wrong_in

_STATUS = {"save": "draft", "paused": "draft", "schedule": "scheduled"}
_EDITABLE = ("save", "paused")
_MADE_UP = "made up by Mailchimp"
_NOT_FULL = {
    "condition_type": "Interests",
    "field": "interests-3dc70c9b77",
    "op": "interestnotcontains",
    "value": ["2239b650fc"],
}
_BAR = '<center><br><br><table border="0" id="canspamBarWrapper"><tr><td>*|UNSUB|* *|REWARDS|*</td></tr></table></center>'


class FakeMailchimp(Fake):
    """Campaigns with content of their own; text that is left out is made up."""

    NAME = "mailchimp"
    BASE = "https://us6.api.mailchimp.com/3.0"
    ENVIRONMENT: ClassVar = {"MAILCHIMP_API_KEY": f"{CANARY}-us6"}
    AUDIENCE = "a1b2c3d4e5"
    OTHER = "ffff000000"
    PARTS = (
        "a1b2c3d4e5:segment-17",
        "a1b2c3d4e5:tag-18",
        "a1b2c3d4e5:group-3dc70c9b77-2239b650fc",
    )
    ROUTES = (
        ("GET", "/", "root"),
        ("GET", "/lists", "lists"),
        ("GET", "/lists/([^/]+)/members", "members"),
        ("GET", "/lists/([^/]+)/segments", "segments"),
        ("GET", "/lists/([^/]+)/segments/([^/]+)", "segment"),
        ("GET", "/lists/([^/]+)/segments/([^/]+)/members", "segment_members"),
        ("GET", "/lists/([^/]+)/interest-categories", "categories"),
        ("GET", "/lists/([^/]+)/interest-categories/([^/]+)/interests", "interests"),
        ("GET", "/file-manager/files", "stored_files"),
        ("POST", "/file-manager/files", "store"),
        ("GET", "/campaigns", "campaigns"),
        ("POST", "/campaigns", "create"),
        ("GET", "/campaigns/([^/]+)", "campaign"),
        ("PATCH", "/campaigns/([^/]+)", "patch"),
        ("DELETE", "/campaigns/([^/]+)", "delete"),
        ("GET", "/campaigns/([^/]+)/content", "content"),
        ("PUT", "/campaigns/([^/]+)/content", "put_content"),
        ("GET", "/campaigns/([^/]+)/send-checklist", "checklist"),
        ("POST", "/campaigns/([^/]+)/actions/test", "test"),
        ("POST", "/campaigns/([^/]+)/actions/schedule", "schedule"),
        ("POST", "/campaigns/([^/]+)/actions/unschedule", "unschedule"),
        ("POST", "/campaigns/([^/]+)/actions/send", "send"),
    )

    def empty(self) -> dict[str, Any]:
        """Readers are numbers; ``segments`` and ``groups`` are those of the right audience."""
        return super().empty() | {
            "readers": {self.AUDIENCE: [0, 18204], self.OTHER: [18200, 18212]},
            "segments": {
                "17": {
                    "name": "Teasers",
                    "type": "saved",
                    "options": {"match": "all", "conditions": [_NOT_FULL]},
                    "readers": [0, 12004],
                },
                "18": {"name": "Headlines", "type": "static", "readers": [12004, 15104]},
                "19": {"name": "All", "type": "fuzzy", "readers": [0, 18204]},
            },
            "groups": {
                "3dc70c9b77": {
                    "title": "Format",
                    "interests": {
                        "2239b650fc": {"name": "Full text", "readers": [15100, 18004]},
                        "77aa00bb11": {"name": "Plain text", "readers": [18004, 18204]},
                    },
                }
            },
        }

    def is_authorised(self, request: httpx.Request) -> bool:
        """Basic; the user's name does not matter."""
        kind, _, login = request.headers.get("Authorization", "").partition(" ")
        try:
            return (
                kind == "Basic"
                and base64.b64decode(login).decode().partition(":")[2] == f"{CANARY}-us6"
            )
        except (binascii.Error, UnicodeDecodeError):
            return False

    def refusal(self, status: int, reason: str) -> httpx.Response:
        """A problem document."""
        problem = {
            "type": "about:blank",
            "title": "No",
            "status": status,
            "detail": reason,
            "instance": "1",
        }
        return httpx.Response(
            status, json=problem, headers={"Content-Type": "application/problem+json"}
        )

    def held(self) -> list[Held]:
        """All campaigns."""
        return [
            Held(
                id=campaign["id"],
                name=campaign["settings"]["title"],
                status=_STATUS.get(campaign["status"], campaign["status"]),
                audiences=tuple(filter(None, (campaign["reaches"],))),
                subject=campaign["settings"]["subject_line"],
                html=campaign["content"]["html"],
                text=campaign["content"]["plain_text"],
                scheduled=campaign["send_time"] or None,
            )
            for campaign in self.state["campaigns"].values()
        ]

    def alter(self, campaign: str, what: Literal["content", "audience"]) -> None:
        """Spoil it."""
        held = self.state["campaigns"][campaign]
        if what == "audience":
            held["recipients"] = {"list_id": self.OTHER, "segment_opts": {}}
            held["reaches"] = self.OTHER
        else:
            held["content"]["html"] = altered(held["content"]["html"])

    def root(self, _: httpx.Request) -> httpx.Response:
        """The account."""
        return httpx.Response(
            200, json={"account_id": "8d3a", "account_name": "Example", "email": "a@example.org"}
        )

    def lists(self, request: httpx.Request) -> httpx.Response:
        """The audiences, ten at a time if no other number is asked for."""
        return self._page(request, "lists", self.audiences())

    def audiences(self) -> list[dict[str, Any]]:
        """All there are."""
        return [
            {"id": self.AUDIENCE, "name": "Readers", "stats": {"member_count": 18204}},
            {"id": self.OTHER, "name": "Donors", "stats": {"member_count": 12}},
        ]

    def members(self, request: httpx.Request, list_id: str) -> httpx.Response:
        """Those who are subscribed, or of them those in a group, if its category is named as well."""
        query = request.url.params
        if query.get("status") != "subscribed":
            return self.refusal(400, "here only those who are subscribed are asked for")

        readers = self.state["readers"].get(list_id)
        by_group = {"interest_category_id", "interest_ids", "interest_match"} & set(query)
        if by_group:
            if len(by_group) < 3 or query["interest_match"] not in ("any", "all", "none"):
                return self.refusal(400, "interest_ids go with a category and a match")
            category = self.state["groups"].get(query["interest_category_id"])
            readers = category and category["interests"][query["interest_ids"]]["readers"]
        return self._members(request, readers)

    def segments(self, request: httpx.Request, list_id: str) -> httpx.Response:
        """Segments, tags, and what Mailchimp has made itself; of one list."""
        numbers = self.state["segments"] if list_id == self.AUDIENCE else {}
        return self._page(request, "segments", [self._segment(number) for number in numbers])

    def segment(self, _: httpx.Request, list_id: str, number: str) -> httpx.Response:
        """One of them."""
        if list_id != self.AUDIENCE or number not in self.state["segments"]:
            return self._not_found()
        return httpx.Response(200, json=self._segment(number))

    def segment_members(self, request: httpx.Request, list_id: str, number: str) -> httpx.Response:
        """Those who are subscribed, if nothing else is asked for."""
        segment = self.state["segments"].get(number)
        is_there = segment and list_id == self.AUDIENCE
        return self._members(request, segment["readers"] if is_there else None)

    def categories(self, request: httpx.Request, list_id: str) -> httpx.Response:
        """What the groups of a list have in common."""
        groups = self.state["groups"] if list_id == self.AUDIENCE else {}
        rows = [{"id": each, "title": groups[each]["title"], "type": "radio"} for each in groups]
        return self._page(request, "categories", rows)

    def interests(self, request: httpx.Request, list_id: str, category: str) -> httpx.Response:
        """Groups; how many are in each is a text."""
        groups = self.state["groups"].get(category)
        if list_id != self.AUDIENCE or not groups:
            return self._not_found()
        rows = [
            {"id": each, "name": group["name"], "subscriber_count": str(_size(group))}
            for each, group in groups["interests"].items()
        ]
        return self._page(request, "interests", rows)

    def _segment(self, number: str) -> dict[str, Any]:
        shown = {
            name: it for name, it in self.state["segments"][number].items() if name != "readers"
        }
        return {"id": int(number), "member_count": _size(self.state["segments"][number]), **shown}

    def _members(self, request: httpx.Request, readers: list[int] | None) -> httpx.Response:
        if readers is None:
            return self._not_found()
        rows = [{"id": f"{number:032x}", "status": "subscribed"} for number in range(*readers)]
        return self._page(request, "members", rows)

    def stored_files(self, request: httpx.Request) -> httpx.Response:
        """Only those that were added since a time, if one is given."""
        query = request.url.params
        since = datetime.fromisoformat(query.get("since_created_at", "2000-01-01T00:00:00+00:00"))
        found = [
            file["shown"]
            for file in self.state["files"]
            if datetime.fromisoformat(file["shown"]["created_at"]) >= since
        ]
        if (query.get("sort_field"), query.get("sort_dir")) == ("added_date", "DESC"):
            found.reverse()
        return self._page(request, "files", found)

    def store(self, request: httpx.Request) -> httpx.Response:
        """In the content manager; it is served under a name of Mailchimp's."""
        body = body_of(request)
        if not isinstance(body, dict) or not {"name", "file_data"} <= set(body):
            return self.refusal(400, "Schema describes name and file_data")
        if set(body) - {"name", "file_data", "folder_id"} or not _is_text(*body.values()):
            return self.refusal(400, "Schema describes name, file_data and folder_id")
        try:
            content = base64.b64decode(body["file_data"], validate=True)
        except binascii.Error:
            return self.refusal(400, "The file data is not base64")
        if len(content) > 10_000_000 or not re.fullmatch(r"[\w.-]+", body["name"]):
            return self.refusal(400, "This file cannot be uploaded")

        number = self.new_id()
        stem, _, extension = body["name"].rpartition(".")
        extension = extension_of(content) or extension
        kind = "images" if extension_of(content) else "files"
        address = f"https://mcusercontent.com/8d3a/{kind}/{number}-5a7c.{extension}"
        shown = self.keep(
            body["name"],
            address,
            content,
            id=int(number),
            name=f"{stem}.{extension}",
            size=len(content),
            created_at=datetime.now(UTC).isoformat(timespec="seconds"),
            full_size_url=address,
        )
        return httpx.Response(200, json=shown)

    def campaigns(self, request: httpx.Request) -> httpx.Response:
        """The newest first, if that is asked for."""
        query = request.url.params
        since = datetime.fromisoformat(query.get("since_create_time", "2000-01-01T00:00:00+00:00"))
        found = [
            _shown(campaign)
            for campaign in self.state["campaigns"].values()
            if datetime.fromisoformat(campaign["create_time"]) >= since
        ]
        is_reversed = (query.get("sort_field"), query.get("sort_dir")) == ("create_time", "DESC")
        if is_reversed:
            found.reverse()
        return self._page(request, "campaigns", found)

    def _page(
        self, request: httpx.Request, name: str, rows: list[dict[str, Any]]
    ) -> httpx.Response:
        if int(request.url.params.get("count", 10)) > 1000:
            return self.refusal(400, "count must be 1000 or less")
        return httpx.Response(200, json={name: pages(rows, request), "total_items": len(rows)})

    def create(self, request: httpx.Request) -> httpx.Response:
        """A campaign without content; whatever is left out gets a value."""
        body = body_of(request)
        kind = body.pop("type", None) if isinstance(body, dict) else None
        if kind not in ("regular", "plaintext"):
            return self.refusal(400, "Schema describes enum, and another value was found for type")
        if wrong := wrong_in(body, "create") or self._wrong_recipients(body):
            return self.refusal(400, wrong)

        number = self.new_id()
        parts = {
            part: {**values, **READ_ONLY.get(part, {}), **body.get(part, {})}
            for part, values in FIELDS.items()
        }
        campaign: dict[str, Any] = {
            "id": f"c{number}",
            "web_id": int(number),
            "type": kind,
            "create_time": datetime.now(UTC).isoformat(timespec="seconds"),
            "status": "save",
            "send_time": "",
            "content_type": "template",
            "social_card": {"title": "", "description": "", "image_url": ""},
            "content": {"html": "", "plain_text": ""},
            **parts,
        }
        self._send_to(campaign, campaign["recipients"], before={})
        self.state["campaigns"][campaign["id"]] = campaign
        return httpx.Response(200, json=_shown(campaign))

    def campaign(self, _: httpx.Request, campaign: str) -> httpx.Response:
        """One, without its content."""
        held = self.state["campaigns"].get(campaign)
        if not held:
            return self._not_found()
        return httpx.Response(200, json=_shown(held))

    def patch(self, request: httpx.Request, campaign: str) -> httpx.Response:
        """What is left out is kept."""
        body, held = body_of(request), self.state["campaigns"].get(campaign)
        if not held:
            return self._not_found()
        if wrong := wrong_in(body, "patch") or self._wrong_recipients(body):
            return self.refusal(400, wrong)
        if held["status"] not in _EDITABLE:
            return self.refusal(400, "Cannot update a campaign that is not a draft")

        before = dict(held["recipients"])
        for part, values in body.items():
            held[part].update(values)
        if "recipients" in body:
            self._send_to(held, body["recipients"], before)
        return httpx.Response(200, json=_shown(held))

    def delete(self, _: httpx.Request, campaign: str) -> httpx.Response:
        """Gone."""
        held = self.state["campaigns"].pop(campaign, None)
        if not held:
            return self._not_found()
        return httpx.Response(204)

    def content(self, _: httpx.Request, campaign: str) -> httpx.Response:
        """HTML and text."""
        held = self.state["campaigns"].get(campaign)
        if not held:
            return self._not_found()
        return httpx.Response(200, json=held["content"])

    def put_content(self, request: httpx.Request, campaign: str) -> httpx.Response:
        """All of it is replaced; a text is made up if none is given, and a footer is put in if it is asked for, or if
        readers could not unsubscribe.
        """
        body, held = body_of(request), self.state["campaigns"].get(campaign)
        if not held:
            return self._not_found()
        if (
            not isinstance(body, dict)
            or not set(body) <= {"html", "plain_text"}
            or not _is_text(*body.values())
        ):
            return self.refusal(400, "Schema describes html and plain_text")
        if held["status"] not in _EDITABLE:
            return self.refusal(400, "Cannot update a campaign that is not a draft")
        if held["settings"]["template_id"]:  # then nothing is taken, and nothing said
            return httpx.Response(200, json=held["content"])

        if held["type"] == "plaintext":
            held["content"] = {"html": "", "plain_text": body.get("plain_text", "")}
            return httpx.Response(200, json=held["content"])

        html = body.get("html", "")
        held["content_type"] = "html"
        if held["settings"]["auto_footer"] or "*|UNSUB|*" not in html:
            html = html.replace("</body>", f"{_BAR}</body>")
        held["content"] = {"html": html, "plain_text": body.get("plain_text") or _MADE_UP}
        return httpx.Response(200, json=held["content"])

    def checklist(self, _: httpx.Request, campaign: str) -> httpx.Response:
        """What is missing before it can be sent."""
        held = self.state["campaigns"].get(campaign)
        if not held:
            return self._not_found()

        items = [
            {"type": "error", "heading": heading, "details": "It is missing."}
            for heading in missing_in(held)
        ]
        return httpx.Response(
            200,
            json={
                "is_ready": not items,
                "items": items or [{"type": "success", "heading": "List"}],
            },
        )

    def test(self, request: httpx.Request, campaign: str) -> httpx.Response:
        """To 20 addresses at most."""
        body, held = body_of(request), self.state["campaigns"].get(campaign)
        if not held:
            return self._not_found()
        if set(body) != {"test_emails", "send_type"} or body["send_type"] not in (
            "html",
            "plaintext",
        ):
            return self.refusal(400, "Schema describes test_emails and send_type")
        if (
            not 1 <= len(body["test_emails"]) <= 20
            or not held["settings"]["from_name"]
            or "Content" in missing_in(held)
        ):
            return self.refusal(
                400,
                'This campaign cannot be tested:" A From Name must be entered on the Setup step."',
            )

        sent = {"to": body["test_emails"], "subject": held["settings"]["subject_line"]}
        if body["send_type"] == "plaintext":
            sent["text"] = held["content"]["plain_text"]
        self.tests.append(sent)
        return httpx.Response(204)

    def schedule(self, request: httpx.Request, campaign: str) -> httpx.Response:
        """On a quarter of an hour to come; it does not say why not."""
        body, held = body_of(request), self.state["campaigns"].get(campaign)
        if not held:
            return self._not_found()
        if set(body) != {"schedule_time"}:
            return self.refusal(400, "Schema describes schedule_time")

        at = datetime.fromisoformat(body["schedule_time"])
        is_time = (
            at.tzinfo
            and not (at.minute % 15 or at.second or at.microsecond)
            and at > datetime.now(UTC)
        )
        if held["status"] not in _EDITABLE or not is_time or missing_in(held):
            return self.refusal(400, "This campaign cannot be scheduled: .")

        held.update(status="schedule", send_time=at.astimezone(UTC).isoformat())
        return httpx.Response(204)

    def unschedule(self, _: httpx.Request, campaign: str) -> httpx.Response:
        """A draft again."""
        held = self.state["campaigns"].get(campaign)
        if not held or held["status"] != "schedule":
            return self.refusal(400, "This campaign is not scheduled")

        held.update(status="save", send_time="")
        return httpx.Response(204)

    def send(self, _: httpx.Request, campaign: str) -> httpx.Response:
        """Immediately, to everybody."""
        self.state["campaigns"][campaign]["status"] = "sent"
        return httpx.Response(204)

    def _wrong_recipients(self, body: dict[str, Any]) -> str:
        """What is wrong with whom a campaign is to go to."""
        recipients = body.get("recipients", {})
        options = recipients.get("segment_opts") or {}
        unknown = set(options) - {"saved_segment_id", "prebuilt_segment_id", "match", "conditions"}
        if unknown or ("conditions" in options) != ("match" in options):
            return f"segment_opts: conditions go with a match, and there is no {sorted(unknown)}"

        saved = options.get("saved_segment_id", 17)
        if type(saved) is not int or str(saved) not in self.state["segments"]:
            return "segment_opts.saved_segment_id: there is none"
        if options and recipients["list_id"] != self.AUDIENCE:
            return "segment_opts: the list has no such part"
        return ""

    def _send_to(
        self, campaign: dict[str, Any], recipients: dict[str, Any], before: dict[str, Any]
    ) -> None:
        """Set whom a campaign says that it goes to, and whom it would really reach."""
        options = recipients.get("segment_opts", before.get("segment_opts")) or {}
        list_id = recipients["list_id"]
        part = list_id
        if number := options.get("saved_segment_id"):
            segment = self.state["segments"][str(number)]
            kind = {"saved": "segment", "static": "tag"}[segment["type"]]
            part = f"{list_id}:{kind}-{number}"
            options = {"saved_segment_id": number, **segment.get("options", _has_tag(number))}
        elif options:
            (condition,) = options["conditions"]
            part = f"{list_id}:{condition['field'].replace('interests', 'group')}-{condition['value'][0]}"
        campaign["recipients"] = {"list_id": list_id, "segment_opts": options}

        was_for_part = before.get("segment_opts") and before["list_id"] == list_id
        if not (was_for_part and options):
            campaign["reaches"] = part

    def _not_found(self) -> httpx.Response:
        return self.refusal(404, "The requested resource could not be found.")


def _is_text(*values: Any) -> bool:
    return all(isinstance(value, str) for value in values)


def _shown(campaign: dict[str, Any]) -> dict[str, Any]:
    return {name: it for name, it in campaign.items() if name not in ("content", "reaches")}


def _size(part: dict[str, Any]) -> int:
    return len(range(*part["readers"]))


def _has_tag(number: int) -> dict[str, Any]:
    condition = {
        "condition_type": "StaticSegment",
        "field": "static_segment",
        "op": "static_is",
        "value": number,
    }
    return {"match": "any", "conditions": [condition]}
