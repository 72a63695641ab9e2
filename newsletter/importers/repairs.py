"""What is repaired in every piece: links wrapped by mail filters, tracking marks, damaged letters,
code in a title.

All is done here, after an importer has read the piece, so that it is done for each.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from newsletter.importers.address_repairs import repair_addresses
from newsletter.importers.letter_repairs import repair_letters
from newsletter.importers.piece import Found, Piece, Related

_CODE = re.compile(r"(`+)([^`]+)\1")


def repair(piece: Piece) -> Piece:
    """Return the piece repaired; its ``repairs`` say what was done. Twice is as once."""
    done: dict[str, None] = dict.fromkeys(piece.repairs)
    fields = {
        name: Found(_repaired(found.value, done), found.rule)
        for name, found in piece.fields.items()
    }
    if title := fields.get("title"):
        fields["title"] = Found(_without_code(title.value, done), title.rule)
    related = tuple(Related(*(_repaired(one, done) for one in other)) for other in piece.related)
    return replace(piece, fields=fields, related=related, repairs=tuple(done))


def _without_code(title: str, done: dict[str, None]) -> str:
    """Return a title without the marks of code, which it cannot have."""
    for _, words in _CODE.findall(title):
        done[f"The type of code in '{words}' is not possible in a title, and was left off."] = None
    return _CODE.sub(r"\2", title)


def _repaired(value: Any, done: dict[str, None]) -> Any:
    """Return a value as issue.yaml has it, with all texts in it repaired."""
    if isinstance(value, str):
        text, letters = repair_letters(value)
        text, addresses = repair_addresses(text)
        done |= dict.fromkeys((*letters, *addresses))
        return text
    if isinstance(value, list):
        return [_repaired(one, done) for one in value]
    if isinstance(value, dict):
        return {name: _repaired(one, done) for name, one in value.items()}
    return value
