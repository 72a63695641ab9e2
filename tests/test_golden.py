"""Sample issues, and exactly what each must become; ``make golden`` accepts a change, which git then shows."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from newsletter.cli.build import build_one
from newsletter.manifest import IssueFolder, Project

TESTS = Path(__file__).parent
CASES = {f"bionews-{number}": TESTS.parent / "issues" / number for number in ("652", "596")} | {
    case.name: Project(case / "issues").issue_folders()[0]
    for case in sorted((TESTS / "golden").iterdir())
    if (case / "issues").is_dir()
}
FORMATS = """
preferences: https://www.bionews.org.uk/preferences
formats:
  - {name: teasers, shows: teasers, audience: "a1b2:segment-17"}
  - {name: headlines, shows: headlines, audience: "a1b2:segment-18"}
  - {name: full, shows: full, audience: "a1b2:segment-19", at_most: 95%}
  - {name: text, shows: full, parts: text, audience: "a1b2:segment-20"}
"""
"""What is added to publication.yaml for an issue in four formats."""


@pytest.mark.parametrize("case", CASES)
def test_an_issue_becomes_exactly_the_golden_email(
    case: str, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    compare_with_golden(case, CASES[case], tmp_path, pytestconfig)


@pytest.mark.parametrize("number", ["652", "596"])
def test_an_issue_becomes_exactly_the_golden_email_in_each_format(
    number: str, newsletter_folder: Path, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    issues = newsletter_folder / "issues"
    with (issues / "publication.yaml").open("a", encoding="utf-8") as publication:
        publication.write(FORMATS)
    compare_with_golden(f"formats-{number}", issues / number, tmp_path / "out", pytestconfig)


def compare_with_golden(
    case: str, folder: IssueFolder | Path, output: Path, pytestconfig: pytest.Config
) -> None:
    """Build an issue, and compare each file with its golden copy."""
    _, built = build_one(folder, output)
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
