"""unused-file: a Markdown file or a picture in the issue's folder that the issue does not name."""

from __future__ import annotations

import pytest

from tests.checks.newsroom import Newsroom

STORY = (
    "---\ntitle: A court opens its files to everybody\n---\nWords of a story, and more of them.\n"
)


@pytest.mark.parametrize("name", [
    "README.md", "Readme.md", ".draft.md", "_draft.md", "notes.txt", "story.docx", "approvals.json", "issue.yaml~",
    "sources/story.md", "handed-over/story.md", "handed-over/images/a.png", "images/.DS_Store", "images/old/a.png",
    "images/notes.txt",
])  # fmt: skip
def test_files_of_other_kinds_and_places_are_left_alone(newsroom: Newsroom, name: str) -> None:
    assert newsroom.write(f"issues/700/{name}", STORY).told("unused-file") == []


def test_files_that_the_issue_names_are_used(newsroom: Newsroom) -> None:
    newsroom.write("issues/700/court.md", STORY).files("images/lab.png  600 x 400 pixels  9 KB")
    (newsroom.issues / "700" / "link.md").symlink_to("court.md")
    newsroom.change(
        "issues/700/issue.yaml",
        "      - title: A first story",
        "      - file: link.md\n      # - file: later.md\n      - title: A first story",
    )
    newsroom.write("issues/700/later.md", STORY)
    newsroom.change(
        "issues/700/issue.yaml",
        "page_100003",
        "page_100003\n        picture: {src: images/lab.png, alt: A lab}",
    )
    assert newsroom.told("unused-file") == []


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("court.md", "text"),
        ("Court.MD", "text"),
        ("lab.jpg", "picture"),
        ("images/lab.WEBP", "picture"),
    ],
)
def test_a_file_that_nobody_names(newsroom: Newsroom, name: str, kind: str) -> None:
    newsroom.write(f"issues/700/{name}", STORY)
    assert newsroom.told("unused-file") == [
        ("warning", f"issues/700/{name}", f"This {kind} is not used in the issue.")
    ]
