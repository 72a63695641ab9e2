"""Where to buy or watch a work: "Buy this film on DVD from Amazon UK or Amazon USA"."""

from __future__ import annotations

import re
from typing import NamedTuple

from newsletter.importers.lines.marks import links_in, plain

_VERB = r"(?:buy|order|pre-order|rent|watch|listen|download|stream)"
_BEGINNING = re.compile(rf"(?:you can )?(?P<verb>{_VERB})\b", re.IGNORECASE)
_FROM = re.compile(
    r"(?P<what>.+?)\s+(?:from|at|via|on)\s+(?P<names>(?:the\s+)?[A-Z0-9].*|iTunes.*)"
)
_NEXT = re.compile(rf"(?:,?\s+and|,?\s+or|;|\.)\s+(?={_VERB}\b)", re.IGNORECASE)
_OTHER = re.compile(r"\s*,\s*(?:or\s+|and\s+)?|\s+or\s+|\s+and\s+")
_FORM = re.compile(r"\bon\s+(DVD(?: (?:and|or) Blu-ray)?|Blu-ray|CD|Kindle|video)\b", re.IGNORECASE)
_NOUN = re.compile(
    r"\b(?:this|the)\s+(book|film|audiobook|e-?book|soundtrack|series|play)\b", re.IGNORECASE
)
_ONLINE = re.compile(r"\b(?:online|again|here|now)\b", re.IGNORECASE)
_LONGEST = 400
_MOST_WORDS = 6
"""The words of a shop's name, or of a line such as "Watch the film online"."""


class Place(NamedTuple):
    """A name, and where it leads; None if the text does not say."""

    name: str
    url: str | None


class Group(NamedTuple):
    """One form of a work, and where it is available."""

    label: str
    places: tuple[Place, ...]

    @property
    def words(self) -> str:
        """The group as readers see it: ``DVD: Amazon UK or Amazon USA``."""
        return f"{self.label}: {' or '.join(place.name for place in self.places)}"


def groups_in(line: str) -> list[Group] | None:
    """Return the groups that a line names; None if it does not say where to buy or watch a work."""
    words = plain(line)
    if len(words) > _LONGEST or not _BEGINNING.match(words):
        return None

    addresses = [(name, address) for name, address in links_in(line) if address.startswith("http")]
    groups: list[Group] = []
    for part in _NEXT.split(words.removesuffix(".")):
        names = _names(part, bool(addresses))
        if not names:
            return None
        groups.append(Group(_label(part), tuple(_place(name, addresses) for name in names)))
    return groups


def _names(part: str, has_links: bool) -> list[str]:
    """Return the names of the places in "buy … from A or B"; the words themselves if they lead to
    one place: "Watch the film online".
    """
    found = _FROM.fullmatch(_FORM.sub(" ", part))
    names = _OTHER.split(found["names"].strip()) if found else []
    if names and all(len(name.split()) <= _MOST_WORDS for name in names):
        return names

    is_one_place = len(part.split()) <= _MOST_WORDS and (has_links or _ONLINE.search(part))
    is_bought = re.match("(?:you can )?(?:buy|order|pre-order|rent)", part, re.IGNORECASE)
    if is_one_place and (has_links or not is_bought):
        return [part]
    return []


def _label(part: str) -> str:
    """Return what is available: DVD, Book, Watch online; the verb if the words do not say."""
    form, noun = _FORM.search(part), _NOUN.search(part)
    verb = _BEGINNING.match(part)
    if form:
        return form[1]
    if verb and verb["verb"].lower() in ("watch", "listen"):
        return f"{verb['verb'].capitalize()}{' online' if 'online' in part.lower() else ''}"
    if noun:
        return noun[1].capitalize()
    if verb:
        return verb["verb"].capitalize()
    return part


def _place(name: str, addresses: list[tuple[str, str]]) -> Place:
    """Return the place with its address, which is used up: a name can come twice in a line."""
    for place, (words, address) in enumerate(addresses):
        if words.casefold() in name.casefold():
            del addresses[place]
            return Place(name, address)
    return Place(name, None)
