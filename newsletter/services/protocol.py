"""The terms in which the builder talks to any mailing service."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from newsletter.model import Audience, Email, MergeTagName
from newsletter.model.fields import mailbox
from newsletter.services.language import Openings, Syntax
from newsletter.services.settings import Setting, Settings

if TYPE_CHECKING:
    import httpx


class Capability(StrEnum):
    """What a service may be able to do; the value is its name in a table."""

    DRAFT = "draft"
    """Keeps an email until a person sends it. Without it, handing over is sending."""
    UPDATE = "update"
    """Lets a draft be replaced."""
    READ_BACK = "read back"
    """Shows what it holds, so that it can be compared."""
    PLAIN_TEXT = "plain text"
    """Takes our plain-text part."""
    PREHEADER = "preheader"
    """Has a field for the preheader, or sends the HTML, which always contains it, unchanged."""
    AUDIENCES = "audiences"
    """Lists the audiences it can send to."""
    TEST_SEND = "test send"
    """Sends an email to single people."""
    SCHEDULE = "schedule"
    """Sends a draft at a given time."""


class Status(StrEnum):
    """How far a campaign is, whatever a service calls it."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    SENDING = "being sent"
    SENT = "sent"
    STOPPED = "stopped"
    """Stopped by a person or by the service, perhaps halfway."""


@dataclass(frozen=True)
class Outgoing:
    """An email on its way to a service, its merge tags written as the service writes them."""

    email: Email
    name: str
    """The campaign's name in the service, for people and for finding it again: it ends with ``marker``."""
    marker: str
    """What marks the campaigns of this issue in the service, and no other: ``[newsletter:652:…]``."""
    audience: str
    """The audience's id; empty for a test, which has none."""
    title: str = ""
    """The subject as readers will see it, not as the service's language writes it."""

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
        """Display name (the publication's, if the sender has none) and address."""
        name, address = mailbox(self.email.issue.publication.sender)
        return name or self.email.issue.publication.name, address

    @property
    def reply_to(self) -> str:
        """The address that answers go to; the sender's own, if no other is given."""
        publication = self.email.issue.publication
        return mailbox(publication.reply_to or publication.sender)[1]


@dataclass(frozen=True)
class Campaign:
    """What a service holds. None where it does not say, or has no such field."""

    id: str
    name: str | None
    status: Status
    address: str
    """The web address where a person opens it, to look and to press Send."""
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
    """When it will be sent, with its time zone. A draft has none, unless a command broke off."""
    settings: Mapping[str, str] = field(default_factory=dict)
    """Everything else that could change what readers get or who they are, each thing and its value in words:
    ``{"attachments": "none"}``. ``Profile.expects`` says what a campaign of ours has there.
    """
    created: datetime | None = None
    """When it was made, with its time zone. Of two campaigns of one issue, the older one stays."""


class Service(Protocol):
    """An account of a mailing service. Every method may raise ServiceError; those for a capability that the service
    does not have raise Unsupported.
    """

    def account(self) -> str:
        """Return whose account it is, in words that its owner knows. Raise NotAuthorised if the credentials fail."""

    def lacks(self) -> Sequence[str]:
        """Return what is missing there for the commands to work, a line each with its remedy: permissions, settings.
        Only what can be known without changing anything.
        """

    def audiences(self) -> Sequence[Audience]:
        """Return the audiences that the account can send to."""

    def find(self, marker: str) -> Sequence[Campaign]:
        """Return every campaign, in any state, whose name has ``marker`` in it. Their content may be left out."""

    def create(self, outgoing: Outgoing) -> str:
        """Make one draft and return its id. It may be incomplete: ``update`` follows wherever it is not what was asked
        for. Raise Uncertain if it is not known whether it was made.
        """

    def update(self, campaign: str, outgoing: Outgoing) -> None:
        """Make the draft hold all of ``outgoing``. This can be repeated."""

    def read(self, campaign: str) -> Campaign | None:
        """Return what the service holds, content included; None if the campaign does not exist."""

    def delete(self, campaign: str) -> None:
        """Delete a draft, or archive it where nothing can be deleted. This can be repeated. The caller knows that it is
        a draft that nobody else needs.
        """

    def send_test(self, outgoing: Outgoing, people: Sequence[str]) -> None:
        """Send ``outgoing``, whose name and subject say that it is a test, to these addresses and to nobody else. Leave
        the issue's own draft as it is.
        """

    def schedule(self, campaign: str, at: datetime) -> None:
        """Have the draft sent at a time, which has its zone."""

    def unschedule(self, campaign: str) -> None:
        """Make a scheduled campaign a draft again."""


@dataclass(frozen=True)
class Profile:
    """What is known of a service before any request."""

    title: str
    """Its name, as it writes it."""
    can: frozenset[Capability]
    connect: Callable[[Settings, httpx.BaseTransport | None], Service]
    """Opens an account, without any request yet. The transport is httpx's own where it is None."""
    merge_tags: Mapping[MergeTagName, str] = field(default_factory=dict)
    """How it writes merge tags; the publication's own values where it has none."""
    text_tags: Mapping[MergeTagName, str] = field(default_factory=dict)
    """Those that are written differently in plain text."""
    syntax: Syntax = field(default_factory=Openings)
    """What it would take for its own syntax in a text, and how that is hidden from it."""
    settings: tuple[Setting, ...] = ()
    expects: Mapping[str, str] = field(default_factory=dict)
    """The ``Campaign.settings`` of a campaign as it was given. A person, or the service, may change them. What is not
    named here depends on the account, so only a change of it counts.
    """
    adds: Mapping[str, str] = field(default_factory=dict)
    """What it is known to add to an email: regular expressions, and in a few words what it is."""
    may_count_clicks: bool = False
    """Whether it may replace the address of each link with one of its own, to count who follows it."""
    fills_tests: bool = True
    """Whether merge tags work in its test sends; if not, tests have the publication's own values."""
    minutes: int = 1
    """It sends at times that are a whole multiple of this number of minutes."""
    notes: tuple[str, ...] = ()
    """What an editor must know about it, a sentence each."""
