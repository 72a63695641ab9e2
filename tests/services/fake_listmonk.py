"""listmonk 6.2, never kinder than the real one.

Seen against a real server (6.2.0, PostgreSQL 15): 403 for wrong credentials and for missing permissions alike, the
latter named; 500 for a search with characters that ``to_tsquery`` refuses (some of those refused here it would take,
where they happen to be harmless); 400 for a campaign that is not there; header maps are merged on PUT with those at the
same place of the list; ``attribs`` become null where they are left out; ``send_at`` is stored by PUT whether or not the
status may be changed afterwards, and stays when a scheduled campaign is made a draft in its pages (pressing Send then
schedules it for that time); ``per_page=all``; archived lists are listed; a test goes to those of the addresses that
are subscribers', and ignores the others. Of media (5.1.0 too): a name that is taken gets six characters more, spaces
become hyphens; a picture that cannot be read is a 500 that says so; the search is a LIKE without case, 20 on a page,
the newest first, and ``per_page=all`` returns none; addresses begin with the root URL of the settings. Of a campaign of
plain text: its body is a template too, goes out as text/plain without any HTML, and its other text is ignored; a draft
changes from one to the other and back. Of subscribers: what a condition counts is what two campaigns really sent, those
who are disabled among them; without a list, who may see some lists only gets a row for each of them, or none; 403 for
each of the two permissions, the one for conditions only if there is one.

Read in its source: which statuses follow which, what is refused before anything is stored, what becomes a default
(template, content type, messenger), which extensions a file may have, that lists are paged in no order. Here they come in another order with each page.

Assumed: that nothing else of a campaign can change by itself, and that a scheduled campaign waits for its time.
"""

from __future__ import annotations

import re
import sqlite3
from datetime import UTC, datetime
from typing import Any, ClassVar, Literal

import httpx

from tests.services.fakes import CANARY, Fake, Held, altered, body_of, extension_of, form_of
from tests.services.listmonk_rules import (
    EMPTY,
    NEEDED,
    PERMISSIONS,
    SEARCHABLE,
    Forbidden,
    No,
    check_time,
    counted,
    fields_of,
)

_BARE = '{{ template "content" . }}'
_FRAME = f'<html><body>{_BARE}<p><a href="{{{{ UnsubscribeURL }}}}">Unsubscribe</a>{{{{ TrackView }}}}</p></body></html>'
_STATUS = {"running": "sent", "finished": "sent"}
_TAG = r'UnsubscribeURL|MessageURL|ManageURL|or \.Subscriber\.FirstName "reader"(?: \| Safe)?'
_ACTION = re.compile(rf'\{{\{{ (?:Safe (?:`[^`]*`|"\\x[0-9a-f]{{2}}")|{_TAG}) \}}\}}')
"""All that this fake knows of the language; anything else is not a template to it."""


