"""Mailchimp's answers (Marketing API 3.0)."""

from __future__ import annotations

from typing import Annotated, Any, Generic, TypeVar

from pydantic import AliasChoices, AliasPath, AwareDatetime, BaseModel, BeforeValidator, Field

from newsletter.services.campaign_settings import NONE, WholeAnswer, settings_in

RowT = TypeVar("RowT", bound=BaseModel)
_Time = Annotated[AwareDatetime | None, BeforeValidator(lambda written: written or None)]
_PLACES = {
    "kind of campaign": "type",
    "kind of content": "content_type",
    "A/B test": "variate_settings",
    "A/B test of the old kind": "ab_split_opts",
    "feed": "rss_opts",
    "template": "settings.template_id",
    "footer of Mailchimp": "settings.auto_footer",
    "CSS moved into tags": "settings.inline_css",
    "drag-and-drop editor": "settings.drag_and_drop",
    "answers kept in Mailchimp": "settings.use_conversation",
    "each reader's own time zone": "settings.timewarp",
    "name in the To line": "settings.to_name",
    "authentication": "settings.authenticate",
    "post to Twitter": "settings.auto_tweet",
    "posts to Facebook": "settings.auto_fb_post",
    "comments on Facebook": "settings.fb_comments",
    "social card": "social_card",
    "opens counted": "tracking.opens",
    "clicks in HTML counted": "tracking.html_clicks",
    "clicks in text counted": "tracking.text_clicks",
    "goals followed": "tracking.goal_tracking",
    "purchases followed": "tracking.ecomm360",
    "Google Analytics": "tracking.google_analytics",
    "ClickTale": "tracking.clicktale",
    "Salesforce": "tracking.salesforce",
    "Capsule": "tracking.capsule",
}
_AS_THE_ACCOUNT_IS = {
    "kind of content",
    "drag-and-drop editor",
    "name in the To line",
    "authentication",
    "social card",
}
EXPECTS = {
    **dict.fromkeys(_PLACES.keys() - _AS_THE_ACCOUNT_IS, NONE),
    "kind of campaign": "regular",
}
"""The rest depends on Mailchimp or the account: only a change of it counts."""


class Account(BaseModel):
    """Whose account it is."""

    account_name: str
    email: str = Field(min_length=1)


class Audience(BaseModel):
    """A list, as Mailchimp calls it."""

    id: str
    name: str
    size: int | None = Field(None, validation_alias=AliasPath("stats", "member_count"))


class Part(BaseModel):
    """Part of an audience; nothing is set if a campaign is for all of it."""

    saved_segment_id: int | str | None = None
    prebuilt_segment_id: str | None = None
    conditions: list[Any] | None = None

    def is_set(self) -> bool:
        """Return whether a campaign is for a part only."""
        return bool(self.saved_segment_id or self.prebuilt_segment_id or self.conditions)


class Recipients(BaseModel):
    """Who a campaign is for."""

    list_id: str = ""
    segment_opts: Part | None = None

    def named(self) -> tuple[str, ...]:
        """Return the list; under another name, if somebody has chosen only a part of it."""
        audience = (
            f"a part of {self.list_id}"
            if self.segment_opts and self.segment_opts.is_set()
            else self.list_id
        )
        return (audience,) if audience else ()


class Row(BaseModel):
    """A campaign as it is listed."""

    id: str
    web_id: int
    status: str
    title: str = Field("", validation_alias=AliasPath("settings", "title"))
    create_time: AwareDatetime
    send_time: _Time = None


LISTED = ",".join(
    (
        "total_items",
        *(
            f"campaigns.{each}"
            for each in ("id", "web_id", "status", "create_time", "settings.title")
        ),
    )
)
"""The fields that are requested of each listed campaign."""


class CampaignSettings(BaseModel):
    """Subject, sender, and the like; what is empty may be left out."""

    subject_line: str = ""
    preview_text: str = ""
    from_name: str = ""
    reply_to: str = ""


class Held(Row, WholeAnswer):
    """A campaign requested on its own, without its content."""

    recipients: Recipients
    fields: CampaignSettings = Field(validation_alias="settings")

    @property
    def settings(self) -> dict[str, str]:
        """See ``Campaign.settings``."""
        return settings_in(self.answer, _PLACES)


class Page(BaseModel, Generic[RowT]):
    """A page of a list."""

    total_items: int
    rows: list[RowT] = Field(validation_alias=AliasChoices("campaigns", "lists"))


class Made(BaseModel):
    """The id of a new campaign."""

    id: str


class Content(BaseModel):
    """Both parts. A campaign without content has neither."""

    html: str = ""
    plain_text: str | None = None


class Item(BaseModel):
    """A line of a checklist."""

    type: str
    heading: str = ""
    details: str = ""


class Checklist(BaseModel):
    """What is missing before a campaign can be sent."""

    is_ready: bool
    items: list[Item] = []
