"""The nouns of the trade: what a newsletter is made of. Read this file first.

A Publication stays the same from week to week; an Issue is one number of it; it has Sections; they hold Items; a
rendered Issue is an Email. All are frozen: a stage of the line takes one noun and returns the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Literal, get_args
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from newsletter.fields import (
    Clock,
    Day,
    Language,
    Line,
    MailAddress,
    Moment,
    Number,
    Prose,
    TimeZone,
    WebAddress,
    WebOrMailAddress,
    mistake,
    one_line,
    web_address,
)

MergeTagName = Literal["unsubscribe", "web-version", "first-name", "address"]
SectionKind = Literal["news", "comment", "reviews", "elsewhere", "events", "jobs", "notices", "advert"]
WorkKind = Literal["film", "book", "tv", "radio", "podcast", "theatre", "exhibition", "event", "documentary"]
Weekday = Literal["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


class Noun(BaseModel):
    """What all nouns share: unchangeable, and no field that is not named here."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, defer_build=True)


class WordTeasers(Noun):
    """Teasers cut after a fixed number of words."""

    words: int = Field(ge=5, le=200, description="How many words of the body a teaser shows.")


class Publication(Noun):
    """What stays the same from week to week (issues/publication.yaml)."""

    name: Line = Field(description="The newsletter's name, as in the masthead and the subject.")
    publisher: Line = Field(description="The body that publishes it.")
    home_page: WebAddress = Field(description="Where the masthead links to.")
    tagline: Line | None = Field(None, description="One line below the name.")
    welcome: Prose | None = Field(
        None, description="Markdown that opens every issue that brings no welcome of its own. May use [[first-name]]."
    )
    sender: MailAddress = Field(alias="from", description="Who sends it: Name <user@host>.")
    reply_to: MailAddress | None = Field(None, description="Where answers go, if not to the sender.")
    language: Language = Field("en-GB", description="Language tag, for readers' software and for dates: en-GB, fr, he.")
    direction: Literal["ltr", "rtl"] = Field("ltr", description="Text direction: ltr, or rtl for Arabic or Hebrew.")
    time_zone: TimeZone = Field(description="The clock that the publication lives by, such as Europe/London.")
    day: Weekday = Field(description="Day of the week on which issues go out.")
    time: Clock = Field(description="Time of day at which issues go out, such as 17:00.")
    postal_address: Line = Field(
        description="Postal address for the footer; anti-spam law in many countries asks for it."
    )
    why: Prose = Field(description="One or two sentences: why the reader gets this email.")
    unsubscribe: WebOrMailAddress = Field(description="Where a reader unsubscribes: https:// or mailto:.")
    archive: WebAddress = Field(description="Web address under which each issue has a page, named by its number.")
    pictures: WebAddress = Field(
        description="Web address under which pictures are served, in a folder for each number."
    )
    theme: Line = Field("bionews", description="Name of the folder in templates/ that gives the email its look.")
    teasers: Literal["sentences"] | WordTeasers = Field(
        "sentences", description="How teasers are made: 'sentences' (20 to 40 words), or 'words:' and their number."
    )
    text_width: int = Field(72, ge=40, le=78, description="Longest line of the plain-text email, in characters.")
    service: Literal["folder"] = Field("folder", description="Mailing service that issues are handed over to.")
    merge_tag_samples: dict[MergeTagName, Line] = Field(
        default_factory=dict, description="What a preview shows in place of merge tags, such as first-name: reader."
    )

    @field_validator("teasers", mode="before")
    @classmethod
    def _words_may_stand_on_the_same_line(cls, teasers: object) -> object:
        """``teasers: "words: 50"``, which is what the message about a colon in unquoted text leads to."""
        written = re.fullmatch(r"words:?\s*(\d+)", teasers) if isinstance(teasers, str) else None
        return {"words": written[1]} if written else teasers


class Person(Noun):
    """Someone who wrote an item."""

    name: Line = Field(description="As it stands in the byline, with title if used: Dr Stuart Hogarth.")
    role: Line | None = Field(None, description="Post or affiliation, in small print below the byline.")


class Image(Noun):
    """A picture of an item."""

    src: Line = Field(description="File in the issue's folder, such as images/lab.jpg, or an https:// address.")
    alt: str = Field(description="What the picture shows, for readers who do not see it. Empty if it says nothing new.")
    credit: Line | None = Field(None, description="Who made the picture.")
    caption: Line | None = Field(None, description="Text below the picture.")
    width: int | None = Field(None, gt=0, le=10_000, description="Width in pixels; read from the file if left out.")
    height: int | None = Field(None, gt=0, le=10_000, description="Height in pixels; read from the file if left out.")

    @field_validator("src")
    @classmethod
    def _an_address_is_whole(cls, src: str) -> str:
        return web_address(src) if src.startswith("https://") else src

    @field_validator("alt")
    @classmethod
    def _alt_is_one_line(cls, alt: str) -> str:
        return one_line(alt) if alt.strip() else ""


class Link(Noun):
    """A name and where it leads."""

    name: Line = Field(description="What the reader sees, such as Amazon UK.")
    url: WebAddress = Field(description="Where it leads.")


class LinkGroup(Noun):
    """Places where one form of a work is to be had: 'DVD: Amazon UK or Amazon USA'."""

    label: Line = Field(description="What is to be had there: DVD, Book, Watch online.")
    links: tuple[Link, ...] = Field(min_length=1, description="One or more places.")


