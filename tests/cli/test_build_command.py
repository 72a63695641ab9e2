"""``newsletter build`` as an editor uses it: a process of its own, in a folder."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(newsletter_folder: Path) -> Run:
    """Run the command in a copy of the shipped newsletter."""

    def run(*arguments: str, folder: str = ".") -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "newsletter", *arguments]
        environment = os.environ | {
            "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
            "PYTHONWARNINGS": "error",
        }
        return subprocess.run(
            command, cwd=newsletter_folder / folder, capture_output=True, text=True, env=environment
        )

    return run


def test_it_says_what_an_editor_wants_to_know(run: Run, newsletter_folder: Path) -> None:
    answer = run("build", "652")
    size = (newsletter_folder / "build" / "652" / "email.html").stat().st_size
    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout.splitlines()[0] == "BioNews 652, Monday 16 April 2012"
    assert "BioNews 652: Emerging science and established problems (54 characters)" in answer.stdout
    assert "13: Comment 2, News Digest 9, Reviews 2" in answer.stdout
    assert f"{size:,} bytes, {size / 102_400:.0%} of the 102,400" in answer.stdout
    assert "build/652/email.html" in answer.stdout
    assert sorted(file.name for file in (newsletter_folder / "build" / "652").iterdir()) == [
        *("email.eml", "email.html", "email.txt")
    ]


@pytest.mark.parametrize("name", ["issues/596", "issues/596/issue.yaml", "596", "./issues/596/"])
def test_an_issue_is_named_by_number_or_path(run: Run, newsletter_folder: Path, name: str) -> None:
    assert run("build", name).stdout.startswith("BioNews 596")
    assert (newsletter_folder / "build" / "596" / "email.html").is_file()


@pytest.mark.parametrize("name", [".", "issue.yaml", "../596"])
def test_an_issue_is_named_from_within_its_folder(
    run: Run, newsletter_folder: Path, name: str
) -> None:
    assert run("build", name, folder="issues/596").stdout.startswith("BioNews 596")
    assert (newsletter_folder / "build" / "596" / "email.html").is_file()


def test_the_newest_issue_is_built_when_none_is_named_also_from_a_folder_below(run: Run) -> None:
    assert run("build", folder="issues/596").stdout.startswith("BioNews 652")


def test_numbers_are_ordered_as_numbers_and_then_by_letter(
    run: Run, newsletter_folder: Path
) -> None:
    issues = newsletter_folder / "issues"
    text = (issues / "652" / "issue.yaml").read_text("utf-8")
    for number in ("1268b", "1268a", "99"):
        (issues / number).mkdir()
        (issues / number / "issue.yaml").write_text(
            text.replace("number: 652", f"number: {number}"), "utf-8"
        )
    assert run("build").stdout.startswith("BioNews 1268b")


def test_several_or_all_are_built_with_their_progress_shown(
    run: Run, newsletter_folder: Path
) -> None:
    assert "2 of 2 issues built." in run("build", "596", "652").stdout
    answer = run("build", "--all")
    assert "Building" in answer.stderr
    assert "2 of 2 issues built." in answer.stdout
    assert {folder.name for folder in (newsletter_folder / "build").iterdir()} == {"596", "652"}


def test_of_all_issues_the_sound_ones_are_built_and_the_others_told(
    run: Run, newsletter_folder: Path
) -> None:
    (newsletter_folder / "issues" / "596" / "never-let-me-go.md").unlink()
    answer = run("build", "--all")
    assert answer.returncode == 2
    assert "1 of 2 issues built." in answer.stdout
    assert answer.stderr.splitlines()[1].startswith("issues/596/issue.yaml:")
    assert (newsletter_folder / "build" / "652").is_dir()
    assert not (newsletter_folder / "build" / "596").exists()


FORMATS = """formats:
  - {name: teasers, shows: teasers}
  - {name: full, shows: full, at_most: 10%}
  - {name: words, shows: full, parts: text}
"""


@pytest.mark.parametrize("arguments", [["596"], ["596", "652"], ["--all"]])
def test_every_format_is_built(run: Run, newsletter_folder: Path, arguments: list[str]) -> None:
    with (newsletter_folder / "issues" / "publication.yaml").open("a", encoding="utf-8") as file:
        file.write(FORMATS)
    answer = run("build", *arguments)
    assert (answer.returncode, "problem" in answer.stdout) == (0, False)
    built = newsletter_folder / "build" / "596"
    assert files_in(built) == {
        *(".formats", "email.html", "email.txt", "email.eml"),
        *("full/email.html", "full/email.txt", "full/email.eml"),
        *("words/email.txt", "words/email.eml"),
    }
    teasers, words = built / "email.txt", built / "words" / "email.txt"
    assert len(words.read_text("utf-8")) > len(teasers.read_text("utf-8"))
    if arguments == ["596"]:
        assert "1 of 1 pieces is a teaser, and it is still too large" in answer.stdout
        assert "/email.html, email.txt, email.eml; the others in full/, words/" in answer.stdout


def files_in(folder: Path) -> set[str]:
    """Return the files of a folder and those within it, as paths from it."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_an_unknown_issue_is_told_with_the_newest_ones(run: Run) -> None:
    answer = run("build", "9999")
    assert answer.returncode == 2
    assert (
        answer.stderr
        == "issues/9999/issue.yaml: This issue does not exist. The newest are: 596, 652.\n"
    )


