"""What mixed-alphabets must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Plant

ISSUE = "issues/652/issue.yaml"
LARGE_A, SMALL_O, SMALL_ES = "\u0410", "\u043e", "\u0441"
"""Cyrillic letters that look like A, o and c."""
MISTAKES: dict[str, Plant] = {
    "an author's name": lambda room: room.change(
        ISSUE, "Dr Stuart Hogarth", f"Dr Stuart H{SMALL_O}garth"
    ),
    "a word of a teaser": lambda room: room.change(
        ISSUE, "meets with criticism", f"meets with {SMALL_ES}riticism"
    ),
}
