"""What the archive knows of every issue and piece without reading it again: what lists show.

All are tuples of plain data, so that templates can read them and a cache can keep them.
"""

from __future__ import annotations

from datetime import date, datetime
from hashlib import blake2b
from typing import NamedTuple

from newsletter.manifest import IssueFolder
from newsletter.pictures.on_pages import Stored
from newsletter.text.markdown import Title, as_written


class Byline(NamedTuple):
    """One of the authors of a piece: a person, or a house byline such as the newsletter's name."""

    name: str
    role: str
    """Post or affiliation; empty if there is none."""
    path: str
    """Of the page of all that they wrote: ``authors/zoe-example/``."""


class Topic(NamedTuple):
    """What a piece is about, as its editor says."""

    name: str
    path: str
    """Of the page of all about it: ``topics/stem-cells/``."""


class Heading(NamedTuple):
    """The section that a piece is in."""

    kind: str
    """As of its section: news, reviews."""
    title: Title | str
    """As its issue has it: News Digest."""
    path: str
    """Of the page of all in sections of this kind, whatever their titles: ``sections/news/``."""


class Reviewed(NamedTuple):
    """The work that a review is about."""

    kind: str
    """As of its work: film, book."""
    title: Title | str
    path: str
    """Of the page of all reviews of works of this kind: ``reviews/film/``."""


class Occasion(NamedTuple):
    """When and where an event is."""

    starts: datetime
    ends: datetime | None
    place: Title | str


class Vacancy(NamedTuple):
    """What readers need to know of a job; it has one of these at least."""

    employer: Title | str | None
    place: Title | str | None
    closes: date | None
    """The last day to apply."""


class Corrected(NamedTuple):
    """A correction of a piece."""

    day: date
    text: str
    """What was wrong, and what is right, in Markdown."""


class ListedCorrection(NamedTuple):
    """A correction as lists show it: of a piece, or of an item that has no page of its own."""

    number: str
    """Of its issue."""
    path: str
    """Of what is corrected: ``652/palaces/``, or its place in its issue: ``652/#palaces``."""
    title: Title | str
    day: date
    text: str
    """What was wrong, and what is right, in Markdown."""


class Shown(NamedTuple):
    """The picture of a piece."""

    src: str
    """As written: a file from the issue's folder on, or an https:// address."""
    alt: str
    credit: str
    """Who made it; empty if nobody is named."""


class Related(NamedTuple):
    """A piece that is shown with another one."""

    title: Title | str
    day: date | None
    authors: tuple[str, ...]
    teaser: str
    """One line of plain text; empty if it is not known."""
    path: str
    """Of its page from the site's root; empty if it is not in the archive."""
    url: str
    """Where it is otherwise; empty if it is in the archive, or nobody knows."""
    digest: bytes
    """Of all of these, the title with its emphasis."""

    @classmethod
    def of(
        cls,
        title: Title | str,
        day: date | None,
        authors: tuple[str, ...],
        teaser: str,
        *,
        path: str = "",
        url: str = "",
    ) -> Related:
        """Return a piece that is in the archive at ``path``, or else elsewhere at ``url``."""
        facts = (as_written(title), str(day), *authors, teaser, path, url)
        digest = blake2b("\n".join(facts).encode(), digest_size=16).digest()
        return cls(title, day, authors, teaser, path, url, digest)


class Piece(NamedTuple):
    """A piece that has a page of its own, as other pages show it, its texts in type."""

    number: str
    """Of its issue."""
    key: str
    """Of its item in the issue."""
    path: str
    """Of its page from the site's root: ``652/palaces/``."""
    file: str
    """That it is written in, from the issue's folder on: ``palaces.md``; empty if it is
    issue.yaml."""
    kind: str
    """As of its item: news, review."""
    is_editorial: bool
    """Whether it is the newsletter's own: no advert, event, job or notice."""
    advertiser: str
    """Who pays for it; empty if it is no advert."""
    section: Heading
    title: Title | str
    day: date
    """Its own, or else its issue's."""
    authors: tuple[Byline, ...]
    teaser: str
    """One line of plain text, which ends in "…" if there is more."""
    topics: tuple[Topic, ...]
    work: Reviewed | None
    """What it reviews; None if it is no review."""
    occasion: Occasion | None
    """None if it is no event."""
    vacancy: Vacancy | None
    """None if it is no job, or nothing of this is known."""
    picture: Shown | None
    url: str
    """Where it is elsewhere, if its editor gives such an address; mostly empty."""
    corrections: tuple[Corrected, ...]
    """The oldest first."""
    corrected: date | None
    """The day of the last of them."""
    related: tuple[str, ...]
    """The pieces that its editor chose to be shown with it, as they are written."""
    led_to: tuple[Related, ...]
    """The pieces that its page led to where it was before."""
    words: str
    """Words of its text that tell what it is about, with spaces between them (telling_words.py):
    one text, since many thousands of pieces have forty each."""
    source: bytes
    """A digest of the files that its item is written in: issue.yaml, and its own."""
    digest: bytes
    """Of all of these but its words and its source, and so of all that another page can show."""


class PublishedIssue(NamedTuple):
    """An issue in the archive."""

    number: str
    path: str
    """Of its page from the site's root: ``652/``."""
    day: date
    is_draft: bool
    """Whether its day is still to come, and it was not handed over yet."""
    title: Title | str
    """That of its leading item, in type."""
    folder: IssueFolder
    pieces: tuple[Piece, ...]
    """In the order in which they are read."""
    corrections: tuple[ListedCorrection, ...]
    """Of all its items, the last of each item first."""
    events: tuple[str, ...]
    """The last parts of the addresses of its events, whether they have a page or not."""
    pictures: tuple[Stored, ...]
    """In its folder, as pages show them."""
    mentions: tuple[str, ...]
    """The numbers of the issues that its texts refer to, as in "(see BioNews 606)"."""
    files: bytes
    """A digest of its files: the same digest, the same Issue."""
    facts: bytes
    """A digest of all of these but its files."""

    @property
    def digest(self) -> bytes:
        """Of all that its pages are made from, its files included."""
        return self.facts + self.files


class Collection(NamedTuple):
    """Pieces that are listed on a page of their own: of a section, an author, a topic."""

    name: Title | str
    """Of the author or topic; of a section, its newest title; of reviews, the kind of work."""
    path: str
    """Of its page from the site's root: ``topics/stem-cells/``."""
    pieces: tuple[Piece, ...]
    """The newest first."""
