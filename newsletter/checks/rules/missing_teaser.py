"""An item shows nothing but its title.

What it does: looks for words below the title of each item: its own teaser, or one made from its
body. An event has its time and place, and for adverts, jobs, notices and pointers elsewhere a
picture or a link is enough; where all formats show titles alone, a link is enough for any item.

Why it matters: a teaser makes readers read on, or shows them that they need not. A title alone is
usually an item that somebody meant to finish later.

Wrong:

```yaml item
title: Rome hospital criticised for destruction of 94 embryos
```

Right:

```yaml item
title: Rome hospital criticised for destruction of 94 embryos
teaser: A hospital in Rome meets with criticism after 94 embryos were destroyed...
```
"""

from __future__ import annotations

from collections.abc import Iterator

from newsletter.checks.galley import Galley
from newsletter.email.teaser import teaser
from newsletter.model import Comment, Event, Finding, Item, News, Publication, Review, Severity
from newsletter.text.markdown import to_line
from newsletter.text.printable import printable

SEVERITIES: tuple[Severity, ...] = ("error",)


def check(galley: Galley) -> Iterator[Finding]:
    """Yield every item without words."""
    publication = galley.issue.publication
    for item in galley.issue.items:
        if galley.has_titles_alone and item.url:
            continue
        if _needs_words(item) and not _has_words(item, publication):
            place = galley.manuscript.place(item, "teaser")
            title = printable(item.title)
            message = f"The item '{title}' shows nothing but its title."
            hint = "Add 'teaser:' with a sentence or two, or 'body:' with the whole piece."
            yield place.error(message, hint)


def _needs_words(item: Item) -> bool:
    if isinstance(item, News | Comment | Review):
        return True
    if isinstance(item, Event):
        return False
    return not item.url and not item.picture


def _has_words(item: Item, publication: Publication) -> bool:
    blocks = teaser(item, publication.teasers, publication.language, is_lead=False)
    return any(to_line(block).strip() for block in blocks)