class FakeListmonk(Fake):
    """Campaigns in a template. Of what is asked of it, it silently ignores what it does not know."""

    NAME = "listmonk"
    BASE = "https://lists.example.org/api"
    ENVIRONMENT: ClassVar = {
        "LISTMONK_URL": "https://lists.example.org/",
        "LISTMONK_USER": "weekly",
        "LISTMONK_TOKEN": CANARY,
    }
    AUDIENCE = "3"
    OTHER = "4"
    PARTS = ("5", "6", "7")
    ROUTES = (
        ("GET", "/profile", "profile"),
        ("GET", "/config", "config"),
        ("GET", "/lists", "lists"),
        ("GET", "/subscribers", "subscribers"),
        ("GET", "/templates", "templates"),
        ("GET", "/media", "media"),
        ("POST", "/media", "upload"),
        ("GET", "/campaigns", "campaigns"),
        ("POST", "/campaigns", "create"),
        ("GET", "/campaigns/([^/]+)", "campaign"),
        ("PUT", "/campaigns/([^/]+)", "put"),
        ("DELETE", "/campaigns/([^/]+)", "delete"),
        ("GET", "/campaigns/([^/]+)/preview", "preview"),
        ("PUT", "/campaigns/([^/]+)/status", "put_status"),
        ("POST", "/campaigns/([^/]+)/test", "test"),
    )

    def empty(self) -> dict[str, Any]:
        counts = {"confirmed": 18204, "unconfirmed": 96, "unsubscribed": 4100}
        return {
            **super().empty(),
            "lists": [
                _list(3, "Readers", "double", counts),
                _list(4, "Donors", "single", {"unconfirmed": 12}),
                _list(5, "Teasers", "double", {"confirmed": 12004}),
                _list(6, "Headlines", "double", {"confirmed": 3100}),
                _list(7, "Full text", "double", {"confirmed": 2900}),
            ],
            "templates": [
                {
                    "id": 1,
                    "name": "Default",
                    "type": "campaign",
                    "body": _FRAME,
                    "is_default": True,
                },
                {"id": 2, "name": "Order", "type": "tx", "body": _BARE, "is_default": False},
                {
                    "id": 7,
                    "name": "Raw",
                    "type": "campaign",
                    "body": f"{_BARE}\n",
                    "is_default": False,
                },
            ],
            "subscribers": ["editor@example.org", "chair@example.org"],
            "readers": [
                ["enabled", {"3": "confirmed"}],
                ["enabled", {"3": "confirmed", "4": "unconfirmed"}],
            ],
            "root url": "https://lists.example.org",
            "extensions": ["jpg", "jpeg", "png", "gif", "svg", "*"],
            "permissions": list(PERMISSIONS),
            "list role": None,
            "pages": 0,
        }

    def answer(self, request: httpx.Request) -> httpx.Response:
        try:
            return super().answer(request)
        except No as reason:
            return self.refusal(400, str(reason))
        except Forbidden as permission:
            return self.refusal(403, f"permission denied: {permission}")

    def is_authorised(self, request: httpx.Request) -> bool:
        has_session = "session=" in request.headers.get(
            "Cookie", ""
        )  # then the other header does not count
        return not has_session and request.headers.get("Authorization") == f"token weekly:{CANARY}"

    def refusal(self, status: int, reason: str) -> httpx.Response:
        return httpx.Response(403 if status == 401 else status, json={"message": reason})

    def held(self) -> list[Held]:
        return [
            Held(
                id=str(campaign["id"]),
                name=campaign["name"],
                status=_STATUS.get(campaign["status"], campaign["status"]),
                audiences=tuple(str(each) for each in campaign["lists"]),
                subject=campaign["subject"],
                html="" if campaign["content_type"] == "plain" else self._in_template(campaign),
                text=self._in_template(campaign)
                if campaign["content_type"] == "plain"
                else campaign["altbody"],
                scheduled=campaign["send_at"],
            )
            for campaign in self.state["campaigns"].values()
        ]

    def alter(self, campaign: str, what: Literal["content", "audience"]) -> None:
        held = self.state["campaigns"][campaign]
        if what == "audience":
            held["lists"] = [int(self.OTHER)]
        else:
            held["body"] = altered(held["body"])

    def profile(self, _: httpx.Request) -> httpx.Response:
        role = {"id": 10, "name": "newsletter", "permissions": self.state["permissions"]}
        user = {
            "id": 3,
            "username": "weekly",
            "name": "Weekly bot",
            "password": CANARY,
            "type": "api",
        }
        return _data({**user, "user_role": role, "list_role": self.state["list role"]})

    def config(self, _: httpx.Request) -> httpx.Response:
        groups = [
            {
                "group": "lists",
                "permissions": [each for each in PERMISSIONS if each.startswith("lists:")],
            },
            {
                "group": "others",
                "permissions": [each for each in PERMISSIONS if not each.startswith("lists:")],
            },
        ]
        return _data(
            {"root_url": self.state["root url"], "version": "v6.2.0", "permissions": groups}
        )

    def lists(self, request: httpx.Request) -> httpx.Response:
        lists, is_whole = self.state["lists"], request.url.params.get("per_page") == "all"
        if "lists:get_all" not in self.state["permissions"] and self.state["list role"] is None:
            lists = []
        self.state["pages"] += 1
        return _page(lists if is_whole or self.state["pages"] % 2 else lists[::-1], request)

    def subscribers(self, request: httpx.Request) -> httpx.Response:
        """Those who meet a condition in SQL, a row for each list that is asked for."""
        self._require("subscribers")
        query = request.url.params
        condition = query.get("query", "").strip()
        if condition and "subscribers:sql_query" not in self.state["permissions"]:
            raise Forbidden("subscribers:sql_query")

        wanted = [int(each) for each in query.get_list("list_id")]
        if not wanted and "subscribers:get_all" not in self.state["permissions"]:
            wanted = [each["id"] for each in self.state["lists"]]
        try:
            total = counted(self.state["lists"], self.state["readers"], condition or "TRUE", wanted)
        except sqlite3.Error as error:
            raise No(f"Error preparing subscriber query: {error}") from error
        return _data({"results": [], "total": total, "per_page": 1, "page": 1})

    def templates(self, _: httpx.Request) -> httpx.Response:
        self._require("templates")
        return _data(self.state["templates"])

    def media(self, request: httpx.Request) -> httpx.Response:
        self._require("media")
        wanted = request.url.params
        like = _like(wanted.get("query", ""))
        found = [
            file["shown"]
            for file in reversed(self.state["files"])
            if re.search(like, file["shown"]["filename"], re.IGNORECASE | re.DOTALL)
        ]
        if wanted.get("per_page") == "all":
            found = []
        return _page(found, request)

    def upload(self, request: httpx.Request) -> httpx.Response:
        self._require("upload")
        file = form_of(request).get("file")
        if file is None or not file.filename:
            raise No("Invalid file: http: no such file")

        name = re.sub(r"\s+", "-", file.filename.strip()).rpartition("/")[2]
        stem, dot, extension = name.rpartition(".")
        extensions = self.state["extensions"]
        if "*" not in extensions and extension.lower() not in extensions:
            raise No(f"Unsupported file type ({extension})")
        if extension.lower() in ("jpg", "jpeg", "png", "gif") and not extension_of(file.content):
            return self.refusal(500, "Error resizing image: image: unknown format")

        number = int(self.new_id())
        if name in [each["shown"]["filename"] for each in self.state["files"]]:
            name = f"{stem}_x{number:05}{dot}{extension}"
        address = f"{self.state['root url']}/uploads/{name}"
        shown = self.keep(
            file.filename,
            address,
            file.content,
            id=number,
            filename=name,
            content_type=file.media_type,
            created_at=datetime.now(UTC).isoformat(),
            provider="filesystem",
            url=address,
        )
        return _data(shown)

    def campaigns(self, request: httpx.Request) -> httpx.Response:
        self._require("campaigns")
        wanted = request.url.params
        if not SEARCHABLE.fullmatch(wanted.get("query", "")):
            reason = f'pq: syntax error in tsquery: "%{wanted["query"]}%"'
            return self.refusal(500, f"Error fetching Campaign: {reason}")

        words = re.sub(r"\s+", "&", wanted.get("query", ""))
        like = _like(words)
        found = [
            self._shown(campaign, wanted.get("no_body") != "true")
            for campaign in reversed(self.state["campaigns"].values())
            if re.search(
                like, f"{campaign['name']} {campaign['subject']}", re.IGNORECASE | re.DOTALL
            )
            and campaign["status"] in (wanted.get_list("status") or [campaign["status"]])
        ]
        return _page(found, request)

    def create(self, request: httpx.Request) -> httpx.Response:
        self._require("create")
        campaign = {"messenger": "email", **fields_of(request)}
        if campaign.get("template_id") is None:
            campaign["template_id"] = next(
                each["id"] for each in self.state["templates"] if each["is_default"]
            )
        number = int(self.new_id())
        now = datetime.now(UTC).isoformat()
        campaign = {**EMPTY, **campaign, "id": number, "status": "draft", "created_at": now}
        self._check(campaign)
        self.state["campaigns"][str(number)] = campaign
        return _data(self._shown(campaign))

    def campaign(self, _: httpx.Request, campaign: str) -> httpx.Response:
        self._require("campaign")
        return _data(self._shown(self._found(campaign)))

    def put(self, request: httpx.Request, campaign: str) -> httpx.Response:
        self._require("put")
        held, asked = self._found(campaign), fields_of(request)
        if held["status"] not in ("draft", "paused", "scheduled"):
            raise No("Cannot update a running or a finished campaign.")
        if not asked.get("lists"):
            raise No("No lists selected.")

        changed = {**held, "media": [], "attribs": None, **asked, "type": held["type"]}
        pairs = enumerate(changed["headers"])
        changed["headers"] = [
            {**dict(*held["headers"][at : at + 1]), **given} for at, given in pairs
        ]
        self._check(changed)
        if held["status"] == "scheduled" and changed["send_at"] is None:
            changed["status"] = "draft"
        held.update(changed)
        return _data(self._shown(held))

    def delete(self, _: httpx.Request, campaign: str) -> httpx.Response:
        self._require("delete")
        del self.state["campaigns"][str(self._found(campaign)["id"])]
        return _data(True)

    def preview(self, _: httpx.Request, campaign: str) -> httpx.Response:
        self._require("preview")
        held = self._found(campaign)
        if _ACTION.sub("", self._in_template(held)).count('"') % 2:
            raise No("Error rendering template: ends in a non-text context")

        return httpx.Response(200, html=f"<html>{len(held['body'])} bytes</html>")

    def put_status(self, request: httpx.Request, campaign: str) -> httpx.Response:
        self._require("put_status")
        held, wanted = self._found(campaign), body_of(request).get("status")
        before = {
            "draft": ("scheduled",),
            "scheduled": ("draft", "paused"),
            "running": ("draft", "paused"),
            "paused": ("running",),
            "cancelled": ("running", "paused"),
        }
        if wanted not in before:
            return self.refusal(
                500, f'pq: invalid input value for enum campaign_status: "{wanted}"'
            )
        if held["status"] not in before[wanted]:
            raise No("The status cannot be changed so.")
        if wanted == "scheduled" and not held["send_at"]:
            raise No("A date is needed to schedule.")

        shown = {**self._shown(held), "status": wanted}
        held["status"] = "scheduled" if wanted == "running" and held["send_at"] else wanted
        return _data(shown)

    def test(self, request: httpx.Request, campaign: str) -> httpx.Response:
        self._require("test")
        body = body_of(request)
        stored, asked = self._found(campaign), {**EMPTY, **fields_of(request)}
        self._check(asked)
        if not asked["messenger"]:
            raise No("Unknown messenger.")

        known = [
            each
            for each in body.get("subscribers") or []
            if each.lower() in self.state["subscribers"]
        ]
        if not known:
            raise No("No known subscribers to test.")

        body = self._in_template({**asked, "template_id": stored["template_id"]})
        is_plain = asked["content_type"] == "plain"
        html, text = ("", body) if is_plain else (body, asked["altbody"])
        self.tests.append({"to": known, "subject": asked["subject"], "html": html, "text": text})
        return _data(True)

    def _require(self, call: str) -> None:
        any_of = NEEDED[call]
        if set(any_of).isdisjoint(self.state["permissions"]):
            raise Forbidden(any_of[0])

    def _found(self, campaign: str) -> dict[str, Any]:
        held: dict[str, Any] | None = self.state["campaigns"].get(campaign)
        if held is None:
            raise No("Campaign not found.")
        return held

    def _check(self, campaign: dict[str, Any]) -> None:
        """What is wrong is refused, or made something else in silence."""
        known = {each["id"] for each in self.state["lists"]}
        if not all(isinstance(each, int) for each in campaign["lists"]):
            raise No("Unmarshal type error: lists")

        campaign["lists"] = [each for each in campaign["lists"] if each in known]
        if not campaign["lists"]:
            raise No("No lists selected.")
        if (
            not 1 <= len(campaign["name"].encode()) <= 2000
            or not 1 <= len(campaign["subject"].encode()) <= 5000
        ):
            raise No("Invalid length for name or subject.")
        if not re.fullmatch(r"((.+?)\s)?<(.+?)@(.+?)>", campaign["from_email"]):
            raise No("Invalid from_email.")

        if campaign["content_type"] not in ("richtext", "html", "markdown", "plain", "visual"):
            campaign["content_type"] = "richtext"
        if campaign["template_id"] not in {each["id"] for each in self.state["templates"]}:
            campaign["template_id"] = None
        campaign["altbody"] = campaign["altbody"] or None
        campaign["tags"] = [re.sub(r"[^a-z0-9-]", "-", tag.lower()) for tag in campaign["tags"]]
        check_time(campaign["send_at"])
        for part in (campaign["body"], campaign["altbody"] or "", campaign["subject"]):
            if "{{" in _ACTION.sub("", part) and (part == campaign["body"] or "}}" in part):
                raise No("Error compiling template.")

    def _in_template(self, campaign: dict[str, Any]) -> str:
        """What goes out: the body in its template, or in the default one."""
        templates = self.state["templates"]
        default = next(each["body"] for each in templates if each["is_default"])
        body: str = {each["id"]: each["body"] for each in templates}.get(
            campaign["template_id"], default
        )
        return body.strip().replace(_BARE, campaign["body"])

    def _shown(self, campaign: dict[str, Any], with_body: bool = True) -> dict[str, Any]:
        names = {each["id"]: each["name"] for each in self.state["lists"]}
        return {
            **campaign,
            "body": campaign["body"] if with_body else "",
            "lists": [
                {"id": each if each in names else None, "name": names.get(each)}
                for each in campaign["lists"]
            ],
            "media": [{"id": each, "filename": f"{each}.pdf"} for each in campaign["media"]],
        }


def _list(number: int, name: str, optin: str, counts: dict[str, int]) -> dict[str, Any]:
    """A list in use, with its subscriptions by status."""
    return {
        "id": number,
        "name": name,
        "optin": optin,
        "status": "active",
        "subscriber_count": sum(counts.values()),
        "subscriber_statuses": counts,
    }


def _like(words: str) -> str:
    """What finds the words as LIKE does, as a regular expression."""
    return "".join({"%": ".*", "_": "."}.get(sign, re.escape(sign)) for sign in words)


def _data(data: object) -> httpx.Response:
    return httpx.Response(200, json={"data": data})


def _page(found: list[Any], request: httpx.Request) -> httpx.Response:
    """Twenty at a time, or the number asked for. An empty page has no total."""
    wanted = request.url.params
    number, size = int(wanted.get("page", 1)), wanted.get("per_page", "20")
    size = len(found) if size == "all" else int(size)
    results = found[(number - 1) * size : number * size]
    total = len(found) if results else 0
    return _data(
        {"results": results, "total": total, "per_page": size, "page": number if results else 0}
    )
