"""Sample issues, and exactly what each must become; ``make golden`` accepts a change, which git then shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter.cli.build import build_one
from newsletter.manifest import Project

TESTS = Path(__file__).parent
CASES = {f"bionews-{number}": TESTS.parent / "issues" / number for number in ("652", "596")} | {
    case.name: Project(case / "issues").issue_folders()[0]
    for case in sorted((TESTS / "golden").iterdir())
    if (case / "issues").is_dir()
}


@pytest.mark.parametrize("case", CASES)
def test_an_issue_becomes_exactly_the_golden_email(
    case: str, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    _, built = build_one(CASES[case], tmp_path)
    expected = TESTS / "golden" / case / "expected"
    if pytestconfig.getoption("--update-golden"):
        expected.mkdir(parents=True, exist_ok=True)
        for file in built.iterdir():
            (expected / file.name).write_bytes(file.read_bytes())
    assert sorted(file.name for file in built.iterdir()) == ["email.eml", "email.html", "email.txt"]
    for file in built.iterdir():
        assert file.read_bytes() == (expected / file.name).read_bytes(), (
            f"{case}/{file.name} differs from its golden copy"
        )
