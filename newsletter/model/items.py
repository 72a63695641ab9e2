"""Items: the pieces of an issue, of several kinds. What belongs to them is in item_parts.py."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, Literal, get_args

from pydantic import Field, PrivateAttr, ValidationInfo, field_validator

from newsletter.model.dates import Day, Moment
from newsletter.model.fields import (
    Line,
    Markdown,
    PieceName,
    Slug,
    TitleLine,
    WebAddress,
    WebOrBareMailAddress,
    mistake,
)
from newsletter.model.item_parts import Author, Correction, Image, Source, Work
from newsletter.model.noun import Noun

SectionKind = Literal[
    "news", "comment", "reviews", "elsewhere", "events", "jobs", "notices", "advert"
]

_ADDRESS = re.compile(
    r"(?:https?://|mailto:|www\.)|[^\s@]+@[^\s@]+\.\w+$|[\w.-]+\.\w+/\S*$", re.IGNORECASE
)
"""A text that begins as an address of the web or of mail, or is nothing but one."""


class _Item(Noun):
    """The fields that every kind of item has."""

    title: TitleLine = Field(description="The headline. Put it in quotes if it has a colon.")
    url: WebAddress | None = Field(
        None,
        description="Where the whole piece is; if left out, the web version has the whole piece.",
    )
    authors: tuple[Author, ...] = Field((), description="Names, or name and role.")
    date: Day | None = Field(None, description="The piece's own date, as 2012-04-11.")
    teaser: Markdown | None = Field(None, description="Markdown; made from the body if left out.")
    body: Markdown = Field("", description="The whole piece in Markdown.")
    whole: bool = Field(
        False, description="true shows the whole body in the email, without 'Read more'."
    )
    picture: Image | None = Field(None, description="One picture.")
    lead: bool = Field(
        False,
        description="true makes this the lead, which comes first; otherwise the first item is.",
    )
    action: Line | None = Field(
        None,
        description="What the button or link says, if not what the theme would: Sign up here.",
    )
    topics: tuple[Line, ...] = Field((), description="Topics for the archive.")
    corrections: tuple[Correction, ...] = Field(
        (),
        description="Corrections since it went out; 'newsletter new' puts them in the next issue.",
    )
    slug: Slug | None = Field(
        None,
        description=(
            "The last part of its page's address in the archive, as never-let-me-go; if left out, "
            "the name of its file, or the first words of its title."
        ),
    )
    related: tuple[PieceName, ...] = Field(
        (),
        description=(
            "Pieces that its page in the archive leads to, as 652/palaces or by their addresses; "
            "chosen by their words and topics if left out."
        ),
    )
    _key: str = PrivateAttr("")

    @property
    def key(self) -> str:
        """Its name in its issue: words of its title in ASCII, unlike any other item's there.

        Empty for an item that is in no issue.
        """
        # For speed: pydantic's way to a private attribute is ten times as long.
        key: str = self.__pydantic_private__["_key"]  # type: ignore[index]
        return key

    @property
    def page(self) -> str:
        """The last part of the address of its page in the archive, unlike any other's there."""
        return self.slug or self.key

    @property
    def has_page(self) -> bool:
        """Whether it has a page of its own in the archive, as every item with a body has."""
        return bool(self.body.strip())

    @field_validator("whole")
    @classmethod
    def _only_a_body_is_shown_whole(cls, whole: bool, above: ValidationInfo) -> bool:
        fields = above.data
        if not whole or "body" not in fields:  # a faulty body is reported by itself
            return whole

        if not fields["body"].strip():
            message = "'whole: true' shows the whole body, but there is none."
            raise mistake(message, "Write the piece in 'body:'.")
        if fields.get("teaser") is not None:
            message = "'whole: true' shows the body, so no reader would see the teaser."
            raise mistake(message, "Delete 'teaser:' or 'whole:'.")
        return whole

    @field_validator("action")
    @classmethod
    def _an_action_is_words(cls, action: str | None) -> str | None:
        if action and _ADDRESS.match(action):
            message = "'action' is what the link says, not where it leads."
            raise mistake(message, "Write the address after 'url:', and words after 'action:'.")
        return action


def with_key(item: Item, key: str, slug: str | None) -> Item:
    """Return the item under its key in an issue, with the slug of its page if that is another."""
    copy = item.model_copy(update={"slug": slug})
    copy._key = key
    return copy


Until = Annotated[
    Day | None,
    Field(
        description=(
            "The last day on which it is current: until then, 'newsletter new' puts it in each "
            "issue, as 2012-05-11."
        )
    ),
]
"""When an item that may run for weeks ends."""


class News(_Item):
    """A news story."""

    kind: Literal["news"] = "news"
    sources: tuple[Source, ...] = Field((), description="Where the story comes from.")


class Comment(_Item):
    """An opinion piece."""

    kind: Literal["comment"] = "comment"


class Review(_Item):
    """A review of a film, a book, an exhibition or the like."""

    kind: Literal["review"] = "review"
    work: Work = Field(description="What is reviewed.")


class Elsewhere(_Item):
    """A link to somebody else's piece."""

    kind: Literal["elsewhere"] = "elsewhere"


class Event(_Item):
    """An event that readers can go to."""

    kind: Literal["event"] = "event"
    place: Line = Field(description="Where it is, with the address.")
    starts: Moment = Field(description="Date and time, as 2012-04-20 18:30.")
    ends: Moment | None = Field(None, description="Date and time, as 2012-04-20 20:00.")
    until: Until = None

    @field_validator("ends")
    @classmethod
    def _ends_after_it_starts(cls, ends: datetime | None, above: ValidationInfo) -> datetime | None:
        starts = above.data.get("starts")
        if starts and ends and ends <= starts:
            hint = "Correct one of them, or delete 'ends'."
            raise mistake("'ends' is not later than 'starts'.", hint)
        return ends


class Job(_Item):
    """A job or another opportunity."""

    kind: Literal["job"] = "job"
    url: WebOrBareMailAddress | None = Field(
        None, description="Where to apply: a web page, or an email address."
    )
    employer: Line | None = Field(None, description="Who offers it.")
    place: Line | None = Field(None, description="Where it is.")
    closes: Day | None = Field(None, description="The last day to apply, as 2012-05-11.")
    until: Until = None


class Notice(_Item):
    """A message from the publisher."""

    kind: Literal["notice"] = "notice"
    url: WebOrBareMailAddress | None = Field(
        None, description="Where it leads: a web page, or an email address."
    )
    until: Until = None


class Advert(_Item):
    """An item that somebody pays for; always labelled as an advert."""

    kind: Literal["advert"] = "advert"
    advertiser: Line = Field(description="Who pays for it.")
    until: Until = None

    @field_validator("lead")
    @classmethod
    def _never_leads(cls, lead: bool) -> bool:
        if lead:
            message = "An advert cannot lead an issue: readers would take it for its main story."
            raise mistake(message, "Delete 'lead: true'.")
        return lead


Item = Annotated[
    News | Comment | Review | Elsewhere | Event | Job | Notice | Advert,
    Field(discriminator="kind"),
]
EDITORIAL = (News, Comment, Review, Elsewhere)
"""The kinds of items that run once; an advert or an event may run for weeks."""
ITEM_OF_SECTION: dict[str, type[_Item]] = dict(
    zip(
        get_args(SectionKind),
        (News, Comment, Review, Elsewhere, Event, Job, Notice, Advert),
        strict=True,
    )
)
"""The kind of item in a section of each kind; an Advert may be in any section."""
