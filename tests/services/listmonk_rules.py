"""What listmonk demands of a request: fields and their types, times, permissions. See ``fake_listmonk``."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import httpx

from tests.services.fakes import body_of

_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
EMPTY: dict[str, Any] = {
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
SEARCHABLE = re.compile(r"[0-9A-Za-z_\s]*")
"""What is not syntax to ``to_tsquery``, wherever it is."""
PERMISSIONS = (
    *(
        "lists:get_all",
        "lists:manage_all",
        "subscribers:get_all",
        "templates:get",
        "templates:manage",
        "media:get",
        "media:manage",
    ),
    *(
        "campaigns:get",
        "campaigns:get_all",
        "campaigns:manage",
        "campaigns:manage_all",
        "campaigns:send",
    ),
)
NEEDED = {
    "templates": ("templates:get",),
    **dict.fromkeys(("campaigns", "campaign", "preview"), ("campaigns:get_all", "campaigns:get")),
    **dict.fromkeys(
        ("create", "put", "delete", "test"), ("campaigns:manage_all", "campaigns:manage")
    ),
    "put_status": ("campaigns:send",),
    "media": ("media:get",),
    "upload": ("media:manage",),
}
"""The permissions for each call; one of them is enough."""
_NULLABLE = {"altbody": str, "template_id": int, "send_at": str, "attribs": dict}


class No(Exception):
    """What a request cannot have; its text is the reason."""


class Forbidden(Exception):
    """What a user may not do; its text is the permission."""


def fields_of(request: httpx.Request) -> dict[str, Any]:
    """What can be written of what was sent; the rest is ignored, as in Go. What has the wrong type is refused."""
    body = body_of(request)
    for name, usual in EMPTY.items():
        kinds = (_NULLABLE[name], type(None)) if name in _NULLABLE else (type(usual),)
        if name in body and not isinstance(body[name], kinds):
            raise No(f"Unmarshal type error: {name}")
    return {name: body[name] for name in EMPTY if name in body}


def check_time(written: str | None) -> None:
    """A time has its zone, and is still to come."""
    if written is None:
        return
    if not _INSTANT.fullmatch(written):
        raise No("parsing time: cannot parse")
    if datetime.fromisoformat(written) <= datetime.now(UTC):
        raise No("Scheduled date should be in the future.")
