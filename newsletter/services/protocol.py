"""The terms in which the builder talks to any mailing service."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from newsletter.model import Audience, Email, File, MergeTagName
from newsletter.model.fields import mailbox
from newsletter.services.language import Delimiters, TemplateLanguage
from newsletter.services.settings import Setting, Settings

if TYPE_CHECKING:
    import httpx

LOOK_BACK = timedelta(days=400)
"""How long ago a campaign of an issue can have been made: lists are not read further back."""


class Capability(StrEnum):
    """An ability that a service may have; the value is its name in a table."""

    DRAFT = "draft"
    """Keeps an email until a person sends it. Without it, handing over is sending."""
    UPDATE = "update"
    """Lets a draft be replaced."""
    READ_BACK = "read back"
    """Returns what it keeps, so that it can be compared."""
    PLAIN_TEXT = "plain text"
    """Takes our plain-text part."""
    PREHEADER = "preheader"
    """Has a field for the preheader, or sends the HTML, which always contains it, unchanged."""
    AUDIENCES = "audiences"
    """Lists the audiences it can send to."""
    OVERLAP = "overlap"
    """Counts the readers that two audiences have in common."""
    TEXT_ALONE = "text alone"
    """Takes an email that has no HTML."""
    TEST_SEND = "test send"
    """Sends an email to single people."""
    SCHEDULE = "schedule"
    """Sends a draft at a given time."""
    PICTURES = "pictures"
    """Keeps the pictures that an email shows, and serves them to readers."""


class Status(StrEnum):
    """The state of a campaign, whatever a service calls it."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    SENDING = "being sent"
    SENT = "sent"
    STOPPED = "stopped"
    """Stopped by a person or by the service, perhaps halfway."""


def file_mark(name: str, content: bytes) -> str:
    """Return the name of a file and the beginning of its SHA-256, to know it by."""
    _, _, folderless = name.rpartition("/")
    digest = hashlib.sha256(content).hexdigest()
    return f"{folderless} ({digest[:16]})"


@dataclass(frozen=True)
class Outgoing:
    """An email on its way to a service, its merge tags written as the service writes them."""

    email: Email
    name: str
    """The campaign's name in the service, to find it again. It ends with ``marker``."""
    marker: str
    """A text that only the campaigns of this issue have in their names: ``[newsletter:652:…]``."""
    audience: str
    """The audience's id; empty for a test, which has none."""
    title: str = ""
    """The subject as readers will see it, not as the service's language writes it."""

    @property
    def subject(self) -> str:
        """Return the subject."""
        return self.email.subject

    @property
    def preheader(self) -> str:
        """Return the text that the inbox shows after the subject."""
        return self.email.preheader

    @property
    def html(self) -> str:
        """Return the HTML part."""
        return self.email.html

    @property
    def text(self) -> str:
        """Return the plain-text part."""
        return self.email.text

    @property
    def files(self) -> tuple[str, ...]:
        """Return the ``file_mark`` of each file that it shows or links to."""
        files = self.email.files
        return tuple(file_mark(file.name, file.content) for file in files)

    @property
    def sender(self) -> tuple[str, str]:
        """Return display name (the publication's, if the sender has none) and address."""
        publication = self.email.issue.publication
        name, address = mailbox(publication.sender)
        return name or publication.name, address

    @property
    def reply_to(self) -> str:
        """Return the address that replies go to: the sender's own, if there is no other."""
        publication = self.email.issue.publication
        _, address = mailbox(publication.reply_to or publication.sender)
        return address


@dataclass(frozen=True)
class Campaign:
    """An issue as a service keeps it. A field is None if the service does not have it or say it."""

    id: str
    name: str | None
    status: Status
    address: str
    """The web address where a person opens it, to look at it and to press Send."""
    audiences: tuple[str, ...] | None
    """The ids of all audiences that it goes to."""
    subject: str | None = None
    preheader: str | None = None
    sender_name: str | None = None
    sender_address: str | None = None
    reply_to: str | None = None
    html: str | None = None
    text: str | None = None
    files: tuple[str, ...] | None = None
    """The ``file_mark`` of each file that is kept beside it; None if it has none."""
    scheduled: datetime | None = None
    """When it will be sent, with its time zone. A draft has none, unless a command broke off."""
    settings: Mapping[str, str] = field(default_factory=dict)
    """Everything else that could change what readers get or who they are, in words.

    Such as ``{"attachments": "none"}``. ``Profile.expects`` has the values of our own campaigns.
    """
    created: datetime | None = None
    """When it was made, with its time zone. Of two campaigns of one issue, the older one stays."""


