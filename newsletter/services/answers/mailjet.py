"""Mailjet's answers (Email API v3). It writes "" or null for what is empty, whatever its type."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Generic, TypeVar

from pydantic import AfterValidator, BaseModel, Field, model_validator

from newsletter.model import Audience
from newsletter.services import protocol
from newsletter.services.audience_ids import AudienceId
from newsletter.services.campaign_settings import NONE, WholeAnswer, settings_in

RowT = TypeVar("RowT")
LOCALE = "en_US"
"""The language of Mailjet's own pages, which is required: that of the unsubscribe tag.

The others are not published.
"""
EDITOR = "html2"
"""In any other mode the content may be lost in Mailjet's editor."""
_DRAFT_PATHS = {
    "editor": "EditMode",
    "language of Mailjet's pages": "Locale",
    "text part": "IsTextPartIncluded",
    "template": "TemplateID",
    "template by name": "Template",
    "A/B test": "AXTesting",
    "part of the A/B test": "AXFraction",
    "name of that part": "AXFractionName",
    "sender": "Sender",
    "preset": "Preset",
}
_CONTENT_PATHS = {
    "other headers": "Headers",
    "MJML": "MJMLContent",
}
_IN_MAILJETS_WORDS = {"sender", "preset"}
EXPECTS = {
    **dict.fromkeys((_DRAFT_PATHS | _CONTENT_PATHS).keys() - _IN_MAILJETS_WORDS, NONE),
    "editor": EDITOR,
    "language of Mailjet's pages": LOCALE,
    "text part": "on",
}
"""Mailjet may write sender and preset in its own words: only a change of them counts."""
_CAMPAIGNS = "https://app.mailjet.com/campaigns"
"""The page with all campaigns; the address of a single one is not documented."""
_DELETED, ARCHIVED, _SCHEDULED = -2, -1, 1
_STATUSES = {
    _DELETED: protocol.Status.SENT,  # like the next one, listed only if it was delivered before
    ARCHIVED: protocol.Status.SENT,
    0: protocol.Status.DRAFT,
    2: protocol.Status.SENT,
    3: protocol.Status.SENDING,  # to some readers, to see which of several versions they prefer
    4: protocol.Status.SENT,
}


def _with_zone(at: datetime) -> datetime:
    """Return a time with its zone, which Mailjet may leave out; it is UTC then."""
    if at.tzinfo:
        return at
    return at.replace(tzinfo=UTC)


_Time = Annotated[datetime, AfterValidator(_with_zone)]


class Row(WholeAnswer):
    """One thing in Mailjet's answer; what is empty has its default."""

    @model_validator(mode="before")
    @classmethod
    def _leave_out_empty(cls, answer: Any) -> Any:
        if not isinstance(answer, dict):
            return answer

        filled = {name: value for name, value in answer.items() if value not in ("", None)}
        return {**filled, "answer": answer}


class User(Row):
    """Whose account it is."""

    Email: str


class ContactList(Row):
    """A list of contacts."""

    ID: int
    Name: str = ""
    IsDeleted: bool = False


class Segment(Row):
    """A formula that chooses some of the contacts of any list."""

    ID: int
    Name: str = ""
    Status: str = ""

    @property
    def is_deleted(self) -> bool:
        """Whether it was deleted, and is only listed because it was used."""
        return self.Status == "deleted"

    def of_list(self, contact_list: ContactList) -> Audience:
        """Return those of a list that it chooses, in our terms."""
        within = str(contact_list.ID)
        audience = AudienceId(within, "segment", str(self.ID))
        return Audience(str(audience), self.Name, within=within)


class NewDraft(Row):
    """The id of a new draft."""

    ID: int


class Draft(NewDraft):
    """A draft without its content."""

    Status: int
    Title: str = ""
    Subject: str = ""
    SenderName: str = ""
    SenderEmail: str = ""
    ReplyEmail: str = ""
    ContactsListID: int = 0
    SegmentationID: int = 0
    DeliveredAt: str = ""
    CreatedAt: _Time | None = None

    @property
    def is_scheduled(self) -> bool:
        """Whether Mailjet calls it scheduled: until all is sent, even if it is sent immediately."""
        return self.Status == _SCHEDULED

    @property
    def is_put_away(self) -> bool:
        """Whether it was archived or deleted before anybody got it.

        What was delivered is still an issue that readers have.
        """
        is_out_of_sight = self.Status in (_DELETED, ARCHIVED)
        was_delivered = bool(self.DeliveredAt)
        return is_out_of_sight and not was_delivered

    def campaign(self, scheduled: datetime | None = None) -> protocol.Campaign:
        """Return the same in our terms; ``scheduled`` is its future time, if it has one."""
        return protocol.Campaign(
            id=str(self.ID),
            name=self.Title,
            status=self._status(scheduled),
            address=_CAMPAIGNS,
            audiences=self.audiences(),
            subject=self.Subject,
            sender_name=self.SenderName,
            sender_address=self.SenderEmail,
            reply_to=self.ReplyEmail,
            scheduled=scheduled,
            created=self.CreatedAt,
        )

    def _status(self, scheduled: datetime | None) -> protocol.Status:
        """Return how far it is."""
        if not self.is_scheduled:
            return _STATUSES.get(self.Status, protocol.Status.STOPPED)
        if scheduled:
            return protocol.Status.SCHEDULED
        return protocol.Status.SENDING

    def audiences(self) -> tuple[str, ...]:
        """Return the list, or the segment of the list."""
        if not self.ContactsListID:
            return ()
        if not self.SegmentationID:
            return (str(self.ContactsListID),)
        segment = AudienceId(str(self.ContactsListID), "segment", str(self.SegmentationID))
        return (str(segment),)


class Content(Row):
    """The content of a draft."""

    html: str = Field("", alias="Html-part")
    text: str = Field("", alias="Text-part")


NO_CONTENT = Content.model_validate({})


def settings_of(draft: Draft, content: Content) -> dict[str, str]:
    """Return ``Campaign.settings``."""
    of_draft = settings_in(draft.answer, _DRAFT_PATHS)
    of_content = settings_in(content.answer, _CONTENT_PATHS)
    return of_draft | of_content


class Schedule(Row):
    """When a draft is to be sent."""

    Date: _Time | None = None


class Count(BaseModel):
    """How many there are."""

    Total: int


class Rows(BaseModel, Generic[RowT]):
    """The rows of a list."""

    Data: list[RowT]

    def first(self) -> RowT | None:
        """Return the first row; None if there is none."""
        return next(iter(self.Data), None)


class OneRow(BaseModel, Generic[RowT]):
    """An answer that must have a row."""

    Data: list[RowT] = Field(min_length=1)

    @property
    def row(self) -> RowT:
        """The row."""
        return self.Data[0]
