"""Mailchimp's answers (Marketing API 3.0)."""

from __future__ import annotations

from typing import Generic, TypeVar

from pydantic import AliasChoices, AliasPath, AwareDatetime, BaseModel, Field

from newsletter.services import protocol
from newsletter.services.answers.mailchimp_audiences import Recipients
from newsletter.services.answers.times import TimeOrEmpty
from newsletter.services.campaign_settings import NONE, WholeAnswer, settings_in
from newsletter.services.kept_files import KeptFile
from newsletter.services.protocol import Status

RowT = TypeVar("RowT", bound=BaseModel)
REGULAR, TEXT_ALONE = "regular", "plaintext"
"""Kinds of campaigns: with both parts, and without HTML."""
_PATHS = {
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
    **dict.fromkeys(_PATHS.keys() - _AS_THE_ACCOUNT_IS, NONE),
    "kind of campaign": REGULAR,
}
"""The rest depends on Mailchimp or the account: only a change of it counts."""
_STATUSES = {
    "save": Status.DRAFT,
    "paused": Status.DRAFT,
    "schedule": Status.SCHEDULED,
    "sending": Status.SENDING,
    "sent": Status.SENT,
}
"""All others are of campaigns that somebody stopped, or that we know nothing about."""


class Account(BaseModel):
    """Whose account it is."""

    account_name: str
    email: str = Field(min_length=1)


class CampaignRow(BaseModel):
    """A campaign as it is listed."""

    id: str
    web_id: int
    status: str
    title: str = Field("", validation_alias=AliasPath("settings", "title"))
    create_time: AwareDatetime
    send_time: TimeOrEmpty = None

    def campaign(self, site: str) -> protocol.Campaign:
        """Return the same in our terms; ``site`` is where its owner logs in."""
        status = _STATUSES.get(self.status, Status.STOPPED)
        scheduled = self.send_time if status == Status.SCHEDULED else None

        return protocol.Campaign(
            id=self.id,
            name=self.title,
            status=status,
            address=f"{site}/campaigns/edit?id={self.web_id}",
            audiences=None,
            scheduled=scheduled,
            created=self.create_time,
        )


LISTED_FIELDS = (
    "total_items,campaigns.id,campaigns.web_id,campaigns.status,"
    "campaigns.create_time,campaigns.settings.title"
)
"""The fields that are requested of each listed campaign."""


class CampaignSettings(BaseModel):
    """Subject, sender, and the like; what is empty may be left out."""

    subject_line: str = ""
    preview_text: str = ""
    from_name: str = ""
    reply_to: str = ""


class Campaign(CampaignRow, WholeAnswer):
    """A campaign requested on its own, without its content."""

    type: str
    recipients: Recipients
    fields: CampaignSettings = Field(validation_alias="settings")

    @property
    def settings(self) -> dict[str, str]:
        """See ``Campaign.settings`` of the protocol."""
        return settings_in(self.answer, _PATHS)

    @property
    def is_text_alone(self) -> bool:
        """Whether readers get no HTML."""
        return self.type == TEXT_ALONE


class StoredFile(BaseModel):
    """A file of the content manager, which is public."""

    name: str
    full_size_url: str
    created_at: AwareDatetime

    @property
    def kept(self) -> KeptFile:
        """The same in our terms."""
        return KeptFile(self.name, self.created_at, self.full_size_url)


STORED_FIELDS = "total_items,files.name,files.full_size_url,files.created_at"
"""The fields that are requested of each file."""


_ROWS = ("campaigns", "lists", "segments", "categories", "interests", "members", "files")


class Page(BaseModel, Generic[RowT]):
    """A page of a list."""

    total_items: int
    rows: list[RowT] = Field(validation_alias=AliasChoices(*_ROWS))


class NewCampaign(BaseModel):
    """The id of a new campaign."""

    id: str


class Content(BaseModel):
    """Both parts. A campaign without content has neither."""

    html: str | None = None
    plain_text: str | None = None


class ChecklistItem(BaseModel):
    """A line of a checklist."""

    type: str
    heading: str = ""
    details: str = ""


class Checklist(BaseModel):
    """What is missing before a campaign can be sent."""

    is_ready: bool
    items: list[ChecklistItem] = []

    def errors(self) -> str:
        """Return in words why the campaign cannot be sent; empty if it does not say."""
        errors = [item for item in self.items if item.type == "error"]
        reasons = [f"{error.heading}: {error.details}" for error in errors]
        return "; ".join(reasons)
