"""The events for readers' own calendars: ``652/spring-lecture.ics`` of each, and ``events.ics`` to
subscribe to.
"""

from __future__ import annotations

from collections.abc import Iterator

from newsletter.archive.archive import Archive
from newsletter.archive.issues.opened import opened
from newsletter.archive.nouns import PublishedIssue
from newsletter.archive.page import Page
from newsletter.email.calendar import calendar_of
from newsletter.model import Event, Issue, Item

ALL_EVENTS = "events.ics"
_NEWEST = 52
"""Of how many issues with events these are in the calendar to subscribe to: those of a year or
more. Programs fetch all of it again every day."""


def pages(archive: Archive) -> Iterator[Page]:
    """Yield the calendars; none if the publication wants none."""
    if not archive.publication.calendars:
        return
    with_events = [issue for issue in archive.issues if issue.events]
    for issue in with_events:
        for event in issue.events:
            yield _page(archive, issue, event)
    if with_events:
        yield _page_of_all(archive, with_events[-_NEWEST:])


def link_to(archive: Archive, issue: PublishedIssue, item: Item) -> str:
    """Return the link to the calendar of an event; empty if there is none."""
    if not isinstance(item, Event) or not archive.publication.calendars:
        return ""
    return archive.link(_path(issue, item.page))


def _path(issue: PublishedIssue, page: str) -> str:
    return f"{issue.path}{page}.ics"


def _page(archive: Archive, issue: PublishedIssue, page: str) -> Page:
    def make() -> bytes:
        events = [pair for pair in _events(archive, issue) if pair[1].page == page]
        return calendar_of(events)

    return archive.page(_path(issue, page), make, shows=[issue], also=[page])


def _page_of_all(archive: Archive, issues: list[PublishedIssue]) -> Page:
    def make() -> bytes:
        events = [event for issue in issues for event in _events(archive, issue)]
        return calendar_of(events, archive.publication.name)

    return archive.page(ALL_EVENTS, make, shows=issues)


def _events(archive: Archive, issue: PublishedIssue) -> list[tuple[Issue, Event]]:
    """Return the events of an issue, each with the issue as it is on this site."""
    read = opened(issue)
    publication = read.publication.model_copy(update={"archive": archive.base})
    whole = read.model_copy(update={"publication": publication})
    return [(whole, item) for item in whole.items if isinstance(item, Event)]