def test_outside_a_newsletter_it_says_so(run: Run, newsletter_folder: Path) -> None:
    (newsletter_folder / "issues" / "publication.yaml").unlink()
    answer = run("build")
    assert answer.returncode == 2
    assert "publication.yaml: This file does not exist." in answer.stderr


def test_the_same_input_gives_the_same_bytes_on_another_day_in_another_place(
    run: Run, newsletter_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build = newsletter_folder / "build" / "652"
    run("build", "652")
    first = {file.name: file.read_bytes() for file in build.iterdir()}
    for name, value in {
        "TZ": "Pacific/Auckland",
        "LC_ALL": "C",
        "PYTHONHASHSEED": "7",
        "LANG": "C",
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("NEWSLETTER_CACHE", str(newsletter_folder / "another-cache"))
    run("build", "652")
    assert {file.name: file.read_bytes() for file in build.iterdir()} == first


def test_a_mistake_leaves_the_earlier_email_as_it_was(run: Run, newsletter_folder: Path) -> None:
    run("build", "652")
    build = newsletter_folder / "build" / "652"
    before = {file.name: (file.read_bytes(), file.stat().st_mtime_ns) for file in build.iterdir()}
    manifest = newsletter_folder / "issues" / "652" / "issue.yaml"
    manifest.write_text(
        manifest.read_text("utf-8").replace("date: 2012-04-16", "date: 2012-04-31", 1), "utf-8"
    )
    answer = run("build", "652")
    assert answer.returncode == 2
    assert answer.stderr.startswith("issues/652/issue.yaml:6: There is no such day as 2012-04-31.")
    assert {
        file.name: (file.read_bytes(), file.stat().st_mtime_ns) for file in build.iterdir()
    } == before


def test_a_fault_in_the_theme_is_told_at_its_line(run: Run, newsletter_folder: Path) -> None:
    part = newsletter_folder / "templates" / "bionews" / "parts" / "story.html.j2"
    part.write_text(part.read_text("utf-8").replace("picture(item)", "picture(item.dat)"), "utf-8")
    answer = run("build", "652")
    assert answer.returncode == 2
    line = next(
        n
        for n, text in enumerate(part.read_text("utf-8").splitlines(), start=1)
        if "item.dat)" in text
    )
    assert answer.stderr.startswith(f"templates/bionews/parts/story.html.j2:{line}: Jinja2: ")
    assert "Traceback" not in answer.stderr


def test_a_folder_that_cannot_be_written_is_told(run: Run, newsletter_folder: Path) -> None:
    (newsletter_folder / "build").write_text("a file in the way", "utf-8")
    answer = run("build", "652")
    assert answer.returncode == 2
    assert "Nothing was changed." in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize(
    ("formats", "name"),
    [
        ("", "email.html"),
        ("formats: [full, teasers]\n", "email.html"),
        ("formats: [{name: text, shows: full, parts: text}, teasers]\n", "email.txt"),
    ],
)
def test_open_shows_the_email_in_the_leading_format(
    run: Run, newsletter_folder: Path, monkeypatch: pytest.MonkeyPatch, formats: str, name: str
) -> None:
    with (newsletter_folder / "issues" / "publication.yaml").open("a", encoding="utf-8") as file:
        file.write(formats)
    opener = newsletter_folder / "xdg-open"
    opener.write_text(f'#!/bin/sh\necho "$1" > {newsletter_folder}/opened\n', "utf-8")
    opener.chmod(0o755)
    monkeypatch.setenv("PATH", str(newsletter_folder), prepend=os.pathsep)
    assert run("build", "652", "--open").returncode == 0
    for _ in range(100):
        if (newsletter_folder / "opened").is_file() and (newsletter_folder / "opened").read_text(
            "utf-8"
        ):
            break
        subprocess.run(["sleep", "0.05"], check=True)
    opened = (newsletter_folder / "opened").read_text("utf-8").strip()
    assert opened.endswith(f"build/652/{name}")


def test_several_are_not_opened(run: Run, newsletter_folder: Path) -> None:
    answer = run("build", "--all", "--open")
    assert answer.returncode == 2
    assert "name just one" in answer.stderr
    assert not (newsletter_folder / "build").exists()


def test_of_several_those_that_cannot_be_written_are_told(
    run: Run, newsletter_folder: Path
) -> None:
    (newsletter_folder / "build").mkdir()
    (newsletter_folder / "build" / "596").write_text("a file in the way", "utf-8")
    answer = run("build", "--all")
    assert answer.returncode == 2
    assert "1 of 2 issues built." in answer.stdout
    assert answer.stderr.splitlines()[1].startswith("build/596: A file is where a folder must be. ")
    assert (newsletter_folder / "build" / "652" / "email.eml").is_file()


def test_all_and_names_together_are_a_contradiction(run: Run) -> None:
    answer = run("build", "--all", "652")
    assert answer.returncode == 2
    assert "not both" in answer.stderr


@pytest.mark.parametrize("name", ["email.html", "email.eml"])
def test_a_pipe_in_the_place_of_a_file_is_named_and_nothing_waits(
    run: Run, newsletter_folder: Path, name: str
) -> None:
    target = newsletter_folder / "build" / "652"
    target.mkdir(parents=True)
    os.mkfifo(target / name)
    answer = run("build", "652")
    assert answer.returncode == 2
    assert answer.stderr == (
        f"build/652: The email cannot be written here ('{name}' is a pipe or a device, not a file). "
        "Nothing was changed. Check the disk and its permissions.\n"
    )
    assert [path.name for path in target.iterdir()] == [name]
