"""Which tables have data in them, and which only put a page in place."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from xml.etree.ElementTree import Element

from newsletter.importers.html.lines import Line, Span

_NOT_IN_DATA = frozenset(
    ("table", "ul", "ol", "dl", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "img", "pre")
)
_LONGEST = 300
"""Characters of a cell; a longer one is a part of a page."""
_FEWEST = 2
"""Rows, and columns."""


def data_rows(table: Element) -> list[list[Element]] | None:
    """Return the cells of a table, row by row, if it has data; None if it has parts of a page."""
    if table.get("role") in ("presentation", "none"):
        return None
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    rows = [row for row in rows if row]
    columns = max(map(len, rows), default=0)
    if len(rows) < _FEWEST or columns < _FEWEST:
        return None
    return rows if all(_has_data(cell) for row in rows for cell in row) else None


def _has_data(cell: Element) -> bool:
    inside = list(islice(cell.iter(), _LONGEST))
    paragraphs = sum(one.tag in ("p", "div") for one in inside)
    if len(inside) == _LONGEST or paragraphs > 1 or any(one.tag in _NOT_IN_DATA for one in inside):
        return False
    return len("".join(cell.itertext()).strip()) <= _LONGEST


def has_names(cells: Sequence[Element], lines: Sequence[Line]) -> bool:
    """Return whether a row has the names of columns in it: it says so, or all of it is bold."""
    if any(cell.tag == "th" for cell in cells):
        return True
    return all(Span(0, len(line.text), "strong") in line.spans for line in lines if line.text)
