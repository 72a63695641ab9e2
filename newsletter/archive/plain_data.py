"""Nouns and tuples as JSON, and back: only for what this very program has written.

Nothing is checked on the way back, which takes a tenth of the time. In JSON each value that is more
than text or a number is ``{"its class": [its parts]}``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from functools import cache
from types import ModuleType
from typing import Any, TypeVar

import newsletter.model as model
from newsletter.archive import nouns
from newsletter.model import Noun
from newsletter.pictures.on_pages import Stored
from newsletter.text.markdown import Title

Kind = TypeVar("Kind")
_AS_THEY_ARE = (str, int, float, bool, type(None))
_KEY = "_key"
"""What an item has besides its fields."""


def to_json(value: object) -> str:
    """Return a noun, a named tuple or a tuple of them as JSON. Raise TypeError for all else."""
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> Any:
    """Return the value that ``to_json`` made this text of."""
    return _frozen(json.loads(text, object_hook=_made))


def _plain(value: Any) -> Any:
    kind = type(value)
    if kind in _AS_THEY_ARE:
        return value
    if kind is tuple:
        return list(map(_plain, value))
    return {kind.__name__: list(_parts(value))}


def _parts(value: Any) -> Iterator[Any]:
    """Yield what a value is made from again, as JSON has it."""
    if isinstance(value, Noun):
        yield from _fields(value)
    elif isinstance(value, tuple):
        yield from map(_plain, value)
    elif isinstance(value, Title):
        yield from (str(value), value.markdown)
    elif isinstance(value, bytes):
        yield value.hex()
    elif isinstance(value, date | time):
        yield value.isoformat()
    elif isinstance(value, dict):
        yield from (part for pair in value.items() for part in map(_plain, pair))
    else:
        message = f"'{type(value).__name__}' has no form in JSON"
        raise TypeError(message)


def _fields(noun: Noun) -> Iterator[Any]:
    """Yield the names and values of a noun's fields, without those that are as in most."""
    defaults = _defaults(type(noun))
    for name, value in vars(noun).items():
        default = defaults.get(name, ...)
        if value is default:  # which most are
            continue
        if value != default or type(value) is not type(default):
            yield from (name, _plain(value))
    if private := noun.__pydantic_private__:
        yield from (_KEY, private[_KEY])


@cache
def _defaults(kind: type[Noun]) -> dict[str, Any]:
    """Return the values of the fields that may be left out, but for those made anew each time."""
    fields = kind.model_fields.items()
    return {
        name: field.default
        for name, field in fields
        if not field.is_required() and field.default_factory is None
    }


def _made(tagged: dict[str, list[Any]]) -> Any:
    """Return the value of an object of JSON, whose parts are made already."""
    ((kind, parts),) = tagged.items()
    frozen = [_frozen(part) if type(part) is list else part for part in parts]
    return _makers()[kind](*frozen)


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if type(value) is list else value


@cache
def _makers() -> dict[str, Callable[..., Any]]:
    """Return what makes a value of its parts, by the name of its class."""
    makers: dict[str, Callable[..., Any]] = {
        "Title": Title,
        "bytes": bytes.fromhex,
        "date": date.fromisoformat,
        "datetime": datetime.fromisoformat,
        "time": time.fromisoformat,
        "dict": _pairs,
        "Stored": Stored,
    }
    makers |= {tuple_.__name__: tuple_ for tuple_ in _of(nouns, tuple)}
    makers |= {noun.__name__: _maker_of(noun) for noun in _of(model, Noun)}
    return makers


def _of(module: ModuleType, kind: type[Kind]) -> Iterator[type[Kind]]:
    """Yield the classes of a kind that a module has."""
    for found in vars(module).values():
        if isinstance(found, type) and issubclass(found, kind):
            yield found


def _maker_of(kind: type[Noun]) -> Callable[..., Noun]:
    """Return what makes a noun as pydantic's model_construct does, in a third of its time."""
    defaults = _defaults(kind)

    def make(*parts: Any) -> Noun:
        fields = _pairs(*parts)
        key = fields.pop(_KEY, None)
        noun = kind.__new__(kind)
        object.__setattr__(noun, "__dict__", {**defaults, **fields})
        object.__setattr__(noun, "__pydantic_fields_set__", set(fields))
        object.__setattr__(noun, "__pydantic_extra__", None)
        object.__setattr__(noun, "__pydantic_private__", None if key is None else {_KEY: key})
        return noun

    return make


def _pairs(*parts: Any) -> dict[Any, Any]:
    """Return what names and values in turns say."""
    return dict(zip(parts[::2], parts[1::2], strict=True))
