"""What SendGrid takes for a Single Send and for ordinary mail, by its OpenAPI file."""

from __future__ import annotations

from typing import Any

CONFIG: dict[str, Any] = {
    "subject": "",
    "html_content": "",
    "plain_content": "",
    "generate_plain_content": True,
    "editor": "code",
    "suppression_group_id": None,
    "custom_unsubscribe_url": None,
    "sender_id": None,
    "ip_pool": None,
    "design_id": "",
}
SEND_TO: dict[str, Any] = {"list_ids": [], "segment_ids": [], "all": False}
SEND = {"name", "categories", "send_at", "send_to", "email_config"}
MAIL = {
    "personalizations",
    "from",
    "reply_to",
    "subject",
    "content",
    "tracking_settings",
    "mail_settings",
}


class Wrong(ValueError):
    """A body that is not as it must be: its field, and what is wrong."""


def require_only(where: str, body: dict[str, Any], known: set[str]) -> None:
    for name in body.keys() - known:
        raise Wrong(f"{where}{name}", "unknown field")
