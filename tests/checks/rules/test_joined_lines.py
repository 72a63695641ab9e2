"""joined-lines: YAML joins the lines of a list, a quotation or a heading."""

from __future__ import annotations

import pytest

from tests.checks.newsroom import Newsroom

WHO = "title: A second story, on what laboratories must keep"


def body(text: str) -> str:
    """A field that begins in line 11 of the sound issue, below the title of its second story."""
    return f"{WHO}\n        body: " + text.replace("\n", "\n          ")


@pytest.mark.parametrize(
    ("text", "line", "kind", "hint"),
    [
        (">\nKept are\n- cells\n- blood", 13, "list", "Write | instead of > after 'body:'."),
        (">-\nKept are\n* cells\n* blood", 13, "list", "Write | instead of > after 'body:'."),
        (
            ">\nFirst.\n\n1. cells\n2. blood\n\nLast.",
            15,
            "list",
            "Write | instead of > after 'body:'.",
        ),
        (">\nWe keep these:\n1) cells", 13, "list", "Write | instead of > after 'body:'."),
        (">\nShe wrote.\n> Keep them.", 13, "quotation", "Write | instead of > after 'body:'."),
        (">\n> Keep them\n> for ever.", 13, "quotation", "Write | instead of > after 'body:'."),
        (
            ">\nThey are kept\n## For how long\nFor ever.",
            13,
            "heading",
            "Write | instead of > after 'body:'.",
        ),
        (">\n\nKept are:\n- cells", 14, "list", "Write | instead of > after 'body:'."),
        (">\nThis is it:\n![A lab](lab.jpg)", 13, "picture", "Write | instead of > after 'body:'."),
        (">\n![A lab](lab.jpg)\nThat is it.", 12, "picture", "Write | instead of > after 'body:'."),
        (">\n| a | b |\n| c | d |", 13, "table", "Write | instead of > after 'body:'."),
        (">\n## For how long\nFor ever.", 12, "heading", "Write | instead of > after 'body:'."),
        (
            "Laboratories keep these.\n- cells\n- blood",
            12,
            "list",
            "Write 'body: |' and begin the text on the next line.",
        ),
        (
            "\nKept are\n+ cells\n+ blood",
            13,
            "list",
            "Write 'body: |' and begin the text on the next line.",
        ),
        (
            '"Laboratories keep these:\n- cells"',
            12,
            "list",
            "Write 'body: |' and begin the text on the next line without the quotes.",
        ),
    ],
)
def test_lost_lines_are_found(
    newsroom: Newsroom, text: str, line: int, kind: str, hint: str
) -> None:
    newsroom.change("issues/700/issue.yaml", WHO, body(text))
    (found,) = newsroom.findings("joined-lines")
    assert (found.severity, found.problem.line) == ("warning", line)
    assert found.problem.message == f"YAML joins these lines into one, so the {kind} is lost."
    assert found.problem.hint == hint
    assert found.item == WHO.removeprefix("title: ")


@pytest.mark.parametrize(
    "text",
    [
        "|\nKept are:\n- cells\n- blood",
        ">\nKept are:\n\n- cells\n\n- blood",
        ">\nKept are:\n  - cells\n  - blood\n\nThat is all.",
        ">\nThat is all.",
        ">+\n\n",
        "Laboratories keep cells\n- or so they say - for years",
        "Laboratories keep cells in\n1. May and no later",
        "Of all laboratories, those that keep cells are\n> 50 percent, and those in towns.\n> 60 percent are new",
        "The year was 19\n84. It was the law that said so",
        "It happened in the year of the law.\n12. That was its number",
        "The temperature fell to\n-80 degrees.\n-90 was next",
        "A very long text\n*of which this is stressed*\n*and this*",
    ],
)
def test_other_lines_are_not_a_mistake(newsroom: Newsroom, text: str) -> None:
    assert newsroom.change("issues/700/issue.yaml", WHO, body(text)).told("joined-lines") == []


def test_what_follows_a_folded_text_is_not_part_of_it(newsroom: Newsroom) -> None:
    kept = body(">\nCells are kept.")
    newsroom.change("issues/700/issue.yaml", WHO, f"{kept}\n      - title: A third story")
    assert newsroom.told("joined-lines") == []


def test_a_text_in_a_markdown_file_is_read_as_it_is_and_its_teaser_is_not(
    newsroom: Newsroom,
) -> None:
    newsroom.write(
        "issues/700/story.md",
        "---\ntitle: Cells\nteaser: >\n  Kept are:\n  - cells\n  - blood\n---\nKept are:\n- cells\n- blood\n",
    )
    newsroom.change("issues/700/issue.yaml", f"- {WHO}", f"- file: story.md\n      - {WHO}")
    assert [told.place for told in newsroom.told("joined-lines")] == ["issues/700/story.md:5"]
