"""YAML edited as text: a field or an entry changes, and every other line stays byte for byte."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from pathlib import Path
from typing import Any, NamedTuple

from newsletter.errors import ManifestError
from newsletter.manifest.node import Node
from newsletter.manifest.yaml_layout import NoPlaceError
from newsletter.manifest.yaml_surgery import Surgery, name_of
from newsletter.manifest.yaml_tree import parse_yaml
from newsletter.manifest.yaml_values import Missing, as_text, with_references
from newsletter.model.fields import HIDDEN
from newsletter.model.walking import Way
from newsletter.problem import Problem

__all__ = ["Edit", "Insert", "Missing", "Put", "Remove", "edited"]

_BYTE_ORDER_MARK = "\ufeff"


class Put(NamedTuple):
    """A field, or an entry of a list, gets a value; a field that is not there is added.

    So are the fields around it.
    """

    way: Way
    value: Any
    """Text, numbers, days, lists and fields, as read_issue would read them; or Missing, which may
    be within lists and fields too."""


class Insert(NamedTuple):
    """A list gets another entry; the list is made if it is not there."""

    way: Way
    """The way to the list."""
    value: Any
    position: int | None = None
    """Its place in the list, counted from 0; None is its end."""


class Remove(NamedTuple):
    """A field, or an entry of a list, goes, with its lines."""

    way: Way


Edit = Put | Insert | Remove


def edited(text: str, edits: Iterable[Edit], path: Path, *, first_line: int = 1) -> str:
    """Return YAML with some edits, one after the other; ``path`` is its file, for messages.

    Lines that an edit is not about stay as they are, with their line ends, as does a byte order
    mark. The result is read and compared with what was intended. Raise ManifestError, with the
    line, if it is not that, or if the place cannot be edited as text: within a flow list, say.
    ``first_line`` is the line of the file that the text begins in.
    """
    mark = text[: text.startswith(_BYTE_ORDER_MARK)]
    text = text.removeprefix(mark)
    data = _data(text, path, first_line)
    for edit in edits:
        try:
            text, data = _with(edit, text, data, path)
        except NoPlaceError as refusal:
            line = first_line + _line_number(text, refusal.index)
            raise ManifestError.at(path, line, refusal.message, refusal.hint) from None
    return mark + text


def _with(edit: Edit, text: str, data: Any, path: Path) -> tuple[str, Any]:
    """Return text and data after an edit. A value that is there already is left as it is."""
    if isinstance(edit, Put) and _is_there(data, edit):
        return text, data

    changed = _changed(edit, Surgery(text))
    intended = _intended(data, edit)
    if _data_or_none(changed, path) == intended:
        return changed, intended

    message = f"The program cannot change '{_in_words(edit.way)}' in this file."
    raise NoPlaceError(0, message, "Make this change by hand.")


def _changed(edit: Edit, surgery: Surgery) -> str:
    """Return the text that an edit makes of another."""
    if isinstance(edit, Put):
        return surgery.put(edit.way, edit.value)
    if isinstance(edit, Insert):
        return surgery.insert(edit.way, edit.value, edit.position)
    return surgery.remove(edit.way)


def _line_number(text: str, index: int) -> int:
    """Return the number, from 0, of the line that a character is in."""
    return _with_plain_line_ends(text[:index]).count("\n")


def _in_words(way: Way) -> str:
    """Return a way as editors read it: 'sections 1, items 3, title'."""
    words = ""
    for step in way:
        words += f" {step + 1}" if isinstance(step, int) else f", {step}"
    return words.removeprefix(", ")


# The same edits on plain data


def _data(text: str, path: Path, first_line: int) -> Any:
    """Return what the manifest's reader reads. Raise ManifestError if it has something to say.

    A last line that has no end is read as if it had one: another line may follow.
    """
    problems: list[Problem] = []
    plain = HIDDEN.sub(" ", _with_plain_line_ends(text)).removesuffix("\n") + "\n"
    tree = parse_yaml(plain, path, problems, first_line)
    if problems or tree is None:
        raise ManifestError(problems)
    return _plain(tree)


def _data_or_none(text: str, path: Path) -> Any:
    try:
        return _data(text, path, 1)
    except ManifestError:
        return None


def _plain(node: Node) -> Any:
    if isinstance(node.value, dict):
        return {name: _plain(part) for name, part in node.value.items()}
    if isinstance(node.value, list):
        return [_plain(part) for part in node.value]
    return node.value


def _with_plain_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _is_there(data: Any, edit: Put) -> bool:
    """Return whether a field has its value already. What is missing may need another note."""
    for step in edit.way:
        try:
            data = data[step]
        except (LookupError, TypeError):
            return False
    return data is not None and data == as_text(with_references(edit.value, name_of(edit.way)))


def _intended(data: Any, edit: Edit) -> Any:
    """Return plain data after an edit."""
    *around, last = edit.way
    changed = deepcopy(data) or {}
    holder = changed
    for step in around:
        if isinstance(step, str) and not holder.get(step):
            holder[step] = {}
        holder = holder[step]

    if isinstance(edit, Remove):
        del holder[last]
        return changed

    value = as_text(with_references(edit.value, name_of(edit.way)))
    if isinstance(edit, Put):
        holder[last] = value
        return changed

    entries = holder.get(last) if isinstance(holder, dict) else holder[last]
    position = len(entries or ()) if edit.position is None else edit.position
    holder[last] = [*(entries or ())]
    holder[last].insert(position, value)
    return changed
