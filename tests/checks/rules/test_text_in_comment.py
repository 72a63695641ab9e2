"""text-in-comment: a text ends at a # that YAML takes as the start of a comment."""

from __future__ import annotations

import pytest

from tests.checks.newsroom import Newsroom

TITLE = "title: A second story, on what laboratories must keep"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("date: 2030-01-07", "date: 2030-01-07 # the first Monday"),
        ("number: 700", "number: 700 #a round one"),
        ("kind: news", "kind: news # first things first"),
        ("page_100004", "page_100004 # or another"),
        (TITLE, "title: 'A second story # on what laboratories must keep'"),
        (TITLE, f"{TITLE}  #"),
        (TITLE, f"{TITLE} # ..."),
        (TITLE, f"{TITLE}\n        # Ask again"),
        (TITLE, f"{TITLE}\n        authors:  # not known yet"),
        (
            TITLE,
            f"{TITLE}\n        authors: # two\n          - name: Ruth Egg\n          - Ann Cell",
        ),
    ],
)
def test_other_comments_are_not_a_mistake(newsroom: Newsroom, old: str, new: str) -> None:
    assert newsroom.change("issues/700/issue.yaml", old, new).told("text-in-comment") == []


@pytest.mark.parametrize(
    ("new", "line", "comment"),
    [
        (f"{TITLE} # and what not", 10, "# and what not"),
        (
            f"{TITLE}\n        authors: [Ruth Egg] # x\n        topics:\n          - cells # stem cells",
            13,
            "# stem cells",
        ),
        (f"{TITLE}\n        authors:\n          - Ruth Egg # editor", 12, "# editor"),
        (f"{TITLE}\n          for thirty years # 30", 10, "# 30"),
    ],
)
def test_a_text_that_is_cut_is_found(newsroom: Newsroom, new: str, line: int, comment: str) -> None:
    newsroom.change("issues/700/issue.yaml", TITLE, new)
    what = f"YAML takes everything from '{comment}' on as a comment, which no reader sees."
    assert newsroom.told("text-in-comment") == [("warning", f"issues/700/issue.yaml:{line}", what)]


def test_a_text_in_a_markdown_file_and_in_the_publication(newsroom: Newsroom) -> None:
    newsroom.write(
        "issues/700/story.md", "---\ntitle: Cells # stem cells\n---\nText # no comment\n"
    )
    newsroom.change("issues/700/issue.yaml", f"- {TITLE}", f"- file: story.md\n      - {TITLE}")
    newsroom.publication(tagline=None)
    with (newsroom.issues / "publication.yaml").open("a", encoding="utf-8") as file:
        file.write("tagline: News # and more\n")
    assert [told.place.rpartition(":")[0] for told in newsroom.told("text-in-comment")] == [
        "issues/700/story.md",
        "issues/publication.yaml",
    ]
