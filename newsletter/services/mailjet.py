"""Mailjet (Email API v3, https://dev.mailjet.com/email/reference/campaigns/drafts/).

A draft takes two calls: one for its fields, one for its content. Nothing can be deleted: what goes is archived. The
call ``send``, and the time "NOW", would reach the whole audience at once; neither is ever used.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pydantic import BaseModel, Field, model_validator

from newsletter.errors import NotAuthorised, Refused
from newsletter.mailing import Audience, Campaign, Capability, Openings, Outgoing, Profile, Setting, Settings, Status
from newsletter.mailing.test_draft import sent_from_a_draft

if TYPE_CHECKING:
    import httpx

    from newsletter.mailing.api import Api

_KEY, _SECRET = "MAILJET_API_KEY", "MAILJET_SECRET_KEY"
_PAGE = 1000
_CAMPAIGNS = "https://app.mailjet.com/campaigns"
"""The page with all campaigns; the address of a single one is documented nowhere."""
_LOCALE = "en_US"
"""The language of Mailjet's own pages, which must be said: that of the unsubscribe tag. Which others there are is not
published.
"""
_ARCHIVED, _SCHEDULED = -1, 1
_PUT_AWAY = (-2, _ARCHIVED)
"""Deleted and archived."""
_STATUSES = {
    -2: Status.SENT,  # like the next one, seen only if it was delivered before it was put away
    _ARCHIVED: Status.SENT,
    0: Status.DRAFT,
    2: Status.SENT,
    3: Status.SENDING,  # to some readers, to find out which of several versions they like best
    4: Status.SENT,
}

T = TypeVar("T")


class _Row(BaseModel):
    """One thing that Mailjet tells of. It writes "" or null for what is empty, of whatever type."""

    @model_validator(mode="before")
    @classmethod
    def _without_blanks(cls, said: Any) -> Any:
        if not isinstance(said, dict):
            return said
        return {name: value for name, value in said.items() if value not in ("", None)}


class _User(_Row):
    Email: str = "unknown"


class _List(_Row):
    ID: int
    Name: str = ""
    IsDeleted: bool = False


class _Made(_Row):
    ID: int


class _Draft(_Made):
    Status: int
    Title: str = ""
    Subject: str = ""
    SenderName: str = ""
    SenderEmail: str = ""
    ReplyEmail: str = ""
    ContactsListID: int = 0
    SegmentationID: int = 0
    DeliveredAt: str = ""
    CreatedAt: datetime | None = None


class _Content(_Row):
    html: str = Field("", alias="Html-part")
    text: str = Field("", alias="Text-part")
    headers: Any = Field(None, alias="Headers")


class _Schedule(_Row):
    Date: datetime | None = None


class _Count(BaseModel):
    Total: int


class _Rows(BaseModel, Generic[T]):
    Data: list[T]


class _OneRow(BaseModel, Generic[T]):
    Data: list[T] = Field(min_length=1)


class Mailjet:
    """An account of Mailjet; see ``mailing.Service``."""

    def __init__(self, api: Api, mark: str) -> None:
        self._api = api
        self._mark = mark

    def account(self) -> str:
        """Its owner's address, and a mark of the key: the keys of several accounts may have one owner."""
        try:
            owner = self._api.get("/user", _OneRow[_User]).Data[0].Email
        except NotAuthorised:  # but the key may be good for everything else
            self._api.get("/contactslist", _Rows[_List], Limit=1)
            owner = _User().Email
        return f"{owner} (key {self._mark})"

    def lacks(self) -> Sequence[str]:
        """Nothing that it tells of."""
        return ()

    def audiences(self) -> Sequence[Audience]:
        """The contact lists."""
        lists = self._all("/contactslist", _Rows[_List], IsDeleted="false")
        return [Audience(str(found.ID), found.Name, self._size(found.ID)) for found in lists if not found.IsDeleted]

    def find(self, marker: str) -> Sequence[Campaign]:
        """By title, for which Mailjet has no filter, among all that there are."""
        drafts = self._all("/campaigndraft", _Rows[_Draft])
        return [self._campaign(draft) for draft in drafts if marker in draft.Title and not _is_gone(draft)]

    def create(self, outgoing: Outgoing) -> str:
        """The draft; its content follows by ``update``."""
        return str(self._api.post("/campaigndraft", _fields(outgoing), _OneRow[_Made]).Data[0].ID)

    def update(self, campaign: str, outgoing: Outgoing) -> None:
        """Fields and content. This POST replaces all of the content, so a part that is left out would be empty."""
        self._api.put(f"/campaigndraft/{campaign}", _fields(outgoing))
        content = {"Html-part": outgoing.html, "Text-part": outgoing.text}
        self._api.act(f"/campaigndraft/{campaign}/detailcontent", content, repeat=True)

    def read(self, campaign: str) -> Campaign | None:
        """Fields and content. What is archived or deleted is not there any more."""
        held = self._api.get_if_there(f"/campaigndraft/{campaign}", _OneRow[_Draft])
        if held is None or _is_gone(held.Data[0]):
            return None
        content = self._api.get_if_there(f"/campaigndraft/{campaign}/detailcontent", _Rows[_Content])
        return self._campaign(held.Data[0], content.Data[0] if content and content.Data else _Content())

    def delete(self, campaign: str) -> None:
        """Archived: more cannot be done."""
        self._api.put(f"/campaigndraft/{campaign}", {"Status": _ARCHIVED})

    def send_test(self, outgoing: Outgoing, people: Sequence[str]) -> None:
        """From a draft of its own, which is archived afterwards."""

        def send(campaign: str) -> None:
            self._api.act(f"/campaigndraft/{campaign}/test", {"Recipients": [{"Email": person} for person in people]})

        sent_from_a_draft(self, outgoing, send)

    def schedule(self, campaign: str, at: datetime) -> None:
        """At any time that is not too close."""
        body = {"Date": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")}
        self._api.act(f"/campaigndraft/{campaign}/schedule", body)

    def unschedule(self, campaign: str) -> None:
        """A draft again."""
        self._api.delete(f"/campaigndraft/{campaign}/schedule")

    def _all(self, path: str, into: type[_Rows[T]], **query: str) -> list[T]:
        """Everything below a path, page by page; a page that is not full is the last."""
        rows, is_last = list[T](), False
        while not is_last:
            page = self._api.get(path, into, Limit=_PAGE, Offset=len(rows), Sort="ID", **query).Data
            rows += page
            is_last = len(page) < _PAGE
        return rows

    def _size(self, audience: int) -> int | None:
        """How many get what is sent to a list: its own figure counts those who have left, too."""
        query: dict[str, str | int] = {"ContactsList": audience, "Unsub": "false", "IsExcludedFromCampaigns": "false"}
        try:
            return self._api.get("/listrecipient", _Count, countOnly=1, **query).Total
        except Refused:  # a list can be sent to although its readers cannot be counted
            return None

    def _campaign(self, held: _Draft, content: _Content | None = None) -> Campaign:
        at = self._scheduled(held.ID) if held.Status == _SCHEDULED else None
        return Campaign(
            id=str(held.ID),
            name=held.Title,
            status=_status(held, at),
            address=_CAMPAIGNS,
            audiences=_audiences(held),
            subject=_subject(held, content),
            sender_name=held.SenderName,
            sender_address=held.SenderEmail,
            reply_to=held.ReplyEmail,
            html=content.html if content else None,
            text=content.text if content else None,
            scheduled=at,
            created=_in_utc(held.CreatedAt),
        )

    def _scheduled(self, campaign: int) -> datetime | None:
        """The time to come at which a campaign is to be sent; None if it has come, or there is none."""
        schedule = self._api.get_if_there(f"/campaigndraft/{campaign}/schedule", _Rows[_Schedule])
        at = _in_utc(schedule.Data[0].Date) if schedule and schedule.Data else None
        return at if at and at > datetime.now(UTC) else None


def _in_utc(at: datetime | None) -> datetime | None:
    """A time with its zone, which Mailjet may leave out."""
    return at.replace(tzinfo=UTC) if at and at.tzinfo is None else at


def _is_gone(draft: _Draft) -> bool:
    """Whether it was put away before anybody got it. What was delivered is still an issue that readers have."""
    return draft.Status in _PUT_AWAY and not draft.DeliveredAt


def _status(held: _Draft, at: datetime | None) -> Status:
    """Mailjet calls a campaign scheduled until all is sent, and one that is sent at once, too."""
    if held.Status == _SCHEDULED:
        return Status.SCHEDULED if at else Status.SENDING
    return _STATUSES.get(held.Status, Status.STOPPED)


def _audiences(held: _Draft) -> tuple[str, ...]:
    """The list; a segment, which somebody has set in Mailjet, makes another audience of it."""
    segment = f" (segment {held.SegmentationID} of it)" if held.SegmentationID else ""
    return (f"{held.ContactsListID}{segment}",) if held.ContactsListID else ()


def _subject(held: _Draft, content: _Content | None) -> str:
    """The subject, with the headers that would take the place of it and of other fields: a draft of ours has none."""
    return f"{held.Subject} (but with headers {content.headers})" if content and content.headers else held.Subject


def _fields(outgoing: Outgoing) -> dict[str, Any]:
    """All that can be said of a draft. In any other mode than ``html2`` its content may be lost in Mailjet's editor."""
    name, address = outgoing.sender
    audience = {"ContactsListID": int(outgoing.audience)} if outgoing.audience else {}
    return {
        **audience,
        "Locale": _LOCALE,
        "Title": outgoing.name,
        "Subject": outgoing.subject,
        "Sender": name,
        "SenderName": name,
        "SenderEmail": address,
        "ReplyEmail": outgoing.reply_to,
        "EditMode": "html2",
        "IsTextPartIncluded": True,
    }


def _connect(settings: Settings, transport: httpx.BaseTransport | None) -> Mailjet:
    from newsletter.mailing.api import Address, Api

    key, secret = settings[_KEY], settings[_SECRET]
    login = base64.b64encode(f"{key}:{secret}".encode()).decode()
    headers = {"Authorization": f"Basic {login}"}
    address = Address("Mailjet", "https://api.mailjet.com/v3/REST", headers, secrets=(key, secret, login))
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
    syntax=Openings(("[[",)),
    settings=(
        Setting(_KEY, "the API key of the account"),
        Setting(_SECRET, "the secret key that belongs to it"),
    ),
    notes=(
        "The draft is found by its name, among the drafts on Mailjet's page of campaigns.",
        "Whether opens and clicks are tracked is set for the whole account.",
        "First names are the contacts' property 'firstname', which the account must have.",
        "The page on which readers unsubscribe is in English.",
        "It schedules only what goes to more than one reader.",
    ),
)
