"""An Issue, one number of a publication, and the Email that it becomes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Self
from zoneinfo import ZoneInfo

from pydantic import Field, field_validator

from newsletter.model.dates import Day
from newsletter.model.fields import (
    RESERVED_SLUGS,
    Line,
    Markdown,
    Number,
    TitleLine,
    mistake,
)
from newsletter.model.formats import TEASERS, Format
from newsletter.model.items import Item, SectionKind, with_key
from newsletter.model.noun import Noun
from newsletter.model.publication import Publication
from newsletter.model.publication_parts import Ignore
from newsletter.text.slug import slug

_FIRST_YEAR = 1973
"""The first year of email, and of clocks that everywhere differ from UTC by whole minutes, as RFC
5322 (3.3) needs.
"""


class Section(Noun):
    """A part of an issue: its kind, its heading and its items."""

    kind: SectionKind = Field(
        description="news, comment, reviews, elsewhere, events, jobs, notices or advert."
    )
    title: TitleLine | None = Field(
        None, description="The heading, if it is not the theme's usual one for this kind."
    )
    items: tuple[Item, ...] = Field(
        min_length=1, description="The pieces, the most important first."
    )


class Issue(Noun):
    """One number of a publication (issues/<number>/issue.yaml)."""

    publication: Publication
    number: Number = Field(
        description="An integer with an optional letter: 652, 1268a. The folder has the same name."
    )
    date: Day = Field(description="The date it goes out, as 2012-04-16.")
    subject: Line | None = Field(
        None, description="The email's subject; if left out, the number and the leading title."
    )
    preheader: Line | None = Field(
        None, description="What the inbox shows after the subject; if left out, the next titles."
    )
    welcome: Markdown | None = Field(
        None, description="Markdown that opens this issue. May use [[first-name]]."
    )
    sections: tuple[Section, ...] = Field(
        min_length=1, description="The parts, in the order they are read."
    )
    ignore: tuple[Ignore, ...] = Field(
        (), description="Rules that are ignored in this issue, with the reason."
    )

    @field_validator("date")
    @classmethod
    def _there_was_email(cls, day: Day) -> Day:
        if day.year < _FIRST_YEAR:
            raise mistake(
                f"No email went out on {day}.", "Write the day on which this issue goes out."
            )
        return day

    @field_validator("sections")
    @classmethod
    def _items_get_their_keys(cls, sections: tuple[Section, ...]) -> tuple[Section, ...]:
        return _with_keys(sections)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy with other values in some fields; new items get their keys."""
        if update and "sections" in update:
            update = {**update, "sections": _with_keys(update["sections"])}
        return super().model_copy(update=update, deep=deep)

    @property
    def items(self) -> Iterator[Item]:
        """All items of all sections, in reading order."""
        for section in self.sections:
            yield from section.items

    @property
    def lead(self) -> Item | None:
        """The leading item: the one that says so, or else the first that is no advert."""
        first = None
        for item in self.items:
            if item.lead:
                return item
            if first is None and item.kind != "advert":
                first = item
        return first

    @property
    def published(self) -> datetime:
        """The date and time at which it goes out, in the publication's time zone."""
        zone = ZoneInfo(self.publication.time_zone)
        return datetime.combine(self.date, self.publication.time, zone)


def _with_keys(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """Return the sections with a key for each item, the first words of its title, and with a slug
    for each whose page is called otherwise.

    If another item has the same, the item's position in the issue is added.
    """
    taken: set[str] = set()
    pages = set(RESERVED_SLUGS)
    position = 0
    keyed: list[Section] = []
    for section in sections:
        items: list[Item] = []
        for item in section.items:
            position += 1
            key = slug(item.title) or f"item-{position}"
            while key in taken:
                key = f"{key}-{position}"
            taken.add(key)

            page = item.slug or key
            while page in pages:
                page = f"{page}-{position}"
            pages.add(page)
            items.append(with_key(item, key, page if page != key else None))
        keyed.append(section.model_copy(update={"items": tuple(items)}))
    return tuple(keyed)


class File(Noun):
    """A file that an email shows or links to, as readers get it: a picture, say."""

    name: str
    """Letters, digits and hyphens, a part of it from the content: ``lab-3f9a61c2.jpg``."""
    address: str
    """Where it is served."""
    media_type: str
    """As ``image/jpeg`` (RFC 6838)."""
    content: bytes = Field(repr=False)
    source: str
    """The file that it was made of, as a path from the issue's folder; empty if there is none."""

    @property
    def is_picture(self) -> bool:
        """Whether it is shown, and not only linked to."""
        return self.media_type.startswith("image/")

    @property
    def bare_type(self) -> str:
        """Its media type without parameters: ``text/calendar``."""
        return self.media_type.partition(";")[0]


class Email(Noun):
    """A rendered issue. Its merge tags are neutral tokens (merge_tags.py) until they are filled."""

    issue: Issue
    format: Format = TEASERS
    """What of the issue it shows, and to whom it goes."""
    subject: str
    preheader: str
    html: str
    """Empty if it is plain text alone."""
    text: str
    paragraphs: str = ""
    """The text with each paragraph on a line of its own, from which a message is made; empty if
    only its lines are known."""
    files: tuple[File, ...] = ()
    """What its HTML shows or links to, each once."""
    shortened: tuple[str, ...] = ()
    """The keys of the pieces of which it shows teasers, since all of them whole would be too much.
    """

    @property
    def further_format(self) -> str:
        """The name of its format; empty if that is the leading one, which needs no name."""
        leading = self.issue.publication.leading_format
        if self.format.name == leading.name:
            return ""
        return self.format.name

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy with other values in some fields; of another text only the lines are
        known.
        """
        if update and update.get("text", self.text) != self.text:
            update = {"paragraphs": "", **update}
        return super().model_copy(update=update, deep=deep)
