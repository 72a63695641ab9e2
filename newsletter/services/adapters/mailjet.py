"""Mailjet (Email API v3, https://dev.mailjet.com/email/reference/campaigns/drafts/).

A draft takes two calls: one for its fields, one for its content. Nothing can be deleted, only archived. The call
``send``, and the time "NOW", would reach the whole audience immediately; neither is ever used.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from newsletter.errors import NotAuthorised, Refused
from newsletter.model import Audience
from newsletter.services.answers import mailjet as answers
from newsletter.services.language import Delimiters
from newsletter.services.protocol import Campaign, Capability, Outgoing, Profile, Status
from newsletter.services.sending import send_from_draft
from newsletter.services.settings import Setting, Settings

if TYPE_CHECKING:
    import httpx

    from newsletter.services.http.api import Api

_KEY, _SECRET = "MAILJET_API_KEY", "MAILJET_SECRET_KEY"
_PAGE = 1000
_CAMPAIGNS = "https://app.mailjet.com/campaigns"
"""The page with all campaigns; the address of a single one is not documented."""
_ARCHIVED, _SCHEDULED = -1, 1
_PUT_AWAY = (-2, _ARCHIVED)
"""Deleted and archived."""
_STATUSES = {
    -2: Status.SENT,  # like the next one, listed only if it was delivered before it was put away
    _ARCHIVED: Status.SENT,
    0: Status.DRAFT,
    2: Status.SENT,
    3: Status.SENDING,  # to some readers, to find out which of several versions they prefer
    4: Status.SENT,
}

T = TypeVar("T")


class Mailjet:
    """An account of Mailjet; see ``services.protocol.Service``."""

    def __init__(self, api: Api, mark: str) -> None:
        self._api = api
        self._mark = mark

    def account(self) -> str:
        """Return its owner's address and a mark of the key: the keys of several accounts may have one owner."""
        try:
            owner = self._api.get("/user", answers.OneRow[answers.User]).Data[0].Email
        except NotAuthorised:  # but the key may be good for everything else
            self._api.get("/contactslist", answers.Rows[answers.ContactList], Limit=1)
            owner = "unknown"
        return f"{owner} (key {self._mark})"

    def missing_setup(self) -> Sequence[str]:
        """Return nothing: it cannot be known in advance."""
        return ()

    def audiences(self) -> Sequence[Audience]:
        """Return the contact lists."""
        lists = self._all("/contactslist", answers.Rows[answers.ContactList], IsDeleted="false")
        return [
            Audience(str(found.ID), found.Name, self._size(found.ID))
            for found in lists
            if not found.IsDeleted
        ]

    def find(self, marker: str) -> Sequence[Campaign]:
        """Find by title, for which Mailjet has no filter, among all drafts."""
        drafts = self._all("/campaigndraft", answers.Rows[answers.Draft])
        return [
            self._campaign(draft)
            for draft in drafts
            if marker in draft.Title and not _is_gone(draft)
        ]

    def create(self, outgoing: Outgoing) -> str:
        """Make the draft; its content follows with ``update``."""
        return str(
            self._api.post("/campaigndraft", _fields(outgoing), answers.OneRow[answers.Made])
            .Data[0]
            .ID
        )

    def update(self, campaign: str, outgoing: Outgoing) -> None:
        """Replace fields and content. This POST replaces all of the content: a part that is left out would be empty."""
        self._api.put(f"/campaigndraft/{campaign}", _fields(outgoing))
        content = {"Html-part": outgoing.html, "Text-part": outgoing.text}
        self._api.act(f"/campaigndraft/{campaign}/detailcontent", content, repeat=True)

    def read(self, campaign: str) -> Campaign | None:
        """Return fields and content; None if it is archived or deleted."""
        held = self._api.get_if_there(f"/campaigndraft/{campaign}", answers.OneRow[answers.Draft])
        if held is None or _is_gone(held.Data[0]):
            return None
        content = self._api.get_if_there(
            f"/campaigndraft/{campaign}/detailcontent", answers.Rows[answers.Content]
        )
        return self._campaign(
            held.Data[0], content.Data[0] if content and content.Data else answers.NO_CONTENT
        )

    def delete(self, campaign: str) -> None:
        """Archive it: Mailjet cannot delete."""
        self._api.put(f"/campaigndraft/{campaign}", {"Status": _ARCHIVED})

    def send_test(self, outgoing: Outgoing, people: Sequence[str]) -> None:
        """Send from a separate draft, which is archived afterwards."""

        def send(campaign: str) -> None:
            self._api.act(
                f"/campaigndraft/{campaign}/test",
                {"Recipients": [{"Email": person} for person in people]},
            )

        send_from_draft(self, outgoing, send)

    def schedule(self, campaign: str, at: datetime) -> None:
        """Schedule at any time that is not too close."""
        body = {"Date": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")}
        self._api.act(f"/campaigndraft/{campaign}/schedule", body)

    def unschedule(self, campaign: str) -> None:
        """Make it a draft again."""
        self._api.delete(f"/campaigndraft/{campaign}/schedule")

    def _all(self, path: str, into: type[answers.Rows[T]], **query: str) -> list[T]:
        """Return everything below a path, page by page; a page that is not full is the last."""
        rows, is_last = list[T](), False
        while not is_last:
            page = self._api.get(path, into, Limit=_PAGE, Offset=len(rows), Sort="ID", **query).Data
            rows += page
            is_last = len(page) < _PAGE
        return rows

    def _size(self, audience: int) -> int | None:
        """Return how many get what is sent to a list: its own figure also counts those who have left."""
        query: dict[str, str | int] = {
            "ContactsList": audience,
            "Unsub": "false",
            "IsExcludedFromCampaigns": "false",
        }
        try:
            return self._api.get("/listrecipient", answers.Count, countOnly=1, **query).Total
        except Refused:  # a list can be sent to although its readers cannot be counted
            return None

    def _campaign(self, held: answers.Draft, content: answers.Content | None = None) -> Campaign:
        at = self._scheduled(held.ID) if held.Status == _SCHEDULED else None
        return Campaign(
            id=str(held.ID),
            name=held.Title,
            status=_status(held, at),
            address=_CAMPAIGNS,
            audiences=held.audiences,
            subject=held.Subject,
            sender_name=held.SenderName,
            sender_address=held.SenderEmail,
            reply_to=held.ReplyEmail,
            html=content.html if content else None,
            text=content.text if content else None,
            scheduled=at,
            settings=answers.settings_of(held, content) if content else {},
            created=held.CreatedAt,
        )

    def _scheduled(self, campaign: int) -> datetime | None:
        """Return the future time when a campaign will be sent; None if that time has passed, or there is none."""
        schedule = self._api.get_if_there(
            f"/campaigndraft/{campaign}/schedule", answers.Rows[answers.Schedule]
        )
        at = schedule.Data[0].Date if schedule and schedule.Data else None
        return at if at and at > datetime.now(UTC) else None


def _is_gone(draft: answers.Draft) -> bool:
    """Return whether it was put away before anybody got it. What was delivered is still an issue that readers have."""
    return draft.Status in _PUT_AWAY and not draft.DeliveredAt


def _status(held: answers.Draft, at: datetime | None) -> Status:
    """Return how far a draft is. Mailjet calls it scheduled until all is sent, even one that is sent immediately."""
    if held.Status == _SCHEDULED:
        return Status.SCHEDULED if at else Status.SENDING
    return _STATUSES.get(held.Status, Status.STOPPED)


def _fields(outgoing: Outgoing) -> dict[str, Any]:
    """Return all the fields of a draft."""
    name, address = outgoing.sender
    audience = {"ContactsListID": int(outgoing.audience)} if outgoing.audience else {}
    return {
        **audience,
        "Locale": answers.LOCALE,
        "Title": outgoing.name,
        "Subject": outgoing.subject,
        "Sender": name,
        "SenderName": name,
        "SenderEmail": address,
        "ReplyEmail": outgoing.reply_to,
        "EditMode": answers.EDITOR,
        "IsTextPartIncluded": True,
    }


def _connect(settings: Settings, transport: httpx.BaseTransport | None) -> Mailjet:
    from newsletter.services.http.address import Address
    from newsletter.services.http.api import Api

    key, secret = settings[_KEY], settings[_SECRET]
    login = base64.b64encode(f"{key}:{secret}".encode()).decode()
    headers = {"Authorization": f"Basic {login}"}
    address = Address(
        "Mailjet", "https://api.mailjet.com/v3/REST", headers, secrets=(key, secret, login)
    )
    return Mailjet(Api(address, transport), hashlib.sha256(key.encode()).hexdigest()[:6])


PROFILE = Profile(
    title="Mailjet",
    can=frozenset(Capability) - {Capability.PREHEADER},
    connect=_connect,
    merge_tags={
        "unsubscribe": "[[UNSUB_LINK_EN]]",
        "web-version": "[[PERMALINK]]",
        "first-name": '[[data:firstname:"reader"]]',
    },
    language=Delimiters(("[[",)),
    expects=answers.EXPECTS,
    settings=(
        Setting(_KEY, "the API key of the account"),
        Setting(_SECRET, "the secret key that belongs to it"),
    ),
    may_count_clicks=True,
    notes=(
        "The draft is found by its name, among the drafts on Mailjet's page of campaigns.",
        "Whether opens and clicks are tracked is set for the whole account.",
        "First names are the contacts' property 'firstname', which the account must have.",
        "The page on which readers unsubscribe is in English.",
        "It schedules only issues for more than one reader.",
    ),
)
