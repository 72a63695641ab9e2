"""What stale-ignore must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Plant

MISTAKES: dict[str, Plant] = {
    "an ignore of something that is not found": lambda room: room.change(
        "issues/652/issue.yaml",
        "ignore:\n",
        "ignore:\n  - {rule: gmail-clipping, reason: It was large once.}\n",
    ),
    "an ignore of a rule that does not exist": lambda room: room.change(
        "issues/652/issue.yaml",
        "ignore:\n",
        "ignore:\n  - {rule: gmail-cliping, reason: It is large.}\n",
    ),
    "an ignore whose date has passed": lambda room: room.change(
        "issues/652/issue.yaml",
        "ignore:\n",
        "ignore:\n  - {rule: far-date, reason: For some days., until: 2012-04-30}\n",
    ),
}
