"""What text-direction must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Plant

MISTAKES: dict[str, Plant] = {
    "English from the right": lambda room: room.change(
        "issues/publication.yaml", "language: en-GB\n", "language: en-GB\ndirection: rtl\n"
    ),
}