class Source(Noun):
    """Where a news story was found."""

    title: Line = Field(description="The source's own headline.")
    publisher: Line | None = Field(None, description="Paper, journal or body, such as The Times.")
    date: Day | None = Field(None, description="Day of publication, as 2010-12-06.")
    url: WebAddress | None = Field(None, description="Its address.")


class Work(Noun):
    """What a review reviews."""

    kind: WorkKind = Field(description="film, book, tv, radio, podcast, theatre, exhibition, event or documentary.")
    title: Line = Field(description="The work's own title, with its subtitle.")
    credits: tuple[Line, ...] = Field((), description="One line each: Directed by Mark Romanek.")
    publisher: Line | None = Field(None, description="Publisher of a book.")
    isbn: tuple[Line, ...] = Field((), description="One or more ISBNs.")
    channel: Line | None = Field(None, description="Channel or station.")
    broadcast: Day | None = Field(None, description="Day of the broadcast, as 2012-04-16.")
    venue: Line | None = Field(None, description="Where it can be seen, with the address.")
    dates: Line | None = Field(None, description="From when to when it can be seen, in words.")
    links: tuple[LinkGroup, ...] = Field((), description="Where to buy or watch it, in groups.")


class _Item(Noun):
    """What every kind of item has."""

    title: Line = Field(description="The headline. Put it in quotes if it holds a colon.")
    url: WebAddress | None = Field(
        None, description="Where the whole piece stands; else it reads on in the web version."
    )
    authors: tuple[Person, ...] = Field((), description="Names, or name and role.")
    date: Day | None = Field(None, description="The piece's own day, as 2012-04-11.")
    teaser: Prose | None = Field(None, description="Markdown; made from the body if left out.")
    body: Prose = Field("", description="The whole piece in Markdown.")
    picture: Image | None = Field(None, description="One picture.")
    topics: tuple[Line, ...] = Field((), description="Topics for the archive.")

    @field_validator("authors", mode="before")
    @classmethod
    def _plain_names_are_people(cls, authors: object) -> object:
        if isinstance(authors, list):
            return [{"name": author} if isinstance(author, str) else author for author in authors]
        return authors


class News(_Item):
    """A news story."""

    kind: Literal["news"] = "news"
    sources: tuple[Source, ...] = Field((), description="Where the story was found.")


class Comment(_Item):
    """An opinion piece."""

    kind: Literal["comment"] = "comment"


class Review(_Item):
    """A review of a film, a book, an exhibition…"""

    kind: Literal["review"] = "review"
    work: Work = Field(description="What is reviewed.")


class Elsewhere(_Item):
    """A pointer to somebody else's piece."""

    kind: Literal["elsewhere"] = "elsewhere"


class Event(_Item):
    """Something to go to."""

    kind: Literal["event"] = "event"
    place: Line = Field(description="Where it is, with the address.")
    starts: Moment = Field(description="Day and time, as 2012-04-20 18:30.")
    ends: Moment | None = Field(None, description="Day and time, as 2012-04-20 20:00.")

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Event:
        if self.ends and self.ends <= self.starts:
            raise mistake("The event ends before it starts.", "Look at 'starts' and 'ends'.")
        return self


class Job(_Item):
    """A post or another opportunity."""

    kind: Literal["job"] = "job"


class Notice(_Item):
    """A word from the publisher."""

    kind: Literal["notice"] = "notice"


class Advert(_Item):
    """Paid for by somebody; always labelled as an advert, wherever it stands."""

    kind: Literal["advert"] = "advert"
    advertiser: Line = Field(description="Who pays for it.")


Item = Annotated[
    News | Comment | Review | Elsewhere | Event | Job | Notice | Advert,
    Field(discriminator="kind"),
]
ITEM_OF_SECTION: dict[str, type[_Item]] = dict(
    zip(get_args(SectionKind), (News, Comment, Review, Elsewhere, Event, Job, Notice, Advert), strict=True)
)
"""The kind of item that a section of each kind holds; an Advert may stand in any."""


class Section(Noun):
    """A part of an issue: its kind, its heading and its items."""

    kind: SectionKind = Field(description="news, comment, reviews, elsewhere, events, jobs, notices or advert.")
    title: Line | None = Field(None, description="The heading, where it is not the theme's usual one for this kind.")
    items: tuple[Item, ...] = Field(min_length=1, description="The pieces, first things first.")


class Issue(Noun):
    """One number of a publication (issues/<number>/issue.yaml)."""

    publication: Publication
    number: Number = Field(description="An integer with an optional letter: 652, 1268a. The folder has the same name.")
    date: Day = Field(description="The day it goes out, as 2012-04-16.")
    subject: Line | None = Field(None, description="The email's subject; else the number and the leading title.")
    preheader: Line | None = Field(None, description="What the inbox shows after the subject; else the next titles.")
    welcome: Prose | None = Field(None, description="Markdown that opens this issue. May use [[first-name]].")
    sections: tuple[Section, ...] = Field(min_length=1, description="The parts, in the order they are read.")

    @property
    def items(self) -> Iterator[Item]:
        """All items of all sections, in reading order."""
        return (item for section in self.sections for item in section.items)

    @property
    def published(self) -> datetime:
        """When it goes out, in the publication's time zone."""
        zone = ZoneInfo(self.publication.time_zone)
        return datetime.combine(self.date, self.publication.time, zone)


class Email(Noun):
    """A rendered issue. Merge tags in it are neutral tokens (merge_tags.py) until they are filled."""

    issue: Issue
    subject: str
    preheader: str
    html: str
    text: str
