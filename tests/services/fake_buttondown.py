"""Buttondown, never seen for real here.

From its API's schema: fields, defaults, statuses, templates, that a POST takes a template too, that "none" clears a
date or a template; that a picture can have metadata, which are JSON in a part of the form; 1,000 pictures on a page.
From its documentation: PNG, JPEG and GIF are taken, and nothing else; a field that is asked for twice may have either
value; ``email.absolute_url``, the mark of a body in HTML, that "naked" needs the unsubscribe tag.
From its own command line and programs that use it: codes of errors, how pages are counted.
Assumed: a picture is served as it was uploaded; metadata and image are emptied where a PATCH leaves them out; a plan without templates ignores them; a test
without recipients sends; a page after the last is a 404.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any, ClassVar, Literal

import httpx

from tests.services.fakes import CANARY, Fake, Held, altered, body_of, extension_of, form_of

_FIELDS = {
    "subject", "body", "status", "description", "image", "canonical_url", "slug", "publish_date", "metadata", "filters",
    "archival_mode", "commenting_mode", "featured", "template", "attachments", "related_email_ids", "secondary_id",
    "email_type", "should_trigger_pay_per_email_billing",
}  # fmt: skip
_QUERY = {
    "status",
    "ordering",
    "creation_date__start",
    "excluded_fields",
    "subject",
    "source",
    "page",
}
_TEMPLATES = {"classic", "custom", "modern", "plaintext", "naked"}
_RECEIVING = {
    "regular", "premium", "gifted", "trialed", "churning", "past_due", "paused", "unpaid", "churned", "upcoming",
}  # fmt: skip
_EVERYONE: dict[str, Any] = {"filters": [], "groups": [], "predicate": "and"}


class FakeButtondown(Fake):
    """Emails whose filters, left out, let everyone through, and whose metadata are emptied when they are left out."""

    NAME = "buttondown"
    BASE = "https://api.buttondown.com/v1"
    ENVIRONMENT: ClassVar = {"BUTTONDOWN_API_KEY": CANARY}
    AUDIENCE = "tag_1readers"
    OTHER = "everyone"
    PARTS = ("tag_3teasers", "tag_4headlines", "tag_5full")
    ROUTES = (
        ("GET", "/accounts/me", "me"),
        ("GET", "/tags", "tags"),
        ("GET", "/subscribers", "subscribers"),
        ("GET", "/images", "images"),
        ("POST", "/images", "upload"),
        ("GET", "/emails", "emails"),
        ("POST", "/emails", "create"),
        ("GET", "/emails/([^/]+)", "email"),
        ("PATCH", "/emails/([^/]+)", "patch"),
        ("DELETE", "/emails/([^/]+)", "delete"),
        ("POST", "/emails/([^/]+)/send-draft", "send_draft"),
        ("POST", "/emails/([^/]+)/publish", "publish"),
    )
    SUBSCRIBERS = range(20311)
    """Those who get emails."""
    TAGS: ClassVar = {
        "tag_1readers": ("Readers", range(18204)),
        "tag_2donors": ("Donors", range(18200, 18212)),
        "tag_3teasers": ("Teasers", range(12004)),
        "tag_4headlines": ("Headlines", range(12004, 15104)),
        "tag_5full": ("Full text", range(15100, 18004)),
    }
    """Names, and which subscribers have them."""
    page_size = 100
    sees_subscribers = True
    """Whether the key may."""
    has_templates = True
    """Whether the plan includes them; else a change of it does nothing."""

    def is_authorised(self, request: httpx.Request) -> bool:
        return bool(request.headers.get("Authorization") == f"Token {CANARY}")

    def refusal(self, status: int, reason: str) -> httpx.Response:
        if status == 401:
            return httpx.Response(status, json={"detail": reason})

        url = "https://docs.buttondown.com/api-error-codes"
        return httpx.Response(
            status, json={"code": reason, "detail": reason, "metadata": {"documentation_url": url}}
        )

    def held(self) -> list[Held]:
        return [
            Held(
                id=email["id"],
                name=email["metadata"].get("newsletter", ""),
                status=email["status"],
                audiences=self._reached(email["filters"]),
                subject=email["subject"],
                html=_seen(email),
                text=None,
                scheduled=email["publish_date"],
            )
            for email in self.state["campaigns"].values()
            if email["status"] != "deleted"
        ]

    def alter(self, campaign: str, what: Literal["content", "audience"]) -> None:
        email = self.state["campaigns"][campaign]
        if what == "audience":
            email["filters"] = _EVERYONE
        else:
            email["body"] = altered(email["body"])

    def me(self, _: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"username": "example", "email_address": "a@example.org"})

    def tags(self, request: httpx.Request) -> httpx.Response:
        tags = [
            {"id": id_, "name": name, "color": "#FFD700"} for id_, (name, _) in self.TAGS.items()
        ]
        return self._page(tags, request)

    def subscribers(self, request: httpx.Request) -> httpx.Response:
        if not self.sees_subscribers:
            return self.refusal(403, "subscriber_access is needed")

        tags, types = request.url.params.get_list("tag"), set(request.url.params.get_list("type"))
        if not set(tags) <= self.TAGS.keys():
            return self.refusal(400, "tag_invalid")

        found = {each for tag in tags for each in self.TAGS[tag][1]} if tags else self.SUBSCRIBERS
        count = len(found)
        return httpx.Response(
            200, json={"results": [], "count": count if types == _RECEIVING else count + 977}
        )

    def images(self, request: httpx.Request) -> httpx.Response:
        query = request.url.params
        if unknown := set(query) - {"ids", "page", "page_size"}:
            return _invalid("query", unknown, "extra_forbidden")
        if not 1 <= int(query.get("page_size", 100)) <= 1000:
            return _invalid("query", {"page_size"}, "less_than_equal")
        return self._page([file["shown"] for file in self.state["files"]], request)

    def upload(self, request: httpx.Request) -> httpx.Response:
        form = form_of(request)
        if unknown := set(form) - {"image", "metadata"}:
            return _invalid("body", unknown, "extra_forbidden")
        if "image" not in form or not form["image"].filename:
            return _invalid("body", {"image"}, "missing")

        image, metadata = form["image"], form.get("metadata")
        if metadata is not None and metadata.filename is not None:
            return _invalid("body", {"metadata"}, "string_type")
        if not extension_of(image.content):
            return self.refusal(400, "image_invalid")

        number = self.new_id()
        extension = (image.filename or "").rpartition(".")[2]
        address = f"https://buttondown-attachments.s3.amazonaws.com/images/{number}.{extension}"
        shown = self.keep(
            image.filename or "",
            address,
            image.content,
            id=f"img_{number}",
            creation_date=datetime.now(UTC).isoformat(),
            image=address,
            metadata=json.loads(metadata.content) if metadata else {},
        )
        return httpx.Response(201, json=shown)

    def emails(self, request: httpx.Request) -> httpx.Response:
        query = request.url.params
        if unknown := set(query) - _QUERY:
            return _invalid("query", unknown, "extra_forbidden")

        since = query.get("creation_date__start", "")
        emails = [
            email for email in self.state["campaigns"].values() if email["creation_date"] >= since
        ]
        if query.get("ordering") == "-creation_date":
            emails.reverse()
        excluded = query.get_list("excluded_fields")
        return self._page(
            [
                {name: value for name, value in email.items() if name not in excluded}
                for email in emails
            ],
            request,
        )

    def create(self, request: httpx.Request) -> httpx.Response:
        body = body_of(request)
        if unknown := set(body) - _FIELDS:
            return _invalid("body", unknown, "extra_forbidden")
        if "subject" not in body:
            return _invalid("body", {"subject"}, "missing")

        is_new = request.headers.get("X-API-Version", "") >= "2026-04-01"
        email = {
            "id": f"em_{self.new_id()}",
            "creation_date": datetime.now(UTC).isoformat(),
            "publish_date": None,
            "subject": "",
            "body": "",
            "description": "",
            "image": "",
            "status": "draft" if is_new else "about_to_send",
            "filters": _EVERYONE,
            "metadata": {},
            "archival_mode": "enabled",
            "commenting_mode": "enabled",
            "template": None,
            "attachments": [],
            "canonical_url": "",
            "email_type": "public",
            "featured": False,
            "related_email_ids": [],
            "review_mode": "",
            "secondary_id": None,
            "should_trigger_pay_per_email_billing": False,
            "slug": None,
            "suppression_reason": None,
            **body,
        }
        if not self.has_templates:
            email["template"] = None
        if is_new and email["status"] == "about_to_send":
            return self.refusal(400, "sending_requires_confirmation")

        return self._kept(email) or httpx.Response(201, json=email)

    def email(self, _: httpx.Request, email: str) -> httpx.Response:
        held = self.state["campaigns"].get(email)
        if not held:
            return self.refusal(404, "not_found")
        return httpx.Response(200, json=held)

    def patch(self, request: httpx.Request, email: str) -> httpx.Response:
        body, held = body_of(request), self.state["campaigns"].get(email)
        if not held:
            return self.refusal(404, "not_found")
        if held["status"] not in ("draft", "scheduled"):
            return self.refusal(400, "email_invalid")
        if unknown := set(body) - _FIELDS:
            return _invalid("body", unknown, "extra_forbidden")

        changed = {**held, "metadata": {}, "image": "", **body}
        changed |= {name: None for name in ("publish_date", "template") if changed[name] == "none"}
        if not self.has_templates:
            changed["template"] = None
        return self._kept(changed) or httpx.Response(200, json=self.state["campaigns"][email])

    def delete(self, _: httpx.Request, email: str) -> httpx.Response:
        held = self.state["campaigns"].get(email)
        if not held or held["status"] == "deleted":
            return self.refusal(404, "not_found")

        held["status"] = "deleted"
        return httpx.Response(204)

    def send_draft(self, request: httpx.Request, email: str) -> httpx.Response:
        body, held = body_of(request), self.state["campaigns"].get(email)
        if not held or held["status"] != "draft" or set(body) - {"recipients", "subscribers"}:
            return self.refusal(400, "email_invalid")

        if not body.get("recipients"):
            held["status"] = "sent"  # what it does is not documented; the worst is taken for true
        else:
            self.tests.append(
                {"to": body["recipients"], "subject": held["subject"], "html": _seen(held)}
            )
        return httpx.Response(200, json={})

    def publish(self, _: httpx.Request, email: str) -> httpx.Response:
        self.state["campaigns"][email]["status"] = "sent"
        return httpx.Response(200, json=self.state["campaigns"][email])

    def _kept(self, email: dict[str, Any]) -> httpx.Response | None:
        """Keep an email, and send it if that is its status; the refusal if something is wrong with it."""
        if email["filters"].keys() != _EVERYONE.keys():
            return _invalid("body", {"filters"} | set(_EVERYONE) - set(email["filters"]), "missing")

        for each in email["filters"]["filters"]:
            if each.keys() != {"field", "operator", "value"}:
                return _invalid("body", {"filters", "value"}, "missing")
            if each["field"] == "subscriber.tags" and each["value"] not in self.TAGS:
                return self.refusal(400, "tag_invalid")
        wrong = _wrong(email)
        if wrong:
            return self.refusal(400, wrong)

        if email["status"] == "about_to_send":
            email["status"] = "sent"
        self.state["campaigns"][email["id"]] = email
        return None

    def _page(self, rows: list[Any], request: httpx.Request) -> httpx.Response:
        number = int(request.url.params.get("page", 1))
        size = int(request.url.params.get("page_size", self.page_size))
        end = number * size
        following = (
            f"{self.BASE}{request.url.path.removeprefix('/v1')}?page={number + 1}"
            if end < len(rows)
            else None
        )
        if number > 1 and end - size >= len(rows):
            return self.refusal(404, "Invalid page.")

        return httpx.Response(
            200,
            json={
                "results": rows[end - size : end],
                "next": following,
                "previous": None,
                "count": len(rows),
            },
        )

    def _reached(self, group: dict[str, Any]) -> tuple[str, ...]:
        """Who gets an email with these filters: tags, everyone, or nobody."""
        if not group["filters"]:
            return (self.OTHER,)

        asked = {(each["field"], each["operator"]) for each in group["filters"]}
        if any({(field, "is_empty"), (field, "is_not_empty")} <= asked for field, _ in asked):
            return ()

        return tuple(each["value"] for each in group["filters"])


def _wrong(email: dict[str, Any]) -> str | None:
    """The code of what is wrong with an email."""
    if email["template"] not in {*_TEMPLATES, None}:
        return "email_invalid"
    if email["template"] == "naked" and "{{ unsubscribe_url }}" not in email["body"]:
        return "body_invalid"
    if len(email["subject"]) > 2000:
        return "subject_invalid"
    if email["status"] not in ("draft", "scheduled", "about_to_send"):
        return "status_invalid"
    if email["status"] == "scheduled" and not email["publish_date"]:
        return "publish_date_missing"
    if email["status"] == "scheduled" and datetime.fromisoformat(
        email["publish_date"]
    ) <= datetime.now(UTC):
        return "publish_date_invalid"

    return None


def _seen(email: dict[str, Any]) -> str:
    """The HTML as readers get it: within the template, or as Markdown makes it."""
    mode, line, html = email["body"].partition("<!-- buttondown-editor-mode: fancy -->\n")
    if mode or not line:
        return f"<p>{email['body']}</p>"

    return (
        str(html)
        if email["template"] == "naked"
        else f"<header>Example</header>{html}<footer>Buttondown</footer>"
    )


def _invalid(where: str, fields: set[str], kind: str) -> httpx.Response:
    detail = [
        {"loc": [where, "payload", name], "msg": f"{kind}: {name}", "type": kind}
        for name in sorted(fields)
    ]
    return httpx.Response(422, json={"detail": detail})
