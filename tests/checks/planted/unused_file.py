"""What unused-file must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Plant

MISTAKES: dict[str, Plant] = {
    "a story that was forgotten": lambda room: room.write(
        "issues/652/court.md", "---\ntitle: Court\n---\nText.\n"
    )
}
