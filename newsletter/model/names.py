"""The names that an editor can write before a colon, as the types of the fields say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args, get_origin

from pydantic.fields import FieldInfo

from newsletter.model.fields import Seen
from newsletter.model.issue import Issue
from newsletter.model.noun import Noun
from newsletter.model.publication import MergeTagName
from newsletter.model.walking import nouns_in, seen_as


def _fields(noun: type[Noun]) -> Iterator[tuple[str, FieldInfo]]:
    """Yield the name and type of each field of a noun, and of all nouns that it can hold."""
    for name, field in noun.model_fields.items():
        yield field.alias or name, field

        for nested in nouns_in(field.annotation):
            yield from _fields(nested)


_FIELDS = tuple(_fields(Issue))
_NOT_OF_NOUNS = (*get_args(MergeTagName), "file")
FIELD_NAMES = frozenset(name for name, _ in _FIELDS).union(_NOT_OF_NOUNS)
"""Every name that an editor can write before a colon."""
_LISTS = frozenset(name for name, field in _FIELDS if get_origin(field.annotation) is tuple)
LIST_FIELDS = _LISTS - {"sections", "items"}
"""Fields that hold a list, often with just one entry."""


def names_of(*kinds: Seen) -> frozenset[str]:
    """Return the names of the fields that readers see as one of these kinds."""
    names: set[str] = set()
    for name, field in _FIELDS:
        if seen_as(field) in kinds:
            names.add(name)
    return frozenset(names)
