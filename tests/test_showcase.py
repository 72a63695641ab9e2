"""The issue that the README shows is a sound one, with pictures in several formats."""

from __future__ import annotations

from pathlib import Path

from newsletter.checks.galley import galley_of
from newsletter.checks.preflight import preflight

ISSUE = Path(__file__).resolve().parent / "showcase" / "issues" / "700"


def test_the_checks_find_nothing_in_it() -> None:
    report = preflight(galley_of(ISSUE))
    assert [finding.problem.message for finding in report.findings] == []
    assert report.is_ready


def test_all_its_pictures_reach_readers() -> None:
    galley = galley_of(ISSUE)
    named = {item.picture.src for item in galley.issue.items if item.picture}
    pictures = [file for file in galley.email.files if file.is_picture]
    assert {file.source for file in pictures} == named
    assert {path.suffix for path in map(Path, named)} == {".svg", ".jpg", ".avif"}
