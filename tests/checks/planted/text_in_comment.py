"""What text-in-comment must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Plant

MISTAKES: dict[str, Plant] = {
    "a headline with a number sign": lambda room: room.change(
        "issues/652/issue.yaml",
        "title: Genetic mutations in older fathers' sperm linked to autism",
        "title: Genetic mutations in older fathers' sperm linked to autism # 2 of a series",
    )
}
