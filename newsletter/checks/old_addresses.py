"""The old addresses that the archive still answers: issues/old-addresses.csv."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from newsletter.errors import ManifestError
from newsletter.manifest import Project
from newsletter.manifest.project import OLD_ADDRESSES


def old_addresses(project: Project) -> frozenset[str]:
    """Return every address that is listed, some of them paths in the archive; none if the table
    cannot be read.
    """
    try:
        status = (project.issues / OLD_ADDRESSES).stat()
    except OSError:
        return frozenset()
    return _listed(project.issues, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=2)
def _listed(issues: Path, _changed: int, _size: int) -> frozenset[str]:
    from newsletter.adding.old_addresses import read_old_addresses  # few newsletters have a table

    try:
        table = read_old_addresses(Project(issues))
    except ManifestError:
        return frozenset()
    return frozenset(row.address for row in table.rows)
