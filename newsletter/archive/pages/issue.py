"""The page of each issue, ``652/``: what its email shows, as a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from markupsafe import Markup

from newsletter.archive.archive import Archive
from newsletter.archive.issues.opened import opened
from newsletter.archive.moved.pages import subject_of
from newsletter.archive.nouns import Piece, PublishedIssue
from newsletter.archive.page import Page
from newsletter.archive.pages import calendars
from newsletter.archive.pages.sent import sent_of
from newsletter.archive.parts import cards, metadata
from newsletter.archive.parts.illustrations import Illustration, picture_of
from newsletter.archive.parts.texts import body_of, teaser_of, welcome_of
from newsletter.email.running_order import running_order
from newsletter.email.teaser import is_whole
from newsletter.model import EDITORIAL, Advert, Item, Section
from newsletter.text.holes import fill

_BELOW_LEAD, _BELOW_OTHERS = 3, 4
"""The levels of the highest headings in an item's text: the lead's title is an h2, others h3."""


class Entry(NamedTuple):
    """An item as its issue's page shows it."""

    item: Item
    level: int
    """Of the highest headings below its title."""
    text: Markup
    """All of it, or a teaser."""
    picture: Illustration | None
    calendar: str
    """The link to the file that adds an event to a calendar; empty if there is none."""
    leads_to: str
    """The link to its own page, or else its address elsewhere; empty if there is neither."""
    says: str
    """What the link below its text says; empty if there is none, since all of it is shown."""
    acts_on: str
    """Where that leads: to more of it, or to where a place is booked, a job is and the like."""


class Part(NamedTuple):
    """A section of the page."""

    kind: str
    title: str
    entries: tuple[Entry, ...]


def pages(archive: Archive) -> Iterator[Page]:
    """Yield the pages of all issues."""
    earlier = (None, *archive.issues)
    later = (*archive.issues[1:], None)
    for before, issue, after in zip(earlier, archive.issues, later, strict=False):
        yield _page(archive, issue, before, after)


def _page(
    archive: Archive,
    issue: PublishedIssue,
    before: PublishedIssue | None,
    after: PublishedIssue | None,
) -> Page:
    is_sent = bool(sent_of(issue))

    def values() -> dict[str, Any]:
        return {
            "issue": issue,
            "before": before,
            "after": after,
            "is_sent": is_sent,
            "metadata": metadata.of_issue(archive, issue),
            **_content(archive, issue),
        }

    around = [neighbour.path for neighbour in (before, after) if neighbour]
    return archive.html_page(
        issue.path,
        "issue.html.j2",
        values,
        shows=[issue],
        also=[*around, str(is_sent), cards.path_of(archive, issue)],
        subject=subject_of(issue),
    )


def _content(archive: Archive, issue: PublishedIssue) -> dict[str, Any]:
    whole = opened(issue)
    order = running_order(whole)
    pieces = {piece.key: piece for piece in issue.pieces}

    def entry(item: Item) -> Entry:
        return _entry(archive, issue, item, pieces.get(item.key), is_lead=item is order.lead)

    def part(section: Section) -> Part:
        title = section.title or archive.templates.words["sections"][section.kind]
        return Part(section.kind, title, tuple(map(entry, section.items)))

    return {
        "welcome": welcome_of(archive, whole),
        "lead": entry(order.lead) if order.lead else None,
        "lead_section": order.section_of_lead,
        "contents": order.contents,
        "sections": tuple(map(part, order.sections)),
    }


def _entry(
    archive: Archive, issue: PublishedIssue, item: Item, piece: Piece | None, *, is_lead: bool
) -> Entry:
    level = _BELOW_LEAD if is_lead else _BELOW_OTHERS
    is_complete = is_whole(item, archive.publication.teasers, is_lead=is_lead)
    if is_complete:
        text = body_of(archive, issue, item, level=level, name=f"{item.key}-")
    else:
        text = teaser_of(archive, item, level=level, is_lead=is_lead)
    leads_to = _leads_to(archive, item, piece)
    return Entry(
        item=item,
        level=level,
        text=text,
        picture=picture_of(archive, issue, item),
        calendar=calendars.link_to(archive, issue, item),
        leads_to=leads_to,
        says=_says(archive.templates.words, item, is_complete=is_complete),
        acts_on=leads_to if isinstance(item, EDITORIAL) else item.url or leads_to,
    )


def _leads_to(archive: Archive, item: Item, piece: Piece | None) -> str:
    if piece:
        return archive.link(piece.path)
    return item.url or ""


def _says(words: Mapping[str, Any], item: Item, *, is_complete: bool) -> str:
    """Return what the link below an item's text says, as in its email."""
    is_editorial = isinstance(item, EDITORIAL)
    if is_complete and (is_editorial or item.url is None):
        return ""
    if item.action:
        return item.action
    if not is_editorial and item.url is None:
        return str(words["read_more"])
    advertiser = item.advertiser if isinstance(item, Advert) else ""
    return fill(words["actions"][item.kind], {"advertiser": advertiser})
