"""listmonk's answers, as far as they are needed here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from email.utils import parseaddr
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from newsletter.model import Audience
from newsletter.services import protocol
from newsletter.services.campaign_settings import in_words
from newsletter.services.kept_files import KeptFile
from newsletter.services.protocol import Status

AnswerT = TypeVar("AnswerT")
RowT = TypeVar("RowT")
_PLACEHOLDER = '{{ template "content" . }}'
_CONTENT = re.compile(r'\{\{\s*template\s+"content"\s*\.\s*\}\}')
"""Where a template puts the email."""
HTML, PLAIN = "html", "plain"
"""What the body of a campaign is; an email of text alone has its text there."""
_SUPER_ADMIN = 1
"""The id of the role that may do everything, whatever it lists."""
_STATUSES = {
    "draft": Status.DRAFT,
    "scheduled": Status.SCHEDULED,
    "running": Status.SENDING,
    "finished": Status.SENT,
}
"""All others, "paused" and "cancelled" among them, are stopped."""


class Answer(BaseModel, Generic[AnswerT]):
    """What every answer is wrapped in."""

    data: AnswerT


class Page(BaseModel, Generic[RowT]):
    """A list, or a page of it."""

    results: list[RowT]


class Count(BaseModel):
    """How many there are."""

    total: int


class Role(BaseModel):
    """What a user may do, in the words of listmonk: ``campaigns:send``."""

    id: int = 0
    permissions: list[str] = []


class User(BaseModel):
    """The user that the token belongs to."""

    username: str
    user_role: Role = Role()
    list_role: dict[str, Any] | None = None

    def may(self, *any_of: str) -> bool:
        """Return whether the user has one of these permissions."""
        if self.user_role.id == _SUPER_ADMIN:
            return True

        is_about_lists = any_of[0].startswith("lists:")
        if is_about_lists and self.list_role is not None:  # which may allow list by list
            return True

        return not set(any_of).isdisjoint(self.user_role.permissions)


class PermissionGroup(BaseModel):
    """Permissions that belong together."""

    permissions: list[str]


class Configuration(BaseModel):
    """What a server says about itself."""

    root_url: str
    permissions: list[PermissionGroup]

    def known_permissions(self) -> set[str]:
        """Return the permissions that this version of listmonk has."""
        known: set[str] = set()
        for group in self.permissions:
            known.update(group.permissions)
        return known


class SubscriberList(BaseModel):
    """A list of subscribers."""

    id: int
    name: str
    optin: str
    status: str = "active"  # since version 6
    subscriber_statuses: dict[str, int] | None = None

    @property
    def is_archived(self) -> bool:
        """Whether it is out of use."""
        return self.status == "archived"

    @property
    def audience(self) -> Audience:
        """The same in our terms."""
        return Audience(str(self.id), self.name, self.size)

    @property
    def size(self) -> int | None:
        """How many people it reaches; None if listmonk does not say. Blocked people are counted."""
        counts = self.subscriber_statuses
        if counts is None:
            return None

        reached = counts.get("confirmed", 0)
        needs_confirmation = self.optin == "double"
        if not needs_confirmation:
            reached += counts.get("unconfirmed", 0)
        return reached


class Template(BaseModel):
    """What listmonk puts around an email."""

    id: int
    type: str
    name: str
    body: str
    is_default: bool

    @property
    def is_bare(self) -> bool:
        """Return whether it adds nothing."""
        template = self.body.strip()
        return _CONTENT.fullmatch(template) is not None

    def around(self, content: str) -> str:
        """Return the content within the template."""
        template = self.body.strip()
        return _CONTENT.sub(lambda _: content, template)


_NO_TEMPLATE = Template(id=0, type="campaign", name="none", body=_PLACEHOLDER, is_default=True)
"""The template in use where there is not even a default one."""


class CampaignPart(BaseModel):
    """A list of a campaign; without an id if it is deleted."""

    id: int | None


class Media(BaseModel):
    """A file that the server serves to everybody."""

    filename: str
    url: str
    created_at: datetime

    @property
    def kept(self) -> KeptFile:
        """The same in our terms."""
        return KeptFile(self.filename, self.created_at, self.url)


class Attachment(CampaignPart):
    """A file that goes along with an email."""

    filename: str


class Campaign(BaseModel):
    """All of a campaign that could change what readers get.

    Only what some versions do not answer has a default.
    """

    id: int
    status: str
    name: str
    subject: str
    from_email: str
    type: str
    content_type: str
    body: str
    altbody: str | None
    messenger: str
    template_id: int | None
    headers: list[dict[str, str]]
    tags: list[str]
    send_at: datetime | None
    lists: list[CampaignPart]
    media: list[Attachment]
    archive: bool
    attribs: dict[str, Any] | None = None  # since version 6
    created_at: datetime

    def campaign(self, site: str) -> protocol.Campaign:
        """Return the same in our terms, without its content; ``site`` is the server's address."""
        status = _STATUSES.get(self.status, Status.STOPPED)
        may_have_time = status in (Status.SCHEDULED, Status.DRAFT)
        sender_name, sender_address = parseaddr(self.from_email)

        return protocol.Campaign(
            id=str(self.id),
            name=self.name,
            status=status,
            address=f"{site}/admin/campaigns/{self.id}",
            audiences=tuple(str(each.id) for each in self.lists if each.id),
            subject=self.subject,
            sender_name=sender_name,
            sender_address=sender_address,
            reply_to=self.reply_to,
            scheduled=self.send_at if may_have_time else None,
            settings=self.settings,
            created=self.created_at,
        )

    def parts(self, body: str) -> tuple[str, str]:
        """Return the HTML and the text that readers get, given the body in its template."""
        if self.content_type == PLAIN:
            return "", body
        return body, self.altbody or ""

    @property
    def reply_to(self) -> str:
        """The first Reply-To; empty if there is none."""
        for name, value in self._headers():
            if name == "reply-to":
                return value
        return ""

    @property
    def settings(self) -> dict[str, str]:
        """See ``Campaign.settings`` of the protocol."""
        return {
            "kind of campaign": self.type,
            "format": self.content_type,
            "messenger": self.messenger,
            "other headers": in_words(self._other_headers()),
            "attachments": in_words([file.filename for file in self.media]),
            "tags": in_words(self.tags),
            "public archive": "on" if self.archive else "off",
        }

    def _headers(self) -> Iterator[tuple[str, str]]:
        """Yield names, in lower case, and values."""
        for group in self.headers:
            for name, value in group.items():
                yield name.lower(), value

    def _other_headers(self) -> list[str]:
        """Return all headers but the Reply-To that counts."""
        reply_to = ("reply-to", self.reply_to)
        others = [header for header in self._headers() if header != reply_to]
        return [f"{name}: {value}" for name, value in others]


def template_of(campaign: Campaign, templates: Sequence[Template]) -> Template:
    """Return the template that a campaign will be sent in: the default one if it has none."""
    for template in templates:
        if template.id == campaign.template_id:
            return template
    for template in templates:
        if template.is_default:
            return template
    return _NO_TEMPLATE
