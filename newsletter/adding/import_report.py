"""What an import has done: the table of old addresses, and a list of what is in no issue."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from newsletter.adding.old_addresses import OldAddress, add_old_addresses, read_old_addresses
from newsletter.adding.old_issues import OldIssue
from newsletter.adding.old_posts import NotPlaced
from newsletter.files import relative_to_cwd, write_atomically
from newsletter.manifest import Project

REPORT = "import-report.csv"
TO_FIX = "to fix"
_BEGIN_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_old_addresses(project: Project, issues: Iterable[OldIssue]) -> int:
    """Add to issues/old-addresses.csv where each old address leads now, and return how many are of
    these issues. Of two pieces at one address, the first has it; what is in the table stays as it
    is. Raise ManifestError or OSError.
    """
    rows: dict[str, OldAddress] = {}
    for issue in issues:
        for piece in issue.pieces:
            for address in piece.addresses:
                rows.setdefault(address, OldAddress(address, issue.number, piece.file, ""))

    there = {row.address for row in read_old_addresses(project).rows}
    add_old_addresses(project, [row for row in rows.values() if row.address not in there])
    return len(rows)


def write_report(project: Project, lost: Iterable[NotPlaced], issues: Iterable[OldIssue]) -> int:
    """Write build/import-report.csv: what is in no issue, and what is to be fixed in the new ones.

    Return how many rows it has. Raise OSError.
    """
    rows: list[tuple[str, ...]] = list(lost)
    for issue in issues:
        rows += issue.not_placed
        for problem in issue.problems:
            place = f"{relative_to_cwd(problem.path).as_posix()}:{problem.line or ''}".rstrip(":")
            rows.append((TO_FIX, place, "", "", f"{problem.message} {problem.hint}"))

    content = _csv(("what", "where", "title", "date", "why"), rows)
    write_atomically(project.build, {REPORT: content})
    return len(rows)


def _csv(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    """Return a table as spreadsheets read it: a byte order mark, or Excel guesses the encoding."""
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(heads)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return table.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula (owasp.org, "CSV Injection")."""
    if cell.startswith(_BEGIN_A_FORMULA):
        return f"'{cell}"
    return cell
