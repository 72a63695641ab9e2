"""What bad-character must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Plant

ISSUE = "issues/652/issue.yaml"
MISTAKES: dict[str, Plant] = {
    "a letter lost": lambda room: room.change(
        ISSUE, "meets with criticism", "meets with critic\ufffdsm"
    ),
    "an apostrophe garbled": lambda room: room.change(
        ISSUE,
        "trial of a gene therapy for Parkinson's",
        "trial of a gene therapy for Parkinsonâ€™s",
    ),
    "a control character in the theme": lambda room: room.theme(
        "words.toml", '"In this issue"', '"In this\x85 issue"'
    ),
    "another encoding than it has": lambda room: room.html(
        room.galley().email.html.replace("charset=UTF-8", "charset=windows-1252")
    ),
    "no encoding": lambda room: room.html(
        room.galley().email.html.replace(
            '<meta http-equiv="Content-Type" content="text/html; charset=UTF-8">', ""
        )
    ),
}
