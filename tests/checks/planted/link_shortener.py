"""What link-shortener must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Plant

MISTAKES: dict[str, Plant] = {
    "a short address instead of a story's own": lambda room: room.change(
        "issues/652/issue.yaml",
        "https://www.bionews.org.uk/page_93535",
        "https://bit.ly/palaces-exhibition",
    )
}
