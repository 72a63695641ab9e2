"""The names of all fields, and of the fields of one kind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args, get_origin

from newsletter.model.issue import Issue
from newsletter.model.publication import MergeTagName, Noun, Publication

MARKDOWN_FIELDS = ("welcome", "why", "teaser", "body")
LINE_FIELDS = (
    *("name", "tagline", "publisher", "postal_address", "subject", "preheader"),
    *("title", "place", "advertiser", "alt", "caption", "credit", "role"),
    *("label", "credits", "channel", "venue", "dates"),
)
"""Fields of one line that readers see."""
TEXT_FIELDS = frozenset([*MARKDOWN_FIELDS, *LINE_FIELDS, "authors", "topics"])
"""Fields that hold words, and not a date, an address, a number or a name for the program."""


def nouns_in(annotation: Any) -> Iterator[type[Noun]]:
    """Yield the nouns that a field of this type can hold."""
    if isinstance(annotation, type) and issubclass(annotation, Noun):
        yield annotation
    for part in get_args(annotation):
        yield from nouns_in(part)


def _fields(noun: type[Noun]) -> Iterator[tuple[str, Any]]:
    """Yield the name and type of each field of a noun, and of all nouns that it can hold."""
    for name, field in noun.model_fields.items():
        yield field.alias or name, field.annotation
        for nested in nouns_in(field.annotation):
            yield from _fields(nested)


_TYPES = dict([*_fields(Publication), *_fields(Issue)])
FIELD_NAMES = frozenset([*_TYPES, *get_args(MergeTagName), "file"])
"""Every name that an editor can write before a colon."""
LIST_FIELDS = frozenset(name for name, kind in _TYPES.items() if get_origin(kind) is tuple) - {
    "sections",
    "items",
}
"""Fields that hold a list, often with just one entry."""
