"""Brevo's answers (API v3).

What its schemas call required has no default here: an answer without it is not valid.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Generic, TypeVar

from pydantic import AliasChoices, AliasPath, AwareDatetime, BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from newsletter.model import Audience
from newsletter.services import protocol
from newsletter.services.answers.times import TimeOrEmpty
from newsletter.services.audience_ids import AudienceId
from newsletter.services.campaign_settings import NONE, WholeAnswer, settings_in
from newsletter.services.protocol import Status

RowT = TypeVar("RowT", bound=BaseModel)
_PATHS = {
    "lists left out": "recipients.exclusionLists",
    "segments left out": "recipients.exclusionSegments",
    "A/B test": "abTesting",
    "each reader's best time": "sendAtBestTime",
    "recurring": "recurring",
    "web version": "mirrorActive",
    "pictures put into the email": "inlineImageActivation",
    "attachment": "attachmentFile",
    "name in the To line": "toField",
    "UTM campaign": "utmCampaignValue",
    "UTM source": "utmSource",
    "UTM medium": "utmMedium",
    "UTM id": "utmID",
    "UTM id in use": "utmIDActive",
}
_OFF = (
    "lists left out",
    "segments left out",
    "A/B test",
    "each reader's best time",
    "recurring",
    "pictures put into the email",
    "attachment",
)
_UTM = "the issue"
EXPECTS = {
    **dict.fromkeys(_OFF, NONE),
    "web version": "on",
    "UTM campaign": _UTM,
}
"""The rest depends on the account: only a change of it counts."""
_ARCHIVED = "archive"
_STATUSES = {"draft": Status.DRAFT, "in_process": Status.SENDING, "sent": Status.SENT}
"""All others, cancelling and cancelled among them, are stopped."""


class _Answer(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel)


class Account(_Answer):
    """Whose account it is."""

    company_name: str
    email: str = Field(min_length=1)


class ContactListRow(_Answer):
    """A list as it is listed, without its size."""

    id: int
    name: str


class ContactList(ContactListRow):
    """A list requested on its own."""

    total_subscribers: int

    @property
    def audience(self) -> Audience:
        """The same in our terms."""
        return Audience(str(self.id), self.name, self.total_subscribers)


class Segment(_Answer):
    """A segment of all contacts."""

    id: int
    segment_name: str

    @property
    def audience(self) -> Audience:
        """The same in our terms."""
        segment = AudienceId("", "segment", str(self.id))
        return Audience(str(segment), self.segment_name)


class Page(_Answer, Generic[RowT]):
    """A page of lists, or of segments."""

    rows: list[RowT] = Field([], validation_alias=AliasChoices("lists", "segments"))
    count: int
    """Not used, but an answer without it does not say that there are none."""


class NewCampaign(_Answer):
    """The id of a new campaign."""

    id: int


class CampaignRow(_Answer):
    """A campaign as it is listed."""

    id: int
    name: str
    status: str
    scheduled_at: TimeOrEmpty = None
    """When it will be sent, was to be sent, or was sent."""
    created_at: AwareDatetime
    sent: int | None = Field(None, validation_alias=AliasPath("statistics", "globalStats", "sent"))

    @property
    def is_archived(self) -> bool:
        """Whether it was archived: what was once scheduled can be put away in no other way."""
        return self.status == _ARCHIVED

    @property
    def is_put_away(self) -> bool:
        """Whether it was archived before anybody got it."""
        reached_nobody = self.sent == 0
        return self.is_archived and reached_nobody

    @property
    def campaign(self) -> protocol.Campaign:
        """The same in our terms."""
        status = self._status()
        scheduled = self.scheduled_at if status == Status.SCHEDULED else None

        return protocol.Campaign(
            id=str(self.id),
            name=self.name,
            status=status,
            address=f"https://app.brevo.com/marketing-campaign/edit/{self.id}",
            audiences=None,
            scheduled=scheduled,
            created=self.created_at,
        )

    def _status(self) -> Status:
        """Return how far it is."""
        is_to_come = self._is_to_come()
        if self.status in ("queued", "in_review"):  # it waits for its time, or is about to be sent
            return Status.SCHEDULED if is_to_come else Status.SENDING

        if self.status == "suspended":
            # as good as a draft, unless its time has passed and somebody may have got it
            never_had_time = self.scheduled_at is None
            reached_nobody = never_had_time or is_to_come or self.sent == 0
            return Status.DRAFT if reached_nobody else Status.STOPPED

        return _STATUSES.get(self.status, Status.STOPPED)

    def _is_to_come(self) -> bool:
        """Return whether it has a time that has not passed."""
        if self.scheduled_at is None:
            return False
        return self.scheduled_at > datetime.now(UTC)


class Campaign(CampaignRow, WholeAnswer):
    """A campaign requested on its own."""

    subject: str | None = None
    """None in an A/B test, which has two."""
    preview_text: str | None = None
    sender_name: str | None = Field(None, validation_alias=AliasPath("sender", "name"))
    sender_address: str | None = Field(None, validation_alias=AliasPath("sender", "email"))
    reply_to: str | None = None
    html_content: str | None
    header: str | None
    footer: str | None
    lists: list[int] = Field(validation_alias=AliasPath("recipients", "lists"))
    segments: list[int] = Field([], validation_alias=AliasPath("recipients", "segments"))
    lists_left_out: list[int] | None = Field(
        None, validation_alias=AliasPath("recipients", "exclusionLists")
    )
    segments_left_out: list[int] | None = Field(
        None, validation_alias=AliasPath("recipients", "exclusionSegments")
    )

    @property
    def campaign(self) -> protocol.Campaign:
        """The same in our terms, with its content."""
        return replace(
            super().campaign,
            audiences=self.audiences(),
            subject=self.subject or "",
            preheader=self.preview_text,
            sender_name=self.sender_name,
            sender_address=self.sender_address,
            reply_to=self.reply_to,
            html=self.html,
            settings=self.settings,
        )

    @property
    def html(self) -> str:
        """What readers get: Brevo's header and footer are part of it."""
        header = self.header or ""
        footer = self.footer or ""
        content = self.html_content or ""
        return header + content + footer

    @property
    def settings(self) -> dict[str, str]:
        """See ``Campaign.settings`` of the protocol."""
        settings = settings_in(self.answer, _PATHS)
        if settings.get("UTM campaign") == utm_campaign(self.name):
            settings["UTM campaign"] = _UTM
        return settings

    def audiences(self) -> tuple[str, ...]:
        """Return lists and segments, whoever would get it, and in words who is left out."""
        lists = [str(number) for number in self.lists]
        segments = [str(AudienceId("", "segment", str(number))) for number in self.segments]
        without_lists = [f"without list {number}" for number in self.lists_left_out or ()]
        without_segments = [f"without segment {number}" for number in self.segments_left_out or ()]
        return (*lists, *segments, *without_lists, *without_segments)


class CampaignPage(_Answer):
    """A page of campaigns."""

    campaigns: list[CampaignRow] = []
    count: int
    """See Page."""


def utm_campaign(name: str) -> str:
    """Return the UTM campaign that marks the links where UTM is on, made from a campaign's name.

    It is the name without our marker, and has ASCII letters, digits and spaces, the only characters
    that Brevo accepts. Given none, Brevo uses the whole name.
    """
    name_alone, _, _ = name.rpartition("[")
    words = re.findall("[A-Za-z0-9]+", name_alone)
    return " ".join(words)
