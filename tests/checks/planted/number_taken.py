"""What number-taken must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Plant

MISTAKES: dict[str, Plant] = {
    "a copy beside the issue": lambda room: room.write(
        "issues/652-copy/issue.yaml", "number: 652\ndate: 2012-04-09\n"
    ),
    "the same number in a folder of old issues": lambda room: room.write(
        "issues/old/652/issue.yaml", "number: 652\n"
    ),
}
