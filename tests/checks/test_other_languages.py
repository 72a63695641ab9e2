"""The rules over sound issues in other languages: the golden ones. What they say of these is true: all addresses are
for tests, the date has passed, and some reviews have no author.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter.checks.galley import galley_of
from newsletter.checks.preflight import preflight
from newsletter.manifest import Project

GOLDEN = Path(__file__).parents[1] / "golden"
TRUE = {"placeholder", "far-date", "missing-author", "nowhere-to-read-on"}


@pytest.mark.parametrize("case", ["french", "german", "japanese", "right-to-left", "spanish"])
def test_no_rule_cries_wolf_in_another_language(case: str) -> None:
    (folder,) = Project(GOLDEN / case / "issues").issue_folders()
    report = preflight(galley_of(folder))
    findings = [*report.of("error"), *report.of("warning")]
    assert [finding for finding in findings if finding.check not in TRUE] == []
