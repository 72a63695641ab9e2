"""Items as newsletters have them: no rule may report an error or a warning for one."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import pytest
import yaml

from newsletter.checks.preflight import preflight
from tests.checks.galleys import IN_EVERY_FORMAT
from tests.checks.newsroom import SECTION_OF_KIND, SOUND, Newsroom

ITEMS: dict[str, dict[str, Any]] = yaml.load(  # every scalar is text, as in a manifest
    (SOUND / "items.yaml").read_text("utf-8"),
    Loader=yaml.BaseLoader,  # noqa: S506  it makes text only
)


def alarms(newsroom: Newsroom, items: list[dict[str, Any]]) -> list[str]:
    """Return the errors and warnings of an issue with these items, in their order."""
    sections = [
        {"kind": SECTION_OF_KIND[kind], "items": [{**item} for item in group]}
        for kind, group in groupby(items, key=lambda item: item["kind"])
    ]
    report = preflight(newsroom.issue(sections=sections).galley())
    return [
        f"{finding.check}: {finding.problem}"
        for finding in (*report.of("error"), *report.of("warning"))
    ]


def test_there_are_enough_of_them() -> None:
    assert len(ITEMS) >= 40


@pytest.mark.parametrize("name", ITEMS)
def test_an_item_sets_off_no_rule(name: str, newsroom: Newsroom) -> None:
    assert alarms(newsroom, [ITEMS[name]]) == []


HALVES = pytest.mark.parametrize(
    "half", [slice(None, len(ITEMS) // 2), slice(len(ITEMS) // 2, None)], ids=["first", "second"]
)


@HALVES
def test_an_issue_of_half_of_them_sets_off_no_rule(half: slice, newsroom: Newsroom) -> None:
    assert alarms(newsroom, list(ITEMS.values())[half]) == []


@HALVES
def test_nor_does_it_in_any_format(half: slice, newsroom: Newsroom) -> None:
    newsroom.publication(**IN_EVERY_FORMAT)
    assert alarms(newsroom, list(ITEMS.values())[half]) == []
