"""A Piece as the file of an item: its fields, its text, and notes of what is missing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from newsletter.importers import Piece
from newsletter.manifest.nouns import ITEM_OF_KIND
from newsletter.manifest.yaml_editing import Edit, Missing, Put, edited
from newsletter.model import Noun
from newsletter.model.walking import nouns_in
from newsletter.text.slug import slug

_RESERVED = frozenset(["con", "prn", "aux", "nul", "readme"]) | {
    f"{device}{number}" for device in ("com", "lpt") for number in range(10)
}
"""Names that Windows keeps for devices, and one that is no item's."""


def item_file(
    piece: Piece, kind: str, missing: Mapping[str, str], *, says_kind: bool = False
) -> str:
    """Return the file of a piece as an item of this kind.

    ``missing`` are the fields that are left empty, with what may help to fill each. With
    ``says_kind`` the kind is a field: otherwise its section says it.
    """
    values: dict[str, Any] = {}
    for name, found in piece.fields.items():
        values[name] = found.value
    for name, hint in missing.items():
        values[name] = Missing(hint)
    values["kind"] = kind

    edits: list[Edit] = []
    for name in _names(ITEM_OF_KIND[kind]):
        if name in values and (says_kind or name != "kind"):
            way = tuple(name.split("."))
            edits.append(Put(way, values[name]))
    front_matter = edited("", edits, Path("the new item"))

    body = values.get("body", "")
    return f"---\n{front_matter}---\n{body.strip()}\n"


def free_name(title: str, taken: Collection[str], ending: str = ".md") -> str:
    """Return a name for a file, of words of a title, that none of these has, in any capitals."""
    stem = slug(title) or "item"
    if stem in _RESERVED:
        stem = f"{stem}-item"

    folded = {name.casefold() for name in taken}
    name, number = f"{stem}{ending}", 1
    while name in folded:
        number += 1
        name = f"{stem}-{number}{ending}"
    return name


def _names(noun: type[Noun]) -> Iterator[str]:
    """Yield the names of a noun's fields but its text, each followed by those within it."""
    for name, field in noun.model_fields.items():
        if name != "body":
            yield name
        for inner in nouns_in(field.annotation):
            yield from (f"{name}.{each}" for each in inner.model_fields)
