"""Tables: a cell in every column of a row, and a header where Word shows one (17.4)."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from newsletter.importers.docx.names import W, properties_of, value, whole

_MOST_COLUMNS = 63
"""Word makes tables of no more."""


def in_columns(row: Element) -> None:
    """Put empty cells in a row before its first cell and after those that take more columns.

    Mammoth would make one cell of those that are merged, and the others change their columns.
    """
    cells = _empty_cells(row.find(f"{W}trPr/{W}gridBefore"))
    for cell in row:
        cells.append(cell)
        cells += _empty_cells(cell.find(f"{W}tcPr/{W}gridSpan"))[1:]
        for properties in cell.findall(W + "tcPr"):
            cell.remove(properties)
    row[:] = cells


def with_header(table: Element) -> Element:
    """Return a table whose first row is a header, if it is made to look like one (17.4.55)."""
    first = table.find(W + "tr")
    look = value(table.find(f"{W}tblPr/{W}tblLook"), "firstRow")
    if first is not None and look in ("1", "true"):
        SubElement(properties_of(first, "trPr"), W + "tblHeader")
    return table


def _empty_cells(number: Element | None) -> list[Element]:
    written = whole(value(number)) or 0
    return [Element(W + "tc") for _ in range(min(written, _MOST_COLUMNS))]
