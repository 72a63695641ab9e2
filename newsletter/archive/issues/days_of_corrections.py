"""Corrections of a day to come: slips, which feeds would show as the newest until then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from newsletter.archive.nouns import PublishedIssue
from newsletter.manifest import read_manuscript
from newsletter.problem import Problem
from newsletter.text.days import in_words

_AHEAD = timedelta(days=1)
"""What another time zone may be ahead of the publication's."""


def corrections_to_come(issues: Iterable[PublishedIssue], today: date) -> Iterator[Problem]:
    """Yield a problem for each correction whose day is after today, but for those in drafts."""
    latest = today + _AHEAD if today < date.max else today
    for issue in issues:
        if not issue.is_draft and any(one.day > latest for one in issue.corrections):
            yield from _of_issue(issue, latest)


def _of_issue(issue: PublishedIssue, latest: date) -> Iterator[Problem]:
    manuscript = read_manuscript(issue.folder)
    for item in manuscript.issue.items:
        for index, correction in enumerate(item.corrections):
            if correction.date > latest:
                written = manuscript.place(item, "corrections", index, "date")
                message = f"This correction is of a day to come, {in_words(correction.date)}."
                hint = "Write the day on which it was made."
                yield Problem(written.path, written.line, message, hint)
