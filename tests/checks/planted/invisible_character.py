"""What invisible-character must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Plant

ISSUE = "issues/652/issue.yaml"
MISTAKES: dict[str, Plant] = {
    "a soft hyphen in a teaser": lambda room: room.change(
        ISSUE, "meets with criticism", "meets with criti\u00adcism"
    ),
    "a byte order mark in an author's name": lambda room: room.change(
        ISSUE, "Dr Stuart Hogarth", "Dr Stuart\ufeff Hogarth"
    ),
    "a title that runs backwards": lambda room: room.change(
        ISSUE, "Boost to egg and sperm donations", "Boost to egg and \u202esperm donations"
    ),
    "an address with a mark at its end": lambda room: room.change(
        ISSUE,
        "https://www.bionews.org.uk/page_93535",
        "https://www.bionews.org.uk/page_93535%E2%80%8E",
    ),
}
