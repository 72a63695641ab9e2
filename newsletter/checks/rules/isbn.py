"""An ISBN cannot be right: its last digit does not fit the others, or digits are missing.

What it does: looks at the `isbn` of each reviewed work, and at every number in a text after the
letters "ISBN". It counts the digits, of which there must be 10, or 13 beginning with 978 or 979,
and works out the last one, the check digit, from the others. Hyphens and spaces may be anywhere.

Why it matters: readers order a book by this number, and with one wrong digit they get another book
or none. The check digit is there to catch the slip: ISBN Users' Manual, 7th edition, 4.5
(https://www.isbn-international.org/content/isbn-users-manual).

Wrong:

```yaml item
kind: review
title: "Book Review: A book on cells that keep time"
url: https://www.bionews.org.uk/page_100010
authors: [A. Author]
teaser: Our reviewer has read a book on the clocks of cells, and now knows why it is so hard to get
  up on Mondays...
work:
  kind: book
  title: A book on cells that keep time
  isbn: ["978-0-00-000007-7"]
```

Right:

```yaml item
kind: review
title: "Book Review: A book on cells that keep time"
url: https://www.bionews.org.uk/page_100010
authors: [A. Author]
teaser: Our reviewer has read a book on the clocks of cells, and now knows why it is so hard to get
  up on Mondays...
work:
  kind: book
  title: A book on cells that keep time
  isbn: ["978-0-00-000007-1"]
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

from newsletter.checks.galley import Galley
from newsletter.manifest.passages import Passage
from newsletter.model import Finding, Place, Review, Severity
from newsletter.text.printable import printable

SEVERITIES: tuple[Severity, ...] = ("warning",)
_SHORT, _LONG = 10, 13
_PREFIXES = ("978", "979")
_LABEL = r"\b[ep]?-?ISBNs?(?:[ -]?1[03](?=\D{1,3}\d))?\s*[:#]?\s*"
_DIGITS = r"\d(?:[\s–‑-]?\d){0,25}(?:[\s–‑-]?X\b)?"
"""The digits of two numbers at most, with spaces and hyphens, or what Word makes of these."""
_ANY_LABEL = re.compile(_LABEL, re.IGNORECASE)
_IN_FIELD = re.compile(_DIGITS, re.IGNORECASE)
_IN_TEXT = re.compile(f"{_LABEL}({_DIGITS})", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s–‑-]")
_HINT = "Compare it with the one in the book, beside the barcode or on the back of the title page."


def check(galley: Galley) -> Iterator[Finding]:
    """Yield a finding for each ISBN that cannot be right."""
    for item in galley.issue.items:
        if isinstance(item, Review):
            for position, written in enumerate(item.work.isbn):
                place = galley.manuscript.place(item, "work", "isbn", position)
                yield from _in_field(place, written)

    for passage in galley.manuscript.passages:
        if passage.field != "isbn":
            yield from _in_passage(galley, passage)


def _in_field(place: Place, written: str) -> Iterator[Finding]:
    unlabelled = _ANY_LABEL.sub("", written)
    numbers: list[str] = []
    for run in _IN_FIELD.findall(unlabelled):
        numbers += _numbers(run)

    if not numbers:
        yield place.warning(f"There is no ISBN in '{printable(written)}'.", _HINT)
    for number in numbers:
        yield from _judge(place, number)


def _in_passage(galley: Galley, passage: Passage) -> Iterator[Finding]:
    for found in _IN_TEXT.finditer(passage.text):
        labelled, run = found.group(0, 1)
        for number in _numbers(run):
            place = galley.manuscript.find_in(passage, labelled)
            yield from _judge(place, number)


def _numbers(run: str) -> Iterator[str]:
    """Yield each number in a run of digits: another one may follow after a space, or a year."""
    parts = run.split()
    while parts:
        count = _parts_of_first(parts)
        if count is None:
            yield " ".join(parts)
            return
        yield " ".join(parts[:count])

        parts = parts[count:]
        rest = _bare("".join(parts))
        if len(rest) < _SHORT:
            return


def _parts_of_first(parts: list[str]) -> int | None:
    """Return how many parts make the first number; None if they do not end where an ISBN does."""
    lengths = (_SHORT, _LONG)
    digits = [_bare(part) for part in parts]
    if "".join(digits).startswith(_PREFIXES):
        lengths = (_LONG, _SHORT)

    up_to = list(accumulate(map(len, digits)))
    for length in lengths:
        if length in up_to:
            return up_to.index(length) + 1
    return None


def _judge(place: Place, number: str) -> Iterator[Finding]:
    digits = _bare(number)
    fault = _fault(digits)
    if fault:
        message = f"The ISBN '{printable(number)}' {fault}."
        yield place.warning(message, _HINT)


def _fault(digits: str) -> str | None:
    if len(digits) not in (_SHORT, _LONG):
        return f"has {len(digits)} digits; there must be 10 or 13"
    if len(digits) == _LONG and not digits.startswith(_PREFIXES):
        return "does not begin with 978 or 979"

    right = _check_digit(digits)
    if digits[-1] != right:
        return f"has a wrong digit: to fit the others, the last one must be {right}"
    return None


def _check_digit(digits: str) -> str:
    """Return the last digit of an ISBN, worked out from the others (Users' Manual, 4.5)."""
    if len(digits) == _LONG:
        total = _sum(digits, weights=(1, 3) * 6)
        return str(-total % 10)

    total = _sum(digits, weights=range(_SHORT, 1, -1))
    return "0123456789X"[-total % 11]


def _sum(digits: str, weights: Sequence[int]) -> int:
    """Return the sum of all digits but the last, each times its weight."""
    total = 0
    for digit, weight in zip(digits[:-1], weights, strict=True):
        total += weight * int(digit)
    return total


def _bare(number: str) -> str:
    digits = _BETWEEN.sub("", number)
    return digits.upper()
