"""What missing-teaser must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Plant

MISTAKES: dict[str, Plant] = {
    "a teaser that was to be written later": lambda room: room.change(
        "issues/652/issue.yaml",
        "        teaser: A hospital in Rome meets with criticism after 94 embryos were destroyed...\n",
        "",
    ),
}
