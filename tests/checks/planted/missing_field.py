"""What missing-field must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Plant

TITLE = "title: Genetic mutations in older fathers' sperm linked to autism"
MISTAKES: dict[str, Plant] = {
    "a date that is not known": lambda room: room.change(
        "issues/652/issue.yaml", TITLE, f"{TITLE}\n        date:  # missing: its own date"
    ),
    "the channel of a programme that is not known": lambda room: room.change(
        "issues/652/issue.yaml",
        "title: Health Explained - Epigenetics",
        "title: Health Explained - Epigenetics\n          channel:  # missing: channel or station",
    ),
}
