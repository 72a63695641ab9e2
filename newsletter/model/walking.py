"""Every text of a noun that readers see, as the types of its fields say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from newsletter.model.fields import Seen
from newsletter.model.noun import Noun

N = TypeVar("N", bound=Noun)
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


def with_texts(noun: N, change: Callable[[str, Seen], str]) -> N:
    """Return the noun with every text that readers see, its own and of those within it, as
    ``change`` returns it. What is not changed is the same object as before; items keep their keys.
    """
    changed: dict[str, Any] = {}
    for name, _, seen in _fields_with_texts(type(noun)):
        value = getattr(noun, name)
        new = _with_texts(value, seen, change)
        if new is not value:
            changed[name] = new
    if not changed:
        return noun
    return BaseModel.model_copy(noun, update=changed)  # an issue's own would make new keys


def _with_texts(value: Any, seen: Seen | None, change: Callable[[str, Seen], str]) -> Any:
    if isinstance(value, Noun):
        return with_texts(value, change)
    if isinstance(value, str) and value and seen:
        new = change(value, seen)
        return value if new == value else new
    if isinstance(value, tuple):
        parts = tuple(_with_texts(part, seen, change) for part in value)
        is_same = all(part is old for part, old in zip(parts, value, strict=True))
        return value if is_same else parts
    return value


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
