"""An item ran in one of the last issues.

What it does: compares each news story, comment, review and pointer elsewhere with those of the last 25 issues: its own
link; its sources, if one story that ran has all of them; and its title, ignoring capitals, spaces and punctuation.
Click counters (`utm_source` and the like), what follows `#`, and a slash at the end make no difference. What ran in
two issues or more is a regular column, and the same title with another link is another piece; both are left alone. So
are adverts, events, jobs and notices, which run for weeks on purpose, and links in texts, which may refer to an
earlier story.

Why it matters: an issue that starts as a copy of the last one easily keeps an old item, and two volunteers may choose
the same story in two weeks. Addresses that look different may well lead to the same place (RFC 3986, 6).

Wrong:

```yaml item
title: How genes live with their neighbours
url: https://www.bionews.org.uk/page_100001/
teaser: This week's story has a title of its own, but its link leads to a story that readers know...
```

Right:

```yaml item
title: How genes live with their neighbours
url: https://www.bionews.org.uk/page_100006
teaser: This week's story has a title and a link of its own, and nobody has read it before...
```
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from newsletter.checks.galley import Galley
from newsletter.model import EDITORIAL, Finding, Issue, Item, News, Severity
from newsletter.text.printable import printable
from newsletter.text.sameness import bare_address, bare_title

SEVERITIES: tuple[Severity, ...] = ("warning",)


class _Past(NamedTuple):
    """An item, and the issue that it ran in."""

    item: Item
    issue: Issue


class _Index(NamedTuple):
    """What ran, by link, by title, and by each of its sources."""

    links: dict[str, list[_Past]]
    titles: dict[str, list[_Past]]
    sources: dict[str, list[_Past]]


def check(galley: Galley) -> Iterator[Finding]:
    """Yield every item that ran before, with the issue that it ran in."""
    index = _index(galley.back_issues)
    for item in galley.issue.items:
        if not isinstance(item, EDITORIAL):
            continue
        for name, message, past in _repeats(item, index):
            if len({one.issue.number for one in past}) == 1:
                number, date = past[0].issue.number, past[0].issue.date
                when = f"{galley.issue.publication.name} {number} of {date.day} {date:%B %Y}"
                was = "" if name == "title" else f", with '{printable(past[0].item.title)}'"
                hint = "Delete it, or change what was left over. If it runs again on purpose, say so under 'ignore:'."
                place = galley.manuscript.place(item, name)
                yield place.warning(
                    f"{message} '{printable(item.title)}' already ran in {when}{was}.", hint
                )
                break


def _index(issues: Iterable[Issue]) -> _Index:
    index = _Index(defaultdict(list), defaultdict(list), defaultdict(list))
    for issue in issues:
        for item in issue.items:
            if isinstance(item, EDITORIAL):
                past = _Past(item, issue)
                index.titles[bare_title(item.title)].append(past)
                index.links[bare_address(item.url or "")].append(past)
                for source in _sources(item):
                    index.sources[source].append(past)
    return index


def _repeats(item: Item, index: _Index) -> Iterator[tuple[str, str, list[_Past]]]:
    """Yield each field that may be repeated, how a sentence about it begins, and the items that have the same."""
    if bare := bare_address(item.url or ""):
        yield "url", "The link of", index.links.get(bare, [])
    if sources := _sources(item):
        same = index.sources.get(min(sources), [])
        yield (
            "sources",
            "Every source of",
            [past for past in same if sources <= _sources(past.item)],
        )
    if words := bare_title(item.title):
        same = index.titles.get(words, [])
        yield (
            "title",
            "The title",
            [] if any(_is_another_piece(item, past.item) for past in same) else same,
        )


def _is_another_piece(item: Item, past: Item) -> bool:
    return bool(item.url and past.url) and bare_address(item.url or "") != bare_address(
        past.url or ""
    )


def _sources(item: Item) -> frozenset[str]:
    """Return the bare addresses of an item's sources; none if one has no address, or only that of a home page."""
    found = (
        frozenset(bare_address(source.url or "") for source in item.sources)
        if isinstance(item, News)
        else frozenset()
    )
    return frozenset() if "" in found else found
