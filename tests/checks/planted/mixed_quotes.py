"""What mixed-quotes must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Plant

ISSUE = "issues/652/issue.yaml"
QUOTED = "fertilised 'within the year', provided"


def quoted(text: str) -> Plant:
    """Write the quotation like this, in a publication that keeps quotes as they are typed."""
    return lambda room: room.publication(typography=False).change(ISSUE, QUOTED, text)


MISTAKES: dict[str, Plant] = {
    "a curly quote": quoted("fertilised 'within the year’, provided"),
    "a straight apostrophe": quoted("fertilised ‘within a year's time’, provided"),
    "double and single": quoted("fertilised “within a year's time”, provided"),
}
