"""The number does not follow that of the issue before.

What it does: compares the number with that of the folder just before it. After 652 comes 653, or
652a for an extra issue; after 652a comes 652b or 653. The very first issue may have any number.

Why it matters: readers and libraries that keep the issues miss one where a number is left out, and
"the 600th edition" (https://www.bionews.org.uk/page_92885) is no longer right.

Wrong:

```yaml issue
number: 701  # the issue before is 699
```

Right:

```yaml issue
number: 700
```
"""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_lowercase

from newsletter.checks.galley import Galley
from newsletter.model import Finding, Severity

SEVERITIES: tuple[Severity, ...] = ("warning",)


def check(galley: Galley) -> Iterator[Finding]:
    """Yield the number, where it may not follow the last."""
    if not galley.earlier:
        return
    number = galley.issue.number
    last = galley.earlier[0].name
    following = _following(last)
    if number == last or number in following:
        return

    place = galley.manuscript.place(name="number")
    message = f"The number {number} does not follow {last}, the number of the issue before."
    most_likely = " or ".join(following[:2])
    hint = (
        f"Write {most_likely}, and give the folder the same name. "
        "If numbers were left out on purpose, say so under 'ignore:'."
    )
    yield place.warning(message, hint)


def _following(last: str) -> list[str]:
    """Return the numbers that may follow one, the likeliest first."""
    digits = last.rstrip(ascii_lowercase)
    letter = last.removeprefix(digits)
    next_number = str(int(digits) + 1)

    following = [next_number]
    if not letter:
        following.append(f"{digits}a")
    elif letter != "z":
        next_letter = chr(ord(letter) + 1)
        following.append(f"{digits}{next_letter}")
    following.append(f"{next_number}a")
    return following
