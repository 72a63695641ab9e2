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
from newsletter.model import EDITORIAL, Finding, Item, Severity
from newsletter.text.days import in_words
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


class _Repeat(NamedTuple):
    """A field of an item that others have too."""

    field: str
    start: str
    """How a sentence about it begins."""
    past: list[_Past]
    """What has the same."""


def check(galley: Galley) -> Iterator[Finding]:
    """Yield every item that ran before, with the issue that it ran in."""
    index = _index(galley.back_issues)
    for item in galley.issue.items:
        if not isinstance(item, EDITORIAL):
            continue
        repeat = _repeat(past_item(item), index)
        if repeat:
            yield _finding(galley, item, repeat)


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


def _repeat(item: PastItem, index: _Index) -> _Repeat | None:
    """Return what an item repeats of just one issue: what ran in several is a column."""
    for repeat in _repeats(item, index):
        numbers = {past.issue.number for past in repeat.past}
        if len(numbers) == 1:
            return repeat
    return None


def _repeats(item: PastItem, index: _Index) -> Iterator[_Repeat]:
    """Yield each field that may be repeated."""
    if item.link:
        same = index.links.get(item.link, [])
        yield _Repeat("url", "The link of", same)

    if item.sources:
        one_source = min(item.sources)
        same = index.sources.get(one_source, [])
        all_same = [past for past in same if item.sources <= past.item.sources]
        yield _Repeat("sources", "Every source of", all_same)

    if item.words:
        same = index.titles.get(item.words, [])
        if not any(_is_another_piece(item, past.item) for past in same):
            yield _Repeat("title", "The title", same)


def _is_another_piece(item: PastItem, past: PastItem) -> bool:
    have_links = bool(item.url) and bool(past.url)
    return have_links and item.link != past.link


def _finding(galley: Galley, item: Item, repeat: _Repeat) -> Finding:
    past = repeat.past[0]
    name = galley.issue.publication.name
    day = in_words(past.issue.date)
    when = f"{name} {past.issue.number} of {day}"
    title = printable(item.title)
    message = f"{repeat.start} '{title}' already ran in {when}"
    if repeat.field != "title":
        past_title = printable(past.item.title)
        message += f", with '{past_title}'"

    place = galley.manuscript.place(item, repeat.field)
    hint = (
        "Delete it, or change what was left over. "
        "If it runs again on purpose, say so under 'ignore:'."
    )
    return place.warning(f"{message}.", hint)
