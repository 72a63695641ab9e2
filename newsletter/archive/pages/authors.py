"""The pieces of each author, ``authors/zoe-example/``, and the authors from A to Z."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import groupby

from newsletter.archive.archive import Archive
from newsletter.archive.nouns import Collection
from newsletter.archive.page import Page
from newsletter.archive.pages.lists import page_of_all, pages_of
from newsletter.archive.paths import AUTHORS

_OTHERS = "#"
"""The heading of names that begin with no letter."""


def pages(archive: Archive) -> Iterator[Page]:
    """Yield the pages of each author, and then that of all."""
    for author in archive.authors:
        yield from pages_of(archive, author, "author.html.j2", {"role": _role(author)})
    if archive.authors:
        yield _all_authors(archive)


def _role(author: Collection) -> str:
    """Return what the author was last; empty if no piece says it."""
    for piece in author.pieces:
        for byline in piece.authors:
            if byline.path == author.path and byline.role:
                return byline.role
    return ""


def _all_authors(archive: Archive) -> Page:
    authors = sorted(archive.authors, key=_surname_first)

    def values() -> dict[str, object]:
        letters = []
        for letter, found in groupby(authors, key=_letter):
            letters.append((letter, tuple(found)))
        return {"letters": letters}

    return page_of_all(archive, AUTHORS, "authors.html.j2", authors, values)


def _surname_first(author: Collection) -> tuple[bool, str, str]:
    """Return what authors are ordered by: their last name, and then all of it; names that do not
    begin with a letter come last.
    """
    name = _plain(author.name)
    *_, last = name.split() or [name]
    return not last[:1].isalpha(), last, name


def _letter(author: Collection) -> str:
    no_letter, last, _ = _surname_first(author)
    if no_letter:
        return _OTHERS
    return last[0].upper()


def _plain(name: str) -> str:
    """Return a name as it is ordered: without case and accents."""
    characters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(character for character in characters if not unicodedata.combining(character))
