"""Pieces that were corrected since the last issue: its own, and earlier ones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import NamedTuple

from newsletter.errors import NewsletterError
from newsletter.manifest import IssueFolder, read_issue
from newsletter.manifest.writing import fields_as_written
from newsletter.model import Issue
from newsletter.model.addresses import page_of

_MOST_READ = 25
"""Earlier issues in which corrections are looked for."""


class Corrected(NamedTuple):
    """A piece that was corrected."""

    title: str
    """Its title, as issue.yaml has it."""
    url: str
    """Where it is."""
    text: str
    """What was wrong, and what is right."""


def corrected_since(last: Issue, folder: IssueFolder) -> Iterator[Corrected]:
    """Yield each corrected piece of the last issue, and those of earlier issues that were corrected
    since the one before it; none that the last issue corrects itself. ``folder`` is the last's.

    The last issue may have been begun days before its date: corrections of these days count.
    """
    said = " ".join(f"{item.teaser} {item.body}" for item in last.items)
    yield from _corrected(last, date.min, said)

    since = last.date
    for place, earlier in enumerate(islice(folder.project.before(folder.name), _MOST_READ)):
        try:
            issue = read_issue(earlier)
        except (NewsletterError, OSError):  # whoever builds it sees why
            continue
        if place == 0:
            since = min(since, issue.date)
        yield from _corrected(issue, since, said)


def _corrected(issue: Issue, since: date, said: str) -> Iterator[Corrected]:
    """Yield each piece of an issue that was corrected on a day or later, with what is not ``said``
    yet.
    """
    for item in issue.items:
        texts = [one.text for one in item.corrections if one.notice and one.date >= since]
        new = [text for text in texts if _words(text) not in _words(said)]
        if new:
            title = fields_as_written(item)["title"]
            yield Corrected(title, page_of(issue, item), "\n\n".join(new))


def _words(text: str) -> str:
    return " ".join(text.split())
