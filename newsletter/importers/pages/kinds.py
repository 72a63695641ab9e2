"""The kind of item that the sections or categories of a page say."""

from __future__ import annotations

from collections.abc import Iterable

from newsletter.importers.lines.kinds import kind_of_section
from newsletter.model import Publication


def only_kind(names: Iterable[str], publication: Publication) -> str | None:
    """Return the kind that names of sections say; None if they say none, or two."""
    kinds = {kind_of_section(name, publication.name) for name in names}
    known = kinds - {None}
    if len(known) != 1:
        return None
    return known.pop()
