"""What item-date must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Plant

ISSUE = "issues/652/issue.yaml"
MISTAKES: dict[str, Plant] = {
    "a comment of next year": lambda room: room.change(
        ISSUE, "date: 2012-04-11", "date: 2013-04-11"
    ),
    "a comment of the year before last": lambda room: room.change(
        ISSUE, "date: 2012-04-11", "date: 2010-04-11"
    ),
}