class Service(Protocol):
    """An account of a mailing service.

    Every method may raise ServiceError. Those for a capability that the service does not have raise
    Unsupported.
    """

    def account(self) -> str:
        """Return whose account it is, in words that its owner knows.

        Raise NotAuthorised if the credentials fail.
        """

    def missing_setup(self) -> Sequence[str]:
        """Return what is missing there for the commands to work, a line each, with its remedy.

        Such as a permission. Only what can be known without changing anything is found.
        """

    def audiences(self) -> Sequence[Audience]:
        """Return the audiences that the account can send to: lists, each followed by its parts.

        A part, which a service calls a segment, a group or a tag, says what it is ``within``; its
        id has that of its list in it.
        """

    def overlap(self, one: str, other: str) -> int:
        """Return how many readers are in both audiences, which are named by their ids.

        Raise Unsupported as well for two audiences of which the service cannot say it.
        """

    def find(self, marker: str) -> Sequence[Campaign]:
        """Return every campaign, in any state, whose name has ``marker`` in it.

        Its content may be left out.
        """

    def create(self, outgoing: Outgoing) -> str:
        """Make one draft and return its id.

        The draft may be incomplete: wherever it differs from ``outgoing``, ``update`` follows.
        Raise Uncertain if it is not known whether it was made.
        """

    def update(self, campaign: str, outgoing: Outgoing) -> None:
        """Make the draft hold all of ``outgoing``. This can be repeated."""

    def read(self, campaign: str) -> Campaign | None:
        """Return the campaign with its content; None if it does not exist."""

    def delete(self, campaign: str) -> None:
        """Delete a draft, or archive it where nothing can be deleted. This can be repeated.

        The caller makes sure that it is a draft, and that nobody needs it.
        """

    def send_test(self, outgoing: Outgoing, people: Sequence[str]) -> None:
        """Send ``outgoing`` to these addresses and to nobody else.

        Its name and subject already say that it is a test. The issue's own draft stays as it is.
        """

    def schedule(self, campaign: str, at: datetime) -> None:
        """Have the draft sent at a time, which has a time zone."""

    def unschedule(self, campaign: str) -> None:
        """Make a scheduled campaign a draft again."""

    def kept_files(self, names: Sequence[str]) -> Mapping[str, str]:
        """Return, by name, where readers get those of these files that it keeps.

        A part of a name is made from the file's content, so what has the name is the very file. If
        there are two, the older one counts.
        """

    def keep_file(self, file: File) -> str:
        """Keep a file that it does not have, and return the address at which readers get it.

        Raise Uncertain if it is not known whether it was kept.
        """


def is_plain_id(campaign: str, number: str) -> bool:
    """Return whether an id has only characters that mean nothing in a web address."""
    return re.fullmatch("[0-9A-Za-z_-]{1,100}", campaign) is not None


@dataclass(frozen=True)
class Profile:
    """What is known of a service before any request."""

    title: str
    """Its name, as it writes it."""
    can: frozenset[Capability]
    connect: Callable[[Settings, httpx.BaseTransport | None], Service]
    """Opens an account, without any request yet. Without a transport, httpx's own is used."""
    merge_tags: Mapping[MergeTagName, str] = field(default_factory=dict)
    """How it writes merge tags. For the others, the publication's own values are filled in."""
    text_tags: Mapping[MergeTagName, str] = field(default_factory=dict)
    """Those that are written differently in plain text."""
    language: TemplateLanguage = field(default_factory=Delimiters)
    """How a text is escaped that the service would take for a tag."""
    settings: tuple[Setting, ...] = ()
    """The environment variables that it needs."""
    expects: Mapping[str, str] = field(default_factory=dict)
    """The ``Campaign.settings`` of our own campaigns; a person, or the service, may change them.

    A setting that is not named here depends on the account, so only a change of it counts.
    """
    expects_of_text: Mapping[str, str] = field(default_factory=dict)
    """The settings that are different in a campaign of text alone."""
    adds: Mapping[str, str] = field(default_factory=dict)
    """What it is known to add to an email: regular expressions, and in a few words what each is."""
    may_count_clicks: bool = False
    """Whether it may replace the address of each link with one of its own, to count clicks."""
    fills_tests: bool = True
    """Whether merge tags work in its tests; if not, tests have the publication's own values."""
    carries_pictures: bool = False
    """Whether pictures are inside its tests; in those of others they come from the web."""
    needs_upload: bool = False
    """Whether a person uploads what it has to another service; by itself it reaches nobody."""
    keeps: frozenset[str] = frozenset()
    """The media types of the files that it keeps; all others are served by the publication."""
    may_recompress: bool = False
    """Whether readers may get a picture that it keeps in other bytes than it was given."""
    minutes: int = 1
    """It sends only at whole multiples of this number of minutes."""
    is_campaign_id: Callable[[str, str], bool] = is_plain_id
    """Whether it may give an id to the campaign of an issue, given that issue's number.

    A record can be edited by hand, and the id in it becomes part of a web address or of a path.
    """
    notes: tuple[str, ...] = ()
    """What an editor must know about it, a sentence each."""

    def expected(self, outgoing: Outgoing) -> Mapping[str, str]:
        """Return the ``Campaign.settings`` that the campaign of ``outgoing`` must have."""
        if outgoing.html:
            return self.expects
        return {**self.expects, **self.expects_of_text}
