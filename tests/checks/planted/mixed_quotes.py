"""What mixed-quotes must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Plant

ISSUE = "issues/652/issue.yaml"
QUOTED = "fertilised 'within the year', provided"
MISTAKES: dict[str, Plant] = {
    "a curly quote": lambda room: room.change(
        ISSUE, QUOTED, "fertilised 'within the year’, provided"
    ),
    "a straight apostrophe": lambda room: room.change(
        ISSUE, QUOTED, "fertilised ‘within a year's time’, provided"
    ),
    "double and single": lambda room: room.change(
        ISSUE, QUOTED, "fertilised “within a year's time”, provided"
    ),
}
