"""An item ran in one of the last issues.

What it does: compares each news story, comment, review and pointer elsewhere with those of the last
25 issues: its own link; its sources, if one story that ran has all of them; and its title, ignoring
capitals, spaces and punctuation. Click counters (`utm_source` and the like), what follows `#`, and
a slash at the end make no difference. What ran in two issues or more is a regular column, and the
same title with another link is another piece; both are left alone. So are adverts, events, jobs and
notices, which run for weeks on purpose, and links in texts, which may refer to an earlier story.

Why it matters: an issue that starts as a copy of the last one easily keeps an old item, and two
volunteers may choose the same story in two weeks. Addresses that look different may well lead to
the same place (RFC 3986, 6).

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

from newsletter.checks.back_issues import BackIssue, PastItem, past_item
from newsletter.checks.galley import Galley
from newsletter.model import EDITORIAL, Finding, Severity
from newsletter.text.printable import printable

SEVERITIES: tuple[Severity, ...] = ("warning",)


class _Past(NamedTuple):
    """An item, and the issue that it ran in."""

    item: PastItem
    issue: BackIssue


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
        for name, start, past in _repeats(past_item(item), index):
            if len({one.issue.number for one in past}) != 1:
                continue

            first = past[0]
            day = f"{first.issue.date.day} {first.issue.date:%B %Y}"
            when = f"{galley.issue.publication.name} {first.issue.number} of {day}"
            was = "" if name == "title" else f", with '{printable(first.item.title)}'"
            message = f"{start} '{printable(item.title)}' already ran in {when}{was}."
            hint = (
                "Delete it, or change what was left over. "
                "If it runs again on purpose, say so under 'ignore:'."
            )
            yield galley.manuscript.place(item, name).warning(message, hint)
            break


def _index(issues: Iterable[BackIssue]) -> _Index:
    index = _Index(defaultdict(list), defaultdict(list), defaultdict(list))
    for issue in issues:
        for item in issue.items:
            past = _Past(item, issue)
            index.titles[item.words].append(past)
            index.links[item.link].append(past)
            for source in item.sources:
                index.sources[source].append(past)
    return index


def _repeats(item: PastItem, index: _Index) -> Iterator[tuple[str, str, list[_Past]]]:
    """Yield each field that may be repeated, how a sentence about it begins, and what has the same."""
    if item.link:
        yield "url", "The link of", index.links.get(item.link, [])

    if item.sources:
        same = index.sources.get(min(item.sources), [])
        all_same = [past for past in same if item.sources <= past.item.sources]
        yield "sources", "Every source of", all_same

    if item.words:
        same = index.titles.get(item.words, [])
        if not any(_is_another_piece(item, past.item) for past in same):
            yield "title", "The title", same


def _is_another_piece(item: PastItem, past: PastItem) -> bool:
    have_links = bool(item.url) and bool(past.url)
    return have_links and item.link != past.link
