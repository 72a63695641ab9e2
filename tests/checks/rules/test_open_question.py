"""open-question: comments of volunteers that nobody has answered yet."""

from __future__ import annotations

import pytest

from tests.checks.newsroom import Newsroom

FILE = "issues/700/story.md"


def _with_body(newsroom: Newsroom, body: str) -> Newsroom:
    newsroom.write(FILE, f"---\ntitle: A court opens its files to everybody\n---\n{body}\n")
    entry = "      - title: A first story"
    return newsroom.change("issues/700/issue.yaml", entry, f"      - file: story.md\n{entry}")


@pytest.mark.parametrize(
    "comment", ["<!-- Keep this short. -->", "<!-- question -->", "Question: is it so?", ""]
)
def test_other_comments_are_nobodys_questions(newsroom: Newsroom, comment: str) -> None:
    body = f"A court opens all its files on clinics and their patients. {comment}"
    assert _with_body(newsroom, body).told("open-question") == []


def test_each_question_at_its_line(newsroom: Newsroom) -> None:
    body = (
        "A court opens all its files. <!-- question: Ann Cell asks: all of them? -->\n\n"
        "It explains why.\n<!--question: where?-->"
    )
    assert _with_body(newsroom, body).told("open-question") == [
        ("warning", f"{FILE}:4", "A question is open: Ann Cell asks: all of them?"),
        ("warning", f"{FILE}:7", "A question is open: where?"),
    ]
