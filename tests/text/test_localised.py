"""Dates, hours and lists as languages write them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from datetime import date, datetime

import pytest

from newsletter.text import localised
from newsletter.text.holes import fill

DAY = date(2012, 4, 20)
STARTS, ENDS = map(datetime.fromisoformat, ("2012-04-20 18:30", "2012-04-20 20:00"))


def seen(text: str) -> str:
    """Return a text with its spaces that do not break as ~."""
    return text.replace("\xa0", "~")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en-GB", "Friday, 20~April~2012, 18:30–20:00"),
        ("en-US", "Friday, April~20,~2012, 6:30~PM~–~8:00~PM"),
        ("de", "Freitag, 20.~April~2012, 18:30–20:00~Uhr"),
        ("fr", "vendredi 20~avril~2012, 18:30~–~20:00"),
        ("es", "viernes, 20~de~abril de~2012, 18:30–20:00"),
        ("he", "יום שישי, 20~באפריל~2012, 18:30–20:00"),
        ("ja", "2012年4月20日金曜日 18時30分～20時00分"),
    ],
)
def test_a_period_within_a_day(language: str, expected: str) -> None:
    assert seen(localised.period(STARTS, ENDS, language)) == expected


def test_a_period_of_two_days_and_one_without_an_end() -> None:
    noon = datetime.fromisoformat("2012-04-21 12:00")
    assert seen(localised.period(STARTS, noon, "en-GB")) == (
        "Friday, 20~April~2012, 18:30~– Saturday, 21~April~2012, 12:00"
    )
    assert seen(localised.period(STARTS, None, "en-GB")) == "Friday, 20~April~2012, 18:30"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fr", ("1er~décembre~2026", "mardi 1er~décembre~2026")),
        ("fr-CA", ("1er~décembre~2026", "mardi 1er~décembre~2026")),
        ("en-GB", ("1~December~2026", "Tuesday, 1~December~2026")),
        ("it", ("1~dicembre~2026", "martedì 1~dicembre~2026")),
    ],
)
def test_the_first_of_a_month(language: str, expected: tuple[str, str]) -> None:
    day = date(2026, 12, 1)
    dates = localised.long_date(day, language), localised.full_date(day, language)
    assert tuple(map(seen, dates)) == expected
    assert localised.day_number(day, language) == "1"
    assert seen(localised.long_date(day.replace(day=21), language)).startswith("21~")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en-GB", ("Fri", "20", "Apr", "18:30")),
        ("en-US", ("Fri", "20", "Apr", "6:30\xa0PM")),
        ("de", ("Fr.", "20", "Apr.", "18:30")),
        ("he", ("יום ו׳", "20", "אפר׳", "18:30")),
        ("ja", ("金", "20", "4月", "18:30")),
    ],
)
def test_the_parts_of_a_tile(language: str, expected: tuple[str, ...]) -> None:
    assert (
        localised.weekday(DAY, language),
        localised.day_number(DAY, language),
        localised.month(DAY, language),
        localised.hour(STARTS, language),
    ) == expected


@pytest.mark.parametrize(
    ("language", "style", "expected"),
    [
        ("en-GB", "standard", ("A", "A and B", "A, B, C and D")),
        ("en-US", "standard", ("A", "A and B", "A, B, C, and D")),
        ("en-GB", "or", ("A", "A or B", "A, B, C or D")),
        ("de", "or", ("A", "A oder B", "A, B, C oder D")),
        ("he", "standard", ("A", "A ו-B", "A, B, C ו-D")),
        ("en-GB", "commas", ("A", "A, B", "A, B, C, D")),
        ("ja", "standard", ("A", "A、B", "A、B、C、D")),
    ],
)
def test_lists(language: str, style: localised.ListStyle, expected: tuple[str, ...]) -> None:
    assert tuple(listed("ABCD"[:length], style, language) for length in (1, 2, 4)) == expected


@pytest.mark.parametrize(
    ("language", "name", "direction"),
    [
        ("en-GB", "English", "ltr"),
        ("he", "Hebrew", "rtl"),
        ("ar-EG", "Arabic", "rtl"),
        ("pa-Arab", "Punjabi", "rtl"),
        ("pa", "Punjabi", "ltr"),
    ],
)
def test_a_languages_name_and_direction(language: str, name: str, direction: str) -> None:
    assert (localised.name_of(language), localised.direction_of(language)) == (name, direction)


@pytest.mark.parametrize(
    ("language", "year", "month"),
    [
        ("en-GB", "2012", "April 2012"),
        ("es", "2012", "abril de 2012"),
        ("ja", "2012年", "2012年4月"),
        ("he", "2012", "אפריל 2012"),
    ],
)
def test_a_year_and_a_month_of_it(language: str, year: str, month: str) -> None:
    day = date(2012, 4, 16)
    assert (localised.year(day, language), localised.month_of_year(day, language)) == (year, month)


def test_a_list_of_nothing() -> None:
    assert listed("", "standard", "en") == ""


@pytest.mark.parametrize(
    ("language", "style", "parts", "expected"),
    [
        ("es", "standard", ["Ana", "Isabel"], "Ana e Isabel"),
        ("es-MX", "standard", ["Ana", "Hilda"], "Ana e Hilda"),
        ("es", "standard", ["agua", "hielo"], "agua y hielo"),
        ("es", "standard", ["Isabel", "Ian", "Ana"], "Isabel, Ian y Ana"),
        ("es", "or", ["siete", "ocho"], "siete u ocho"),
        ("es", "or", ["A", "Oslo", "B"], "A, Oslo o B"),
        ("es", "or", ["10", "11"], "10 u 11"),
        ("es", "or", ["100", "110"], "100 o 110"),
        ("he", "standard", ["דנה", "RNA"], "דנה ו-RNA"),
        ("he", "standard", ["RNA", "דנה"], "RNA ודנה"),
        ("it", "standard", ["Ada", "Ida"], "Ada e Ida"),
    ],
)
def test_what_joins_the_last_part_depends_on_how_that_begins(
    language: str, style: localised.ListStyle, parts: list[str], expected: str
) -> None:
    assert listed(parts, style, language) == expected


def listed(parts: Sequence[str], style: localised.ListStyle, language: str) -> str:
    pattern = localised.list_pattern(parts, style, language)
    return fill(pattern, {str(position): part for position, part in enumerate(parts)})


EVERY_LANGUAGE = """
from datetime import datetime
from babel.localedata import locale_identifiers
from newsletter.text import localised
from newsletter.text.holes import holes

starts, ends = datetime(2012, 4, 20, 18, 30), datetime(2012, 4, 20, 20, 0)
for identifier in locale_identifiers():
    language = identifier.replace("_", "-")
    assert localised.period(starts, ends, language)
    assert localised.period(starts, ends.replace(day=21), language)
    assert localised.weekday(starts, language) and localised.month(starts, language)
    for style in ("standard", "or", "commas"):
        assert sorted(holes(localised.list_pattern("abcd", style, language))) == list("0123"), language
"""


def test_every_language_has_all_patterns() -> None:
    # In a process of its own: Babel mixes up names after some of its locales.
    subprocess.run([sys.executable, "-c", EVERY_LANGUAGE], check=True)
