"""What unknown-merge-tag must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Plant

ISSUE = "issues/652/issue.yaml"
WELCOME = "Welcome to this week's BioNews:"
MISTAKES: dict[str, Plant] = {
    "a misspelt merge tag in the welcome": lambda room: room.change(
        "issues/publication.yaml",
        WELCOME,
        f"Dear [[firstname]], here is this week's {WELCOME[-8:]}",
    ),
    "a merge tag in a teaser": lambda room: room.change(
        ISSUE,
        "An early trial of a gene therapy",
        "For you, [[first-name]], an early trial of a gene therapy",
    ),
    "a merge tag in an address": lambda room: room.change(
        ISSUE,
        "https://www.bionews.org.uk/page_93535",
        "https://www.bionews.org.uk/page_93535/[[first-name]]",
    ),
}
