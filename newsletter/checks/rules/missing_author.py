"""A comment or a review does not say who wrote it.

What it does: looks for `authors` in every comment and every review. News stories often have no
byline, and need none. An empty `authors` with a comment `# missing: …` is for missing-field.

Why it matters: an opinion is somebody's opinion, and readers judge it by whose it is. A missing
name is also the mistake that a volunteer remembers longest.

Wrong:

```yaml item
kind: comment
title: What the new rules leave open
url: https://www.bionews.org.uk/page_100007
teaser: The new rules answer three questions, and leave one open that many readers will ask...
```

Right:

```yaml item
kind: comment
title: What the new rules leave open
url: https://www.bionews.org.uk/page_100007
authors: [A. Author]
teaser: The new rules answer three questions, and leave one open that many readers will ask...
```
"""

from __future__ import annotations

from collections.abc import Iterator

from newsletter.checks.galley import Galley
from newsletter.model import Comment, Finding, Review, Severity

SEVERITIES: tuple[Severity, ...] = ("warning",)
_FIELD = "authors"


def check(galley: Galley) -> Iterator[Finding]:
    """Yield every comment and review without authors."""
    empty = galley.manuscript.missing_fields()
    noted = {place for place, missing in empty if missing.name == _FIELD}
    for item in galley.issue.items:
        if not isinstance(item, Comment | Review) or item.authors:
            continue
        if galley.manuscript.place(item, _FIELD) not in noted:
            place = galley.manuscript.place(item)
            message = f"The {item.kind} '{item.title}' does not say who wrote it."
            hint = "Add 'authors:' with one name or more."
            yield place.warning(message, hint)
