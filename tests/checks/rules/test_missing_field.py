"""missing-field: fields that a source did not have, and that nobody has filled yet."""

from __future__ import annotations

import pytest

from tests.checks.newsroom import Newsroom

TITLE = "title: A second story, on what laboratories must keep"


@pytest.mark.parametrize(
    "line",
    [
        "date:",
        "date:  # not known",
        "date: 2030-01-04  # missing: its own date",
        "action: Read all of it  # missing: what the link says",
        "# date:  # missing: its own date",
    ],
)
def test_what_is_filled_or_was_never_asked_for(newsroom: Newsroom, line: str) -> None:
    newsroom.change("issues/700/issue.yaml", TITLE, f"{TITLE}\n        {line}")
    assert newsroom.told("missing-field") == []
    assert newsroom.told("text-in-comment") == []


def test_each_empty_field_with_a_note_at_its_line(newsroom: Newsroom) -> None:
    newsroom.change(
        "issues/700/issue.yaml",
        TITLE,
        f"{TITLE}\n        authors:  # missing: Sent by Ruth Egg: is it hers?",
    ).write(
        "issues/700/film.md",
        "---\ntitle: A film\nwork:\n  kind: film\n  title: The film\n"
        "  credits:  # missing: a line each\n---\nIt was good.\n",
    )
    with (newsroom.issues / "700/issue.yaml").open("a", encoding="utf-8") as file:
        file.write("  - kind: reviews\n    items:\n      - file: film.md\n")
    assert newsroom.told("missing-field") == [
        ("warning", "issues/700/film.md:6", "'work.credits' of 'A film' is still missing."),
        (
            "warning",
            "issues/700/issue.yaml:11",
            "'authors' of 'A second story, on what laboratories must keep' is still missing.",
        ),
    ]
