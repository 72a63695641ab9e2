"""isbn: numbers of books that cannot be right."""

from __future__ import annotations

import time

import pytest

from newsletter.checks.rules import isbn
from tests.checks.newsroom import Newsroom


def told(newsroom: Newsroom, *numbers: str) -> list[str]:
    work = {"kind": "book", "title": "A book", "isbn": list(numbers)}
    newsroom.item(kind="review", title="Book Review: A book", work=work, teaser="Words.")
    return [finding.message for finding in newsroom.told("isbn")]


@pytest.mark.parametrize(
    "number",
    [
        "0571258093",
        "0-571-25809-3",
        "0 571 25809 3",
        "9780571258093",
        "978-0-571-25809-3",
        "978 0 571 25809 3",
        "978–0–571–25809–3",
        "1-1000000-2-X",
        "110000002x",
        "ISBN 978-0-571-25809-3",
        "ISBN-13: 978-0-571-25809-3",
        "ISBN 10: 0-571-25809-3",
        "eISBN: 9780571258093",
        "9780571258093 (paperback)",
        "0571258093, 9780571258093",
        "0571258093 / 978-0571258093",
        "0571258093 9780571258093",
        "979-10-00000-00-8",
    ],
)
def test_right_numbers_in_every_form(newsroom: Newsroom, number: str) -> None:
    assert told(newsroom, number) == []


@pytest.mark.parametrize(
    "text",
    [
        "ISBN 978-0-571-25809-3, 288 pages, £7.99.",
        "ISBN-10: 0571258093 2012 edition.",
        "ISBN: 0-571-25809-3; ISBN-13: 978-0-571-25809-3.",
        "What an ISBN is: 13 digits, and 10 before 2007.",
        "Phone 020 7278 7870, or quote 9780571258094.",
        "ISSN 1740-1526 belongs to a journal.",
        "ISBNdb lists 123 books.",
    ],
)
def test_texts_that_are_sound(newsroom: Newsroom, text: str) -> None:
    newsroom.item(title="A story", teaser=text)
    assert newsroom.told("isbn") == []


@pytest.mark.parametrize(
    ("number", "what"),
    [
        ("0571258094", "has a wrong digit: to fit the others, the last one must be 3."),
        ("0-571-25890-3", "has a wrong digit: to fit the others, the last one must be 5."),
        ("978-0-571-25809-8", "has a wrong digit: to fit the others, the last one must be 3."),
        ("1100000021", "has a wrong digit: to fit the others, the last one must be X."),
        ("978057125809", "has 12 digits; there must be 10 or 13."),
        ("05712580931", "has 11 digits; there must be 10 or 13."),
        ("977-0-571-25809-3", "does not begin with 978 or 979."),
    ],
)
def test_wrong_numbers(newsroom: Newsroom, number: str, what: str) -> None:
    assert told(newsroom, number) == [f"The ISBN '{number}' {what}"]


@pytest.mark.parametrize("first", range(10))
def test_every_single_slip_is_found(newsroom: Newsroom, first: int) -> None:
    place = newsroom.galley().manuscript.place()
    for right in ("0571258093", "9780571258093"):
        for at in range(len(right)):
            typed = right[:at] + str(first) + right[at + 1 :]
            assert bool(list(isbn._judge(place, typed))) == (typed != right)


def test_a_field_without_a_number(newsroom: Newsroom) -> None:
    assert told(newsroom, "to follow") == ["There is no ISBN in 'to follow'."]


def test_the_place_of_each(newsroom: Newsroom) -> None:
    newsroom.write(
        "issues/700/issue.yaml",
        "number: 700\ndate: 2030-01-07\nsections:\n  - kind: reviews\n    items:\n      - title: A review\n"
        "        teaser: |\n          A book.\n\n          ISBN 0571258094.\n"
        "        work:\n          kind: book\n          title: A book\n          isbn:\n"
        "            - 0571258093\n            - 978-0-571-25809-4\n",
    )
    assert [(finding.severity, finding.place) for finding in newsroom.told("isbn")] == [
        ("warning", "issues/700/issue.yaml:10"),
        ("warning", "issues/700/issue.yaml:16"),
    ]


@pytest.mark.parametrize("piece", ["1", "1 ", "ISBN ", "ISBN 1", "1-", "9780571258093 "])
def test_a_very_long_text_is_read_quickly(newsroom: Newsroom, piece: str) -> None:
    place = newsroom.galley().manuscript.place()
    start = time.perf_counter()
    list(isbn._in_field(place, piece * 4_000))
    assert time.perf_counter() - start < 2
