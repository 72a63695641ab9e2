"""The newsletter that the archive is measured with is sound, and the same each time."""

from __future__ import annotations

from pathlib import Path

from newsletter.manifest import Project, read_issue
from tests.benchmarks.archive.generate import write_newsletter

ISSUES = 6


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_every_issue_can_be_read_and_has_eleven_and_a_half_pieces(tmp_path: Path) -> None:
    folder = write_newsletter(tmp_path / "many", ISSUES)
    issues = [read_issue(one) for one in Project(folder / "issues").issue_folders()]
    pieces = [item for issue in issues for item in issue.items if item.has_page]
    assert len(issues) == ISSUES
    assert len(pieces) == 11.5 * ISSUES
    assert any(item.picture for item in pieces)
    assert {item.kind for issue in issues for item in issue.items} >= {"news", "review", "event"}


def test_an_issue_is_the_same_however_many_there_are(tmp_path: Path) -> None:
    few = contents(write_newsletter(tmp_path / "few", 2))
    more = contents(write_newsletter(tmp_path / "more", 3))
    assert few.items() <= more.items()
