"""What ran in earlier issues, as far as a later issue must not repeat it."""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from newsletter.cache import program
from newsletter.errors import NewsletterError
from newsletter.manifest import read_manuscript
from newsletter.manifest.remembered import Remembered, memory_of, reader
from newsletter.model import EDITORIAL, Issue, Item, News
from newsletter.text.normalise import normalised_title, normalised_url

_KIND = "back"
_MOST_REMEMBERED = 100
"""Issues of one newsletter; the checks look at 25 at a time."""
_SELDOM = 1.0
"""Seconds between two writings of what was read. To check all issues is to read them all."""


class PastItem(NamedTuple):
    """An editorial item that ran."""

    title: str
    words: str
    """Its title without capitals and punctuation."""
    url: str
    link: str
    """Its address without what makes no difference; empty if it has none of its own."""
    sources: frozenset[str]
    """Its sources' addresses in the same form; none if one has no address."""


class BackIssue(NamedTuple):
    """An earlier issue."""

    number: str
    date: date
    items: tuple[PastItem, ...]


class BackIssues:
    """The issues of one newsletter, each read once, and again only when a file of it changed."""

    def __init__(self, issues: Path) -> None:
        code = reader() + program("checks/back_issues.py")
        self._remembered = Remembered(issues, _KIND, code, _MOST_REMEMBERED)
        self._saved = -_SELDOM

    def read(self, folders: Iterable[Path]) -> tuple[BackIssue, ...]:
        """Return the issues in these folders, without those that cannot be read."""
        found = tuple(filter(None, map(self._read, folders)))
        if time.monotonic() - self._saved >= _SELDOM:
            self._remembered.save()
            self._saved = time.monotonic()
        return found

    def _read(self, folder: Path) -> BackIssue | None:
        kept = self._remembered.get(folder)
        if kept:
            return _from_json(kept)

        try:
            manuscript = read_manuscript(folder)
        except (NewsletterError, OSError):
            return None

        issue = back_issue(manuscript.issue)
        memory = memory_of(manuscript, _to_json(issue))
        if memory:
            self._remembered.put(folder, memory)
        return issue


@lru_cache(maxsize=4)
def back_issues_in(issues: Path) -> BackIssues:
    """Return the back issues in a folder; the same object for the same folder."""
    return BackIssues(issues)


def back_issue(issue: Issue) -> BackIssue:
    """Return what later issues must not repeat of an issue."""
    editorial = [item for item in issue.items if isinstance(item, EDITORIAL)]
    items = tuple(map(past_item, editorial))
    return BackIssue(issue.number, issue.date, items)


def past_item(item: Item) -> PastItem:
    """Return what of an item decides whether another one is the same."""
    url = item.url or ""
    return PastItem(
        item.title, normalised_title(item.title), url, normalised_url(url), _sources(item)
    )


def _sources(item: Item) -> frozenset[str]:
    if not isinstance(item, News):
        return frozenset()
    addresses = frozenset(normalised_url(source.url or "") for source in item.sources)
    if "" in addresses:
        return frozenset()
    return addresses


def _to_json(issue: BackIssue) -> list[Any]:
    items = []
    for item in issue.items:
        sources = sorted(item.sources)
        items.append([item.title, item.words, item.url, item.link, sources])
    return [issue.number, issue.date.isoformat(), items]


def _from_json(kept: list[Any]) -> BackIssue:
    number, day, items = kept
    past: list[PastItem] = []
    for title, words, url, link, sources in items:
        item = PastItem(title, words, url, link, frozenset(sources))
        past.append(item)

    published = date.fromisoformat(day)
    return BackIssue(number, published, tuple(past))
