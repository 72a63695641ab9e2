"""What Mailchimp takes for a campaign, by its OpenAPI file."""

from __future__ import annotations

from typing import Any

FIELDS: dict[str, dict[str, Any]] = {
    "recipients": {"list_id": "", "segment_opts": {}},
    "settings": {
        "subject_line": "",
        "preview_text": "",
        "title": "",
        "from_name": "",
        "reply_to": "",
        "use_conversation": False,
        "to_name": "",
        "folder_id": "",
        "authenticate": True,
        "auto_footer": False,
        "inline_css": False,
        "auto_tweet": False,
        "fb_comments": True,
    },
    "tracking": {
        "opens": True,
        "html_clicks": True,
        "text_clicks": False,
        "goal_tracking": False,
        "ecomm360": False,
        "google_analytics": "",
        "clicktale": "",
    },
}
"""What a campaign has, and its value if it is left out."""
READ_ONLY: dict[str, dict[str, Any]] = {
    "settings": {"template_id": 0, "timewarp": False, "drag_and_drop": False, "auto_fb_post": []},
    "tracking": {"salesforce": {"campaign": False, "notes": False}, "capsule": {"notes": False}},
}
"""What else it has there, which is never written by us."""
_NEEDED = {
    "create": {"settings": set[str]()},
    "patch": {"settings": {"subject_line", "from_name", "reply_to"}},
}


def wrong_in(body: Any, call: str) -> str:
    """What is wrong with the fields of a campaign."""
    if not isinstance(body, dict) or not set(body) <= set(FIELDS):
        return f"Schema describes object, {body} found instead"
    for part, needed in _NEEDED[call].items():
        if missing := needed - set(body.get(part, {})):
            return f"Required fields were not provided: {sorted(missing)}"
    for part, values in body.items():
        for name, value in values.items():
            if name not in FIELDS[part] or type(value) is not type(FIELDS[part][name]):
                return f"{part}.{name}: the data presented is not one of the accepted values"
    return (
        ""
        if body.get("recipients", {"list_id": "any"}).get("list_id")
        else "recipients.list_id: it is required"
    )


def missing_in(campaign: dict[str, Any]) -> list[str]:
    """What keeps a campaign from being sent."""
    needed = {
        "List": campaign["recipients"]["list_id"],
        "Subject": campaign["settings"]["subject_line"],
        "Reply-to": campaign["settings"]["reply_to"],
        "Content": campaign["content"]["plain_text" if campaign["type"] == "plaintext" else "html"],
    }
    return [name for name, value in needed.items() if not value]
