"""listmonk, as its source code and documentation show it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any, ClassVar, Literal

import httpx

from tests.services.fakes import CANARY, Fake, Held, body_of

_BARE = '{{ template "content" . }}'
_FRAME = (
    f'<html><body>{_BARE}<p><a href="{{{{ UnsubscribeURL }}}}">Unsubscribe</a>{{{{ TrackView }}}}</p></body></html>'
)
_STATUS = {"running": "sent", "finished": "sent"}
_TAG = r'UnsubscribeURL|MessageURL|or \.Subscriber\.FirstName "reader"(?: \| Safe)?'
_ACTION = re.compile(rf'\{{\{{ (?:Safe (?:`[^`]*`|"\\x[0-9a-f]{{2}}")|{_TAG}) \}}\}}')
"""All that this one knows of the language; anything else is no template to it."""
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_EMPTY: dict[str, Any] = {
    "name": "",
    "subject": "",
    "lists": [],
    "type": "regular",
    "content_type": "",
    "from_email": "The installation <noreply@example.org>",
    "body": "",
    "altbody": None,
    "messenger": "",
    "template_id": None,
    "tags": [],
    "headers": [],
    "send_at": None,
    "media": [],
    "archive": False,
    "attribs": None,
}
"""The fields of a campaign that can be written."""
_NULLABLE = {"altbody": str, "template_id": int, "send_at": str, "attribs": dict}


class _No(Exception):
    """What a request cannot have; its text is the reason."""


class FakeListmonk(Fake):
    """Campaigns in a template. Of what is asked of it, it passes over in silence what it does not know."""

    NAME = "listmonk"
    BASE = "https://lists.example.org/api"
    ENVIRONMENT: ClassVar = {
        "LISTMONK_URL": "https://lists.example.org/",
        "LISTMONK_USER": "weekly",
        "LISTMONK_TOKEN": CANARY,
    }
    AUDIENCE = "3"
    OTHER = "4"
    ROUTES = (
        ("GET", "/profile", "profile"),
        ("GET", "/lists", "lists"),
        ("GET", "/templates", "templates"),
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
                {
                    "id": 3,
                    "name": "Readers",
                    "optin": "double",
                    "subscriber_count": 22400,
                    "subscriber_statuses": counts,
                },
                {
                    "id": 4,
                    "name": "Donors",
                    "optin": "single",
                    "subscriber_count": 12,
                    "subscriber_statuses": {"unconfirmed": 12},
                },
            ],
            "templates": [
                {"id": 1, "name": "Default", "type": "campaign", "body": _FRAME, "is_default": True},
                {"id": 2, "name": "Order", "type": "tx", "body": _BARE, "is_default": False},
                {"id": 7, "name": "Raw", "type": "campaign", "body": f"{_BARE}\n", "is_default": False},
            ],
            "subscribers": ["editor@example.org", "chair@example.org"],
        }

    def answer(self, request: httpx.Request) -> httpx.Response:
        try:
            return super().answer(request)
        except _No as reason:
            return self.refusal(400, str(reason))

    def is_authorised(self, request: httpx.Request) -> bool:
        has_session = "session=" in request.headers.get("Cookie", "")  # then the other header does not count
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
                html=self._in_template(campaign),
                text=campaign["altbody"],
                scheduled=campaign["send_at"],
            )
            for campaign in self.state["campaigns"].values()
        ]

    def alter(self, campaign: str, what: Literal["content", "audience"]) -> None:
        held = self.state["campaigns"][campaign]
        if what == "audience":
            held["lists"] = [int(self.OTHER)]
        else:
            held["body"] = held["body"].replace("<p", "<p class=x", 1) + "<img src=x>"

    def profile(self, _: httpx.Request) -> httpx.Response:
        return _data({"id": 3, "username": "weekly", "name": "Weekly bot", "password": CANARY, "type": "api"})

    def lists(self, request: httpx.Request) -> httpx.Response:
        return _page(self.state["lists"], request)

    def templates(self, _: httpx.Request) -> httpx.Response:
        return _data(self.state["templates"])

    def campaigns(self, request: httpx.Request) -> httpx.Response:
        wanted = request.url.params
        words = re.sub(r"\s+", "&", wanted.get("query", ""))
        like = "".join({"%": ".*", "_": "."}.get(sign, re.escape(sign)) for sign in words)
        found = [
            self._shown(campaign, wanted.get("no_body") != "true")
            for campaign in reversed(self.state["campaigns"].values())
            if re.search(like, f"{campaign['name']} {campaign['subject']}", re.IGNORECASE | re.DOTALL)
            and campaign["status"] in (wanted.get_list("status") or [campaign["status"]])
        ]
        return _page(found, request)

    def create(self, request: httpx.Request) -> httpx.Response:
        campaign = {"messenger": "email", **_fields(request)}
        if campaign.get("template_id") is None:
            campaign["template_id"] = next(each["id"] for each in self.state["templates"] if each["is_default"])
        number = int(self.new_id())
        now = datetime.now(UTC).isoformat()
        campaign = {**_EMPTY, **campaign, "id": number, "status": "draft", "created_at": now}
        self._check(campaign)
        self.state["campaigns"][str(number)] = campaign
        return _data(self._shown(campaign))

    def campaign(self, _: httpx.Request, campaign: str) -> httpx.Response:
        return _data(self._shown(self._found(campaign)))

    def put(self, request: httpx.Request, campaign: str) -> httpx.Response:
        held, asked = self._found(campaign), _fields(request)
        if held["status"] not in ("draft", "paused", "scheduled"):
            raise _No("Cannot update a running or a finished campaign.")
        if not asked.get("lists"):
            raise _No("No lists selected.")
        changed = {**held, "media": [], "attribs": None, **asked}
        self._check(changed)
        if held["status"] == "scheduled" and changed["send_at"] is None:
            changed["status"] = "draft"
        held.update(changed)
        return _data(self._shown(held))

    def delete(self, _: httpx.Request, campaign: str) -> httpx.Response:
        del self.state["campaigns"][str(self._found(campaign)["id"])]
        return _data(True)

    def preview(self, _: httpx.Request, campaign: str) -> httpx.Response:
        held = self._found(campaign)
        if _ACTION.sub("", self._in_template(held)).count('"') % 2:
            raise _No("Error rendering template: ends in a non-text context")
        return httpx.Response(200, html=f"<html>{len(held['body'])} bytes</html>")

    def put_status(self, request: httpx.Request, campaign: str) -> httpx.Response:
        held, wanted = self._found(campaign), body_of(request).get("status")
        before = {
            "draft": ("scheduled",),
            "scheduled": ("draft", "paused"),
            "running": ("draft", "paused"),
            "paused": ("running",),
            "cancelled": ("running", "paused"),
        }
        if wanted not in before:
            return self.refusal(500, f'pq: invalid input value for enum campaign_status: "{wanted}"')
        if held["status"] not in before[wanted]:
            raise _No("The status cannot be changed so.")
        if wanted == "scheduled" and not held["send_at"]:
            raise _No("A date is needed to schedule.")
        shown = {**self._shown(held), "status": wanted}
        held["status"] = "scheduled" if wanted == "running" and held["send_at"] else wanted
        return _data(shown)

    def test(self, request: httpx.Request, campaign: str) -> httpx.Response:
        body = body_of(request)
        stored, asked = self._found(campaign), {**_EMPTY, **_fields(request)}
        self._check(asked)
        if not asked["messenger"]:
            raise _No("Unknown messenger.")
        known = [each for each in body.get("subscribers") or [] if each.lower() in self.state["subscribers"]]
        if not known:
            raise _No("No known subscribers to test.")
        html = self._in_template({**asked, "template_id": stored["template_id"]})
        self.tests.append({"to": known, "subject": asked["subject"], "html": html, "text": asked["altbody"]})
        return _data(True)

    def _found(self, campaign: str) -> dict[str, Any]:
        held: dict[str, Any] | None = self.state["campaigns"].get(campaign)
        if held is None:
            raise _No("Campaign not found.")
        return held

    def _check(self, campaign: dict[str, Any]) -> None:
        """What is wrong is refused, or made something else in silence."""
        known = {each["id"] for each in self.state["lists"]}
        if not all(isinstance(each, int) for each in campaign["lists"]):
            raise _No("Unmarshal type error: lists")
        campaign["lists"] = [each for each in campaign["lists"] if each in known]
        if not campaign["lists"]:
            raise _No("No lists selected.")
        if not 1 <= len(campaign["name"].encode()) <= 2000 or not 1 <= len(campaign["subject"].encode()) <= 5000:
            raise _No("Invalid length for name or subject.")
        if not re.fullmatch(r"((.+?)\s)?<(.+?)@(.+?)>", campaign["from_email"]):
            raise _No("Invalid from_email.")
        if campaign["content_type"] not in ("richtext", "html", "markdown", "plain", "visual"):
            campaign["content_type"] = "richtext"
        if campaign["template_id"] not in {each["id"] for each in self.state["templates"]}:
            campaign["template_id"] = None
        campaign["altbody"] = campaign["altbody"] or None
        campaign["tags"] = [re.sub(r"[^a-z0-9-]", "-", tag.lower()) for tag in campaign["tags"]]
        _check_time(campaign["send_at"])
        for part in (campaign["body"], campaign["altbody"] or "", campaign["subject"]):
            if "{{" in _ACTION.sub("", part) and (part == campaign["body"] or "}}" in part):
                raise _No("Error compiling template.")

    def _in_template(self, campaign: dict[str, Any]) -> str:
        """What goes out: the body in its template, or in the default one."""
        templates = self.state["templates"]
        default = next(each["body"] for each in templates if each["is_default"])
        body: str = {each["id"]: each["body"] for each in templates}.get(campaign["template_id"], default)
        return body.strip().replace(_BARE, campaign["body"])

    def _shown(self, campaign: dict[str, Any], with_body: bool = True) -> dict[str, Any]:
        names = {each["id"]: each["name"] for each in self.state["lists"]}
        return {
            **campaign,
            "body": campaign["body"] if with_body else "",
            "lists": [{"id": each if each in names else None, "name": names.get(each)} for each in campaign["lists"]],
            "media": [{"id": each, "filename": f"{each}.pdf"} for each in campaign["media"]],
        }


def _fields(request: httpx.Request) -> dict[str, Any]:
    """What can be written of what was sent; the rest is passed over, as Go does. What has the wrong type is refused."""
    body = body_of(request)
    for name, usual in _EMPTY.items():
        kinds = (_NULLABLE[name], type(None)) if name in _NULLABLE else (type(usual),)
        if name in body and not isinstance(body[name], kinds):
            raise _No(f"Unmarshal type error: {name}")
    return {name: body[name] for name in _EMPTY if name in body}


def _check_time(written: str | None) -> None:
    """A time has its zone, and is still to come."""
    if written is None:
        return
    if not _INSTANT.fullmatch(written):
        raise _No("parsing time: cannot parse")
    if datetime.fromisoformat(written) <= datetime.now(UTC):
        raise _No("Scheduled date should be in the future.")


def _data(data: object) -> httpx.Response:
    return httpx.Response(200, json={"data": data})


def _page(found: list[Any], request: httpx.Request) -> httpx.Response:
    """At most fifty at a time. An empty page tells of no total."""
    number, size = (int(request.url.params.get(name, usual)) for name, usual in (("page", 1), ("per_page", 20)))
    size = min(size, 50)
    results = found[(number - 1) * size : number * size]
    total = len(found) if results else 0
    return _data({"results": results, "total": total, "per_page": size, "page": number if results else 0})
