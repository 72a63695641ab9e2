"""``newsletter archive`` and links to pages that are not there."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from newsletter.cli import main

PIECE = Path("issues/596/never-let-me-go.md")


@pytest.fixture(autouse=True)
def _here(newsletter_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(newsletter_folder)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["archive", *arguments])


def test_a_dead_link_is_reported_where_it_is_written_by_every_run() -> None:
    text = PIECE.read_text("utf-8")
    link = "https://www.bionews.org.uk/issues/596/gattaca/#plot"
    PIECE.write_text(f"{text}\nSee also [the review of Gattaca]({link}).\n", "utf-8")
    line = len(text.splitlines()) + 2
    for _ in range(2):
        answer = run()
        assert answer.exit_code == 1
        assert (
            f"issues/596/never-let-me-go.md:{line}: A link leads to '596/gattaca/#plot', which is not"
            " there. It is on the page 596/never-let-me-go/index.html." in answer.stderr
        )
