"""Nouns and tuples as bytes, and back: only for what this very program has written.

Pickles are read several times as fast as JSON, of which nouns would have to be made one by one.
Bytes from elsewhere can do no harm: nothing is made of them but values of these classes, whatever
they ask for (Restricting Globals, in the documentation of Python's pickle).
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Iterator
from datetime import date, datetime, time
from functools import cache
from types import ModuleType
from typing import Any

import newsletter.model as model
from newsletter.archive import nouns
from newsletter.model import Noun
from newsletter.pictures.on_pages import Stored
from newsletter.text.markdown import Title

_OTHERS = (Title, Stored, date, datetime, time)


def to_bytes(value: object) -> bytes:
    """Return a noun, a named tuple, or tuples and dicts of them as bytes."""
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def from_bytes(content: bytes) -> Any:
    """Return the value that ``to_bytes`` made these bytes of. Raise UnpicklingError if they ask for
    anything else.
    """
    return _Reader(io.BytesIO(content)).load()


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        try:
            return _classes()[module, name]
        except KeyError:
            raise pickle.UnpicklingError(f"'{module}.{name}' is not one of ours") from None


@cache
def _classes() -> dict[tuple[str, str], type]:
    """Return the classes that values may be of, by their modules and names."""
    found = (*_OTHERS, *_of(nouns, tuple), *_of(model, Noun))
    return {(kind.__module__, kind.__qualname__): kind for kind in found}


def _of(module: ModuleType, kind: type) -> Iterator[type]:
    """Yield the classes of a kind that a module has."""
    for found in vars(module).values():
        if isinstance(found, type) and issubclass(found, kind):
            yield found
