"""What past-date must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Plant

ISSUE = "issues/652/issue.yaml"
REVIEWS = "  - kind: reviews\n"


def with_section(kind: str, lines: str) -> Plant:
    section = f"  - kind: {kind}\n    items:\n      - title: A debate on what may be paid\n{lines}"
    return lambda room: room.change(ISSUE, REVIEWS, section + REVIEWS)


MISTAKES: dict[str, Plant] = {
    "an event of last week": with_section(
        "events",
        "        place: Science Museum, London\n        starts: 2012-04-11 18:30\n"
        "        url: https://www.progress.org.uk/debate\n        teaser: Three speakers ask what donors may get...\n",
    ),
    "a deadline of last week": with_section(
        "jobs",
        "        url: https://www.progress.org.uk/jobs\n"
        "        teaser: We are looking for somebody to run our debates. The closing date is 11 April 2012...\n",
    ),
}
