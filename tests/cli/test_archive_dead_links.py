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
        assert answer.exit_code == 0
        assert (
            f"issues/596/never-let-me-go.md:{line}: A link leads to '596/gattaca/#plot', which is not"
            " there. It is on the page 596/never-let-me-go/index.html." in answer.stderr
        )
        assert answer.stderr.endswith(
            "1 link leads nowhere. The site is whole all the same, and can be published.\n"
        )


def test_a_dead_link_is_found_where_it_is_written_in_ascii() -> None:
    text = PIECE.read_text("utf-8")
    link = "https://www.bionews.org.uk/issues/596/caf%C3%A9/"
    PIECE.write_text(f"{text}\nSee [the café]({link}).\n", "utf-8")
    line = len(text.splitlines()) + 2
    assert f"never-let-me-go.md:{line}: A link leads to '596/café/'" in run().stderr


def test_a_dead_link_does_not_keep_an_issue_from_its_readers(tmp_path: Path) -> None:
    PIECE.write_text(
        f"{PIECE.read_text('utf-8')}\n[Gone](https://www.bionews.org.uk/issues/1/)\n", "utf-8"
    )
    served = tmp_path / "served"
    served.mkdir()
    answer = run("--to", str(served))
    assert answer.exit_code == 0
    assert "1 link leads nowhere." in answer.stderr
    assert (served / "596/never-let-me-go/index.html").exists()


def test_only_a_check_ends_with_another_status() -> None:
    whole = PIECE.read_text("utf-8")
    PIECE.write_text(f"{whole}\n[Gone](https://www.bionews.org.uk/issues/1/)\n", "utf-8")
    run()
    answer = run("--check")
    assert answer.exit_code == 1
    assert answer.stdout == "public/ is up to date.\n"
    assert "A link leads to '1/'" in answer.stderr
    PIECE.write_text(whole, "utf-8")
    run()
    assert run("--check").exit_code == 0
