"""A Publication: what stays the same from week to week."""

from __future__ import annotations

import re
from typing import Literal, get_args

from pydantic import Field, field_validator

from newsletter.model.dates import Clock, TimeZone
from newsletter.model.fields import (
    ForwardingAddress,
    Language,
    Line,
    MailAddress,
    Markdown,
    OneLine,
    PlainLine,
    SiteAddress,
    WebAddress,
    WebOrMailAddress,
    mistake,
)
from newsletter.model.formats import TEASERS, Format, ShownFormat
from newsletter.model.item_parts import Image, Link
from newsletter.model.noun import Noun
from newsletter.model.publication_parts import Ignore, Pages, Site, WordTeasers

MergeTagName = Literal["unsubscribe", "web-version", "first-name", "address", "preferences"]
Weekday = Literal["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
Client = Literal[
    "gmail-web",
    "gmail-ios",
    "gmail-android",
    "apple-mail-macos",
    "apple-mail-ios",
    "outlook-windows",
    "outlook-web",
    "outlook-macos",
    "outlook-ios",
    "outlook-android",
    "yahoo-web",
    "yahoo-ios",
    "yahoo-android",
    "samsung-email",
    "thunderbird",
]
"""Mail clients. ``outlook-windows`` is the classic Outlook; the new one for Windows shows what
``outlook-web`` does.
"""
_PASSWORD = re.compile(r"://[^/]*:[^/]*@")
_WORDS = re.compile(r"(?:words:?\s*)?([5-9]|\d{2,})(?: words)?")


class Publication(Noun):
    """What stays the same from week to week (issues/publication.yaml)."""

    name: Line = Field(description="The newsletter's name, as in the masthead and the subject.")
    publisher: Line = Field(description="The organisation that publishes it.")
    home_page: WebAddress = Field(description="Where the masthead links to.")
    tagline: Line | None = Field(None, description="One line below the name.")
    welcome: Markdown | None = Field(
        None,
        description=(
            "Markdown that opens every issue that has no welcome of its own. "
            "May use [[first-name]]."
        ),
    )
    sender: MailAddress = Field(alias="from", description="Who sends it: Name <user@host>.")
    reply_to: MailAddress | None = Field(
        None, description="Where replies go, if not to the sender."
    )
    language: Language = Field(
        "en-GB", description="Language tag, for readers' software and for dates: en-GB, fr, he."
    )
    direction: Literal["ltr", "rtl"] = Field(
        "ltr", description="Text direction: ltr, or rtl for Arabic or Hebrew."
    )
    time_zone: TimeZone = Field(description="The publication's time zone, such as Europe/London.")
    day: Weekday = Field(description="Day of the week on which issues go out.")
    time: Clock = Field(description="Time of day at which issues go out, such as 17:00.")
    postal_address: Line = Field(
        description="Postal address for the footer; anti-spam law in many countries requires it."
    )
    why: Markdown = Field(description="One or two sentences: why the reader gets this email.")
    unsubscribe: WebOrMailAddress = Field(
        description="Where a reader unsubscribes: https:// or mailto:."
    )
    preferences: WebOrMailAddress | None = Field(
        None,
        description=(
            "Where a reader changes how they get it, such as the format: https:// or mailto:. "
            "A mailing service that has such a page gets a link to its own."
        ),
    )
    archive: SiteAddress = Field(
        description="Web address under which each issue has a page, named by its number."
    )
    pages: Pages = Field(
        default_factory=Pages, description="What the pages of the archive say and offer."
    )
    pictures: SiteAddress = Field(
        description="Web address under which pictures are served, in a folder for each number."
    )
    pictures_to: OneLine | None = Field(
        None,
        description=(
            "Where hand-over copies them to be served there: a folder, from that of this file on, "
            "or an address such as s3://bucket/pictures."
        ),
    )
    logo: Image | None = Field(
        None,
        description="The masthead's logo, a file beside publication.yaml, in place of the name.",
    )
    forward: ForwardingAddress | None = Field(
        None, description="Where a reader forwards an issue to a friend."
    )
    subscribe: WebAddress | None = Field(
        None, description="Where somebody who was forwarded an issue subscribes."
    )
    donate: WebAddress | None = Field(None, description="Where a reader gives money.")
    social: tuple[Link, ...] = Field(
        (), description="The publisher's pages elsewhere, by name: Mastodon, LinkedIn."
    )
    registration: Line | None = Field(
        None, description="The publisher's registration, as the footer shows it."
    )
    calendars: bool = Field(
        True,
        description=(
            "Whether each event has a file that readers add to their calendars. "
            "It is served where the pictures are."
        ),
    )
    typography: bool = Field(
        True,
        description=(
            "Whether quotes, dashes, ellipses and no-break spaces are set by the builder, "
            "in the publication's language."
        ),
    )
    theme: OneLine = Field(
        "bionews", description="Name of the folder in templates/ that gives the email its look."
    )
    teasers: Literal["sentences"] | WordTeasers = Field(
        "sentences",
        description=(
            "How teasers are made: 'sentences' (20 to 40 words), "
            "or 'words:' and a number (5 or more). The lead may have twice as many."
        ),
    )
    text_width: int = Field(
        72, ge=40, le=78, description="Longest line of the plain-text email, in characters."
    )
    site: Site | None = Field(
        None, description="The publisher's own website, from which pieces are taken."
    )
    service: OneLine = Field("folder", description="Mailing service that receives each issue.")
    audience: OneLine | None = Field(
        None,
        description=(
            "Audience that the mailing service sends to: an id that 'newsletter audiences' lists. "
            "With formats, the list whose readers all of them together should reach."
        ),
    )
    formats: tuple[ShownFormat, ...] = Field(
        (),
        description=(
            "The emails that each issue becomes, for readers to choose from, the leading one first."
        ),
    )
    approvals: int = Field(
        0, ge=0, le=2, description="How many people must approve an issue before it is handed over."
    )
    clients: tuple[Client, ...] = Field(
        get_args(Client),
        min_length=1,
        description="Mail clients that readers use and that the checks consider.",
    )
    ignore: tuple[Ignore, ...] = Field(
        (), description="Rules that are ignored in every issue, with the reason."
    )
    merge_tag_samples: dict[MergeTagName, PlainLine] = Field(
        default_factory=dict,
        description="What a preview shows in place of merge tags, such as first-name: reader.",
    )

    @property
    def every_format(self) -> tuple[Format, ...]:
        """Return its formats, the leading one first: teasers alone if it names none."""
        only = TEASERS.model_copy(update={"audience": self.audience})
        return self.formats or (only,)

    @property
    def leading_format(self) -> Format:
        """The format that is meant if none is named."""
        return self.every_format[0]

    @property
    def primary_language(self) -> str:
        """The language without its country or script, in lower case: en (RFC 5646, 2.2.1)."""
        return self.language.partition("-")[0].lower()

    @field_validator("pictures_to")
    @classmethod
    def _no_password_is_in_git(cls, target: str | None) -> str | None:
        if target and _PASSWORD.search(target):
            hint = "Take it out, and write it into .env, which git ignores."
            raise mistake("There is a password in this address.", hint)
        return target

    @field_validator("pictures_to")
    @classmethod
    def _a_page_is_no_store(cls, target: str | None) -> str | None:
        if target and re.match(r"https?:|www\.", target, re.IGNORECASE):
            message = "Nothing can be copied to a web address."
            hint = (
                "Write a folder, or an address such as s3://bucket/pictures; "
                "where they are served is written after 'pictures:'."
            )
            raise mistake(message, hint)
        return target

    @field_validator("teasers", mode="before")
    @classmethod
    def _words_may_be_on_the_same_line(cls, teasers: object) -> object:
        """Accept ``teasers: 50 words``, too.

        Accept ``"words: 50"`` as well, which an editor writes after the message about a colon.
        """
        if not isinstance(teasers, str):
            return teasers

        written = _WORDS.fullmatch(teasers)
        return {"words": written[1]} if written else teasers
