"""Every text of a noun that readers see, as the types of its fields say."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple, get_args

from pydantic.fields import FieldInfo

from newsletter.model.fields import Seen
from newsletter.model.noun import Noun

Way = tuple[str | int, ...]
"""The way from a noun to a part of it, as an editor writes it: ``("sections", 0, "items", 2)``."""


class Text(NamedTuple):
    """A text that readers see."""

    noun: Noun
    """The innermost noun that it belongs to."""
    field: str
    """The name of its field in that noun."""
    seen: Seen
    value: str
    way_to_field: Way
    entry: int | None = None
    """Its place in the field, counted from 0; None if the field is not a list."""

    @property
    def way(self) -> Way:
        """The way to the text itself."""
        if self.entry is None:
            return self.way_to_field
        return (*self.way_to_field, self.entry)


def texts(noun: Noun, way: Way = ()) -> Iterator[Text]:
    """Yield every text that readers see of a noun and those within it, in the order of the fields.

    ``way`` leads to the noun.
    """
    for name, written, seen in _fields_with_texts(type(noun)):
        value = getattr(noun, name)
        below = (*way, written)

        if isinstance(value, Noun):
            yield from texts(value, below)
        elif isinstance(value, str) and value and seen:
            yield Text(noun, name, seen, value, below)
        elif isinstance(value, tuple):
            for entry, part in enumerate(value):
                if isinstance(part, Noun):
                    yield from texts(part, (*below, entry))
                elif part and seen:
                    yield Text(noun, name, seen, part, below, entry)


@lru_cache
def _fields_with_texts(noun: type[Noun]) -> tuple[tuple[str, str, Seen | None], ...]:
    """Return, for each field that may have texts, its name in Python and in files, and its mark."""
    found = []
    for name, field in noun.model_fields.items():
        seen = seen_as(field)
        if seen or any(nouns_in(field.annotation)):
            found.append((name, field.alias or name, seen))
    return tuple(found)


def seen_as(field: FieldInfo) -> Seen | None:
    """Return what readers see of a field, which its type says; None if they do not see it."""
    for mark in (*field.metadata, *_marks_in(field.annotation)):
        if isinstance(mark, Seen):
            return mark
    return None


def _marks_in(annotation: Any) -> Iterator[object]:
    """Yield what is marked within a type such as ``tuple[Line, ...]`` or ``Line | None``."""
    yield from getattr(annotation, "__metadata__", ())

    for part in get_args(annotation):
        yield from _marks_in(part)


def nouns_in(annotation: Any) -> Iterator[type[Noun]]:
    """Yield the nouns that a field of this type can hold."""
    if isinstance(annotation, type) and issubclass(annotation, Noun):
        yield annotation

    for part in get_args(annotation):
        yield from nouns_in(part)
