"""The same link, or the same title, stands in two items of the issue.

What it does: compares the titles of all items, without looking at capitals, blanks and punctuation; and the links of
news stories, comments, reviews and pointers elsewhere: their own, those of their sources and works, and those in
their teasers. What counts clicks (`utm_source` and its like), what follows `#`, and a slash at the end make no
difference. Home pages and the pages of the archive may stand in many items, and a teaser may point to another item.

Why it matters: two volunteers have told the same story, or a link was copied and not changed. Addresses that look
different can well lead to the same place (RFC 3986, 6).

Wrong:

```yaml issue
sections:
  - kind: news
    items:
      - title: Gene therapy shows early success
        url: https://www.bionews.org.uk/page_100013
        teaser: An early trial of a gene therapy reports success...
      - title: Clinics are told to keep better records
        url: https://www.bionews.org.uk/page_100013/
        teaser: Clinics must write down more than they did until now...
```

Right:

```yaml issue
sections:
  - kind: news
    items:
      - title: Gene therapy shows early success
        url: https://www.bionews.org.uk/page_100013
        teaser: An early trial of a gene therapy reports success...
      - title: Clinics are told to keep better records
        url: https://www.bionews.org.uk/page_100014
        teaser: Clinics must write down more than they did until now...
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsletter.addresses import links_of, web_version
from newsletter.fields import shown
from newsletter.galley import Galley
from newsletter.markdown import links
from newsletter.model import EDITORIAL, Finding, Item, Severity
from newsletter.sameness import bare_address, bare_title

SEVERITIES: tuple[Severity, ...] = ("warning",)
_NUMBER = re.compile(r"[1-9][0-9]{0,8}[a-z]?")


def check(galley: Galley) -> Iterator[Finding]:
    """Every title and every link that an item before has already."""
    yield from _titles(galley)
    yield from _links(galley)


def _titles(galley: Galley) -> Iterator[Finding]:
    seen: dict[str, Item] = {}
    for item in galley.issue.items:
        words = bare_title(item.title)
        first = seen.setdefault(words, item) if words else item
        if first is not item:
            what = f"The title '{shown(item.title)}' stands in this issue already, as '{shown(first.title)}'."
            hint = "Take one of the two items out, or give them titles that readers can tell apart."
            yield galley.manuscript.place(item, "title").warning(what, hint)


def _links(galley: Galley) -> Iterator[Finding]:
    items = [item for item in galley.issue.items if isinstance(item, EDITORIAL)]
    own = {bare_address(item.url) for item in items if item.url}
    publication = galley.issue.publication
    archive = bare_address(web_version(galley.issue)).rpartition("/")[0]
    often = {"", archive, bare_address(publication.archive), bare_address(publication.home_page)}
    seen: dict[str, Item] = {}
    for item in items:
        for bare, address in _addresses(item, own).items():
            parent, _, page = bare.rpartition("/")
            if bare in often or (parent == archive and _NUMBER.fullmatch(page)):
                continue
            first = seen.setdefault(bare, item)
            if first is not item:
                what = f"The link to {shown(address)} stands in this issue already, in '{shown(first.title)}'."
                hint = "Take one of the two items out, or write the address that belongs here."
                place = galley.manuscript.find(address, within=item) or galley.manuscript.place(item)
                yield place.warning(what, hint)


def _addresses(item: Item, own: set[str]) -> dict[str, str]:
    """Each address of an item, and its bare form; no body, and no pointer from a teaser to another item."""
    named = [
        (bare_address(address), address) for address in links_of(item.model_copy(update={"teaser": None, "body": ""}))
    ]
    within = [(bare_address(address), address) for address in links(item.teaser or "")]
    return dict([*((bare, address) for bare, address in within if bare not in own), *named])
