"""Brevo's answers (API v3). What its schemas call required has no default here: an answer without it is not valid."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Literal

from pydantic import AliasPath, AwareDatetime, BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from newsletter.services.campaign_settings import NONE, WholeAnswer, settings_in

_PLACES = {
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
_UTM = "the issue"
EXPECTS = {
    **dict.fromkeys(
        (
            "lists left out",
            "segments left out",
            "A/B test",
            "each reader's best time",
            "recurring",
            "pictures put into the email",
            "attachment",
        ),
        NONE,
    ),
    "web version": "on",
    "UTM campaign": _UTM,
}
"""The rest depends on the account: only a change of it counts."""


class _Answer(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel)


class Account(_Answer):
    """Whose account it is."""

    company_name: str
    email: str = Field(min_length=1)


class Listed(_Answer):
    """A list as it is listed, without its size."""

    id: int
    name: str


class ContactList(Listed):
    """A list requested on its own."""

    total_subscribers: int


class Lists(_Answer):
    """A page of lists."""

    lists: list[Listed] = []
    count: int
    """Not used, but an answer without it does not say that there are none."""


class Made(_Answer):
    """The id of a new campaign."""

    id: int


class Row(_Answer):
    """A campaign as it is listed."""

    id: int
    name: str
    status: str
    scheduled_at: AwareDatetime | Literal[""] | None = None
    created_at: AwareDatetime
    sent: int | None = Field(None, validation_alias=AliasPath("statistics", "globalStats", "sent"))

    @property
    def time(self) -> datetime | None:
        """When it will be sent, was to be sent, or was sent."""
        return self.scheduled_at or None

    def is_to_come(self) -> bool:
        """Return whether it has a time that has not passed."""
        return self.time is not None and self.time > datetime.now(UTC)


class Held(Row, WholeAnswer):
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

    @property
    def html(self) -> str:
        """What readers get: Brevo's header and footer are part of it."""
        return f"{self.header or ''}{self.html_content or ''}{self.footer or ''}"

    @property
    def settings(self) -> dict[str, str]:
        """See ``Campaign.settings``."""
        found = settings_in(self.answer, _PLACES)
        if found.get("UTM campaign") == utm_campaign(self.name):
            found["UTM campaign"] = _UTM
        return found


class Rows(_Answer):
    """A page of campaigns."""

    campaigns: list[Row] = []
    count: int
    """See Lists."""


def utm_campaign(name: str) -> str:
    """Return the UTM campaign that marks the links where UTM is on, made from the name without our marker: ASCII
    letters, digits and spaces, the only characters that Brevo accepts. Given none, it uses the whole name.
    """
    return " ".join(re.findall("[A-Za-z0-9]+", name.rpartition("[")[0]))
