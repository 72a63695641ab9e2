"""What unresolved-tag must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Plant

ISSUE = "issues/652/issue.yaml"
TEASER = "An early trial of a gene therapy"
MISTAKES: dict[str, Plant] = {
    "a tag in the welcome": lambda room: room.issue(
        welcome="Dear {{ contact.NAME }}, this week's issue begins with a trial."
    ),
    "a tag that Markdown takes for emphasis": lambda room: room.issue(
        welcome="Dear *|FNAME|*, this week's issue begins with a trial."
    ),
    "a tag in the preheader": lambda room: room.issue(
        preheader="For ${name}: an early trial of a gene therapy, and the variants of a gene"
    ),
    "a tag in an address": lambda room: room.change(
        ISSUE,
        TEASER,
        "An early [trial](https://www.bionews.org.uk/page_93001/%%reader%%) of a gene therapy",
    ),
    "a tag in the theme": lambda room: room.theme(
        "words.toml", 'news = "Read the story"', 'news = "Read the story <%= here %>"'
    ),
}
