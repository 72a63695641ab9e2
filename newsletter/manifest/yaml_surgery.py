"""One change to a YAML text, at the marks of its nodes."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import yaml

from newsletter.manifest.yaml_layout import Layout, NoPlaceError
from newsletter.manifest.yaml_spots import BY_HAND, Spot, is_empty, require_block, spots_on
from newsletter.manifest.yaml_values import as_yaml, with_references
from newsletter.model.walking import Way
from newsletter.text.editor_notes import missing_in

_EMPTY_LINE = re.compile(r"(?>\r\n|\r|\n)[ \t]*[\r\n]")
_OPENS_BLOCK = re.compile(r"\|[0-9]?[-+]?$")


class _Around(NamedTuple):
    """What is around a value that gets another one."""

    space: str
    """Before it, in the line of its name."""
    comment: str
    """In the same line."""
    between: str
    """The lines between its name and the value."""
    rest: str
    """From the end of its last line."""


class Surgery:
    """Changes to one text; each returns the new text, and raises NoPlaceError if it cannot."""

    def __init__(self, text: str) -> None:
        self.layout = Layout.of(text)
        self.text = text

    def put(self, way: Way, value: Any) -> str:
        """Give a field or an entry a value; add the field, and those around it, if missing."""
        spots = spots_on(self.layout, way)
        written = with_references(value, name_of(way))
        if len(spots) == len(way):
            return self._replace(spots[-1], written)

        rest = way[len(spots) :]
        if not all(isinstance(step, str) for step in rest):
            raise self._not_there(way)
        for step in reversed(rest[1:]):
            written = {step: written}
        fields = {rest[0]: written}

        if not spots:
            return self._add_fields(self.layout.root, fields, outside=0)
        if is_empty(spots[-1].node):
            return self._replace(spots[-1], fields)
        return self._add_fields(spots[-1].node, fields, spots[-1].column)

    def insert(self, way: Way, value: Any, position: int | None) -> str:
        """Add an entry to a list, which is made if it is missing or empty."""
        spots = spots_on(self.layout, way)
        if len(spots) < len(way) or is_empty(spots[-1].node):
            return self.put(way, [value])

        spot = spots[-1]
        node = spot.node
        require_block(node)
        if not isinstance(node, yaml.SequenceNode):
            message = f"'{way[-1]}' is not a list, so nothing can be added to it."
            raise NoPlaceError(node.start_mark.index, message, BY_HAND)

        entry = with_references(value, name_of(way))
        count = len(node.value)
        if position is None or position > count:
            position = count
        return self._add_entry(spot, position, entry)

    def remove(self, way: Way) -> str:
        """Take a field or an entry out, with the comments in it."""
        spots = spots_on(self.layout, way)
        if len(spots) < len(way):
            raise self._not_there(way)

        spot = spots[-1]
        if len(spot.holder.value) > 1:
            return self._cut(spot)
        if len(spots) == 1:
            raise NoPlaceError(spot.begins, "Nothing would be left in this file.", BY_HAND)
        empty: Any = [] if isinstance(spot.step, int) else {}
        return self._replace(spots[-2], empty)

    def _not_there(self, way: Way) -> NoPlaceError:
        return NoPlaceError(0, f"There is no '{name_of(way)}' here.", BY_HAND)

    def _replace(self, spot: Spot, value: Any) -> str:
        """Return the text with another value behind a colon or a hyphen."""
        old = self._around(spot)
        head, below = self._written(value, spot.step)
        between = old.between
        if _OPENS_BLOCK.search(head):  # a comment there would become text
            between = ""

        is_note = head.startswith("  ")
        if old.space and not below and not is_note:
            head = old.space + head.lstrip(" ")

        lines = self._lines(below, spot.column, spot.opens)
        above = self.text[: spot.opens]
        return above + head + old.comment + between + lines + old.rest

    def _around(self, spot: Spot) -> _Around:
        """Return what is around a value.

        A comment that says that it is missing is a part of it, and goes with it.
        """
        layout, text = self.layout, self.text
        begins = spot.node.start_mark.index
        ends = layout.end(spot.node)
        line_ends = layout.line_end(spot.opens)

        last_line_ends = layout.line_end(ends)
        rest = text[last_line_ends:]
        if begins > line_ends:  # it is on the lines below
            between = text[line_ends : layout.line_above(begins)]
            return _Around("", _kept(text[spot.opens : line_ends]), between, rest)

        comment = text[ends:last_line_ends]
        return _Around(text[spot.opens : begins], _kept(comment), "", rest)

    def _written(self, value: Any, step: str | int) -> tuple[str, list[str]]:
        """Return what is written behind a colon or a hyphen, and the lines below."""
        around: Any = [value] if isinstance(step, int) else {"x": value}
        opening = "-" if isinstance(step, int) else "x:"
        head, *below = self._rows(around)
        return head.removeprefix(opening), below

    def _add_fields(self, holder: Any, fields: dict[Any, Any], outside: int) -> str:
        """Return the text with other fields below those of a block, and below the comments that are
        further in than the column ``outside``.
        """
        if holder is None:
            return self._begin(fields)

        ends = self.layout.end_with_comments(holder, outside)
        return self._with_lines(ends, self._rows(fields), holder.start_mark.column)

    def _begin(self, fields: dict[Any, Any]) -> str:
        """Return a text of comments alone, or of nothing, with its first fields."""
        comments = self.text.rstrip("\r\n")
        ends = len(comments)
        lines = self._lines(self._rows(fields), 0, ends)
        rest = self.text[ends:] or "\n"
        if not comments:
            return lines.lstrip("\r\n") + rest
        return comments + lines + rest

    def _add_entry(self, spot: Spot, position: int, entry: Any) -> str:
        """Return the text with another entry in a block list."""
        entries = spot.node.value
        column = spot.node.start_mark.column
        rows = self._rows([entry])
        gap = self._gap(entries)
        if position == 0:
            ends = self.layout.line_end(spot.opens)
            return self._with_lines(ends, rows + gap, column)

        outside = column
        if position == len(entries):
            outside = spot.column
        before = entries[position - 1]
        ends = self.layout.end_with_comments(before, outside)
        return self._with_lines(ends, gap + rows, column)

    def _gap(self, entries: list[Any]) -> list[str]:
        """Return an empty line if there is one between the entries of a list."""
        if len(entries) < 2:
            return []

        ends = self.layout.end(entries[0])
        between = self.text[ends : entries[1].start_mark.index]
        return [""] if _EMPTY_LINE.search(between) else []

    def _cut(self, spot: Spot) -> str:
        """Return the text without one of several fields or entries."""
        layout, text = self.layout, self.text
        start = layout.line_start(spot.begins)
        if text[start : spot.begins].strip():  # behind the hyphen of a list around it
            return text[: spot.begins] + text[self._second(spot.holder) :]

        ends = layout.end_with_comments(spot.node, spot.column)
        if start == 0:
            return text[layout.next_line(ends) :]

        above = layout.line_above(start)
        below = layout.next_line(ends)
        if layout.is_empty_line(above) and layout.is_empty_line(below):
            above = layout.line_above(above)
        return text[:above] + text[ends:]

    def _second(self, holder: Any) -> int:
        """Return where the second field or entry of a block begins."""
        second = holder.value[1]
        if isinstance(holder, yaml.SequenceNode):
            return self.layout.hyphen(holder, second)
        key, _ = second
        return int(key.start_mark.index)

    def _with_lines(self, ends: int, rows: list[str], column: int) -> str:
        """Return the text with other lines below the line that ends at an index."""
        lines = self._lines(rows, column, ends)
        return self.text[:ends] + lines + self.text[ends:]

    def _rows(self, value: Any) -> list[str]:
        """Return the lines of a value in the style of the file."""
        style = self.layout.style()
        written = as_yaml(value, style)
        return written.removesuffix("\n").split("\n")

    def _lines(self, rows: list[str], column: int, near: int) -> str:
        """Return lines indented to a column, each with the line break before it."""
        line_break = self.layout.line_break(near)
        indent = " " * column
        lines = ""
        for row in rows:
            lines += line_break
            if row:
                lines += indent + row
        return lines


def _kept(comment: str) -> str:
    """Return a comment that says more than that the value is missing; else nothing."""
    is_note = missing_in(comment) is not None
    return comment if comment.strip() and not is_note else ""


def name_of(way: Way) -> str:
    """Return the name of the field that a way leads to, or into."""
    names = [step for step in way if isinstance(step, str)]
    return names[-1]
