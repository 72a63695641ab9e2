"""SendGrid's answers (API v3)."""

from __future__ import annotations

from typing import Any, Generic, TypeVar
from urllib.parse import parse_qs, urlsplit

from pydantic import AliasChoices, AliasPath, AwareDatetime, BaseModel, Field, model_validator

from newsletter.model import Audience
from newsletter.services.answers.times import TimeOrEmpty
from newsletter.services.audience_ids import AudienceId
from newsletter.services.campaign_settings import NONE, WholeAnswer, settings_in
from newsletter.services.protocol import Campaign, Status

RowT = TypeVar("RowT", bound=BaseModel)
_GROUP = "unsubscribe group"
_PATHS = {
    "sender": "email_config.sender_id",
    _GROUP: "email_config.suppression_group_id",
    "unsubscribe page of one's own": "email_config.custom_unsubscribe_url",
    "text made up by SendGrid": "email_config.generate_plain_content",
    "editor": "email_config.editor",
    "design": "email_config.design_id",
    "addresses that it is sent from": "email_config.ip_pool",
    "categories": "categories",
    "A/B test": "is_abtest",
}
_OWN_GROUP = "the one that is set"
EXPECTS = {
    **dict.fromkeys(_PATHS.keys() - {"sender"}, NONE),
    "editor": "code",
    _GROUP: _OWN_GROUP,
}
"""The sender depends on the account: only a change of it counts."""
_STATUSES = {"draft": Status.DRAFT, "scheduled": Status.SCHEDULED, "triggered": Status.SENDING}
"""All others are of Single Sends that somebody stopped, or that we know nothing about."""


class Account(BaseModel):
    """Whose it is."""

    email: str = Field(min_length=1)


class ContactList(BaseModel):
    """A list of contacts."""

    id: str
    name: str
    contact_count: int | None = None

    @property
    def audience(self) -> Audience:
        """The same in our terms."""
        return Audience(self.id, self.name, self.contact_count)


class Segment(BaseModel):
    """A segment of a list, or of all contacts."""

    id: str
    name: str
    contacts_count: int | None = None
    parent_list_ids: list[str] | None = None
    """No more than one at present."""

    @property
    def audience(self) -> Audience:
        """The same in our terms."""
        within = next(iter(self.parent_list_ids or ()), None)
        audience = AudienceId(within or "", "segment", self.id)
        return Audience(str(audience), self.name, self.contacts_count, within)


class Segments(BaseModel):
    """All segments."""

    results: list[Segment]


class Found(BaseModel):
    """How many contacts a search found."""

    contact_count: int


class SendTo(BaseModel):
    """Who a Single Send is for."""

    list_ids: list[str] | None = None
    segment_ids: list[str] | None = None
    everyone: bool | None = Field(None, alias="all")


class EmailConfig(BaseModel):
    """Its content, and who sends it."""

    subject: str | None = None
    html_content: str | None = None
    plain_content: str | None = None
    sender_id: int | None = None


class SingleSendRow(BaseModel):
    """A Single Send as it is listed."""

    id: str
    name: str
    status: str
    created_at: AwareDatetime
    send_at: TimeOrEmpty = None

    @property
    def campaign(self) -> Campaign:
        """The same in our terms."""
        status = _STATUSES.get(self.status, Status.STOPPED)
        scheduled = self.send_at if status == Status.SCHEDULED else None

        return Campaign(
            id=self.id,
            name=self.name,
            status=status,
            address=f"https://mc.sendgrid.com/single-sends/{self.id}/editor",
            audiences=None,
            scheduled=scheduled,
            created=self.created_at,
        )


class SingleSend(SingleSendRow, WholeAnswer):
    """A Single Send requested on its own."""

    send_to: SendTo | None
    email_config: EmailConfig | None

    def settings(self, group: int) -> dict[str, str]:
        """Return ``Campaign.settings``; ``group`` is the unsubscribe group that it must have."""
        settings = settings_in(self.answer, _PATHS)
        if settings.get(_GROUP) == str(group):
            settings[_GROUP] = _OWN_GROUP
        return settings


class NewSingleSend(BaseModel):
    """The id of a new Single Send."""

    id: str


class Metadata(BaseModel):
    """Where the next page is."""

    next: str | None = None


class Page(BaseModel, Generic[RowT]):
    """A page of a list."""

    result: list[RowT]
    metadata: Metadata = Field(Metadata(), alias="_metadata")

    def next_token(self) -> str | None:
        """Return the token of the next page; None if this is the last.

        Only the token of that page's address is used: credentials go nowhere else.
        """
        query = urlsplit(self.metadata.next or "").query
        tokens = parse_qs(query).get("page_token")
        return tokens[0] if tokens else None


def _either(part: str, name: str, flat: str) -> AliasChoices:
    """Return where a value is: a part of an object in one list of senders, flat in the other."""
    return AliasChoices(AliasPath(part, name), flat)


class Sender(BaseModel):
    """A sender, in the form of either list of senders."""

    id: int
    address: str = Field("", validation_alias=_either("from", "email", "from_email"))
    name: str = Field("", validation_alias=_either("from", "name", "from_name"))
    reply_to: str = Field("", validation_alias=_either("reply_to", "email", "reply_to"))
    is_verified: bool = Field(False, validation_alias=_either("verified", "status", "verified"))


class Senders(BaseModel):
    """Either list of senders."""

    results: list[Sender]

    @model_validator(mode="before")
    @classmethod
    def _accept_bare_list(cls, answer: Any) -> Any:
        """Accept a bare list as well.

        SendGrid's description has it in an object, its answers do not.
        """
        if isinstance(answer, list):
            return {"results": answer}
        return answer
