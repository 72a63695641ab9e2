"""What insecure-link must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Plant

MISTAKES: dict[str, Plant] = {
    "an item without encryption": lambda room: room.change(
        "issues/652/issue.yaml",
        "https://www.bionews.org.uk/page_93535",
        "http://www.bionews.org.uk/page_93535",
    ),
    "a link in a teaser without encryption": lambda room: room.change(
        "issues/652/issue.yaml",
        "Mutations in the sperm of older fathers are linked to autism...",
        "Mutations in the sperm of older fathers are [linked to autism](http://www.bionews.org.uk/page_1)...",
    ),
}
