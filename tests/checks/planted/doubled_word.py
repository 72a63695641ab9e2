"""What doubled-word must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Plant

TEASER = "teaser: Mutations in the sperm of older fathers are linked to autism..."
MISTAKES: dict[str, Plant] = {
    "a word twice": lambda room: room.change(
        "issues/652/issue.yaml", TEASER, TEASER.replace("the sperm", "the the sperm")
    ),
    "a word twice, over a line": lambda room: room.change(
        "issues/652/issue.yaml",
        "Council on Bioethics calls\n          for",
        "Council on Bioethics calls for\n          for",
    ),
}
