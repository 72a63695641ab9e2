"""What is known of the piece on a page, from one place of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from newsletter.importers.piece import Found

Row = tuple[str, Any, str]
"""The name of a field, its value, which may be empty, and the rule that gave it."""


class Facts(NamedTuple):
    """Fields as in a Piece; ``picture.src`` is still an address on the web."""

    fields: Mapping[str, Found] = MappingProxyType({})
    hints: Mapping[str, str] = MappingProxyType({})
    number: str | None = None


def fields_of(rows: Iterable[Row]) -> dict[str, Found]:
    """Return the fields that have a value."""
    return {name: Found(value, rule) for name, value, rule in rows if value}


def merged(*all_facts: Facts) -> Facts:
    """Return the fields of all, where the earlier win. A picture's words are of one place."""
    fields: dict[str, Found] = {}
    hints: dict[str, str] = {}
    number: str | None = None

    for facts in all_facts:
        has_picture = "picture.src" in fields
        for name, found in facts.fields.items():
            if not (has_picture and name.startswith("picture.")):
                fields.setdefault(name, found)
        for name, hint in facts.hints.items():
            hints.setdefault(name, hint)
        number = number or facts.number

    open_hints = {name: hint for name, hint in hints.items() if name not in fields}
    return Facts(fields, open_hints, number)
