"""What gmail-clipping must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Plant

MISTAKES: dict[str, Plant] = {
    "styles that have grown beyond what Gmail shows": lambda room: room.html(
        f"<!-- {'styles ' * 15_000} -->"
    ),
}
