"""What feeds show of a piece or an issue, whatever the format of the feed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from datetime import date, datetime, timedelta
from itertools import chain, repeat
from typing import NamedTuple, Self
from urllib.parse import quote, urljoin, urlsplit

from markupsafe import Markup

from newsletter.archive.archive import Archive
from newsletter.archive.issues.opened import opened
from newsletter.archive.moved.pages import first_paths
from newsletter.archive.nouns import Piece, PublishedIssue
from newsletter.archive.parts.bodies import Bodies
from newsletter.archive.parts.illustrations import illustration_of
from newsletter.archive.parts.texts import teaser_of
from newsletter.model import Item
from newsletter.text.holes import fill
from newsletter.text.markdown import as_written, line_to_html

_WITH_LINK = re.compile(r"<(?:a|img) [^>]*>")
_LINKS = re.compile(r' (href|src|srcset)="([^"]*)"')
_SIZED = re.compile(r'(<img [^>]*?) width="([0-9]+)" height="([0-9]+)"')
_LARGEST = 640
"""Pixels of the longer side of a picture: some programs let none shrink to fit their window."""


class Entry(NamedTuple):
    """A piece or an issue in a feed."""

    id: str
    """The same for ever, wherever its page is: readers' programs know by it what is new."""
    address: str
    title: str
    emphasised: str
    """The title in HTML, if it has emphasis; else empty."""
    published: datetime
    updated: datetime
    authors: tuple[str, ...]
    categories: tuple[str, ...]
    summary: str
    """One line of plain text; empty if there is none."""
    content: str
    """HTML, whose links are whole addresses."""


class _ReadElsewhere(Archive):
    """An archive of which each link is a whole address: a feed is read anywhere."""

    @classmethod
    def of(cls, archive: Archive) -> Self:
        """Return an archive of the same issues, with all that is found out about them already."""
        same = cls(*(getattr(archive, field.name) for field in fields(archive)))
        vars(same).update(vars(archive))
        return same

    def link(self, path: str) -> str:
        """Return the whole address of a path in the site."""
        return self.address(path)


class Entries:
    """The entries of an archive, each made once, however many feeds it is in."""

    def __init__(self, archive: Archive, paths: Iterable[str]) -> None:
        """Take the paths of the pages whose entries will be asked for."""
        self._archive = _ReadElsewhere.of(archive)
        self._bodies = Bodies(archive)
        self.first_paths = first_paths(archive)
        """What decides about ids, besides the pieces themselves."""
        self._paths = frozenset(paths)
        self._made: dict[str, Entry] = {}
        """By the paths of their pages."""

    def at(self, path: str) -> Entry:
        """Return the entry of the piece or the issue whose page is there."""
        if path not in self._made:
            number, _, piece = path.partition("/")
            issue = self._archive.by_number[number]
            if piece:
                self._made |= self._of_pieces(issue)
            else:
                self._made[path] = self._of_issue(issue)
        return self._made[path]

    def updated(self, entries: Iterable[Entry]) -> datetime:
        """Return when the last of them was updated; if there is none, when the newest issue was."""
        newest = self._archive.issues[-1]
        moments = [entry.updated for entry in entries] or [self.at(newest.path).updated]
        return max(moments)

    def _of_pieces(self, issue: PublishedIssue) -> dict[str, Entry]:
        """Return the entries of all pieces of an issue that will be asked for: it is opened once
        for all of them.
        """
        items = {item.key: item for item in opened(issue).items}
        moments = zip(issue.pieces, _moments(opened(issue).published), strict=False)
        return {
            piece.path: self._of_piece(issue, piece, items[piece.key], moment)
            for piece, moment in moments
            if piece.path in self._paths
        }

    def _of_piece(
        self, issue: PublishedIssue, piece: Piece, item: Item, published: datetime
    ) -> Entry:
        archive = self._archive
        address = archive.address(piece.path)
        body = with_whole_links(self._bodies.of(piece), address)
        picture = illustration_of(archive, issue, item.picture) if item.picture else None
        topics = [topic.name for topic in piece.topics]
        values = {"issue": issue, "piece": piece, "item": item, "body": body, "picture": picture}
        return Entry(
            id=self._id(issue, piece),
            address=address,
            title=str(piece.title),
            emphasised=_emphasised(piece.title),
            published=published,
            updated=_updated(published, [correction.day for correction in piece.corrections]),
            authors=tuple(author.name for author in piece.authors),
            categories=tuple(dict.fromkeys([str(piece.section.title), *topics])),
            summary=piece.teaser,
            content=with_small_pictures(archive.render("feeds/piece.html.j2", values)),
        )

    def _of_issue(self, issue: PublishedIssue) -> Entry:
        archive, whole = self._archive, opened(issue)
        pieces = {piece.key: piece for piece in issue.pieces}
        others = [item for item in whole.items if item.key not in pieces]
        teasers = {item.key: teaser_of(archive, item, is_lead=False) for item in others}
        values = {"issue": issue, "whole": whole, "pieces": pieces, "teasers": teasers}
        corrections = chain.from_iterable(item.corrections for item in whole.items)
        return Entry(
            id=_tag(archive, issue, issue.path),
            address=archive.address(issue.path),
            title=_title(archive, issue),
            emphasised="",
            published=whole.published,
            updated=_updated(whole.published, [correction.date for correction in corrections]),
            authors=(),
            categories=(),
            summary="",
            content=archive.render("feeds/issue.html.j2", values),
        )

    def _id(self, issue: PublishedIssue, piece: Piece) -> str:
        """Return the id of a piece. The name of its file stays when its title or its address is
        corrected; one without a file is known by the address that it had first.
        """
        path = self.first_paths.get(piece.path, piece.path)
        if piece.file:
            path = issue.path + quote(piece.file)
        return _tag(self._archive, issue, path)


