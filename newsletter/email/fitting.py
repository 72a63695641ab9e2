"""An issue in full: every piece whole, or as many from the first on as Gmail shows."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from pydantic import BaseModel

from newsletter.email.running_order import running_order
from newsletter.email.teaser import is_whole
from newsletter.model import Issue, Item
from newsletter.text.markdown import tokens


class Full(NamedTuple):
    """An issue in full, and its HTML."""

    issue: Issue
    """The issue, as if its authors had written ``whole: true``."""
    html: str
    shortened: tuple[str, ...]
    """The keys of the pieces that are teasers, since they would not fit, in reading order."""


def fitted(issue: Issue, html_of: Callable[[Issue], str], fits: Callable[[str], bool]) -> Full:
    """Return the issue with as many whole pieces as fit, and its HTML, which is made by
    ``html_of``.

    Pieces become teasers from the last one upwards. If the issue does not even fit with teasers
    alone, it is returned so.
    """
    pieces = _longer_than_teasers(issue)

    @cache
    def with_teasers(last: int) -> Full:
        """Return the issue with this many pieces as teasers, the last ones."""
        first = len(pieces) - last
        view = _with_whole(issue, frozenset(pieces[:first]))
        return Full(view, html_of(view), pieces[first:])

    if not pieces or fits(with_teasers(0).html):
        return with_teasers(0)

    # By halves: the more pieces are teasers, the smaller it is.
    fewest = bisect_left(
        range(len(pieces)), True, lo=1, key=lambda last: fits(with_teasers(last).html)
    )
    return with_teasers(fewest)


def in_full(issue: Issue) -> Issue:
    """Return the issue with every piece whole, however long it is."""
    return _with_whole(issue, frozenset(_longer_than_teasers(issue)))


def _longer_than_teasers(issue: Issue) -> tuple[str, ...]:
    """Return the keys of the pieces that have more to read than teasers show, in reading order."""
    return tuple(item.key for item in running_order(issue).items if _has_more(item, issue))


def _has_more(item: Item, issue: Issue) -> bool:
    style = issue.publication.teasers
    return bool(tokens(item.body)) and not is_whole(item, style, is_lead=item is issue.lead)


def _with_whole(issue: Issue, keys: frozenset[str]) -> Issue:
    """Return the issue with the pieces of these keys whole."""

    def items(of: tuple[Item, ...]) -> Iterator[Item]:
        for item in of:
            yield item.model_copy(update={"whole": True}) if item.key in keys else item

    sections = tuple(
        section.model_copy(update={"items": tuple(items(section.items))})
        for section in issue.sections
    )
    # An issue's own copy would make new keys.
    return BaseModel.model_copy(issue, update={"sections": sections})
