"""The fields of a campaign at listmonk."""

from __future__ import annotations

from email.utils import quote
from typing import Any

from newsletter.services.answers.listmonk import HTML, PLAIN
from newsletter.services.protocol import Outgoing


def fields_of(outgoing: Outgoing, template: int) -> dict[str, Any]:
    """Return all the fields of a campaign, which goes out within the ``template`` of that id.

    listmonk fills in what is left out, or keeps it as it was.
    """
    name, address = outgoing.sender
    return {
        "name": outgoing.name,
        "subject": outgoing.subject,
        "lists": [int(outgoing.audience)],
        "type": "regular",
        "from_email": f'"{quote(name)}" <{address}>',
        **_content(outgoing),
        "messenger": "email",
        "template_id": template,
        "tags": [],
        "headers": [{"Reply-To": outgoing.reply_to}],
        "send_at": None,
        "media": [],
        "archive": False,
    }


def _content(outgoing: Outgoing) -> dict[str, str]:
    """Return the fields of the two parts; text alone is in the place of the HTML."""
    if not outgoing.html:
        return {"content_type": PLAIN, "body": outgoing.text, "altbody": ""}
    return {"content_type": HTML, "body": outgoing.html, "altbody": outgoing.text}
