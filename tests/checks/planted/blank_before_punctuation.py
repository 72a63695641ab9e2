"""What blank-before-punctuation must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Plant

ISSUE = "issues/652/issue.yaml"
TEASER = "teaser: Mutations in the sperm of older fathers are linked to autism..."


def teaser(text: str) -> Plant:
    return lambda room: room.change(ISSUE, TEASER, f"teaser: >-\n          {text}")


MISTAKES: dict[str, Plant] = {
    "before a comma": teaser(
        "Mutations in the sperm of older fathers , it seems, are linked to autism..."
    ),
    "on the wrong side of a comma": teaser(
        "Mutations in the sperm of older fathers ,it seems, are linked to autism..."
    ),
    "before a full stop": teaser(
        "Mutations in the sperm of older fathers are linked to autism . More on the web..."
    ),
    "before a question mark": teaser(
        "Are mutations in the sperm of older fathers linked to autism ?"
    ),
    "within a bracket": teaser(
        "Mutations in the sperm ( and only there) of older fathers are linked to autism..."
    ),
    "before the end of a bracket": teaser(
        "Mutations in the sperm (and only there ) of fathers are linked to autism..."
    ),
}
