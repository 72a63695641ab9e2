"""A table with a line for each format of an issue: what it shows, and to whom it goes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from newsletter.cli.output import say
from newsletter.text.cells import cells, clipped

if TYPE_CHECKING:
    from newsletter.handover import Destination, Readers
    from newsletter.model import Audience, Format

_WIDTH = 80
"""Cells of a line of the table, so that it fits into a small terminal."""
_SHORTEST = 12
"""Cells that an audience's name has at least."""


def print_formats(
    destinations: Sequence[Destination], heading: str, last: Sequence[str], readers: Readers | None
) -> None:
    """Print a table of the formats that go to some destinations, and if their readers get one each.

    ``last`` is what the last column says of each format, under its ``heading``.
    """
    for line in _table(destinations, heading, last):
        say(f"  {line}")

    name = "Readers"
    for line in readers.lines if readers else ():
        say(f"  {name:<12} {line}")
        name = ""


def _table(destinations: Sequence[Destination], heading: str, last: Sequence[str]) -> Iterator[str]:
    """Yield a line for each format, below a line of headings."""
    columns = [
        _column("Format", [each.format.name for each in destinations], at_least=11),
        _column("Shows", [_shows(each.format) for each in destinations]),
        _column(heading, last),
    ]
    audiences = [each.audience for each in destinations]
    if all(audiences):
        sizes = _column("Readers", [_size(audience) for audience in audiences], to_right=True)
        room = _WIDTH - sum(cells(f"  {column[0]}") for column in (*columns, sizes)) - 4
        names = [clipped(audience.name, max(room, _SHORTEST)) for audience in audiences if audience]
        columns[2:2] = [_column("Audience", names), sizes]

    for row in zip(*columns, strict=True):
        yield "  ".join(row).rstrip()


def _column(
    heading: str, texts: Sequence[str], *, at_least: int = 0, to_right: bool = False
) -> list[str]:
    """Return the cells of a column, its heading first, all of one width."""
    column = [heading, *texts]
    width = max(at_least, *map(cells, column))
    if to_right:
        return [" " * (width - cells(text)) + text for text in column]
    return [text + " " * (width - cells(text)) for text in column]


def _shows(format: Format) -> str:
    return format.shows if format.has_html else f"{format.shows}, text"


def _size(audience: Audience | None) -> str:
    if audience is None or audience.size is None:
        return "?"
    return f"{audience.size:,}"
