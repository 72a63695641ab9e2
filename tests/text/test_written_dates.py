"""written_dates: days as people write them."""

from __future__ import annotations

import time
from datetime import date

import pytest

from newsletter.text.written_dates import dates_in

ABOUT = date(2012, 4, 16)
MAY_3 = date(2012, 5, 3)


def found(text: str, language: str = "en-GB", about: date = ABOUT) -> list[tuple[date, ...]]:
    return [written.days for written in dates_in(text, language, about)]


@pytest.mark.parametrize(
    "text",
    [
        "3 May 2012",
        "3rd May 2012",
        "3rd of May, 2012",
        "May 3, 2012",
        "May 3rd 2012",
        "3 May",
        "on Thursday 3 May, at noon",
        "2012-05-03",
    ],
)
def test_one_day_in_many_forms(text: str) -> None:
    assert found(text) == [(MAY_3,)]


@pytest.mark.parametrize("text", ["3/5/2012", "03/05/2012", "3.5.2012", "05-03-2012"])
def test_days_and_months_in_numbers_may_be_either(text: str) -> None:
    (days,) = found(text)
    assert sorted(days) == [date(2012, 3, 5), MAY_3]


@pytest.mark.parametrize(
    ("text", "days"),
    [("13/5/2012", (date(2012, 5, 13),)), ("5/5/2012", (date(2012, 5, 5),)), ("Sept 1", None)],
)
def test_where_only_one_can_be_meant(text: str, days: tuple[date, ...] | None) -> None:
    assert found(text) == [days or (date(2012, 9, 1),)]


@pytest.mark.parametrize(
    "text",
    [
        "31 April 2012",
        "1.2.3.2012",
        "version 2012-05-033",
        "https://www.bionews.org.uk/2012/05/03",
        "May 2012",
        "may 3 times",
        "the 3 mayors",
        "10 marches",
        "45/45/2012",
    ],
)
def test_what_is_not_a_date(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2 April", date(2012, 4, 2)),
        ("16 February", date(2012, 2, 16)),
        ("15 February", date(2013, 2, 15)),
        ("30 September", date(2012, 9, 30)),
        ("29 February", date(2016, 2, 29)),
    ],
)
def test_a_date_without_a_year_is_the_next_or_one_that_has_just_passed(
    text: str, day: date
) -> None:
    about = date(2014, 12, 1) if text.startswith("29") else ABOUT
    assert found(text, about=about) == [(day,)]


def test_other_languages() -> None:
    assert found("le 3 mai 2012 et le 1er juin 2012", "fr") == [(MAY_3,), (date(2012, 6, 1),)]
    assert found("am 3. Mai 2012", "de") == [(MAY_3,)]
    assert found("3 de mayo de 2012", "es") == [(MAY_3,)]


@pytest.mark.parametrize("piece", ["3 ", "May ", "3 May ", "1/", "2012-", "3.5.", "3 of "])
def test_a_very_long_text_is_read_immediately(piece: str) -> None:
    start = time.perf_counter()
    found(piece * 20_000)
    assert time.perf_counter() - start < 2
