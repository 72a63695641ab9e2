"""Which issues are drafts: those whose day is still to come, and that were not handed over."""

from __future__ import annotations

import re
from datetime import date

from newsletter.files import read_regular
from newsletter.manifest import IssueFolder
from newsletter.manifest.text_file import MAX_BYTES

_DATE = re.compile(rb"^date:[ \t]*['\"]?([0-9]{4}-[0-9]{2}-[0-9]{2})\b", re.MULTILINE)


def is_draft(folder: IssueFolder, day: date, today: date) -> bool:
    """Return whether an issue of this day is a draft."""
    return day > today and not folder.handed_over.is_dir()


def is_unreadable_draft(folder: IssueFolder, today: date) -> bool:
    """Return whether an issue with faults is a draft, by what is left of its date."""
    try:
        written = _DATE.search(read_regular(folder.manifest, MAX_BYTES))
        day = date.fromisoformat(written[1].decode()) if written else None
    except (OSError, ValueError):
        return False
    return day is not None and is_draft(folder, day, today)
