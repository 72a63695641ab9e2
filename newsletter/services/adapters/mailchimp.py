"""Mailchimp (Marketing API 3.0, https://mailchimp.com/developer/marketing/api/).

A draft takes two calls: one for the campaign, one for its content. The version is in the address. A campaign has one
address, called reply_to: mail comes from it, and answers go to it.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel

from newsletter.errors import NotAuthorised, Refused
from newsletter.model import Audience
from newsletter.services.answers import mailchimp as answers
from newsletter.services.language import Delimiters
from newsletter.services.protocol import Campaign, Capability, Outgoing, Profile, Status
from newsletter.services.sending import send_from_draft
from newsletter.services.settings import Setting, Settings

if TYPE_CHECKING:
    import httpx

    from newsletter.services.http.api import Api

_KEY = "MAILCHIMP_API_KEY"
_DATA_CENTRE = re.compile(r"[a-z]{2}[0-9]+")
_PAGE = 1000
_LOOK_BACK = timedelta(days=400)
"""How long ago a campaign of an issue can have been made: the list is not read further back."""
_STATUSES = {
    "save": Status.DRAFT,
    "paused": Status.DRAFT,
    "schedule": Status.SCHEDULED,
    "sending": Status.SENDING,
    "sent": Status.SENT,
}
"""All others are of campaigns that somebody stopped, or that we know nothing about."""
_BAR = r'(?s)<center>(?:\s*<br\s*/?>)*\s*<table[^>]*id="canspamBarWrapper".*?</center>'
_BAR_IN_TEXT = r"(?s)[\s=]*This email was sent to \*\|EMAIL\|\*.*\*\|REWARDS_TEXT\|\*\s*\Z"

RowT = TypeVar("RowT", bound=BaseModel)


class Mailchimp:
    """An account of Mailchimp; see ``services.protocol.Service``."""

    def __init__(self, api: Api, data_centre: str) -> None:
        self._api = api
        self._data_centre = data_centre

    def account(self) -> str:
        """Return its name and its owner's address."""
        account = self._api.get("/", answers.Account, fields="account_name,email")
        return f"{account.account_name} ({account.email})"

    def missing_setup(self) -> Sequence[str]:
        """Return nothing: it cannot be known in advance."""
        return ()

    def audiences(self) -> Sequence[Audience]:
        """Return the lists; their sizes are a few minutes old."""
        lists = self._all(
            "/lists",
            answers.Page[answers.Audience],
            fields="lists.id,lists.name,lists.stats.member_count,total_items",
        )
        return [Audience(found.id, found.name, found.size) for found in lists]

    def find(self, marker: str) -> Sequence[Campaign]:
        """Find by title, for which Mailchimp has no filter, among those made in the last year."""
        campaigns = self._all(
            "/campaigns",
            answers.Page[answers.Row],
            since_create_time=(datetime.now(UTC) - _LOOK_BACK).isoformat(timespec="seconds"),
            sort_field="create_time",
            sort_dir="DESC",
            fields=answers.LISTED,
        )
        return [self._campaign(campaign) for campaign in campaigns if marker in campaign.title]

    def _all(self, path: str, kind: type[answers.Page[RowT]], **query: str) -> list[RowT]:
        """Return the rows of all pages."""
        rows, is_last = list[RowT](), False
        while not is_last:
            page = self._api.get(path, kind, count=_PAGE, offset=len(rows), **query)
            rows += page.rows
            is_last = not page.rows or len(rows) >= page.total_items
        return rows

    def create(self, outgoing: Outgoing) -> str:
        """Make the campaign; its content follows with ``update``."""
        return self._api.post(
            "/campaigns", {"type": "regular", **_fields(outgoing)}, answers.Made
        ).id

    def update(self, campaign: str, outgoing: Outgoing) -> None:
        """Replace fields and content. Mailchimp would make up the plain text if it was left out."""
        self._api.patch(f"/campaigns/{campaign}", _fields(outgoing))
        self._api.put(
            f"/campaigns/{campaign}/content", {"html": outgoing.html, "plain_text": outgoing.text}
        )

    def read(self, campaign: str) -> Campaign | None:
        """Return fields and content."""
        held = self._api.get_if_there(f"/campaigns/{campaign}", answers.Held)
        if held is None:
            return None
        content = self._api.get(f"/campaigns/{campaign}/content", answers.Content)
        return replace(
            self._campaign(held),
            audiences=held.recipients.named(),
            subject=held.fields.subject_line,
            preheader=held.fields.preview_text,
            sender_name=held.fields.from_name,
            sender_address=held.fields.reply_to,
            reply_to=held.fields.reply_to,
            html=content.html,
            text=content.plain_text,
            settings=held.settings,
        )

    def delete(self, campaign: str) -> None:
        """Delete it for good."""
        self._api.delete(f"/campaigns/{campaign}")

    def send_test(self, outgoing: Outgoing, people: Sequence[str]) -> None:
        """Send from a separate campaign, which is deleted afterwards."""

        def send(campaign: str) -> None:
            body = {"test_emails": list(people), "send_type": "html"}
            self._api.act(f"/campaigns/{campaign}/actions/test", body)

        send_from_draft(self, outgoing, send)

    def schedule(self, campaign: str, at: datetime) -> None:
        """Schedule on a quarter of an hour. Mailchimp refuses one that is not ready; its checklist says why."""
        checklist = self._api.get(f"/campaigns/{campaign}/send-checklist", answers.Checklist)
        if not checklist.is_ready:
            wrong = "; ".join(
                f"{item.heading}: {item.details}"
                for item in checklist.items
                if item.type == "error"
            )
            why = self._api.redact(wrong) or "it does not say why"
            message = f"The campaign {campaign} is not ready to be sent ({why})."
            raise Refused("Mailchimp", message, "Fix it in Mailchimp, and run the command again.")
        body = {"schedule_time": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")}
        self._api.act(f"/campaigns/{campaign}/actions/schedule", body)

    def unschedule(self, campaign: str) -> None:
        """Make it a draft again."""
        self._api.act(f"/campaigns/{campaign}/actions/unschedule")

    def _campaign(self, held: answers.Row) -> Campaign:
        """Return what the list of all campaigns says about one."""
        status = _STATUSES.get(held.status, Status.STOPPED)
        return Campaign(
            id=held.id,
            name=held.title,
            status=status,
            address=f"https://{self._data_centre}.admin.mailchimp.com/campaigns/edit?id={held.web_id}",
            audiences=None,
            scheduled=held.send_time if status == Status.SCHEDULED else None,
            created=held.create_time,
        )


def _fields(outgoing: Outgoing) -> dict[str, Any]:
    """Return all the fields of a campaign; what Mailchimp would add by itself is switched off."""
    name, _ = outgoing.sender
    recipients = {"recipients": {"list_id": outgoing.audience}} if outgoing.audience else {}
    return {
        **recipients,
        "settings": {
            "title": outgoing.name,
            "subject_line": outgoing.subject,
            "preview_text": outgoing.preheader,
            "from_name": name,
            "reply_to": outgoing.reply_to,
            "auto_footer": False,
            "inline_css": False,
            "auto_tweet": False,
            "fb_comments": False,
            "use_conversation": False,  # answers would go to Mailchimp
        },
        "tracking": {
            "opens": False,
            "html_clicks": False,
            "text_clicks": False,
            "goal_tracking": False,
            "ecomm360": False,
            "google_analytics": "",
            "clicktale": "",
        },
    }


def _connect(settings: Settings, transport: httpx.BaseTransport | None) -> Mailchimp:
    from newsletter.services.http.address import Address
    from newsletter.services.http.api import Api

    key = settings[_KEY]
    _, hyphen, data_centre = key.rpartition("-")
    if not hyphen or not _DATA_CENTRE.fullmatch(
        data_centre
    ):  # or part of another service's key becomes a host name
        message = f"{_KEY} is not a Mailchimp key: a key ends with a hyphen and the name of a data centre, such as -us6."
        raise NotAuthorised("Mailchimp", message, "Copy it again from the account's page.")
    login = base64.b64encode(f"newsletter:{key}".encode()).decode()
    base = f"https://{data_centre}.api.mailchimp.com/3.0"
    address = Address("Mailchimp", base, {"Authorization": f"Basic {login}"}, secrets=(key, login))
    return Mailchimp(Api(address, transport), data_centre)


PROFILE = Profile(
    title="Mailchimp",
    can=frozenset(Capability),
    connect=_connect,
    merge_tags={
        "unsubscribe": "*|UNSUB|*",
        "web-version": "*|ARCHIVE|*",
        "first-name": "*|FNAME|*",
        "address": "*|HTML:LIST_ADDRESS_HTML|*",
    },
    text_tags={"address": "*|LIST_ADDRESSLINE_TEXT|*"},
    language=Delimiters(("*|",)),
    settings=(Setting(_KEY, "an API key of the account"),),
    expects=answers.EXPECTS,
    adds={_BAR: "Mailchimp's own footer", _BAR_IN_TEXT: "Mailchimp's own footer in the plain text"},
    minutes=15,
    notes=(
        "Mail comes from the address that answers go to; Mailchimp has one for both.",
        "What to call readers without a first name is set on the audience's field in Mailchimp.",
        "In a test, the reader's own fields, such as the first name, are not filled in.",
    ),
)
