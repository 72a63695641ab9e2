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
    since. ``folder`` is the last issue's.
    """
    yield from _corrected(last, since=date.min)
    for earlier in islice(folder.project.before(folder.name), _MOST_READ):
        try:
            issue = read_issue(earlier)
        except (NewsletterError, OSError):  # whoever builds it sees why
            continue
        yield from _corrected(issue, since=last.date)


def _corrected(issue: Issue, since: date) -> Iterator[Corrected]:
    """Yield each piece of an issue that was corrected on a day or later."""
    for item in issue.items:
        texts = [one.text for one in item.corrections if one.date >= since]
        if texts:
            title = fields_as_written(item)["title"]
            yield Corrected(title, page_of(issue, item), "\n\n".join(texts))
