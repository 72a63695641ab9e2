"""What listmonk demands of a request: fields and their types, times, permissions. See ``fake_listmonk``."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
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
        "subscribers:get",
        "subscribers:get_all",
        "subscribers:sql_query",
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
    "subscribers": ("subscribers:get_all", "subscribers:get"),
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


def counted(lists: list[Any], readers: list[Any], condition: str, wanted: list[int]) -> int:
    """How many rows listmonk's own query has for a condition, and for the lists that are ``wanted``."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript(
            "CREATE TABLE subscribers (id, status); CREATE TABLE lists (id, optin);"
            "CREATE TABLE subscriber_lists (subscriber_id, list_id, status);"
        )
        database.executemany("INSERT INTO lists VALUES (:id, :optin)", lists)
        for number, (status, subscriptions) in enumerate(readers):
            database.execute("INSERT INTO subscribers VALUES (?, ?)", (number, status))
            rows = [(number, int(each), state) for each, state in subscriptions.items()]
            database.executemany("INSERT INTO subscriber_lists VALUES (?, ?, ?)", rows)

        ids = ",".join(map(str, wanted))
        among = f"subscriber_lists.list_id IN ({ids})" if wanted else "TRUE"
        found = database.execute(
            "SELECT COUNT(*) FROM subscribers LEFT JOIN subscriber_lists"  # noqa: S608 - as listmonk does
            f" ON {bool(wanted)} AND subscriber_lists.subscriber_id = subscribers.id"
            f" WHERE {among} AND {condition}"
        )
        count: int = found.fetchone()[0]
        return count
