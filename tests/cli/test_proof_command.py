"""``newsletter proof``: one file beside the built email, to mail for sign-off."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from newsletter.cli import main

EVERYTHING = Path(__file__).resolve().parents[1] / "golden" / "everything" / "issues"


@pytest.fixture
def here(newsletter_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped newsletter, which is the current folder."""
    monkeypatch.chdir(newsletter_folder)
    return newsletter_folder


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["proof", *arguments])


def test_it_writes_one_file_and_says_where_and_how_large(here: Path) -> None:
    answer = run("652")
    size = (here / "build" / "652" / "proof.html").stat().st_size
    assert (answer.exit_code, answer.stderr) == (0, "")
    first, verdict = answer.stdout.splitlines()
    assert first == f"build/652/proof.html  ({size:,} bytes)"
    assert verdict.startswith("BioNews 652 is ready")
    assert [file.name for file in (here / "build" / "652").iterdir()] == ["proof.html"]


def test_the_newest_issue_is_taken_when_none_is_named(here: Path) -> None:
    assert run().stdout.startswith("build/652/proof.html")


@pytest.mark.parametrize("name", ["596", "issues/596", "issues/596/issue.yaml"])
def test_an_issue_is_named_by_number_or_path(here: Path, name: str) -> None:
    assert run(name).stdout.startswith("build/596/proof.html")


def test_the_built_email_beside_it_stays(here: Path) -> None:
    CliRunner().invoke(main, ["build", "652"])
    before = {file.name: file.read_bytes() for file in (here / "build" / "652").iterdir()}
    run("652")
    after = {file.name: file.read_bytes() for file in (here / "build" / "652").iterdir()}
    assert after.keys() - before.keys() == {"proof.html"}
    assert {name: after[name] for name in before} == before


def test_the_built_pictures_beside_it_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(EVERYTHING, tmp_path / "issues")
    monkeypatch.chdir(tmp_path)
    CliRunner().invoke(main, ["build", "1268a"])
    pictures = tmp_path / "build" / "1268a" / "pictures"
    before = sorted(pictures.iterdir())
    assert run("1268a").exit_code == 0
    assert sorted(pictures.iterdir()) == before


def test_it_shows_what_readers_get_and_no_merge_tags(here: Path) -> None:
    run("652")
    page = (here / "build" / "652" / "proof.html").read_text("utf-8")
    assert "https://www.bionews.org.uk/unsubscribe" in page
    assert not {"\ufdd0", "\ufdd1"} & set(page)


def test_pictures_that_stay_on_the_web_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(EVERYTHING, tmp_path / "issues")
    monkeypatch.chdir(tmp_path)
    answer = run("1268a")
    assert answer.exit_code == 0
    assert answer.stdout.splitlines()[2:] == [
        "Not in it, because they are on the web: https://sample.test/hall.jpg"
    ]


def test_a_broken_issue_is_refused_and_nothing_is_written(here: Path) -> None:
    manifest = here / "issues" / "652" / "issue.yaml"
    manifest.write_text(
        manifest.read_text("utf-8").replace("date: 2012-04-16", "date: 2012-04-31", 1), "utf-8"
    )
    answer = run("652")
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert answer.stderr.startswith("issues/652/issue.yaml:6: There is no such day as 2012-04-31.")
    assert not (here / "build").exists()


def test_an_earlier_proof_outlives_a_mistake(here: Path) -> None:
    run("652")
    proof = here / "build" / "652" / "proof.html"
    before = proof.read_bytes()
    (here / "templates" / "bionews" / "parts" / "item.html.j2").write_text("{% if %}", "utf-8")
    assert run("652").exit_code == 2
    assert proof.read_bytes() == before


def test_another_folder_can_be_named(here: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    target = tmp_path_factory.mktemp("elsewhere") / "proofs"
    answer = run("652", "--output", str(target))
    assert answer.stdout.startswith(f"{target}/652/proof.html  (")
    assert (target / "652" / "proof.html").is_file()
    assert not (here / "build").exists()


def test_a_folder_that_cannot_be_written_is_told(here: Path) -> None:
    (here / "build").write_text("a file in the way", "utf-8")
    answer = run("652")
    assert answer.exit_code == 2
    assert answer.stderr.startswith("build: A file is where a folder must be. ")


def test_an_unknown_issue_is_told(here: Path) -> None:
    answer = run("9999")
    assert answer.exit_code == 2
    assert (
        answer.stderr
        == "issues/9999/issue.yaml: This issue does not exist. The newest are: 596, 652.\n"
    )


def test_open_shows_the_proof(here: Path, repository: Path) -> None:
    opener, opened = here / "xdg-open", here / "opened"
    opener.write_text(
        f'#!/bin/sh\necho "$1" > "{opened}.new"\nmv "{opened}.new" "{opened}"\n', "utf-8"
    )
    opener.chmod(0o755)
    environment = os.environ | {
        "PYTHONPATH": str(repository),
        "PATH": f"{here}{os.pathsep}{os.environ['PATH']}",
    }
    command = [sys.executable, "-m", "newsletter", "proof", "652", "--open"]
    assert subprocess.run(command, cwd=here, env=environment, capture_output=True).returncode == 0
    for _ in range(200):
        if opened.is_file():
            break
        time.sleep(0.05)
    assert opened.read_text("utf-8").strip() == str(here / "build" / "652" / "proof.html")
