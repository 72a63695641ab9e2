"""What belongs to an item: its authors, picture, sources, work and corrections."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from newsletter.model.dates import Day
from newsletter.model.fields import (
    Line,
    LineOrNothing,
    Markdown,
    PictureAddress,
    Seen,
    TitleLine,
    WebAddress,
)
from newsletter.model.focus import Focus
from newsletter.model.noun import Noun

WorkKind = Literal[
    "film", "book", "tv", "radio", "podcast", "theatre", "exhibition", "event", "documentary"
]


class Person(Noun):
    """Someone who wrote an item."""

    name: Line = Field(
        description="As it appears in the byline, with title if used: Dr Stuart Hogarth."
    )
    role: Line | None = Field(None, description="Post or affiliation, after the name.")


def _person(author: object) -> object:
    """Return the fields of an author; of some, only the name is written."""
    if isinstance(author, str):
        return {"name": author}
    return author


Author = Annotated[Person, BeforeValidator(_person), Seen.LINE]
"""A person, or a line with the name alone."""


class Image(Noun):
    """A picture of an item."""

    src: PictureAddress = Field(
        description="File in the issue's folder, such as images/lab.jpg, or an https:// address."
    )
    alt: LineOrNothing = Field(
        description='What the picture shows, for readers who cannot see it; "" if it adds nothing.'
    )
    credit: Line | None = Field(None, description="Who made the picture.")
    caption: Line | None = Field(None, description="Text below the picture.")
    licence: Line | None = Field(
        None,
        description="The licence under which others may show it, as CC BY 4.0; none if left out.",
    )
    focus: Focus | None = Field(
        None,
        description="What must stay if it is cut: top, left, bottom right, or 30% 20%.",
    )
    width: int | None = Field(
        None,
        gt=0,
        le=10_000,
        description="Widest that it is shown, in pixels; its own width if it is from elsewhere.",
    )
    height: int | None = Field(
        None,
        gt=0,
        le=10_000,
        description="Highest that it is shown, in pixels; its own height if it is from elsewhere.",
    )


class Link(Noun):
    """A name and where it leads."""

    name: Line = Field(description="What the reader sees, such as Amazon UK.")
    url: WebAddress = Field(description="Where it leads.")


class LinkGroup(Noun):
    """Places where one form of a work is available: 'DVD: Amazon UK or Amazon USA'."""

    label: Line = Field(description="What is available there: DVD, Book, Watch online.")
    links: tuple[Link, ...] = Field(min_length=1, description="One or more places.")


class Source(Noun):
    """Where a news story comes from."""

    title: TitleLine = Field(description="The source's own headline.")
    publisher: Line | None = Field(
        None, description="Newspaper, journal or organisation, such as The Times."
    )
    date: Day | None = Field(None, description="Date of publication, as 2010-12-06.")
    url: WebAddress | None = Field(None, description="Its address.")


class Work(Noun):
    """What a review reviews."""

    kind: WorkKind = Field(
        description="film, book, tv, radio, podcast, theatre, exhibition, event or documentary."
    )
    title: TitleLine = Field(description="The work's own title, with its subtitle.")
    credits: tuple[Line, ...] = Field((), description="One line each: Directed by Mark Romanek.")
    publisher: Line | None = Field(None, description="Publisher of a book.")
    isbn: tuple[Line, ...] = Field((), description="One or more ISBNs.")
    channel: Line | None = Field(None, description="Channel or station.")
    broadcast: Day | None = Field(None, description="Date of the broadcast, as 2012-04-16.")
    venue: Line | None = Field(None, description="Where it can be seen, with the address.")
    dates: Line | None = Field(None, description="When it can be seen, in words.")
    links: tuple[LinkGroup, ...] = Field((), description="Where to buy or watch it, in groups.")


class Correction(Noun):
    """What was wrong in an item that has gone out, and is right now."""

    date: Day = Field(description="The day of the correction, as 2012-04-18.")
    text: Markdown = Field(
        description="What was wrong, and what is right, in one or two sentences."
    )
    notice: bool = Field(
        True,
        description="false keeps it out of the next issue's email; its own page has it anyway.",
    )
