"""A table above a piece, of two columns: labels, and what each says."""

from __future__ import annotations

from collections.abc import Sequence

from newsletter.importers.lines import labels
from newsletter.importers.lines.bylines import with_role
from newsletter.importers.lines.head_lines import Facts, facts_of_label
from newsletter.importers.lines.labels import Labelled
from newsletter.importers.lines.marks import plain
from newsletter.importers.piece import Found
from newsletter.model import Publication


def table_at(lines: Sequence[str], start: int) -> tuple[list[list[str]], int]:
    """Return the rows of the table that begins in a line, and where it ends."""
    rows: list[list[str]] = []
    place = start
    while place < len(lines) and (cells := labels.table_row(lines[place])):
        if not labels.is_ruler(cells):
            rows.append(cells)
        place += 1
    return rows, place


def facts_of_table(rows: list[list[str]], publication: Publication) -> Facts | None:
    """Return what a table says whose first column has labels; None if it is another table."""
    read = [labels.labelled_row(cells) for cells in rows]
    names = {label.name for label in read if label}
    is_form = all(len(cells) == 2 for cells in rows) and bool(names & {"title", "by"})
    if not is_form:
        return None

    facts = Facts()
    for cells, label in zip(rows, read, strict=True):
        facts = _with_row(facts, cells, label, publication)
    return facts


def _with_row(
    facts: Facts, cells: list[str], label: Labelled | None, publication: Publication
) -> Facts:
    written, value = cells[0].strip("*_: "), plain(cells[1])
    if not value:
        return facts

    authors = facts.fields.get("authors")
    if label and label.name == "role" and authors:
        both = Found(with_role(authors.value, value), f"{authors.rule} and {label.written}:")
        return facts.joined(Facts({"authors": both}))

    known = facts_of_label(label, publication)
    if known is None or facts.has_any_of(known):
        known = Facts(left_out=(f"{written}: {value}",))
    return facts.joined(known)
