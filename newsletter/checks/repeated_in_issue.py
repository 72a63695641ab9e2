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
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from newsletter.addresses import links_of, web_version
from newsletter.fields import shown
from newsletter.galley import Galley
from newsletter.markdown import links
from newsletter.model import Comment, Elsewhere, Finding, Item, News, Review, Severity

SEVERITIES: tuple[Severity, ...] = ("warning",)
_EDITORIAL = (News, Comment, Review, Elsewhere)
_TRACKING = re.compile(
    r"(?:utm_\w+|[fg]bclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|_hsenc|_hsmi|mkt_tok)(?:=|$)", re.IGNORECASE
)
_NUMBER = re.compile(r"[1-9][0-9]{0,8}[a-z]?")


def check(galley: Galley) -> Iterator[Finding]:
    """Every title and every link that an item before has already."""
    yield from _titles(galley)
    yield from _links(galley)


def _titles(galley: Galley) -> Iterator[Finding]:
    seen: dict[str, Item] = {}
    for item in galley.issue.items:
        words = _words(item.title)
        first = seen.setdefault(words, item) if words else item
        if first is not item:
            what = f"The title '{shown(item.title)}' stands in this issue already, as '{shown(first.title)}'."
            hint = "Take one of the two items out, or give them titles that readers can tell apart."
            yield galley.manuscript.place(item, "title").warning(what, hint)


def _links(galley: Galley) -> Iterator[Finding]:
    items = [item for item in galley.issue.items if isinstance(item, _EDITORIAL)]
    own = {_bare(item.url) for item in items if item.url}
    publication = galley.issue.publication
    archive = _bare(web_version(galley.issue)).rpartition("/")[0]
    often = {"", archive, _bare(publication.archive), _bare(publication.home_page)}
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
    named = [(_bare(address), address) for address in links_of(item.model_copy(update={"teaser": None, "body": ""}))]
    within = [(_bare(address), address) for address in links(item.teaser or "")]
    return dict([*((bare, address) for bare, address in within if bare not in own), *named])


def _bare(address: str) -> str:
    """What decides on where a web address leads; nothing for a home page, and for what is no web address."""
    try:
        parts = urlsplit(address)
    except ValueError:  # a link in a text may lead to a host that there cannot be
        return ""
    query = "&".join(sorted(part for part in parts.query.split("&") if part and not _TRACKING.match(part)))
    page = unquote(parts.path).rstrip("/") + (f"?{query}" if query else "")
    if parts.fragment.startswith(("!", "/")):  # a page of its own on sites that are one program
        page += f"#{parts.fragment}"
    return parts.netloc.lower().removeprefix("www.") + page if page and parts.scheme in ("http", "https") else ""


def _words(title: str) -> str:
    """A title without capitals, punctuation and needless blanks."""
    plain = unicodedata.normalize("NFKC", re.sub("['’ʼ]", "", title)).casefold()
    return " ".join("".join(" " if unicodedata.category(sign)[0] in "PZC" else sign for sign in plain).split())
