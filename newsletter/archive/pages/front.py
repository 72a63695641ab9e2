"""The front page: the latest issue, and the way to all others."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from newsletter.archive.archive import Archive
from newsletter.archive.issues.opened import opened
from newsletter.archive.nouns import Collection, PublishedIssue
from newsletter.archive.page import Page
from newsletter.archive.pages.topics import from_a_to_z
from newsletter.archive.parts import metadata
from newsletter.archive.parts.illustrations import illustration_of
from newsletter.model import Issue, Item, Section

_ISSUES, _CORRECTIONS, _TOPICS = 6, 3, 16
"""How many the front page has of each, besides the latest issue."""


def pages(archive: Archive) -> Iterator[Page]:
    """Yield the front page."""
    newest = list(islice(reversed(archive.out), 1 + _ISSUES))
    corrections = archive.corrections[:_CORRECTIONS]
    topics = _topics(archive)

    def values() -> dict[str, Any]:
        latest = _latest(archive, newest[0]) if newest else {"issue": None}
        return {
            "earlier": newest[1:],
            "corrections": corrections,
            "topics": topics,
            "metadata": metadata.of_newsletter(archive),
            **latest,
        }

    yield archive.html_page(
        "",
        "front.html.j2",
        values,
        shows=newest[:1],
        also=[
            *(issue.facts.hex() for issue in newest[1:]),
            *(f"{topic.name} {topic.path}" for topic in topics),
            *map(repr, corrections),
        ],
        subject=archive.base,
    )


def _topics(archive: Archive) -> list[Collection]:
    """Return the topics that most pieces are about, from A to Z."""
    most_used = sorted(archive.topics, key=_size, reverse=True)[:_TOPICS]
    return sorted(most_used, key=from_a_to_z)


def _size(collection: Collection) -> int:
    return len(collection.pieces)


def _latest(archive: Archive, issue: PublishedIssue) -> dict[str, Any]:
    """Return the values that show an issue: its lead, and the rest of it by section."""
    whole = opened(issue)
    lead = whole.lead or next(whole.items)
    picture = lead.picture
    return {
        "issue": issue,
        "lead": lead,
        "lead_section": next(section for section in whole.sections if lead in section.items),
        "picture": illustration_of(archive, issue, picture) if picture else None,
        "sections": list(_without(lead, whole)),
        "pieces": {piece.key: piece for piece in issue.pieces},
    }


def _without(lead: Item, issue: Issue) -> Iterator[tuple[Section, list[Item]]]:
    """Yield each section of an issue with its items but the lead, if there are others."""
    for section in issue.sections:
        items = [item for item in section.items if item.key != lead.key]
        if items:
            yield section, items
