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

from newsletter.checks.galley import Galley
from newsletter.model import Finding, Severity

SEVERITIES: tuple[Severity, ...] = ("warning",)


def check(galley: Galley) -> Iterator[Finding]:
    """Yield the number, where it may not follow the last."""
    number = galley.issue.number
    last = galley.earlier[0].path.name if galley.earlier else number
    if number == last or number in _next(last):
        return
    most_likely, *others = _next(last)
    hint = f"Write {' or '.join([most_likely, *others[:1]])}, and give the folder the same name."
    hint += " If numbers were left out on purpose, say so under 'ignore:'."
    message = f"The number {number} does not follow {last}, the number of the issue before."
    yield galley.manuscript.place(name="number").warning(message, hint)


def _next(last: str) -> list[str]:
    """Return the numbers that may follow one, the likeliest first."""
    digits, letter = (last[:-1], last[-1]) if last[-1].isalpha() else (last, "")
    following = f"{int(digits) + 1}"
    extra = chr(ord(letter) + 1) if letter else "a"
    return [following, *([f"{digits}{extra}"] if letter != "z" else []), f"{following}a"]
