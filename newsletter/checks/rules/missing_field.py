"""A field is still empty that a piece should have, and that its source did not say.

What it does: looks in the issue's files for fields without a value that have a comment
`# missing: …` after them, as `newsletter add` writes them. Fill such a field, or delete the line if
the piece does well without it. A comment that stays behind a field that is filled does no harm.

Why it matters: a volunteer's file seldom says all: the date, the author, where a story comes from.
What is not asked for on Monday morning goes out missing on Monday evening.

Wrong:

```yaml written
number: 700
date: 2030-01-07
sections:
  - kind: news
    items:
      - title: A court opens its files to everybody
        url: https://www.bionews.org.uk/page_100006
        date:  # missing: its own date, as 2012-04-11
        teaser: A court opens all its files on clinics and their patients, and explains in forty
          pages why it does so...
```

Right:

```yaml written
number: 700
date: 2030-01-07
sections:
  - kind: news
    items:
      - title: A court opens its files to everybody
        url: https://www.bionews.org.uk/page_100006
        date: 2030-01-04
        teaser: A court opens all its files on clinics and their patients, and explains in forty
          pages why it does so...
```
"""

from __future__ import annotations

from collections.abc import Iterator

from newsletter.checks.galley import Galley
from newsletter.model import Finding, Severity
from newsletter.text.printable import printable

SEVERITIES: tuple[Severity, ...] = ("warning",)
_LONGEST = 200
"""Characters of a note that are shown."""


def check(galley: Galley) -> Iterator[Finding]:
    """Yield each field that is empty with such a comment."""
    for place, missing in galley.manuscript.missing_fields():
        whose = f" of '{printable(place.item)}'" if place.item else ""
        message = f"'{missing.name}'{whose} is still missing."
        hint = f"Fill it in, or delete the line. Note: {printable(missing.hint, _LONGEST)}"
        yield place.warning(message, hint)
