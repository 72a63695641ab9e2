"""What publication-day must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Plant

MISTAKES: dict[str, Plant] = {
    "a day late": lambda room: room.change(
        "issues/652/issue.yaml", "date: 2012-04-16\n\n", "date: 2012-04-17\n\n"
    ),
}
