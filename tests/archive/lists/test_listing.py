"""A long list is on several pages; none is too long, and what is new changes few of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.archive.lists import listing
from newsletter.archive.lists.listing import MOST, RECENT, Listing, listings


class Entry(NamedTuple):
    """An entry of a list."""

    day: date
    number: int


DAYS = st.lists(st.dates(date(1999, 3, 22), date(2003, 1, 1)), max_size=40)


@pytest.fixture
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "MOST", 3)
    monkeypatch.setattr(listing, "RECENT", 2)


def pages_of(days: list[date]) -> dict[str, Listing]:
    """Return the pages of a list whose entries are of these days."""
    entries = [Entry(day, number) for number, day in enumerate(days)]
    return {page.span.path: page for page in listings("all/", entries)}


def shown(page: Listing) -> list[Any]:
    return list(page.shown)


def test_a_list_that_is_short_is_on_one_page_by_year() -> None:
    days = [date(2012, 4, 16), date(2011, 2, 21), date(2012, 1, 2)]
    assert list(pages_of(days)) == ["all/"]
    page = pages_of(days)["all/"]
    assert [(group.unit, group.day.year, len(group.entries)) for group in page.groups] == [
        ("year", 2012, 2),
        ("year", 2011, 1),
    ]
    assert page.within == page.beside == page.above == ()


def test_a_list_without_entries_has_no_page() -> None:
    assert pages_of([]) == {}


def test_a_long_list_has_its_newest_on_the_first_page_and_all_by_year() -> None:
    days = [date(2010, 1, 1) + timedelta(weeks=week) for week in range(MOST + 1)]
    pages = pages_of(days)
    assert list(pages) == ["all/2011/", "all/2010/", "all/"]
    assert [entry.day for entry in pages["all/"].shown] == days[: -RECENT - 1 : -1]
    assert [part.path for part in pages["all/"].within] == ["all/2011/", "all/2010/"]
    assert [part.path for part in pages["all/2010/"].beside] == ["all/2011/", "all/2010/"]
    assert len(shown(pages["all/2010/"])) == 53


def test_a_list_that_is_as_long_as_a_page_is_on_one() -> None:
    days = [date(2010, 1, 1) + timedelta(weeks=week) for week in range(MOST)]
    assert list(pages_of(days)) == ["all/"]


def test_a_long_year_is_there_by_month() -> None:
    days = [date(2010, 1, 1) + timedelta(days=day) for day in range(365)]
    pages = pages_of(days)
    months = [f"all/2010/{month:02}/" for month in range(12, 0, -1)]
    assert list(pages) == [*months, "all/2010/", "all/"]
    assert [part.path for part in pages[months[3]].above] == ["all/", "all/2010/"]


@pytest.mark.usefixtures("_short")
@given(DAYS)
def test_every_entry_is_on_one_page_below_the_first_and_no_page_has_too_many(
    days: list[date],
) -> None:
    pages = pages_of(days)
    leaves = [page for page in pages.values() if not page.within]
    found = [entry for page in leaves for entry in page.shown]
    assert sorted(found) == sorted((day, number) for number, day in enumerate(days))
    for page in pages.values():
        entries = shown(page)
        assert [entry.day for entry in entries] == sorted((e.day for e in entries), reverse=True)
        assert len(entries) <= 3 or page.span.unit == "month"


@pytest.mark.usefixtures("_short")
@given(DAYS, st.dates(date(1999, 3, 22), date(2003, 1, 1)))
def test_a_page_that_leads_to_other_parts_has_other_details(days: list[date], day: date) -> None:
    def parts(page: Listing) -> list[Any]:
        spans = (page.above, page.beside, page.groups)
        sizes = [(part.path, len(part.entries)) for part in page.within]
        return [[part.path for part in some] for some in spans] + [sizes]

    before, after = pages_of(days), pages_of([*days, day])
    for path in before.keys() & after.keys():
        if parts(before[path]) != parts(after[path]):
            assert list(before[path].details) != list(after[path].details)


@pytest.mark.usefixtures("_short")
@given(DAYS)
def test_a_new_entry_changes_no_old_page_but_those_that_it_is_on(days: list[date]) -> None:
    newest = max(days, default=date(2002, 1, 1))
    before, after = pages_of(days), pages_of([*days, newest])
    assert before.keys() <= after.keys()

    changed = {path for path, page in before.items() if shown(page) != shown(after[path])}
    year = f"all/{newest:%Y}/"
    assert changed <= {"all/", year, f"{year}{newest:%m}/"}
