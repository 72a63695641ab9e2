"""An Archive: all that its pages are made of."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from operator import attrgetter
from typing import NamedTuple
from urllib.parse import urlsplit

from newsletter.adding.old_addresses import NO_OLD_ADDRESSES, OldAddresses
from newsletter.archive.collecting import by_author, by_section, by_topic, by_work, collections
from newsletter.archive.listing import Listing, listings
from newsletter.archive.logo import Logo, logo_of
from newsletter.archive.nouns import (
    Collection,
    ListedCorrection,
    Piece,
    PublishedIssue,
    Related,
)
from newsletter.archive.paths import ALL_ISSUES, AUTHORS, PAGE, REVIEWS, SEARCH, SECTIONS, TOPICS
from newsletter.archive.related import related_pieces
from newsletter.archive.templates import Templates
from newsletter.model import Publication
from newsletter.model.items import ITEM_OF_SECTION
from newsletter.text.markdown import as_written


class Page(NamedTuple):
    """A file of the site that there will be."""

    path: str
    """From the site's root: ``652/palaces/index.html``."""
    digest: bytes
    """Of all that it is made from: the same digest, the same bytes."""
    make: Callable[[], bytes]
    """Return its content."""
    subject: str = ""
    """What it is about, whatever its address: the site remembers it. Empty for most pages."""


class Link(NamedTuple):
    """An entry of the navigation."""

    name: str
    path: str


