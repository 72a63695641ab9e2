"""What joined-lines must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Plant

MISTAKES: dict[str, Plant] = {
    "a list in a folded text": lambda room: room.change(
        "issues/652/issue.yaml",
        "title: Genetic mutations in older fathers' sperm linked to autism",
        "title: Genetic mutations in older fathers' sperm linked to autism\n"
        "        body: >\n"
        "          The three studies looked at these families:\n"
        "          - families with one child\n"
        "          - families with more",
    )
}
