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
from collections.abc import Iterator
from itertools import accumulate

from newsletter.checks.galley import Galley
from newsletter.model import Finding, Place, Review, Severity
from newsletter.text.printable import printable

SEVERITIES: tuple[Severity, ...] = ("warning",)
_SHORT, _LONG = 10, 13
_PREFIXES = ("978", "979")
_LABEL = r"\b[ep]?-?ISBNs?(?:[ -]?1[03](?=\D{1,3}\d))?\s*[:#]?\s*"
_DIGITS = r"\d(?:[\s–‑-]?\d){0,25}(?:[\s–‑-]?X\b)?"
"""The digits of two numbers at most, with spaces and hyphens between, or what Word turns these into."""
_IN_FIELD = re.compile(_DIGITS, re.IGNORECASE)
_IN_TEXT = re.compile(f"{_LABEL}({_DIGITS})", re.IGNORECASE)
_HINT = "Compare it with the one in the book, beside the barcode or on the back of the title page."


def check(galley: Galley) -> Iterator[Finding]:
    """Yield a finding for each ISBN that cannot be right."""
    for item in galley.issue.items:
        if isinstance(item, Review):
            for position, written in enumerate(item.work.isbn):
                place = galley.manuscript.place(item, "work", "isbn", position)
                yield from _in_field(place, written)

    for passage in galley.manuscript.passages:
        if passage.field == "isbn":
            continue
        for found in _IN_TEXT.finditer(passage.text):
            for number in _numbers(found[1]):
                yield from _judge(galley.manuscript.find_in(passage, found[0]), number)


def _in_field(place: Place, written: str) -> Iterator[Finding]:
    unlabelled = re.sub(_LABEL, "", written, flags=re.IGNORECASE)
    numbers = [number for run in _IN_FIELD.findall(unlabelled) for number in _numbers(run)]
    if not numbers:
        yield place.warning(f"There is no ISBN in '{printable(written)}'.", _HINT)
    for number in numbers:
        yield from _judge(place, number)


def _numbers(run: str) -> Iterator[str]:
    """Yield each number in a run of digits: one may follow another after a space, and so may a year."""
    parts = run.split()
    while parts:
        sizes = list(accumulate(len(_bare(part)) for part in parts))
        expected = (
            (_LONG, _SHORT) if _bare("".join(parts)).startswith(_PREFIXES) else (_SHORT, _LONG)
        )
        size = next((size for size in expected if size in sizes), None)
        if size is None:
            yield run
            return
        end = sizes.index(size) + 1
        yield " ".join(parts[:end])

        parts = parts[end:]
        run = " ".join(parts)
        if len(_bare(run)) < _SHORT:
            return


def _judge(place: Place, number: str) -> Iterator[Finding]:
    digits = _bare(number)
    if len(digits) not in (_SHORT, _LONG):
        message = (
            f"The ISBN '{printable(number)}' has {len(digits)} digits; there must be 10 or 13."
        )
    elif len(digits) == _LONG and not digits.startswith(_PREFIXES):
        message = f"The ISBN '{printable(number)}' does not begin with 978 or 979."
    elif digits[-1] != (right := _check_digit(digits)):
        message = f"The ISBN '{printable(number)}' has a wrong digit: to fit the others, the last one must be {right}."
    else:
        return
    yield place.warning(message, _HINT)


def _check_digit(digits: str) -> str:
    """Return the last digit of an ISBN, worked out from the others."""
    if len(digits) == _LONG:
        total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits[:-1]))
        return str(-total % 10)
    total = sum(int(digit) * (_SHORT - place) for place, digit in enumerate(digits[:-1]))
    return "0123456789X"[-total % 11]


def _bare(number: str) -> str:
    return re.sub(r"[\s–‑-]", "", number).upper()
