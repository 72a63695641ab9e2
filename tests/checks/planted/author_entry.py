"""What author-entry must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Plant

ISSUE = "issues/652/issue.yaml"
HOGARTH = "          - Dr Stuart Hogarth\n"
MISTAKES: dict[str, Plant] = {
    "two people in one entry": lambda room: room.change(
        ISSUE, HOGARTH, "          - Dr Stuart Hogarth and Dr Anna Author\n"
    ),
    "a post behind a name": lambda room: room.change(
        ISSUE, HOGARTH, "          - Dr Stuart Hogarth, research fellow\n"
    ),
    "a post as an author": lambda room: room.change(
        ISSUE, HOGARTH, f"{HOGARTH}          - PhD student\n"
    ),
    "brackets": lambda room: room.change(ISSUE, HOGARTH, "          - (Dr Stuart Hogarth)\n"),
    "an email address": lambda room: room.change(
        ISSUE, HOGARTH, "          - s.hogarth@kcl.ac.uk\n"
    ),
    "a byline": lambda room: room.change(ISSUE, HOGARTH, "          - By Dr Stuart Hogarth\n"),
}
