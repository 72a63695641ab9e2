"""A question about a text has not been answered yet.

What it does: looks in every Markdown text for comments `<!-- question: … -->`. `newsletter add`
writes one for each comment that somebody made in a Word file. Answer it, and delete it. Readers see
none of them.

Why it matters: "is this figure right?" was asked because somebody doubted it. In Word the balloon
beside the text cannot be missed; here it can.

Wrong:

```yaml item
title: A court opens its files to everybody
url: https://www.bionews.org.uk/page_100006
teaser: |
  A court opens all its files on clinics and their patients, and explains in forty pages why it
  does so... <!-- question: Ann Cell asks: were it not thirty? -->
```

Right:

```yaml item
title: A court opens its files to everybody
url: https://www.bionews.org.uk/page_100006
teaser: |
  A court opens all its files on clinics and their patients, and explains in thirty pages why it
  does so...
```
"""

from __future__ import annotations

from collections.abc import Iterator

from newsletter.checks.galley import Galley
from newsletter.model import Finding, Severity
from newsletter.model.fields import Seen
from newsletter.model.walking import texts
from newsletter.text.editor_notes import questions_in
from newsletter.text.printable import printable

SEVERITIES: tuple[Severity, ...] = ("warning",)
_LONGEST = 200
"""Characters of a question that are shown."""


def check(galley: Galley) -> Iterator[Finding]:
    """Yield each question that is left in a text."""
    for text in texts(galley.issue):
        if text.seen is not Seen.MARKDOWN:
            continue
        for question in questions_in(text.value):
            first_line = question.partition("\n")[0]
            place = galley.manuscript.find_in_text(text, first_line)
            asked = printable(question, _LONGEST)
            yield place.warning(f"A question is open: {asked}", "Answer it, and delete it.")
