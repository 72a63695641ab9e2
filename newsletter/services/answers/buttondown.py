"""Buttondown's answers (API of 2026-04-01).

``slug`` and ``secondary_id``, an email's own word in addresses and its number, are not compared:
Buttondown may set them itself, and in an email without a template no reader sees them.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any, Generic, TypeVar

from pydantic import AwareDatetime, BaseModel, Field

from newsletter.model import Audience
from newsletter.services.campaign_settings import NONE, WholeAnswer, settings_in
from newsletter.services.kept_files import KeptFile
from newsletter.services.protocol import Campaign, Status

RowT = TypeVar("RowT")
HTML_MARK = "<!-- buttondown-editor-mode: fancy -->"
"""What a body in HTML starts with, so that it is not taken for Markdown."""
TEMPLATE = "naked"
"""The template that adds nothing."""
NAME = "newsletter"
"""The key of our name for an email in its metadata."""
EVERYONE = "everyone"
"""Our word for an audience without a filter; the others are the ids of tags."""
HAS_TAG = ("subscriber.tags", "contains")
"""The field and the operator of a condition that subscribers meet if they have a tag."""
_STATUSES = {
    "draft": Status.DRAFT,
    "scheduled": Status.SCHEDULED,
    "about_to_send": Status.SENDING,
    "in_flight": Status.SENDING,
    "throttled": Status.SENDING,
    "resending": Status.SENDING,
    "sent": Status.SENT,
}
"""All others are of emails that somebody stopped, or that we know nothing about."""
_PATHS = {
    "template": "template",
    "who sees it in the archive": "archival_mode",
    "readers' comments": "commenting_mode",
    "kind of email": "email_type",
    "review": "review_mode",
    "attachments": "attachments",
    "picture in previews": "image",
    "address of the original": "canonical_url",
    "featured in the archive": "featured",
    "related emails": "related_email_ids",
    "billed as an email": "should_trigger_pay_per_email_billing",
    "held back": "suppression_reason",
}
_OFF = (
    "attachments",
    "picture in previews",
    "address of the original",
    "featured in the archive",
    "related emails",
    "billed as an email",
    "held back",
)
EXPECTS = {
    **dict.fromkeys(_OFF, NONE),
    "template": TEMPLATE,
    "who sees it in the archive": "enabled",
    "readers' comments": "disabled",
    "format": "HTML",
}
"""Kind and review depend on the newsletter: only a change of them counts."""


class Account(BaseModel):
    """Whose account it is."""

    username: str = Field(min_length=1)
    email_address: str


class Tag(BaseModel):
    """What subscribers can have."""

    id: str
    name: str

    def audience(self, size: int | None) -> Audience:
        """Return the same in our terms."""
        return Audience(self.id, self.name, size, within=EVERYONE)


class Count(BaseModel):
    """How many there are."""

    count: int


class Filter(BaseModel):
    """A condition that subscribers meet or do not."""

    field: str
    operator: str
    value: Any = ""

    def in_words(self) -> str:
        """Return the condition in words: a tag's id, if it is having that tag."""
        if (self.field, self.operator) == HAS_TAG:
            return str(self.value)
        return f"{self.field} {self.operator} {self.value}"


class FilterGroup(BaseModel):
    """Conditions of which all ("and") or any ("or") must be met."""

    filters: list[Filter]
    groups: list[Any]
    predicate: str

    def audiences(self) -> tuple[str, ...]:
        """Return the audience.

        A condition that is not ours is left as it is, so that it does not pass for one of ours.
        """
        if not self.filters and not self.groups:
            return (EVERYONE,)

        conditions = [condition.in_words() for condition in self.filters]
        conditions += ["(other conditions)" for _ in self.groups]
        if self.predicate != "and":
            conditions.append("(any of them)")
        return tuple(conditions)


class Image(BaseModel):
    """A picture, which is public. Our name for it is in its metadata."""

    image: str
    creation_date: AwareDatetime
    metadata: dict[str, Any] | None

    @property
    def kept(self) -> KeptFile:
        """The same in our terms; its name is empty if we gave it none."""
        name = _name_in(self.metadata)
        return KeptFile(name, self.creation_date, self.image)


class NewEmail(BaseModel):
    """The id of a new email."""

    id: str


class EmailRow(WholeAnswer):
    """An email as it is listed. Without metadata it could not be found, so they are required."""

    id: str
    subject: str
    status: str
    metadata: dict[str, Any] | None
    description: str
    filters: FilterGroup | None
    publish_date: datetime | None = None
    creation_date: AwareDatetime

    @property
    def name(self) -> str:
        """Our name for the email; empty if it has none."""
        return _name_in(self.metadata)

    @property
    def is_deleted(self) -> bool:
        """Whether somebody has deleted it; it is listed all the same."""
        return self.status == "deleted"

    @property
    def campaign(self) -> Campaign:
        """The same in our terms."""
        status = _STATUSES.get(self.status, Status.STOPPED)
        scheduled = self.publish_date if status == Status.SCHEDULED else None

        return Campaign(
            id=self.id,
            name=self.name,
            status=status,
            address=f"https://buttondown.com/emails/{self.id}",
            audiences=self._audiences(),
            subject=self.subject,
            preheader=self.description,
            scheduled=scheduled,
            settings=self.settings,
            created=self.creation_date,
        )

    @property
    def settings(self) -> dict[str, str]:
        """See ``Campaign.settings`` of the protocol."""
        return settings_in(self.answer, _PATHS)

    def _audiences(self) -> tuple[str, ...] | None:
        """Return who it is for; None if Buttondown does not say."""
        if self.filters is None:
            return None
        return self.filters.audiences()


class Email(EmailRow):
    """An email requested on its own."""

    body: str

    @property
    def campaign(self) -> Campaign:
        """The same in our terms, with its content."""
        return replace(super().campaign, html=self.html)

    @property
    def html(self) -> str:
        """The HTML, without the mark that says it is HTML."""
        return self.body.removeprefix(f"{HTML_MARK}\n")

    @property
    def settings(self) -> dict[str, str]:
        """See ``Campaign.settings`` of the protocol."""
        is_html = self.body.startswith(HTML_MARK)
        body_format = "HTML" if is_html else "to be guessed"
        return {**super().settings, "format": body_format}


class Page(BaseModel, Generic[RowT]):
    """A page of whatever is listed."""

    results: list[RowT]
    next: str | None


def _name_in(metadata: dict[str, Any] | None) -> str:
    if not metadata:
        return ""
    return str(metadata.get(NAME, ""))
