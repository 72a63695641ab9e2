"""What unmatched-sign must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Plant

ISSUE = "issues/652/issue.yaml"
TEASER = "teaser: Mutations in the sperm of older fathers are linked to autism..."


def teaser(text: str) -> Plant:
    return lambda room: room.change(ISSUE, TEASER, f"teaser: >-\n          {text}")


def curly(text: str) -> Plant:
    """A teaser below a title without a straight apostrophe."""
    return lambda room: teaser(text)(
        room.change(ISSUE, "in older fathers' sperm", "in the sperm of older fathers")
    )


MISTAKES: dict[str, Plant] = {
    "a round bracket not closed": teaser(
        "Mutations (those in sperm of older fathers are linked to autism."
    ),
    "a round bracket not opened": teaser(
        "Mutations in sperm) of older fathers are linked to autism..."
    ),
    "a square bracket not closed": teaser(
        "Mutations in [sperm of older fathers are linked to autism."
    ),
    "a quotation not closed": curly("Mutations in “sperm of older fathers are linked to autism."),
    "a quotation not opened": curly("Mutations in sperm” of older fathers are linked to autism..."),
    "a straight quote alone": teaser('Mutations in "sperm of older fathers are linked to autism.'),
    "a guillemet alone": teaser("Mutations in «sperm of older fathers are linked to autism."),
}
