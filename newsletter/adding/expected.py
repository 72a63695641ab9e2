"""What each kind of item is expected to have, so that what a source lacks is not forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from newsletter.importers import Piece

_OWN_DATE = "its own date, as 2012-04-11"
_AUTHORS = "who wrote it"
_OF_KIND: Mapping[str, Mapping[str, str]] = {
    "news": {
        "date": _OWN_DATE,
        "sources": "where the story comes from: title, publisher, date, url of each",
    },
    "comment": {"authors": _AUTHORS, "date": _OWN_DATE},
    "review": {
        "authors": _AUTHORS,
        "date": _OWN_DATE,
        "work.kind": "film, book, tv, radio, podcast, theatre, exhibition, event or documentary",
        "work.title": "the title of what is reviewed",
    },
    "elsewhere": {"url": "where the whole piece is"},
    "event": {
        "place": "where it is, with the address",
        "starts": "day and time, as 2012-04-20 18:30",
    },
    "job": {
        "url": "where to apply",
        "employer": "who offers it",
        "closes": "the last day to apply, as 2012-05-11",
    },
    "notice": {},
    "advert": {"advertiser": "who pays for it", "url": "where it leads"},
}
_SHOWN_THERE = {
    "work.venue": "where it can be seen, with the address",
    "work.dates": "when it can be seen, in words",
}
_BROADCAST = {
    "work.channel": "channel or station",
    "work.broadcast": "the day of the broadcast, as 2012-04-16",
}
_OF_WORK: Mapping[str, Mapping[str, str]] = {
    "film": {"work.credits": "a line each, as Directed by Mark Romanek"},
    "book": {
        "work.credits": "a line each, as By or Edited by",
        "work.publisher": "its publisher",
        "work.isbn": "one or more",
    },
    "tv": _BROADCAST,
    "radio": _BROADCAST,
    "theatre": _SHOWN_THERE,
    "exhibition": _SHOWN_THERE,
    "event": _SHOWN_THERE,
}
_ALT = "what the picture shows, for readers who cannot see it"


def missing_of(kind: str, piece: Piece) -> dict[str, str]:
    """Return what a piece lacks as an item of this kind: each field, and what may help to fill it.

    What its importer has a hint for is among them, and comes with that hint.
    """
    expected = {"title": "the headline"}
    expected |= _OF_KIND[kind]
    expected |= _of_work(kind, piece)
    if "picture.src" in piece.fields:
        expected["picture.alt"] = _ALT

    expected |= piece.hints
    return {name: hint for name, hint in expected.items() if not _has(piece, name)}


def _of_work(kind: str, piece: Piece) -> Mapping[str, str]:
    work = piece.fields.get("work.kind")
    if kind != "review" or work is None:
        return {}
    return _OF_WORK.get(work.value, {})


def _has(piece: Piece, name: str) -> bool:
    """Return whether a piece says something in a field; a picture's alt may be empty on purpose."""
    found = piece.fields.get(name)
    if found is None:
        return False
    return name == "picture.alt" or _says_something(found.value)


def _says_something(value: Any) -> bool:
    return value not in (None, "", [], {})
