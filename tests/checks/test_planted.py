"""Each mistake is planted into a copy of issue 652, one at a time, and only the rule that is about it reports it.

Infos do not count. The mistakes are in the tests of their rules, as PLANTED.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from importlib import import_module
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from newsletter.checks import manual
from newsletter.checks.preflight import preflight
from tests.checks.newsroom import Newsroom

Plant = Callable[[Newsroom], object]


def planted() -> Iterator[tuple[str, str, Plant]]:
    for name in manual.names():
        if manual.needs(name) is None:
            tests = import_module(f"tests.checks.rules.test_{name.replace('-', '_')}")
            yield from ((name, mistake, plant) for mistake, plant in tests.PLANTED.items())


MISTAKES = [
    pytest.param(name, plant, id=f"{name}: {mistake}") for name, mistake, plant in planted()
]


@pytest.fixture
def newsroom(tmp_path: Path, repository: Path) -> Newsroom:
    """The shipped issues, of which 652 is the newest."""
    today = datetime.now(ZoneInfo("Europe/London")).date()
    return Newsroom(tmp_path / "newsroom", repository / "issues", "652", today)


def test_nothing_is_said_of_the_issue_as_it_is(newsroom: Newsroom) -> None:
    assert preflight(newsroom.galley()).findings == ()


@pytest.mark.parametrize(("name", "plant"), MISTAKES)
def test_exactly_the_rule_speaks_that_is_about_it(
    name: str, plant: Plant, newsroom: Newsroom
) -> None:
    plant(newsroom)
    report = preflight(newsroom.galley())
    findings = [*report.of("error"), *report.of("warning")]
    assert {finding.check for finding in findings} == {name}, report.findings


def test_every_rule_has_a_mistake_that_is_planted() -> None:
    assert {name for name, _, _ in planted()} == {
        name for name in manual.names() if manual.needs(name) is None
    }
