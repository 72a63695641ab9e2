"""``newsletter add``, killed at every step: the issue is as before or as after, and a second command
ends what the first one began.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from newsletter.adding import inbox
from newsletter.cli import main
from newsletter.manifest import read_issue
from tests.adding.pieces import OPENING, OTHER, newsletter
from tests.adding.word_file import word_file


def every_file(folder: Path) -> dict[str, bytes]:
    """Return what is in a newsletter, but for empty folders."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_a_kill_at_any_step(
    tmp_path: Path, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = tmp_path / "0"
    newsletter(first)
    word_file(first / "issues/inbox/court.docx", "Court opens its files", OPENING, "More.")
    word_file(first / "issues/inbox/families.docx", "Forty families", OTHER, "More.")

    command = [sys.executable, "-m", "tests.adding.killing", str(tmp_path)]
    subprocess.run(command, cwd=repository, check=True, capture_output=True)

    folders = sorted(tmp_path.iterdir(), key=lambda path: int(path.name))
    after = every_file(folders[-1])
    assert len(folders) > 20
    assert "issues/700/sources/families.docx" in after

    monkeypatch.setattr(inbox, "_SECONDS_STABLE", 0)
    for folder in folders[1:]:
        read_issue(folder / "issues/700")
        monkeypatch.chdir(folder)
        assert CliRunner().invoke(main, ["add"]).exit_code == 0
        assert every_file(folder) == after, folder.name
