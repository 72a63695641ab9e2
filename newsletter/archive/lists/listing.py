"""Long lists: a page with the newest of it, and others by year, and by month where a year is long.

What is added to a list then changes few of its pages, and what an old page shows stays there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any, Literal, NamedTuple

MOST = 100
"""Entries on one page; a month has no others."""
RECENT = 30
"""Entries on the page of a list that is too long for it."""
Unit = Literal["all", "year", "month"]
_SMALLER: dict[Unit, Unit] = {"all": "year", "year": "month"}
_DAY = attrgetter("day")
_NUMBERS: dict[Unit, Callable[[Any], int]] = {
    "year": attrgetter("day.year"),
    "month": attrgetter("day.month"),
}
"""What the address of a part ends in: 2012, 04."""


class Span(NamedTuple):
    """Entries of a list: all, or those of a year or a month."""

    unit: Unit
    day: date
    """That of the newest entry."""
    path: str
    """Of the page from the site's root: ``topics/ivf/2012/``."""
    entries: tuple[Any, ...]
    """The newest first."""


class Listing(NamedTuple):
    """What a page of a list shows."""

    span: Span
    above: tuple[Span, ...]
    """Those that it is a part of, the longest first."""
    beside: tuple[Span, ...]
    """Those that it is one of."""
    within: tuple[Span, ...]
    """Its parts, if it is too long for one page."""
    groups: tuple[Span, ...]
    """The entries that it shows, in parts."""

    @property
    def shown(self) -> Iterator[Any]:
        """The entries that it shows."""
        for group in self.groups:
            yield from group.entries

    @property
    def details(self) -> Iterator[str]:
        """What else decides about the page."""
        for span in (*self.above, *self.beside, *self.groups):
            yield span.path
        for span in self.within:
            yield f"{span.path} {len(span.entries)}"


def listings(path: str, entries: Sequence[Any]) -> Iterator[Listing]:
    """Yield the pages of a list, whose first page has this path; those of its parts first. Each of
    the ``entries`` has a ``day``.
    """
    newest_first = tuple(sorted(entries, key=_DAY, reverse=True))
    if newest_first:
        whole = Span("all", newest_first[0].day, path, newest_first)
        yield from _listings(whole, (), ())


def _listings(span: Span, above: tuple[Span, ...], beside: tuple[Span, ...]) -> Iterator[Listing]:
    if span.unit == "month":
        yield Listing(span, above, beside, (), (span,))
        return

    parts = _parts(span)
    if len(span.entries) <= MOST:
        yield Listing(span, above, beside, (), parts)
        return

    for part in parts:
        yield from _listings(part, (*above, span), parts)
    recent = span._replace(entries=span.entries[:RECENT])
    yield Listing(span, above, beside, parts, _parts(recent))


def _parts(span: Span) -> tuple[Span, ...]:
    """Return the years of a list, or the months of a year."""
    unit = _SMALLER[span.unit]
    parts = []
    for number, entries in groupby(span.entries, key=_NUMBERS[unit]):
        found = tuple(entries)
        parts.append(Span(unit, found[0].day, f"{span.path}{number:02}/", found))
    return tuple(parts)
