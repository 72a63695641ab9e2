"""The table of old addresses, issues/old-addresses.csv: where pages were, and what is there now.

Its first line names its columns, in any order; others are for whoever keeps the table.

address     where a page was: https://www.example.org/page_92728, or /page.asp?obj_id=7 on the host
            of this site, or 652/palaces/ in the site
issue, file what was there: a piece by its issue and its file there, or an issue alone. If the issue
            has no such piece any more, the address leads to the issue
to          instead of these: an address of the web, or a page of this site: 652/palaces/

An import writes it, 'newsletter archive' adds pages that have moved, and editors add what they
know, in Excel as well: the separator may be a semicolon or a tab.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from newsletter.errors import ManifestError
from newsletter.files import read_regular, write_atomically
from newsletter.importers.decoding import text_or_none
from newsletter.importers.original import Original
from newsletter.manifest import Project
from newsletter.manifest.project import OLD_ADDRESSES

_LARGEST = 20_000_000
"""Bytes: some 200,000 addresses."""
_SEPARATORS = ",;\t"
_OF_EXCEL = "sep="
_COLUMNS = ("address", "issue", "file", "to")
_HEAD = "address,issue,file,to\r\n"
_FORMULAS = ("=", "+", "-", "@")
"""How a cell begins that a spreadsheet takes for a formula (owasp.org, "CSV Injection")."""


class OldAddress(NamedTuple):
    """A row of the table: an address, and where it leads now."""

    address: str
    issue: str
    file: str
    to: str
    line: int = 0
    """Where it is in the table."""


class OldAddresses(NamedTuple):
    """The table."""

    path: Path
    rows: tuple[OldAddress, ...]


NO_OLD_ADDRESSES = OldAddresses(Path(OLD_ADDRESSES), ())


def read_old_addresses(project: Project) -> OldAddresses:
    """Return the table, which is empty if there is none. Raise ManifestError."""
    path = project.issues / OLD_ADDRESSES
    text = _text(path)
    if text is None:
        return OldAddresses(path, ())
    try:
        return OldAddresses(path, tuple(_rows(path, text)))
    except csv.Error as error:
        hint = "Look for a quotation mark that is not closed."
        raise ManifestError.at(path, None, f"This is no table ({error}).", hint) from None


def add_old_addresses(project: Project, rows: Sequence[OldAddress]) -> None:
    """Add rows to the end of the table, all else in which stays as it is. Raise ManifestError or
    OSError.
    """
    path = project.issues / OLD_ADDRESSES
    text = _text(path) or _HEAD
    separator, columns = _head(path, text.splitlines()[:2])
    added = io.StringIO()
    writer = csv.writer(added, delimiter=separator)
    for row in rows:
        cells = dict(zip(_COLUMNS, row[:4], strict=True))
        writer.writerow([_harmless(cells.get(column, "")) for column in columns])

    content = _as_utf_8(path) or text.encode("utf-8-sig")
    end = b"" if content.endswith(b"\n") else b"\r\n"
    write_atomically(path.parent, {path.name: content + end + added.getvalue().encode()})


def _as_utf_8(path: Path) -> bytes:
    """Return the bytes of the table if they are UTF-8 already; else none."""
    try:
        content = read_regular(path, _LARGEST)
        content.decode()
    except (FileNotFoundError, UnicodeDecodeError):
        return b""
    return content


def _text(path: Path) -> str | None:
    """Return the text of the table with its own line ends; None if there is none."""
    try:
        content = read_regular(path, _LARGEST)
    except FileNotFoundError:
        return None
    except OSError as error:
        message = f"This file cannot be read ({error.strerror})."
        raise ManifestError.at(path, None, message, "Check its size and permissions.") from None

    text = text_or_none(Original(path.name, content))
    if text is None or "\0" in text:
        hint = "Open it in Excel and save it as CSV UTF-8."
        raise ManifestError.at(path, None, "This is no table as text.", hint)
    return text


def _head(path: Path, lines: Iterable[str]) -> tuple[str, list[str]]:
    """Return the separator of a table and its columns. Raise ManifestError."""
    for line in lines:
        if line.lower().startswith(_OF_EXCEL):
            continue
        separator = max(_SEPARATORS, key=line.count)
        columns = [name.strip().lower() for name in next(csv.reader([line], delimiter=separator))]
        if "address" in columns and not {"issue", "to"}.isdisjoint(columns):
            return separator, columns
        break
    message = "The first line does not name the columns."
    raise ManifestError.at(path, 1, message, f"Write: {','.join(_COLUMNS)}")


def _rows(path: Path, text: str) -> Iterator[OldAddress]:
    separator, columns = _head(path, text.splitlines()[:2])
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    is_below = False
    before = 0
    for cells in reader:
        line, before = before + 1, reader.line_num
        named = dict(zip(columns, map(_cell, cells), strict=False))
        if is_below and any(named.get(column) for column in _COLUMNS):
            address, issue, file, to = (named.get(column, "") for column in _COLUMNS)
            yield OldAddress(address, issue, file, to, line)
        is_below = is_below or named.get("address", "").lower() == "address"


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULAS) else cell


def _cell(written: str) -> str:
    cell = written.strip()
    is_harmless = cell.startswith("'") and cell[1:].startswith(_FORMULAS)
    return cell[1:] if is_harmless else cell
