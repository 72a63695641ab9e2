"""'Read more' leads nowhere.

What it does: looks for `url` or `body` in every news story, comment and review that has a teaser:
where both are missing, the web version shows no more than the email does. A pointer to a piece
elsewhere must have a `url`, or at least a link in its words. Adverts, events, jobs and notices are
complete as they are, and so is an item with `whole: true`. Items that have only a teaser are
reported once for the whole issue.

Why it matters: a teaser promises more, and readers who follow 'Read more' should find it. It must
be clear where a link leads from its words and those around it (WCAG 2.2, 2.4.4).

Wrong:

```yaml item
title: Rome hospital criticised for destruction of 94 embryos
teaser: A hospital in Rome meets with criticism after 94 embryos were destroyed...
```

Right:

```yaml item
title: Rome hospital criticised for destruction of 94 embryos
url: https://www.bionews.org.uk/page_100011
teaser: A hospital in Rome meets with criticism after 94 embryos were destroyed...
```
"""

from __future__ import annotations

from collections.abc import Iterator

from newsletter.checks.galley import Galley
from newsletter.model import EDITORIAL, Elsewhere, Finding, Item, Place, Severity
from newsletter.model.addresses import links_of
from newsletter.text.markdown import tokens
from newsletter.text.printable import printable

SEVERITIES: tuple[Severity, ...] = ("error", "warning")


def check(galley: Galley) -> Iterator[Finding]:
    """Yield each pointer that leads nowhere, and once for the issue the items that have no more than their teaser."""
    teasers: list[Item] = []
    for item in galley.issue.items:
        if item.url or not isinstance(item, EDITORIAL):
            continue
        if isinstance(item, Elsewhere) and not any(links_of(item)):
            message = f"'{printable(item.title)}' points to a piece elsewhere, but does not say where it is."
            yield galley.manuscript.place(item).error(
                message, "Add 'url:' with the address of the piece."
            )
        elif item.teaser and not tokens(item.body):
            teasers.append(item)
    if teasers:
        yield _finding(galley.manuscript.place(teasers[0]), teasers)


def _finding(first: Place, items: list[Item]) -> Finding:
    title = printable(items[0].title)
    if len(items) == 1:
        message = (
            f"'Read more' below '{title}' leads to a page that shows no more than the email does."
        )
        return first.warning(
            message, "Add 'url:' with the address of the whole piece, or 'body:' with its words."
        )
    message = f"Below {len(items)} items, the first of them '{title}', 'Read more' leads to no more than the email shows."
    place = Place(first.path, first.line)  # of the whole issue, not of one item
    return place.warning(
        message, "Add 'url:' with the address of each whole piece, or 'body:' with its words."
    )
