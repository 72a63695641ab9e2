"""The pieces about each topic, ``topics/stem-cells/``, and the topics from A to Z."""

from __future__ import annotations

from collections.abc import Iterator

from newsletter.archive.archive import Archive
from newsletter.archive.nouns import Collection
from newsletter.archive.page import Page
from newsletter.archive.pages.lists import page_of_all, pages_of
from newsletter.archive.paths import TOPICS


def pages(archive: Archive) -> Iterator[Page]:
    """Yield the pages of each topic, and then that of all."""
    for topic in archive.topics:
        yield from pages_of(archive, topic, "topic.html.j2")
    if archive.topics:
        yield _all_topics(archive)


def _all_topics(archive: Archive) -> Page:
    topics = sorted(archive.topics, key=from_a_to_z)
    return page_of_all(archive, TOPICS, "topics.html.j2", topics, lambda: {"topics": topics})


def from_a_to_z(topic: Collection) -> tuple[str, str]:
    """Return what topics are ordered by."""
    return topic.name.casefold(), topic.path
