"""A table with a row for each piece: CSV, as Excel, Google Sheets or a calendar save it.

The first row names the columns, in the words of issue.yaml or in those that people use
(table/columns.py has both). The separator is a comma, a semicolon or a tab; Excel's own line
``sep=;`` is known.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from newsletter.importers import unreadable
from newsletter.importers.decoding import MOST_BYTES, is_text, text_of, text_or_none
from newsletter.importers.original import Original
from newsletter.importers.piece import Piece
from newsletter.importers.protocol import Context, Fit
from newsletter.importers.table.cells import Cell, read_row
from newsletter.importers.table.columns import named_columns

TITLE = "a table (.csv)"
_ENDINGS = (".csv", ".tsv", ".tab")
_MEDIA_TYPES = ("text/csv", "text/tab-separated-values")
_WORKBOOKS = (".xlsx", ".xls", ".xlsm", ".ods", ".numbers")
_SEPARATORS = ",;\t"
_MOST_ROWS = 500
"""More than a year's pieces."""
_LEAST_KNOWN = 2
"""Columns that must be known in a text that is not called a table."""
_HOW = "The first row names the columns, such as Title, Author, Date, Link, Text."


def fit(original: Original) -> Fit:
    """Return YES for a file that is called a table, and for cells that were copied from one."""
    if original.suffix in _WORKBOOKS:
        return Fit.YES
    if not is_text(original):
        return Fit.NO
    if original.suffix in _ENDINGS or original.media_type in _MEDIA_TYPES:
        return Fit.YES

    text = text_or_none(original) or ""
    first_line = text.lstrip("\n").partition("\n")[0]
    columns = named_columns(first_line.split("\t"))
    is_table = "title" in columns and len(set(columns) - {""}) >= _LEAST_KNOWN
    return Fit.YES if is_table else Fit.NO


def read(original: Original, context: Context) -> Iterator[Piece]:
    """Yield the piece in each row. Raise UnreadableError."""
    if original.suffix in _WORKBOOKS:
        hint = "Open it, choose File, Save As, CSV UTF-8, and add that file."
        raise unreadable(original, "This is a workbook, not a table as text.", hint)

    rows = _rows(original)
    names = [name.strip() for name in next(rows, [])]
    columns = named_columns(names)
    if "title" not in columns:
        raise unreadable(original, "No column of this table is called Title.", _HOW, line=1)

    for number, row in enumerate(rows, start=1):
        if number > _MOST_ROWS:
            message = f"This table has more than {_MOST_ROWS} rows."
            raise unreadable(original, message, "Add it in parts, each with the first row.")
        yield read_row(_cells(names, columns, row), context.publication)


def _rows(original: Original) -> Iterator[list[str]]:
    """Yield each row that is not empty. Raise UnreadableError, with the line of a stray quote."""
    text, separator = _separated(text_of(original))
    csv.field_size_limit(MOST_BYTES)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield row
    except csv.Error:
        message = "The quotation marks of this table do not come in pairs."
        hint = 'Look above for a " that has no partner; within a cell, write "" for one.'
        raise unreadable(original, message, hint, line=reader.line_num) from None


def _separated(text: str) -> tuple[str, str]:
    """Return the text of a table below Excel's note of its separator, and the separator."""
    first, _, below = text.lstrip("\n").partition("\n")
    if first.lower().startswith("sep=") and len(first) > len("sep="):
        return below, first[len("sep=")]

    known = {one: len(set(named_columns(first.split(one))) - {""}) for one in _SEPARATORS}
    most_known = max(known, key=lambda one: (known[one], first.count(one)))
    return text.lstrip("\n"), most_known


def _cells(names: list[str], columns: list[str], row: list[str]) -> list[Cell]:
    """Return the cells of a row that have something in them; those beyond the names have none."""
    beyond = [""] * (len(row) - len(names))
    cells = map(Cell, [*names, *beyond], [*columns, *beyond], map(str.strip, row))
    return [cell for cell in cells if cell.text]
