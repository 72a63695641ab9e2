"""Each rule's manual page: it has its parts, and its own examples are wrong and right."""

from __future__ import annotations

import re
import subprocess
import sys

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


@pytest.mark.parametrize("name", manual.names())
def test_what_is_read_from_a_rules_file_is_what_it_has(name: str) -> None:
    page, rule = manual.page(name), manual.rule(name)
    assert f"{page.summary}\n\n{page.text}" == rule.__doc__.strip()
    assert page.severities == rule.SEVERITIES
    assert page.needs == getattr(rule, "NEEDS", None)


def test_no_rule_and_no_model_is_imported_to_know_the_pages_of_all() -> None:
    program = """
import sys
from newsletter.checks import manual
for name in manual.names():
    manual.page(name)
print([name for name in sys.modules if name.startswith(("newsletter.checks.rules.", "pydantic"))])
"""
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert found.stdout.strip() == "[]", found.stderr
