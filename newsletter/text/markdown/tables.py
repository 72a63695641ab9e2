"""Pipe tables, which are shown as lists: a line for each row, with the column's name in each cell.

A table is as wide as it is, and a phone is not; in plain text there is none at all. So the tokens
of a table are those of a list: ``Clinic: Leeds; Cycles: 80``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

_RULE = re.compile(r"(?!-[ \t])\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?")
"""The line below the names of columns; with a dash and a space it would begin a list."""
_BAR = re.compile(r"(?<!\\)\|")
_AFTER_NAME, _AFTER_CELL = ": ", "; "
_ENDS_ITSELF = tuple(".!?:;…。！？：；")
"""What needs no further mark after it."""


def read_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a table: a line of names, a line of dashes, and all lines with a bar below them."""
    if start + 1 >= end or state.sCount[start + 1] < state.blkIndent:
        return False
    rule = _line(state, start + 1)
    if not _RULE.fullmatch(rule):
        return False
    names = _line(state, start)
    columns = _cells(names)
    if not _BAR.search(names) or len(columns) != len(_cells(rule)):
        return False
    if silent:
        return True

    opening = state.push("table_open", "ul", 1)
    _push_row(state, start, columns)
    line = start + 2
    while line < end and state.sCount[line] >= state.blkIndent:
        row = _line(state, line)
        if not _BAR.search(row):
            break
        _push_row(state, line, _cells(row))
        line += 1

    state.push("table_close", "ul", -1)
    opening.map = [start, line]
    state.line = line
    return True


def _line(state: StateBlock, number: int) -> str:
    start = state.bMarks[number] + state.tShift[number]
    return state.src[start : state.eMarks[number]].strip()


def _cells(line: str) -> list[str]:
    """Return what is between the bars of a line; those at its ends are not needed."""
    cells = [cell.strip().replace("\\|", "|") for cell in _BAR.split(line)]
    if cells[0] == "":
        del cells[0]
    if cells and cells[-1] == "":
        del cells[-1]
    return cells or [""]


def _push_row(state: StateBlock, line: int, cells: list[str]) -> None:
    place = [line, line + 1]
    state.push("row_open", "li", 1).map = place
    for cell in cells:
        inline = state.push("inline", "", 0)
        inline.map = place
        inline.content = cell
        inline.children = []
    state.push("row_close", "li", -1)


def with_lines(blocks: list[Token]) -> list[Token]:
    """Return block tokens in which each row of a table is one line."""
    lines: list[Token] = []
    rows: list[list[Token]] = []
    for block in blocks:
        if block.type == "table_open":
            rows = []
            lines.append(block)
        elif block.type == "table_close":
            lines += _rows_as_lines(rows)
            lines.append(block)
            rows = []
        elif block.type == "row_open":
            rows.append([block])
        elif rows:
            rows[-1].append(block)
        else:
            lines.append(block)
    return lines


def _rows_as_lines(rows: list[list[Token]]) -> Iterator[Token]:
    """Yield the tokens of a table's rows, the first of which are the names of its columns."""
    (_, *names, _), *others = rows
    if not others:
        others, names = rows, []
    for opening, *cells, closing in others:
        line = _joined(cells, names)
        if line.children:
            yield from (opening, line, closing)


def _joined(cells: list[Token], names: list[Token]) -> Token:
    """Return one inline token of the cells of a row, each after the name of its column. The first
    cell, which mostly says what the row is about, is bold.
    """
    children: list[Token] = []
    for cell, name in zip_longest(cells, names[: len(cells)]):
        if not cell.children:
            continue
        is_first = not children
        if not is_first:
            children.append(_text(_mark(children, _AFTER_CELL)))
        if name and name.children:
            children += [*name.children, _text(_mark(name.children, _AFTER_NAME))]
        children += _in_bold(cell.children) if is_first else cell.children

    content = " | ".join(cell.content for cell in cells)
    return cells[0].copy(children=children, content=content)


def _mark(before: list[Token], usual: str) -> str:
    """Return what is put after some words: only a space if they end with a mark of their own."""
    seen = "".join(token.content for token in before)
    return " " if seen.rstrip().endswith(_ENDS_ITSELF) else usual


def _text(content: str) -> Token:
    from markdown_it.token import Token

    return Token("text", "", 0, content=content)


def _in_bold(line: list[Token]) -> list[Token]:
    from markdown_it.token import Token

    return [Token("strong_open", "strong", 1), *line, Token("strong_close", "strong", -1)]
