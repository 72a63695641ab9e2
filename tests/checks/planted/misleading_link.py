"""What misleading-link must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Plant

MISTAKES: dict[str, Plant] = {
    "one address shown, another linked to": lambda room: room.change(
        "issues/652/issue.yaml",
        "Mutations in the sperm of older fathers are linked to autism...",
        "Mutations in older fathers are linked to autism, says [www.bionews.org.uk](https://www.genome.gov/autism)...",
    )
}
