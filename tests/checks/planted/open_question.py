"""What open-question must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Plant

TEASER = "Mutations in the sperm of older fathers are linked to autism..."
QUESTION = "<!-- question: Ann Cell asks: which study? -->"
MISTAKES: dict[str, Plant] = {
    "a volunteer's question in a teaser": lambda room: room.change(
        "issues/652/issue.yaml", f"teaser: {TEASER}", f'teaser: "{TEASER} {QUESTION}"'
    )
}
