"""Two items of the issue have the same title or the same address.

What it does: compares the titles of news stories, comments, reviews and pointers elsewhere,
ignoring capitals, spaces and punctuation; and the `url` of each with that of the others, and with
the links in their texts, sources and works. Click counters (`utm_source` and the like), what
follows `#`, and a slash at the end make no difference. Posts, events, notices and adverts may have
the same title and the same address; many items may link to home pages and to pages of the
publication's own site, and two texts may have the same link.

Why it matters: two people have written up the same story, or an address was copied and not changed.
Addresses that look different may well lead to the same place (RFC 3986, 6).

Wrong:

```yaml issue
sections:
  - kind: news
    items:
      - title: Gene therapy shows early success
        url: https://www.bionews.org.uk/page_100013
        teaser: An early trial of a gene therapy reports success...
      - title: Clinics must keep better records
        url: https://www.bionews.org.uk/page_100013/
        teaser: They have to write down more than they did until now...
```

Right:

```yaml issue
sections:
  - kind: news
    items:
      - title: Gene therapy shows early success
        url: https://www.bionews.org.uk/page_100013
        teaser: An early trial of a gene therapy reports success...
      - title: Clinics must keep better records
        url: https://www.bionews.org.uk/page_100014
        teaser: They have to write down more than they did until now...
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from newsletter.checks.galley import Galley
from newsletter.model import EDITORIAL, Finding, Item, Severity
from newsletter.model.addresses import links_of, web_version
from newsletter.text.normalise import normalised_title, normalised_url
from newsletter.text.printable import printable

SEVERITIES: tuple[Severity, ...] = ("warning",)
_NUMBER = re.compile(r"[1-9][0-9]{0,8}[a-z]?")


def check(galley: Galley) -> Iterator[Finding]:
    """Yield each title that an earlier item has, and each link to what another item is about."""
    items = [item for item in galley.issue.items if isinstance(item, EDITORIAL)]
    yield from _titles(galley, items)
    yield from _links(galley, items)


def _titles(galley: Galley, items: Sequence[Item]) -> Iterator[Finding]:
    seen: dict[str, Item] = {}
    for item in items:
        words = normalised_title(item.title)
        if not words:
            continue

        first = seen.setdefault(words, item)
        if first is not item:
            title, other = printable(item.title), printable(first.title)
            place = galley.manuscript.place(item, "title")
            message = f"The title '{title}' is already in this issue, as '{other}'."
            hint = "Delete one of the two items, or give them different titles."
            yield place.warning(message, hint)


def _links(galley: Galley, items: Sequence[Item]) -> Iterator[Finding]:
    owners = _owners(galley, items)
    for item in items:
        for page, address in _addresses(galley, item).items():
            owner = owners.get(page, item)
            if owner is not item:
                yield _finding(galley, item, address, owner)


def _owners(galley: Galley, items: Sequence[Item]) -> dict[str, Item]:
    """Return the first item whose own page each page is."""
    owners: dict[str, Item] = {}
    for item in items:
        page = normalised_url(item.url or "")
        if page and not _is_shared(galley, page):
            owners.setdefault(page, item)
    return owners


def _is_shared(galley: Galley, page: str) -> bool:
    """Return whether many items may have this page: one of the archive's, or the home page."""
    publication = galley.issue.publication
    own_page = normalised_url(web_version(galley.issue))
    archive, _, _ = own_page.rpartition("/")
    homes = (publication.archive, publication.home_page)
    if page == archive or page in map(normalised_url, homes):
        return True

    parent, _, name = page.rpartition("/")
    return parent == archive and bool(_NUMBER.fullmatch(name))


def _addresses(galley: Galley, item: Item) -> dict[str, str]:
    """Return each address of an item, by the page that it leads to: its own, and those elsewhere.

    A link to the publication's own site may simply point to another item.
    """
    home = _site(galley.issue.publication.home_page)
    addresses = [address for address in links_of(item) if _site(address) != home]
    addresses.append(item.url or "")

    by_page: dict[str, str] = {}
    for address in addresses:
        page = normalised_url(address)
        by_page[page] = address
    return by_page


def _site(address: str) -> str:
    host = urlsplit(address).netloc
    return host.lower().removeprefix("www.")


def _finding(galley: Galley, item: Item, address: str, owner: Item) -> Finding:
    manuscript = galley.manuscript
    place = manuscript.find(address, within=item) or manuscript.place(item)
    title = printable(owner.title)
    message = f"The address {printable(address)} is already in this issue, in '{title}'."
    hint = "Delete one of the two items, or write the address that belongs here."
    return place.warning(message, hint)
