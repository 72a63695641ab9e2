"""Who wrote a page, as its programs name them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from newsletter.importers.lines.bylines import Authors, is_name, named_authors
from newsletter.importers.pages.words import bare
from newsletter.model import Publication

_NO_PERSON = re.compile(
    r"\b(?:admin|agency|association|authors?|desk|editorial|gmbh|group|inc|llc|ltd|media|news|newsroom"
    r"|press|redaktion|reporters?|staff|team|verlag)\b",
    re.IGNORECASE,
)
"""Words in the names that programs give for a writer who is no person."""
_SHORTEST = 4
"""Letters of a host's part that are found in a name by no chance."""


def people_in(names: Iterable[str], publication: Publication) -> Authors:
    """Return the persons among names; none if one of them is in doubt.

    The name of an account ("admin") or of the publication is no person's.
    """
    found: Authors = []
    for name in filter(None, map(str.strip, names)):
        without_by = name.removeprefix("By ").removeprefix("by ")
        byline = named_authors(without_by)
        is_house = name in houses(publication) or _NO_PERSON.search(name)
        if byline is None or not byline.authors or is_house:
            return []
        found += [author for author in byline.authors if author not in found]
    return found


def person(name: str, post: str = "") -> str | dict[str, str] | None:
    """Return an author as an item has it; None if the name is not in the form of a person's."""
    if not is_name(name) or _NO_PERSON.search(name):
        return None
    if not post:
        return name
    return {"name": name, "role": post}


def is_site(name: str, site: str, host: str) -> bool:
    """Return whether a name is that of the website, as it calls itself or as its host is called."""
    words = bare(name)
    labels = [label for label in host.split(".") if len(label) > _SHORTEST]
    sites = filter(None, map(bare, [site, *labels]))
    return any(one in words or words in one for one in sites)


def houses(publication: Publication) -> tuple[str, ...]:
    """Return the names that sign pieces and are no person's."""
    return publication.name, publication.publisher


def with_post(authors: Authors, post: str) -> Authors:
    """Return an only author with a post, if it is known."""
    if post and len(authors) == 1 and isinstance(authors[0], str):
        return [{"name": authors[0], "role": post}]
    return authors
