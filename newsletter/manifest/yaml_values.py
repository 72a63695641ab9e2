"""Plain data written as YAML, one way for all that this program writes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, NamedTuple

import yaml

from newsletter.manifest.references import MARKDOWN_FIELDS, encoded
from newsletter.text.editor_notes import missing_note

_TEXT = "tag:yaml.org,2002:str"
_AS_IT_IS = re.compile(r"[ !#-\[\]-~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]*")
"""What needs no backslash between double quotes."""
_PLACE = "missing-note-{}"
"""What a note is written as until its value is YAML."""


class Missing(NamedTuple):
    """A value that is not known: the field is left empty, with a note of what may help."""

    hint: str


class Style(NamedTuple):
    """How a file is laid out."""

    indent: int = 2
    """Spaces of each step, from 2 to 9."""
    lists_indented: bool = True
    """Whether the hyphens of a list are further in than its name."""


USUAL_STYLE = Style()


def as_yaml(value: Any, style: Style = USUAL_STYLE) -> str:
    """Return plain data as YAML: text is quoted if any program could take it for something else.

    No line is folded. Text of several lines is a block, if YAML can keep it so.
    """
    notes: list[Missing] = []
    written = yaml.dump(
        _with_places(value, notes),
        Dumper=_IndentedDumper if style.lists_indented else _Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=float("inf"),
        indent=style.indent,
    )

    for number, missing in enumerate(notes):
        place = f" {_PLACE.format(number)}\n"
        written = written.replace(place, f"  {missing_note(missing.hint)}\n", 1)
    return str(written)


def _with_places(value: Any, notes: list[Missing]) -> Any:
    """Return the value with a place for each note, which is added to ``notes``."""
    if isinstance(value, Missing):
        notes.append(value)
        return _Place(_PLACE.format(len(notes) - 1))
    if isinstance(value, Mapping):
        return {name: _with_places(part, notes) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_with_places(part, notes) for part in value]
    return str(value) if isinstance(value, str) else value


def with_references(value: Any, name: str) -> Any:
    """Return the value of a field as it is written: ``&amp;`` in plain text is encoded.

    It is read back as it is then, and not as ``&``.
    """
    if isinstance(value, Missing):
        return value
    if isinstance(value, Mapping):
        return {inner: with_references(part, inner) for inner, part in value.items()}
    if isinstance(value, list | tuple):
        return [with_references(part, name) for part in value]
    if isinstance(value, str) and name not in MARKDOWN_FIELDS:
        return encoded(value)
    return value


def as_text(value: Any) -> Any:
    """Return plain data as the manifest's reader has it: every scalar is text, nothing is None."""
    if value is None or isinstance(value, Missing):
        return None
    if isinstance(value, Mapping):
        return {name: as_text(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [as_text(part) for part in value]
    if isinstance(value, bool):
        return str(value).lower()
    return _moment(value) if isinstance(value, date | time) else str(value)


def _moment(value: date | time) -> str:
    """Return a day, an hour or both as the manifest has them."""
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    if isinstance(value, time):
        return value.isoformat("minutes")
    return value.isoformat()


class _Place(str):
    """The place of a note."""

    __slots__ = ()


class _Dumper(yaml.SafeDumper):
    """Writes values as the manifest has them."""

    def ignore_aliases(self, data: Any) -> bool:
        """Return True: a day that two items share is written twice, not as an alias."""
        return True

    def choose_scalar_style(self) -> str:
        """Return double quotes where PyYAML would take single ones, if nothing is escaped then."""
        style = str(super().choose_scalar_style())
        text = getattr(self.event, "value", "")
        return '"' if style == "'" and _AS_IT_IS.fullmatch(text) else style


class _IndentedDumper(_Dumper):
    """Indents lists further than their names."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indent always; PyYAML would not do so for a list in a field."""
        super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar(_TEXT, text, style)


def _nothing(dumper: yaml.SafeDumper, _: None) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:null", "")


def _written_moment(dumper: yaml.SafeDumper, moment: datetime | time) -> yaml.ScalarNode:
    return dumper.represent_scalar(_TEXT, _moment(moment))


_Dumper.add_representer(str, _text)
_Dumper.add_representer(_Place, lambda dumper, place: dumper.represent_scalar(_TEXT, str(place)))
_Dumper.add_representer(type(None), _nothing)
_Dumper.add_representer(datetime, _written_moment)
_Dumper.add_representer(time, _written_moment)
