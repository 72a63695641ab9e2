"""The words in which the builder talks with any mailing service."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from newsletter.fields import mailbox
from newsletter.mailing.settings import Setting, Settings
from newsletter.mailing.syntax import Openings, Syntax
from newsletter.model import Audience, Email, MergeTagName

if TYPE_CHECKING:
    import httpx


class Capability(StrEnum):
    """What a service may be able to do; the value is how it is called in a table."""

    DRAFT = "draft"
    """Keeps an email until a person sends it. Without it, handing over is sending."""
    UPDATE = "update"
    """Lets a draft be replaced."""
    READ_BACK = "read back"
    """Tells what it holds, so that it can be compared."""
    PLAIN_TEXT = "plain text"
    """Takes a plain-text part of ours."""
    PREHEADER = "preheader"
    """Has a field for the preheader, or gives the HTML, in which it is in any case, to readers as it is."""
    AUDIENCES = "audiences"
    """Lists whom it can send to."""
    TEST_SEND = "test send"
    """Sends an email to single people."""
    SCHEDULE = "schedule"
    """Sends a draft at a given time."""


class Status(StrEnum):
    """How far a campaign is, whatever a service calls that."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    SENDING = "being sent"
    SENT = "sent"
    STOPPED = "stopped"
    """Stopped by a person or by the service, perhaps half-way."""


@dataclass(frozen=True)
class Outgoing:
    """An email on its way to a service, its merge tags written as the service writes them."""

    email: Email
    name: str
    """How the campaign is called in the service, for people and for finding it again: it ends with ``marker``."""
    marker: str
    """What marks the campaigns of this issue in the service, and no other: ``[newsletter:652:…]``."""
    audience: str
    """The audience's id; empty for a test, which has none."""
    title: str = ""
    """The subject as readers will see it, not in the words of the service's language."""

    @property
    def subject(self) -> str:
        """The subject."""
        return self.email.subject

    @property
    def preheader(self) -> str:
        """What the inbox shows after the subject."""
        return self.email.preheader

    @property
    def html(self) -> str:
        """The HTML part."""
        return self.email.html

    @property
    def text(self) -> str:
        """The plain-text part."""
        return self.email.text

    @property
    def sender(self) -> tuple[str, str]:
        """Display name (the publication's, if none is written) and address."""
        name, address = mailbox(self.email.issue.publication.sender)
        return name or self.email.issue.publication.name, address

    @property
    def reply_to(self) -> str:
        """The address that answers go to; the sender's own, if no other is written."""
        publication = self.email.issue.publication
        return mailbox(publication.reply_to or publication.sender)[1]


@dataclass(frozen=True)
class Campaign:
    """What a service holds. None where it does not say, or has no such field."""

    id: str
    name: str | None
    status: Status
    address: str
    """Web address where a person opens it, to look and to press Send."""
    audiences: tuple[str, ...] | None
    """The ids of all audiences that it is for."""
    subject: str | None = None
    preheader: str | None = None
    sender_name: str | None = None
    sender_address: str | None = None
    reply_to: str | None = None
    html: str | None = None
    text: str | None = None
    scheduled: datetime | None = None
    """When it will be sent, with its time zone. A draft has none, unless something was broken off."""
    settings: Mapping[str, str] = field(default_factory=dict)
    """Everything else that could change what readers get or who they are, each thing and its value in words:
    ``{"attachments": "none"}``. What a campaign of ours has there, ``Profile.expects`` says.
    """
    created: datetime | None = None
    """When it was made, with its time zone. Of two campaigns of one issue, the older one stays."""


class Service(Protocol):
    """An account of a mailing service. Every method may raise ServiceError; those of a capability that the service
    does not have raise Unsupported.
    """

    def account(self) -> str:
        """Whose account it is, in words that its owner knows. Raises NotAuthorised if the credentials do not fit."""

    def lacks(self) -> Sequence[str]:
        """What is missing there for the commands to work, a line each with its remedy: permissions, settings. Only what
        can be known without changing anything.
        """

    def audiences(self) -> Sequence[Audience]:
        """Whom the account can send to."""

    def find(self, marker: str) -> Sequence[Campaign]:
        """Every campaign, in any state, whose name has ``marker`` in it. Their content may be left out."""

    def create(self, outgoing: Outgoing) -> str:
        """Make one draft and return its id. What it holds may be incomplete: ``update`` follows wherever it is not what
        was asked for. Raises Uncertain if it is not known whether there is one now.
        """

    def update(self, campaign: str, outgoing: Outgoing) -> None:
        """Make the draft hold all of ``outgoing``. It can be repeated."""

    def read(self, campaign: str) -> Campaign | None:
        """What the service holds, content included; None if there is no such campaign (any more)."""

    def delete(self, campaign: str) -> None:
        """Delete a draft, or put it away where nothing can be deleted. It can be repeated. Whoever calls this knows
        that it is a draft that nobody else needs.
        """

    def send_test(self, outgoing: Outgoing, people: Sequence[str]) -> None:
        """Send ``outgoing``, whose name and subject say that it is a test, to these addresses and to nobody else. The
        issue's own draft is left as it is.
        """

    def schedule(self, campaign: str, at: datetime) -> None:
        """Have the draft sent at a time, which has its zone."""

    def unschedule(self, campaign: str) -> None:
        """Make a scheduled campaign a draft again."""


@dataclass(frozen=True)
class Profile:
    """What there is to know of a service before anything is asked of it."""

    title: str
    """Its name, as it writes it."""
    can: frozenset[Capability]
    connect: Callable[[Settings, httpx.BaseTransport | None], Service]
    """Opens an account. Nothing is asked yet. The transport is httpx's own where it is None."""
    merge_tags: Mapping[MergeTagName, str] = field(default_factory=dict)
    """How it writes merge tags; the publication's own values where it has none."""
    text_tags: Mapping[MergeTagName, str] = field(default_factory=dict)
    """Those that are written otherwise in plain text."""
    syntax: Syntax = field(default_factory=Openings)
    """What it would take for its own in a text, and how that is hidden from it."""
    settings: tuple[Setting, ...] = ()
    expects: Mapping[str, str] = field(default_factory=dict)
    """What ``Campaign.settings`` are for a campaign as it was given. A person, or the service, may change them. What is
    not named here is as the account is set, so that only a change of it counts.
    """
    adds: Mapping[str, str] = field(default_factory=dict)
    """What it is known to put into an email by itself: regular expressions, and in a few words what it is."""
    fills_tests: bool = True
    """Whether merge tags work in its test sends; else they have the publication's own values."""
    minutes: int = 1
    """Schedules are whole multiples of so many minutes."""
    notes: tuple[str, ...] = ()
    """What an editor must know about it, a sentence each."""
