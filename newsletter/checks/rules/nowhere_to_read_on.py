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
    """Yield each pointer that leads nowhere, and once the items that have only their teaser."""
    with_teaser_only: list[Item] = []
    for item in galley.issue.items:
        if item.url or not isinstance(item, EDITORIAL):
            continue

        if isinstance(item, Elsewhere) and not any(links_of(item)):
            title = printable(item.title)
            place = galley.manuscript.place(item)
            message = f"'{title}' points to a piece elsewhere, but does not say where it is."
            hint = "Add 'url:' with the address of the piece."
            yield place.error(message, hint)
        elif item.teaser and not tokens(item.body):
            with_teaser_only.append(item)

    if galley.has_titles_alone:  # which lead to the teasers
        return
    if len(with_teaser_only) == 1:
        yield _about_one(galley, with_teaser_only[0])
    elif with_teaser_only:
        yield _about_several(galley, with_teaser_only)


def _about_one(galley: Galley, item: Item) -> Finding:
    page = "a page that shows no more than the email does"
    place = galley.manuscript.place(item)
    title = printable(item.title)
    message = f"'Read more' below '{title}' leads to {page}."
    hint = "Add 'url:' with the address of the whole piece, or 'body:' with its words."
    return place.warning(message, hint)


def _about_several(galley: Galley, items: list[Item]) -> Finding:
    title = printable(items[0].title)
    below = f"Below {len(items)} items, the first of them '{title}'"
    message = f"{below}, 'Read more' leads to no more than the email shows."
    hint = "Add 'url:' with the address of each whole piece, or 'body:' with its words."

    first = galley.manuscript.place(items[0])
    place = Place(first.path, first.line)  # of the whole issue, not of one item
    return place.warning(message, hint)
