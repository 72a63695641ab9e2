"""Each rule's manual page: it has its parts, and its own examples are wrong and right."""

from __future__ import annotations

import re

import pytest

from newsletter.checks import manual
from tests.checks.newsroom import Newsroom

PARTS = re.compile(
    r"What it does: .+?\n\nWhy it matters: .+?\n\nWrong:\n\n(?P<wrong>```.+?```)\n\nRight:\n\n(?P<right>```.+?```)",
    re.DOTALL,
)

ALWAYS = [name for name in manual.names() if manual.page(name).needs is None]


def example(name: str, part: str) -> str:
    match = PARTS.fullmatch(manual.page(name).text)
    assert match, f"the manual page of {name} does not have its four parts"
    return match[part]


@pytest.mark.parametrize("name", manual.names())
def test_the_page_says_what_is_wrong_in_one_line(name: str) -> None:
    summary = manual.page(name).summary
    assert summary.endswith(".")
    assert len(summary) <= 100


@pytest.mark.parametrize("name", ALWAYS)
def test_the_wrong_example_is_found_once_and_the_right_one_not_at_all(
    name: str, newsroom: Newsroom
) -> None:
    right = Newsroom(newsroom.folder.with_name("right")).apply(example(name, "right"))
    assert right.told(name) == []
    wrong = newsroom.apply(example(name, "wrong")).told(name)
    assert len(wrong) == 1, wrong
    assert wrong[0].severity in manual.rule(name).SEVERITIES
