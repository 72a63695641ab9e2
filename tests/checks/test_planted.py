"""Each mistake in planted/ is put into a copy of issue 652, one at a time, and only the rule that its file is named
after reports it. Infos do not count.
"""

from __future__ import annotations

from datetime import datetime
from importlib import import_module
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from newsletter.checks import manual
from newsletter.checks.preflight import preflight
from tests.checks.newsroom import Newsroom, Plant

PLANTED = {
    path.stem.replace("_", "-"): import_module(f"tests.checks.planted.{path.stem}").MISTAKES
    for path in sorted((Path(__file__).parent / "planted").glob("*.py"))
}
"""By rule: its mistakes, and how each is planted."""

MISTAKES = [
    pytest.param(rule, plant, id=f"{rule}: {mistake}")
    for rule, mistakes in PLANTED.items()
    for mistake, plant in mistakes.items()
]


@pytest.fixture
def newsroom(tmp_path: Path, repository: Path) -> Newsroom:
    """The shipped issues, of which 652 is the newest."""
    today = datetime.now(ZoneInfo("Europe/London")).date()
    return Newsroom(tmp_path / "newsroom", repository / "issues", "652", today)


def test_nothing_is_said_of_the_issue_as_it_is(newsroom: Newsroom) -> None:
    assert preflight(newsroom.galley()).findings == ()


@pytest.mark.parametrize(("rule", "plant"), MISTAKES)
def test_exactly_the_rule_speaks_that_is_about_it(
    rule: str, plant: Plant, newsroom: Newsroom
) -> None:
    plant(newsroom)
    report = preflight(newsroom.galley())
    infos = [finding for finding in report.of("info") if finding.check == rule]
    findings = [*report.of("error"), *report.of("warning"), *infos]
    assert {finding.check for finding in findings} == {rule}, report.findings


def test_every_rule_has_a_mistake_that_is_planted() -> None:
    without_asking_anybody = {name for name in manual.names() if manual.page(name).needs is None}
    assert set(PLANTED) == without_asking_anybody
    assert all(PLANTED.values())
