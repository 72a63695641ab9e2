"""A piece that is there already: what of it is new, and what the editor has changed."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from newsletter.adding.expected import missing_of
from newsletter.adding.values import comparable
from newsletter.importers import Piece
from newsletter.manifest.written_items import WrittenItem
from newsletter.manifest.yaml_values import as_text
from newsletter.text.editor_notes import question_note, questions_in

_BETWEEN_SENTENCES = re.compile(r"(?<=[.!?…])\s+|\n+")
_HEADS = ("---", "+++", "@@")
_MOST_LINES = 12
"""Lines of a difference that are shown."""


class Difference(NamedTuple):
    """A field that the editor has written otherwise than the source has it."""

    name: str
    here: Any
    there: Any

    def lines(self) -> list[str]:
        """Return the difference, a line for each sentence: ``-`` is here, ``+`` in the source."""
        here = _sentences(self.here)
        there = _sentences(self.there)
        compared = difflib.unified_diff(here, there, lineterm="", n=0)
        lines = [line for line in compared if not line.startswith(_HEADS)]

        more = len(lines) - _MOST_LINES
        if more > 0:
            return [*lines[:_MOST_LINES], f"… and {more} more lines"]
        return lines


class Update(NamedTuple):
    """What becomes of an item when its piece is added again."""

    values: Mapping[str, Any]
    """The fields that get another value, by their dotted names."""
    filled: tuple[str, ...]
    """Those of them that were empty."""
    differences: tuple[Difference, ...]
    """What stays as the editor has it."""


def update_of(item: WrittenItem, piece: Piece, before: Mapping[str, Any] | None) -> Update:
    """Return what a piece changes in the item that it became.

    ``before`` is what the same source said last time, by dotted names; None if it is another
    source, of which only what is empty here is taken.
    """
    left_alone = ["kind"]
    if item.value("whole"):  # such an item has no teaser
        left_alone.append("teaser")

    values: dict[str, Any] = {}
    filled: list[str] = []
    differences: list[Difference] = []
    for name, found in piece.fields.items():
        here = item.body.strip() if name == "body" else item.value(name)
        is_unchanged = before is not None and _same(name, found.value, before.get(name))
        if name in left_alone or is_unchanged or _same(name, found.value, here):
            continue

        is_as_imported = before is not None and _same(name, here, before.get(name))
        if not here:
            values[name] = found.value
            filled.append(name)
        elif is_as_imported:
            values[name] = found.value
        else:
            differences.append(Difference(name, here, as_text(found.value)))

    if "body" in values and before:
        values["body"] = _without_answered(values["body"], str(before.get("body", "")), item.body)
    return Update(values, tuple(filled), tuple(differences))


def missing_with(update: Update, item: WrittenItem, piece: Piece) -> dict[str, str]:
    """Return what a picture or a work lacks that an item gets with an update."""
    missing: dict[str, str] = {}
    for name, hint in missing_of(item.kind, piece).items():
        outer, dot, _ = name.partition(".")
        is_there = item.value(outer) is not None
        gets_it = any(each.startswith(f"{outer}.") for each in update.values)
        if dot and gets_it and not is_there:
            missing[name] = hint
    return missing


def _same(name: str, one: Any, other: Any) -> bool:
    if one is None or other is None:
        return one is other
    return bool(comparable(name, one) == comparable(name, other))


def _without_answered(body: str, before: str, here: str) -> str:
    """Return a text without the questions that the editor has answered in the last one."""
    open_now = questions_in(here)
    for question in questions_in(before):
        if question not in open_now:
            note = question_note(question)
            body = body.replace(f" {note}", "").replace(note, "")
    return body


def _sentences(value: Any) -> list[str]:
    if isinstance(value, list):
        return [str(part) for part in value]
    return _BETWEEN_SENTENCES.split(str(value))
