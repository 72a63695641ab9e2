"""What number-step must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Plant

MISTAKES: dict[str, Plant] = {
    "numbers left out, and nobody says why": lambda room: room.change(
        "issues/652/issue.yaml",
        "  - rule: number-step\n    reason: Of the issues between 596 and 652 none is kept here.\n",
        "",
    )
}
