"""The publication's direction is not that of its language.

What it does: compares `direction`, which is `ltr` if it is left out, with the direction in which
the publication's `language` is written, by the Unicode CLDR.

Why it matters: Arabic, Hebrew, Persian and Urdu begin at the right. From the left, the lines are
ragged on the wrong side, full stops are at the wrong end, and a title with a number or an English
name in it has its words out of order. An English issue from the right is as bad.

Wrong:

```yaml publication
language: ar
```

Right:

```yaml publication
language: ar
direction: rtl
```
"""

from __future__ import annotations

from collections.abc import Iterator

from newsletter.checks.galley import Galley
from newsletter.model import Finding, Severity
from newsletter.text.localised import direction_of, name_of

SEVERITIES: tuple[Severity, ...] = ("warning",)
_WORDS = {"ltr": "left to right", "rtl": "right to left"}


def check(galley: Galley) -> Iterator[Finding]:
    """Yield a finding if the publication runs the other way."""
    publication = galley.issue.publication
    usual = direction_of(publication.language)
    if publication.direction == usual:
        return

    language = name_of(publication.language)
    runs = _WORDS[publication.direction]
    message = f"{language} is written from {_WORDS[usual]}, but the email runs from {runs}."
    if usual == "rtl":
        place = galley.manuscript.place(publication, "language")
        yield place.warning(message, "Write 'direction: rtl' below 'language:'.")
    else:
        place = galley.manuscript.place(publication, "direction")
        yield place.warning(message, "Delete 'direction:', or correct 'language:'.")
