"""Sample issues, and exactly what each must become; ``make golden`` accepts a change, which git then shows."""

from __future__ import annotations

import shutil
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
        shutil.rmtree(expected, ignore_errors=True)
        shutil.copytree(built, expected)
    names = files_in(expected)
    assert files_in(built) == names
    assert {"email.eml", "email.html", "email.txt"} <= set(names)
    for name in names:
        assert (built / name).read_bytes() == (expected / name).read_bytes(), (
            f"{case}/{name} differs from its golden copy"
        )


def files_in(folder: Path) -> list[str]:
    """Return the files of a folder and those within it, as paths from it."""
    files = filter(Path.is_file, folder.rglob("*"))
    return sorted(file.relative_to(folder).as_posix() for file in files)