def with_whole_links(html: Markup, page: str) -> Markup:
    """Return HTML of the page at this address as it can be read anywhere."""
    host = urljoin(page, "/").rstrip("/")
    before = {"/": host, "#": page}

    def whole(attribute: re.Match[str]) -> str:
        name, value = attribute.groups()
        links = [before.get(link[:1], "") + link for link in value.split(", ")]
        return f' {name}="{", ".join(links)}"'

    written = _WITH_LINK.sub(lambda tag: _LINKS.sub(whole, tag[0]), html)
    return Markup(written)  # noqa: S704 - it was HTML before


def with_small_pictures(html: str) -> str:
    """Return HTML that asks for no picture to be shown larger than ``_LARGEST``."""

    def small(picture: re.Match[str]) -> str:
        start, width, height = picture[1], int(picture[2]), int(picture[3])
        share = min(1, _LARGEST / max(width, height))
        return f'{start} width="{round(width * share)}" height="{round(height * share)}"'

    return _SIZED.sub(small, html)


def _moments(issue: datetime) -> Iterator[datetime]:
    """Yield when each piece of an issue counts as published: in the minute in which the issue was,
    and the later the earlier it is read, since readers' programs sort by that.
    """
    seconds = chain(range(59, 0, -1), repeat(0))
    return (issue + timedelta(seconds=second) for second in seconds)


def _emphasised(title: str) -> str:
    return "" if as_written(title) == title else line_to_html(title)


def _title(archive: Archive, issue: PublishedIssue) -> str:
    """Return the title of an issue: BioNews 652: Palaces."""
    name = f"{archive.publication.name} {issue.number}"
    return fill(archive.templates.words["labelled"], {"label": name, "text": issue.title})


def _tag(archive: Archive, issue: PublishedIssue, path: str) -> str:
    """Return the id of an issue, or of a piece in it (RFC 4151). It does not depend on where the
    site is, or is tried out.
    """
    host = urlsplit(archive.publication.archive).hostname
    return f"tag:{host},{issue.day.year}:{path.rstrip('/')}"


def _updated(published: datetime, corrected: Sequence[date]) -> datetime:
    """Return when something was published, or when it was last corrected, if it was on these days.

    Each correction adds a minute, so that several on one day, and one on the day of the issue, are
    still seen as updates.
    """
    if not corrected:
        return published
    last = datetime.combine(max(corrected), published.timetz())
    return max(last, published) + timedelta(minutes=len(corrected))
