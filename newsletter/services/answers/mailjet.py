"""Mailjet's answers (Email API v3). It writes "" or null for what is empty, whatever its type."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Generic, TypeVar

from pydantic import AfterValidator, BaseModel, Field, model_validator

from newsletter.services.campaign_settings import NONE, WholeAnswer, settings_in

T = TypeVar("T")
_Time = Annotated[datetime, AfterValidator(lambda at: at if at.tzinfo else at.replace(tzinfo=UTC))]
"""A time with its zone, which Mailjet may leave out."""
LOCALE = "en_US"
"""The language of Mailjet's own pages, which is required: that of the unsubscribe tag. The others are not published."""
EDITOR = "html2"
"""In any other mode the content may be lost in Mailjet's editor."""
_OF_THE_DRAFT = {
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
_OF_THE_CONTENT = {
    "other headers": "Headers",
    "MJML": "MJMLContent",
}
EXPECTS = {
    **dict.fromkeys((_OF_THE_DRAFT | _OF_THE_CONTENT).keys() - {"sender", "preset"}, NONE),
    "editor": EDITOR,
    "language of Mailjet's pages": LOCALE,
    "text part": "on",
}
"""Mailjet may write sender and preset in its own words: only a change of them counts."""


class Row(WholeAnswer):
    """One thing in Mailjet's answer; what is empty has its default."""

    @model_validator(mode="before")
    @classmethod
    def _keep(cls, said: Any) -> Any:
        if not isinstance(said, dict):
            return said
        filled = {name: value for name, value in said.items() if value not in ("", None)}
        return {**filled, "answer": said}


class User(Row):
    """Whose account it is."""

    Email: str


class ContactList(Row):
    """A list of contacts."""

    ID: int
    Name: str = ""
    IsDeleted: bool = False


class Made(Row):
    """The id of a new draft."""

    ID: int


class Draft(Made):
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
    def audiences(self) -> tuple[str, ...]:
        """The list; with a segment, which somebody has set in Mailjet, it is another audience."""
        segment = f" (segment {self.SegmentationID} of it)" if self.SegmentationID else ""
        return (f"{self.ContactsListID}{segment}",) if self.ContactsListID else ()


class Content(Row):
    """The content of a draft."""

    html: str = Field("", alias="Html-part")
    text: str = Field("", alias="Text-part")


NO_CONTENT = Content.model_validate({})


def settings_of(draft: Draft, content: Content) -> dict[str, str]:
    """Return ``Campaign.settings``."""
    return settings_in(draft.answer, _OF_THE_DRAFT) | settings_in(content.answer, _OF_THE_CONTENT)


class Schedule(Row):
    """When a draft is to be sent."""

    Date: _Time | None = None


class Count(BaseModel):
    """How many there are."""

    Total: int


class Rows(BaseModel, Generic[T]):
    """The rows of a list."""

    Data: list[T]


class OneRow(BaseModel, Generic[T]):
    """An answer that must have a row."""

    Data: list[T] = Field(min_length=1)