@dataclass(frozen=True)
class Archive:
    """All issues of a newsletter, and how their pages look."""

    publication: Publication
    base: str
    """The address of the site's root, with a slash at its end."""
    issues: tuple[PublishedIssue, ...]
    """The oldest first."""
    templates: Templates
    digest: bytes
    """Of what all pages depend on: the program, the publication, the theme and the base."""
    drafts: frozenset[str] = frozenset()
    """The numbers of the issues that are left out, since they are not out yet."""
    old_addresses: OldAddresses = NO_OLD_ADDRESSES
    """Where pages were."""

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """The pieces of all issues, the oldest issue first, in the order of each."""
        return tuple(piece for issue in self.issues for piece in issue.pieces)

    @cached_property
    def numbers(self) -> Mapping[str, PublishedIssue]:
        """The issues by their numbers."""
        return {issue.number: issue for issue in self.issues}

    @cached_property
    def out(self) -> tuple[PublishedIssue, ...]:
        """The issues that are no drafts, the oldest first: feeds and search engines learn of no
        others, whose pages are there for those who proofread them.
        """
        return tuple(issue for issue in self.issues if not issue.is_draft)

    @property
    def latest(self) -> PublishedIssue | None:
        """The latest issue that is out; None if there is none."""
        return self.out[-1] if self.out else None

    @cached_property
    def sections(self) -> tuple[Collection, ...]:
        """The pieces of each kind of section, called as most of them are headed: one issue's own
        heading renames none.
        """
        found = collections(self.newest_first(), by_section)
        return tuple(section._replace(name=_usual_heading(section)) for section in found)

    @cached_property
    def works(self) -> tuple[Collection, ...]:
        """The reviews of each kind of work, called and ordered as in the theme's words: Films."""
        by_kind = {reviews.name: reviews for reviews in collections(self.newest_first(), by_work)}
        return tuple(
            by_kind[kind]._replace(name=name)
            for kind, name in self.templates.words["works"].items()
            if kind in by_kind
        )

    @cached_property
    def authors(self) -> tuple[Collection, ...]:
        """The pieces of each author."""
        return collections(self.newest_first(), by_author)

    @cached_property
    def topics(self) -> tuple[Collection, ...]:
        """The pieces about each topic."""
        return collections(self.newest_first(), by_topic)

    @cached_property
    def corrections(self) -> tuple[ListedCorrection, ...]:
        """Every correction, the newest first."""
        found = chain.from_iterable(issue.corrections for issue in self.newest_first())
        return tuple(sorted(found, key=attrgetter("day"), reverse=True))

    @cached_property
    def related(self) -> Mapping[str, tuple[Related, ...]]:
        """The pieces that are shown with each piece, by its path."""
        return related_pieces(self)

    @cached_property
    def logo(self) -> Logo | None:
        """The publication's logo; None if pages have its name in place of one. Raise
        ManifestError.
        """
        if not self.issues:
            return None
        return logo_of(self.publication, self.issues[0].folder.path.parent)

    @cached_property
    def menu(self) -> tuple[Link, ...]:
        """The navigation of every page: nothing in it leads nowhere."""
        words = self.templates.words
        menu = [Link(words["archive"], ALL_ISSUES), *self._menu_of_sections()]
        if self.topics:
            menu.append(Link(words["lists"]["topics"], TOPICS))
        if self.authors:
            menu.append(Link(words["lists"]["authors"], AUTHORS))
        menu.append(Link(words["lists"]["search"], SEARCH))
        return tuple(menu)

    def _menu_of_sections(self) -> Iterator[Link]:
        """Yield the sections in the order of an issue; that of reviews leads to all their kinds."""
        names = {section.path: section.name for section in self.sections}
        for kind in ITEM_OF_SECTION:
            name = names.get(f"{SECTIONS}{kind}/")
            if name is None or kind == "advert":
                continue
            if kind != "reviews":
                yield Link(name, f"{SECTIONS}{kind}/")
            elif self.works:
                yield Link(name, REVIEWS)

    @cached_property
    def _shared(self) -> bytes:
        """A digest of what every page shows."""
        digest = hashlib.blake2b(self.publication.model_dump_json().encode(), key=self.digest)
        for entry in self.menu:
            digest.update(f"{as_written(entry.name)} {entry.path}\0".encode())
        if self.logo:
            digest.update(self.logo.path.encode())
        return digest.digest()

    def link(self, path: str) -> str:
        """Return how a page of the site links to a path in it: from the root of its host on."""
        return urlsplit(self.base).path + path

    def link_to_issue(self, number: str) -> str | None:
        """Return the link to the issue of this number; None if there is none."""
        issue = self.numbers.get(number)
        return self.link(issue.path) if issue else None

    def address(self, path: str) -> str:
        """Return the whole address of a path in the site."""
        return self.base + path

    def page(
        self,
        path: str,
        make: Callable[[], bytes],
        shows: Iterable[PublishedIssue | Piece] = (),
        also: Iterable[str] = (),
        subject: str = "",
    ) -> Page:
        """Return a page made from ``shows``, any part of these issues and what is known of these
        pieces without reading them; and from ``also``: whatever else decides about it, such as
        which pieces it shows of an issue, and in which order.
        """
        nouns = b"".join(noun.digest for noun in shows)
        details = "\0".join((*also, ""))  # at once, as there are 24,000 pages
        made_of = self._shared + nouns + details.encode()
        return Page(path, hashlib.blake2b(made_of, digest_size=16).digest(), make, subject)

    def html_page(
        self,
        folder: str,
        template: str,
        values: Callable[[], dict[str, object]],
        shows: Iterable[PublishedIssue | Piece] = (),
        also: Iterable[str] = (),
        subject: str = "",
    ) -> Page:
        """Return the page ``folder``/index.html, made with a template of the theme."""

        def make() -> bytes:
            return self.templates.render(self, template, {"path": folder, **values()}).encode()

        return self.page(folder + PAGE, make, shows, (template, *also), subject)

    def is_out(self, entry: PublishedIssue | Piece | ListedCorrection) -> bool:
        """Return whether an issue, or the one that something is of, is no draft."""
        return not self.numbers[entry.number].is_draft

    def in_feeds(self, pieces: Iterable[Piece]) -> Iterator[Piece]:
        """Yield those of the pieces that feeds have: they are out, and no adverts."""
        return (piece for piece in pieces if not piece.advertiser and self.is_out(piece))

    def listings(self, collection: Collection) -> tuple[Listing, ...]:
        """Return the pages of a collection, found out once for all who ask for them."""
        known = self._listings.get(collection.path)
        if known is None:
            known = tuple(listings(collection.path, collection.pieces))
            self._listings[collection.path] = known
        return known

    @cached_property
    def _listings(self) -> dict[str, tuple[Listing, ...]]:
        return {}

    def newest_first(self) -> Iterator[PublishedIssue]:
        """Yield the issues, the newest first."""
        return reversed(self.issues)


def all_of(issue: PublishedIssue, piece: Piece) -> str:
    """Return what decides about a page that shows all of a piece, and of its issue no more than
    lists do: it stays the same when another piece of the issue is rewritten.
    """
    return (issue.facts + piece.source + piece.digest).hex()


def _usual_heading(section: Collection) -> str:
    headings = Counter(piece.section.title for piece in section.pieces)
    [(usual, _)] = headings.most_common(1)
    return usual
