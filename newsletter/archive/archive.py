"""An Archive: all that its pages are made of."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from operator import attrgetter
from urllib.parse import urlsplit

from newsletter.adding.old_addresses import NO_OLD_ADDRESSES, OldAddresses
from newsletter.archive.lists.collecting import (
    by_author,
    by_section,
    by_topic,
    by_work,
    collect,
)
from newsletter.archive.lists.listing import Listing, listings
from newsletter.archive.lists.related import related_pieces
from newsletter.archive.logo import Logo, logo_of
from newsletter.archive.menu import Link, menu_of
from newsletter.archive.nouns import (
    Collection,
    ListedCorrection,
    Piece,
    PublishedIssue,
    Related,
)
from newsletter.archive.page import Page
from newsletter.archive.paths import PAGE
from newsletter.archive.templates import Templates
from newsletter.model import Publication
from newsletter.text.markdown import as_written

_Shown = PublishedIssue | Piece | Related
"""What a page can show."""


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
    left_out: frozenset[str] = frozenset()
    """The numbers of the drafts that are not among them."""
    old_addresses: OldAddresses = NO_OLD_ADDRESSES
    """Where pages were."""

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """The pieces of all issues, the oldest issue first, in the order of each."""
        return tuple(piece for issue in self.issues for piece in issue.pieces)

    @cached_property
    def by_number(self) -> Mapping[str, PublishedIssue]:
        """The issues by their numbers."""
        return {issue.number: issue for issue in self.issues}

    @cached_property
    def out(self) -> tuple[PublishedIssue, ...]:
        """The issues that are no drafts, the oldest first. Feeds and search engines learn of no
        others: the pages of drafts are there for those who proofread them.
        """
        return tuple(issue for issue in self.issues if not issue.is_draft)

    @cached_property
    def sections(self) -> tuple[Collection, ...]:
        """The pieces of each kind of section, called as most of them are headed: one issue's own
        heading renames none.
        """
        found = collect(self.newest_first(), by_section)
        return tuple(section._replace(name=_usual_heading(section)) for section in found)

    @cached_property
    def works(self) -> tuple[Collection, ...]:
        """The reviews of each kind of work, called and ordered as in the theme's words: Films."""
        found = {reviews.name: reviews for reviews in collect(self.newest_first(), by_work)}
        names = self.templates.words["works"].items()
        return tuple(found[kind]._replace(name=name) for kind, name in names if kind in found)

    @cached_property
    def authors(self) -> tuple[Collection, ...]:
        """The pieces of each author."""
        return collect(self.newest_first(), by_author)

    @cached_property
    def topics(self) -> tuple[Collection, ...]:
        """The pieces about each topic."""
        return collect(self.newest_first(), by_topic)

    @cached_property
    def collections(self) -> Mapping[str, Collection]:
        """All of these: sections, kinds of work, authors and topics, by their paths."""
        found = chain(self.sections, self.works, self.authors, self.topics)
        return {collection.path: collection for collection in found}

    @cached_property
    def listings(self) -> Mapping[str, tuple[Listing, ...]]:
        """The pages of each collection, by its path."""
        found = self.collections.values()
        return {each.path: tuple(listings(each.path, each.pieces)) for each in found}

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
        """The navigation of every page."""
        return tuple(menu_of(self))

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
        issue = self.by_number.get(number)
        return self.link(issue.path) if issue else None

    def address(self, path: str) -> str:
        """Return the whole address of a path in the site."""
        return self.base + path

    def page(
        self,
        path: str,
        make: Callable[[], bytes],
        shows: Iterable[_Shown] = (),
        also: Iterable[str] = (),
        subject: str = "",
    ) -> Page:
        """Return the page at a path, with the content that ``make`` returns.

        It is made again if its digest differs, which is that of ``shows``: any part of these
        issues, and what is known of these pieces without reading them; and of ``also``: whatever
        else decides about the page, such as which pieces it shows of an issue, and in which order.
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
        shows: Iterable[_Shown] = (),
        also: Iterable[str] = (),
        subject: str = "",
    ) -> Page:
        """Return the page ``folder``/index.html, made with a template of the theme and with what
        ``values`` returns. The others are as of ``page``.
        """

        def make() -> bytes:
            return self.render(template, {"path": folder, **values()}).encode()

        return self.page(folder + PAGE, make, shows, (template, *also), subject)

    def render(self, template: str, values: Mapping[str, object]) -> str:
        """Return what a template of the theme makes of these values, and of those that it has for
        every page. Raise ThemeError.
        """
        shared = {
            "publication": self.publication,
            "words": self.templates.words,
            "base": self.base,
            "link": self.link,
            "address": self.address,
            "menu": self.menu,
            "logo": self.logo,
            "style": self.link(f"style.css?{self.templates.style_version}"),
        }
        return self.templates.render(template, {**shared, **values})

    def is_out(self, entry: PublishedIssue | Piece | ListedCorrection) -> bool:
        """Return whether an issue, or the one that something is of, is no draft."""
        return not self.by_number[entry.number].is_draft

    def in_feeds(self, pieces: Iterable[Piece]) -> Iterator[Piece]:
        """Yield those of the pieces that feeds have: they are out, and no adverts."""
        return (piece for piece in pieces if not piece.advertiser and self.is_out(piece))

    def newest_first(self) -> Iterator[PublishedIssue]:
        """Yield the issues, the newest first."""
        return reversed(self.issues)


def all_of(issue: PublishedIssue, piece: Piece) -> str:
    """Return a digest, as text, of all of a piece, and of as much of its issue as lists show: it
    stays the same when the body of another piece of the issue is rewritten.
    """
    return (issue.facts + piece.source + piece.digest).hex()


def _usual_heading(section: Collection) -> str:
    headings = Counter(piece.section.title for piece in section.pieces)
    [(usual, _)] = headings.most_common(1)
    return usual
