"""number-taken: another folder holds an issue with the same number."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter.checks.rules import number_taken
from newsletter.manifest import IssueFolder
from tests.checks.newsroom import Newsroom


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "issues/701/issue.yaml",
            "number: 700\n",
        ),  # refused as an issue: its folder has another number
        ("issues/700-notes/issue.yaml", "number: 7000\n"),
        (
            "issues/template/issue.yaml",
            "number: 1\nsections:\n  - title: number 700\n    number: 700\n",
        ),
        ("issues/template/issue.yaml", ""),
        ("issues/template/issue.yaml", b"\xff\xfe\x00number"),
        ("issues/700/old/issue.yaml", "number: 700\n"),
        ("issues/.trash/700/issue.yaml", "number: 700\n"),
        ("issues/french/publication.yaml", "name: Une autre lettre\n"),
        ("issues/a/b/c/d/issue.yaml", "number: 700\n"),
        ("issues/2029/699/issue.yaml", "number: 700\n"),
        ("issues/700-pictures/readme.txt", "number: 700\n"),
    ],
)
def test_these_are_not_another_issue_with_the_number(
    newsroom: Newsroom, name: str, text: str | bytes
) -> None:
    newsroom.write("issues/french/700/notes.txt", "")
    assert newsroom.write(name, text).told("number-taken") == []


def test_another_newsletter_in_a_folder_of_its_own_may_have_the_number(newsroom: Newsroom) -> None:
    newsroom.write("issues/french/publication.yaml", "name: Une autre lettre\n")
    assert (
        newsroom.write("issues/french/700/issue.yaml", "number: 700\n").told("number-taken") == []
    )


def test_another_name_of_the_same_folder_is_not_another_issue(newsroom: Newsroom) -> None:
    (newsroom.issues / "current").symlink_to(newsroom.issues / "700", target_is_directory=True)
    assert newsroom.told("number-taken") == []


def test_a_folder_that_was_taken_away_in_the_meantime_is_ignored(tmp_path: Path) -> None:
    gone = IssueFolder.at(tmp_path / "gone" / "700")
    assert gone.project.copies == []
    assert number_taken._number(gone) is None


@pytest.mark.parametrize(
    "line",
    [
        "number: 700",
        'number: "700"',
        "number:   '700'  # as last week",
        "\ufeffnumber: 700",
        "number: 700\r",
    ],
)
def test_a_copy_is_reported_however_it_writes_its_number(newsroom: Newsroom, line: str) -> None:
    told = newsroom.write("issues/700-copy/issue.yaml", f"{line}\ndate: 2030-01-07\n").told(
        "number-taken"
    )
    assert [(finding.severity, finding.place) for finding in told] == [
        ("error", "issues/700/issue.yaml:1")
    ]
    assert "'700-copy'" in told[0].message


def test_each_other_folder_is_reported(newsroom: Newsroom) -> None:
    newsroom.write("issues/draft/issue.yaml", "date: 2030-01-07\nnumber: 700\n")
    newsroom.write("issues/old/2029/700/issue.yaml", "number: 700\n")
    told = newsroom.told("number-taken")
    assert ["'draft'" in told[0].message, "'old/2029/700'" in told[1].message] == [True, True]
    assert len(told) == 2
