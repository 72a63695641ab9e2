"""listmonk's answers, as far as they are needed here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

T = TypeVar("T")
_PLACE = '{{ template "content" . }}'
_CONTENT = re.compile(r'\{\{\s*template\s+"content"\s*\.\s*\}\}')
"""Where a template puts the email."""
_SUPER_ADMIN = 1
"""The id of the role that may do everything, whatever it lists."""


class Answer(BaseModel, Generic[T]):
    """What every answer is wrapped in."""

    data: T


class Page(BaseModel, Generic[T]):
    """A list, or a page of it."""

    results: list[T]


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
        """Return whether the user has one of these permissions. Those for lists may be set list by list."""
        by_list = self.list_role is not None and any_of[0].startswith("lists:")
        return (
            by_list
            or self.user_role.id == _SUPER_ADMIN
            or not set(any_of).isdisjoint(self.user_role.permissions)
        )


class PermissionGroup(BaseModel):
    """Permissions that belong together."""

    permissions: list[str]


class Configuration(BaseModel):
    """What a server says about itself."""

    permissions: list[PermissionGroup]


class Readers(BaseModel):
    """A list of subscribers."""

    id: int
    name: str
    optin: str
    status: str = "active"  # since version 6
    subscriber_statuses: dict[str, int] | None = None

    @property
    def size(self) -> int | None:
        """How many people it reaches: with double opt-in, those who confirmed. Blocked people are still counted."""
        reached = {"confirmed"} if self.optin == "double" else {"confirmed", "unconfirmed"}
        counts = self.subscriber_statuses
        return None if counts is None else sum(counts[status] for status in reached & counts.keys())


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
        return _CONTENT.fullmatch(self.body.strip()) is not None

    def around(self, content: str) -> str:
        """Return the content within the template."""
        return _CONTENT.sub(lambda _: content, self.body.strip())


NO_TEMPLATE = Template(id=0, type="campaign", name="none", body=_PLACE, is_default=True)
"""The template in use where there is not even a default one."""


class Part(BaseModel):
    """A list of a campaign; without an id if it is deleted."""

    id: int | None


class Attachment(Part):
    """A file that goes along with an email."""

    filename: str


class Held(BaseModel):
    """All of a campaign that could change what readers get; only what some versions do not answer has a default."""

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
    lists: list[Part]
    media: list[Attachment]
    archive: bool
    attribs: dict[str, Any] | None = None  # since version 6
    created_at: datetime

    def all_headers(self) -> Iterator[tuple[str, str]]:
        """Yield names, in lower case, and values."""
        for group in self.headers:
            for name, value in group.items():
                yield name.lower(), value
