"""Every text of a noun that readers see, as the types of its fields say."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple, get_args

from pydantic.fields import FieldInfo

from newsletter.model.fields import Seen
from newsletter.model.noun import Noun

Path = tuple[str | int, ...]
"""The way from a noun to a part of it, in the names that an editor writes: ``("sections", 0, "items", 2)``."""


class Text(NamedTuple):
    """A text that readers see."""

    noun: Noun
    """The innermost noun that it belongs to."""
    field: str
    """The name of its field in that noun."""
    path: Path
    """The way to its field."""
    entry: int | None
    """Its place in the field, counted from 0; None if the field is not a list."""
    seen: Seen
    value: str


def texts(noun: Noun, path: Path = ()) -> Iterator[Text]:
    """Yield every text that readers see of a noun and of the nouns within it, in the order of the fields.

    ``path`` is the way to the noun.
    """
    for name, written, seen in _fields_with_texts(type(noun)):
        value = getattr(noun, name)
        way = (*path, written)
        if isinstance(value, Noun):
            yield from texts(value, way)
        elif isinstance(value, str) and value and seen:
            yield Text(noun, name, way, None, seen, value)
        elif isinstance(value, tuple):
            for index, part in enumerate(value):
                if isinstance(part, Noun):
                    yield from texts(part, (*way, index))
                elif part and seen:
                    yield Text(noun, name, way, index, seen, part)


@lru_cache
def _fields_with_texts(noun: type[Noun]) -> tuple[tuple[str, str, Seen | None], ...]:
    """Return the name of each field that may have texts, what an editor writes for it, and how readers see it."""
    return tuple(
        (name, field.alias or name, seen_as(field))
        for name, field in noun.model_fields.items()
        if seen_as(field) or any(nouns_in(field.annotation))
    )


def seen_as(field: FieldInfo) -> Seen | None:
    """Return what readers see of a field, which its type says; None if they do not see it."""
    return next((mark for mark in field.metadata if isinstance(mark, Seen)), None) or _mark_in(
        field.annotation
    )


def _mark_in(annotation: Any) -> Seen | None:
    """Return the mark within a type such as ``tuple[Line, ...]`` or ``Line | None``."""
    for mark in getattr(annotation, "__metadata__", ()):
        if isinstance(mark, Seen):
            return mark
    marks = map(_mark_in, get_args(annotation))
    return next(filter(None, marks), None)


def nouns_in(annotation: Any) -> Iterator[type[Noun]]:
    """Yield the nouns that a field of this type can hold."""
    if isinstance(annotation, type) and issubclass(annotation, Noun):
        yield annotation
    for part in get_args(annotation):
        yield from nouns_in(part)
