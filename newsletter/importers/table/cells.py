"""A row of a table to a Piece: each cell is read as its column's field needs it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from newsletter.importers.composing import composed
from newsletter.importers.lines.bylines import with_role
from newsletter.importers.opening_lines import Opening
from newsletter.importers.piece import Found, Piece
from newsletter.importers.table.values import in_doubt, issue_number, read_value
from newsletter.model import Publication

_TEXTS = ("teaser", "body")
_HTML = re.compile(
    r"</?(?:p|br|div|span|a|em|strong|b|i|ul|ol|li|h[1-6]|blockquote)\b[^<>]*>", re.IGNORECASE
)


class Cell(NamedTuple):
    """A cell with something in it."""

    name: str
    """The name of its column; empty if it has none."""
    field: str
    """The field that its column means; empty if it is not known."""
    text: str


def read_row(row: list[Cell], publication: Publication) -> Piece:
    """Return the piece in a row. What is in a column that is not known is left out, and named."""
    reading = _Reading(publication)
    for cell in _with_joined_parts(row):
        reading.take(cell)
    return reading.piece()


class _Reading:
    """What has been read of a row."""

    def __init__(self, publication: Publication) -> None:
        self.publication = publication
        self.fields: dict[str, Found] = {}
        self.hints: dict[str, str] = {}
        self.repairs: list[str] = []
        self.left_out: list[str] = []
        self.number: str | None = None

    def take(self, cell: Cell) -> None:
        """Read one more cell."""
        if cell.field == "number":
            self._take_number(cell)
        elif cell.field == "role":
            self._take_role(cell)
        elif not cell.field:
            self._leave_out(cell)
        elif cell.field in _TEXTS and _HTML.search(cell.text):
            self._take_html(cell)
        else:
            self._take_field(cell)

    def piece(self) -> Piece:
        """Return the piece that all cells together are."""
        whole = Piece(
            self.fields,
            hints=self.hints,
            repairs=tuple(self.repairs),
            left_out=tuple(self.left_out),
            number=self.number,
        )
        if "body" not in self.fields or "sources" in self.fields:
            return whole
        return self._with_text_read(whole)

    def _with_text_read(self, whole: Piece) -> Piece:
        """Return the piece with the sources below its text, and what else is known to be there."""
        others = dict(self.fields)
        body = others.pop("body")
        opening = Opening(others, str(body.value), whole.number, whole.hints, whole.left_out)
        read = composed(opening, self.publication)

        text = read.fields["body"]
        fields = {**read.fields, "body": Found(text.value, body.rule)}
        return replace(read, fields=fields, repairs=whole.repairs)

    def _take_field(self, cell: Cell) -> None:
        value = read_value(cell.field, cell.text, self.publication)
        if value is None:
            self.hints[cell.field] = in_doubt(cell.text)
        else:
            self.fields[cell.field] = Found(value, _rule(cell))

    def _take_html(self, cell: Cell) -> None:
        """Read a text as websites save it."""
        from newsletter.importers.markdown_writer import markdown_of

        written = markdown_of(cell.text)
        self.fields[cell.field] = Found(written.markdown, _rule(cell))
        self.repairs += written.repairs
        self.left_out += written.left_out

    def _take_number(self, cell: Cell) -> None:
        self.number = issue_number(cell.text)
        if self.number is None:
            self._leave_out(cell)

    def _take_role(self, cell: Cell) -> None:
        authors = self.fields.get("authors")
        if authors is None:
            self._leave_out(cell)
            return
        both = with_role(authors.value, cell.text)
        self.fields["authors"] = Found(both, f'{authors.rule} and "{cell.name}"')

    def _leave_out(self, cell: Cell) -> None:
        column = "a column without a name"
        if cell.name:
            column = _rule(cell)
        self.left_out.append(f"What is in {column}: {cell.text}")


def _with_joined_parts(row: list[Cell]) -> list[Cell]:
    """Return the cells with a day and a time in one, roles after their authors."""
    joined: dict[str, Cell] = {}
    for place, cell in enumerate(row):
        key = cell.field or f"{place}"
        first = joined.get(key)
        joined[key] = _joined(first, cell) if first else cell
    return sorted(joined.values(), key=lambda cell: cell.field == "role")


def _rule(cell: Cell) -> str:
    return f'the column "{cell.name}"'


def _joined(first: Cell, second: Cell) -> Cell:
    return Cell(f"{first.name}, {second.name}", first.field, f"{first.text} {second.text}")
