"""What far-date must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Plant

MISTAKES: dict[str, Plant] = {
    "last week's date, which nothing excuses": lambda room: room.change(
        "issues/652/issue.yaml",
        "  - rule: far-date\n    reason: It went out in 2012, and is kept as an example.\n",
        "",
    )
}
