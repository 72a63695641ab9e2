"""A text ends at a # with a space before it: YAML takes the rest of the line as a comment.

What it does: looks at each title, teaser, name or other text without quotes that has ` # ` and
words after it, in the issue's files and in `publication.yaml`. A number, a date or an address may
have a comment after it, and so may a line with only the name of a field; `# missing: …` may be
after any field. If no space follows the # (`Campaign #5`), the issue is refused immediately.

Why it matters: half a headline is lost, and what is left often reads as if it were whole. Nobody is
sent the comments.

Wrong:

```yaml written
number: 700
date: 2030-01-07
sections:
  - kind: news
    items:
      - title: Gene number # 1 of many is read
        url: https://www.bionews.org.uk/page_100006
        teaser: The first of many genes is read, and the others will be read before the year is
          over...
```

Right:

```yaml written
number: 700  # a round one
date: 2030-01-07
sections:
  - kind: news
    items:
      # Ask Ruth for a better headline.
      - title: "Gene number # 1 of many is read"
        url: https://www.bionews.org.uk/page_100006  # or page_100007
        teaser: The first of many genes is read, and the others will be read before the year is
          over...
```
"""

from __future__ import annotations

from collections.abc import Iterator

from newsletter.checks.galley import Galley
from newsletter.model import Finding, Severity
from newsletter.text.editor_notes import missing_in
from newsletter.text.printable import printable

SEVERITIES: tuple[Severity, ...] = ("warning",)


def check(galley: Galley) -> Iterator[Finding]:
    """Yield each text that has words in a comment after it."""
    for place, comment in galley.manuscript.comments_behind_texts():
        has_words = any(map(str.isalnum, comment))
        if has_words and missing_in(comment) is None:
            quoted = printable(comment)
            message = (
                f"YAML takes everything from '{quoted}' on as a comment, which no reader sees."
            )
            hint = "Put the text in quotes; a comment goes on a line of its own."
            yield place.warning(message, hint)
