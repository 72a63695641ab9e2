"""SendGrid's answers (API v3)."""

from __future__ import annotations

from typing import Annotated, Any, Generic, TypeVar

from pydantic import (
    AliasChoices,
    AliasPath,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    Field,
    model_validator,
)

from newsletter.services.campaign_settings import NONE, WholeAnswer, settings_in

RowT = TypeVar("RowT", bound=BaseModel)
_Time = Annotated[AwareDatetime | None, BeforeValidator(lambda written: written or None)]
_PLACES = {
    "sender": "email_config.sender_id",
    "unsubscribe group": "email_config.suppression_group_id",
    "unsubscribe page of one's own": "email_config.custom_unsubscribe_url",
    "text made up by SendGrid": "email_config.generate_plain_content",
    "editor": "email_config.editor",
    "design": "email_config.design_id",
    "addresses that it is sent from": "email_config.ip_pool",
    "categories": "categories",
    "A/B test": "is_abtest",
}
GROUP = "unsubscribe group"
THE_GROUP = "the one that is set"
EXPECTS = {
    **dict.fromkeys(_PLACES.keys() - {"sender"}, NONE),
    "editor": "code",
    GROUP: THE_GROUP,
}
"""The sender depends on the account: only a change of it counts."""


class Account(BaseModel):
    """Whose it is."""

    email: str = Field(min_length=1)


class Listed(BaseModel):
    """A list of contacts."""

    id: str
    name: str
    contact_count: int | None = None


class SendTo(BaseModel):
    """Who a Single Send is for."""

    list_ids: list[str] | None = None
    segment_ids: list[str] | None = None
    everyone: bool | None = Field(None, alias="all")

    def named(self) -> tuple[str, ...]:
        """Return lists, segments, everyone: whoever would get it."""
        everyone = ["all contacts"] if self.everyone else []
        return tuple((self.list_ids or []) + (self.segment_ids or []) + everyone)


class EmailConfig(BaseModel):
    """Its content, and who sends it."""

    subject: str | None = None
    html_content: str | None = None
    plain_content: str | None = None
    sender_id: int | None = None


class Row(BaseModel):
    """A Single Send as it is listed."""

    id: str
    name: str
    status: str
    created_at: AwareDatetime
    send_at: _Time = None


class Held(Row, WholeAnswer):
    """A Single Send requested on its own."""

    send_to: SendTo | None
    email_config: EmailConfig | None

    def settings(self, group: int) -> dict[str, str]:
        """Return ``Campaign.settings``; ``group`` is the unsubscribe group that it must have."""
        found = settings_in(self.answer, _PLACES)
        if found.get(GROUP) == str(group):
            found[GROUP] = THE_GROUP
        return found


class Made(BaseModel):
    """The id of a new Single Send."""

    id: str


class Metadata(BaseModel):
    """Where the next page is."""

    next: str | None = None


class Page(BaseModel, Generic[RowT]):
    """A page of a list."""

    result: list[RowT]
    metadata: Metadata = Field(Metadata(), alias="_metadata")


class Sender(BaseModel):
    """A sender, in the form of either list of senders."""

    id: int
    address: str = Field(
        "", validation_alias=AliasChoices(AliasPath("from", "email"), "from_email")
    )
    name: str = Field("", validation_alias=AliasChoices(AliasPath("from", "name"), "from_name"))
    reply_to: str = Field(
        "", validation_alias=AliasChoices(AliasPath("reply_to", "email"), "reply_to")
    )
    is_verified: bool = Field(
        False, validation_alias=AliasChoices(AliasPath("verified", "status"), "verified")
    )


class Senders(BaseModel):
    """Either list of senders."""

    results: list[Sender]

    @model_validator(mode="before")
    @classmethod
    def _is_bare(cls, answer: Any) -> Any:
        """Accept a bare list as well: SendGrid's description has it in an object, its answers do not."""
        return {"results": answer} if isinstance(answer, list) else answer
