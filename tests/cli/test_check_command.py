"""``newsletter check`` and ``newsletter explain`` as an editor uses them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from newsletter.checks import manual
from newsletter.cli import main


@pytest.fixture
def here(newsletter_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped newsletter, which is the current folder."""
    monkeypatch.chdir(newsletter_folder)
    return newsletter_folder


def run(*arguments: str, command: str = "check") -> Result:
    return CliRunner().invoke(main, [command, *arguments])


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def test_the_newest_issue_is_checked_and_ready(here: Path) -> None:
    answer = run()
    assert (answer.exit_code, answer.stderr) == (0, "")
    assert answer.stdout.splitlines()[-1].startswith("BioNews 652 is ready.")


@pytest.mark.parametrize(
    "name",
    [
        "596",
        "issues/596",
        "issues/596/issue.yaml",
        "issues/596/never-let-me-go.md",
        "./issues/596/",
    ],
)
def test_an_issue_is_named_by_number_path_or_any_file_of_it(here: Path, name: str) -> None:
    assert run(name).stdout.splitlines()[-1].startswith("BioNews 596 is ready.")


@pytest.mark.parametrize("name", ["issues/publication.yaml", "templates/bionews/style.css"])
def test_a_file_that_belongs_to_all_issues_means_the_newest(here: Path, name: str) -> None:
    assert run(name).stdout.splitlines()[-1].startswith("BioNews 652 is ready.")


def test_several_files_of_one_issue_mean_it_once(here: Path) -> None:
    answer = run("issues/596/issue.yaml", "issues/596/never-let-me-go.md")
    assert answer.stdout.count("is ready") == 1


def test_all_issues_are_checked_one_after_the_other(here: Path) -> None:
    answer = run("--all")
    assert [line[:20] for line in answer.stdout.splitlines() if "is ready" in line] == [
        "BioNews 596 is ready",
        "BioNews 652 is ready",
    ]


def test_a_warning_is_told_with_its_place_and_does_not_stand_in_the_way(here: Path) -> None:
    change(here / "issues" / "652" / "issue.yaml", "date: 2012-04-16", "date: 2012-04-17")
    answer = run("652", "--rule", "publication-day")
    assert answer.exit_code == 0
    first, second, *_ = answer.stdout.splitlines()
    assert first == "issues/652/issue.yaml"
    assert second.split()[:2] == ["6", "warning"]
    assert second.endswith("publication-day")
    assert run("652", "--rule", "publication-day", "--strict").exit_code == 1
    assert (
        run("652", "--strict", "--skip", "publication-day", "--skip", "weekday-mismatch").exit_code
        == 0
    )


def test_an_error_stands_in_the_way(here: Path) -> None:
    change(here / "issues" / "652" / "issue.yaml", "    title: News Digest", "    title: TODO")
    answer = run("652")
    assert answer.exit_code == 1
    assert "BioNews 652 is not ready: 1 error must be fixed." in answer.stdout
    assert "placeholder" in answer.stdout


def test_what_is_wrong_in_one_format_is_said_of_that(here: Path) -> None:
    formats = "[{name: teasers, shows: teasers}, {name: brief, shows: headlines}]"
    change(
        here / "issues" / "publication.yaml",
        "language: en-GB\n",
        f"language: en-GB\npreferences: https://www.bionews.org.uk/change\nformats: {formats}\n",
    )
    headlines = here / "templates" / "bionews" / "parts" / "headlines.html.j2"
    change(headlines, "", "<tr><td><form></form></td></tr>")
    answer = run("652", "--timing")
    assert answer.exit_code == 1
    (line,) = (line for line in answer.stdout.splitlines() if "active-content" in line[-20:])
    assert "  error    (brief) <form> is a form. " in line
    assert answer.stderr.count("active-content") == 1


def test_what_cannot_be_checked_is_told_beside_what_can(here: Path) -> None:
    change(here / "issues" / "596" / "issue.yaml", "date: 2011-02-21", "date: soon")
    answer = run("--all")
    assert answer.exit_code == 2
    assert "issues/596/issue.yaml" in answer.stdout
    assert "'soon' is not in the right form for a date." in answer.stdout
    assert "It could not be checked: fix 1 mistake first." in answer.stdout
    assert "BioNews 652 is ready" in answer.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("653",),
        ("--rule", "missing-authr"),
        ("--skip", "nothing"),
        ("--format", "xml"),
        ("652", "--all"),
        ("README.md",),
    ],
)
def test_what_it_cannot_do_is_said_with_status_2(here: Path, arguments: tuple[str, ...]) -> None:
    answer = run(*arguments)
    assert answer.exit_code == 2
    assert "Traceback" not in answer.output


def test_a_misspelt_rule_gets_a_suggestion(here: Path) -> None:
    assert "Did you mean 'missing-author'?" in run("--rule", "missing-authr").stderr
    assert "'newsletter explain' lists the rules." in run("--skip", "zzz").stderr


def test_programs_get_json_and_sarif(here: Path) -> None:
    assert json.loads(run("--format", "json").stdout)["issues"][0]["ready"] is True
    assert json.loads(run("--all", "--format", "sarif").stdout)["version"] == "2.1.0"
    assert run("596", "--format", "github").stdout.strip() == ""


@pytest.mark.parametrize("options", [("--online", "--rule", "dead-link"), ("--rule", "dead-link")])
def test_the_web_is_asked_when_that_is_wanted_with_its_progress_shown(
    here: Path, options: tuple[str, ...]
) -> None:
    for file in ("publication.yaml", "596/never-let-me-go.md", "596/issue.yaml"):
        path = here / "issues" / file
        path.write_text(
            path.read_text("utf-8").replace("bionews.org.uk", "bionews.invalid"), "utf-8"
        )
    answer = run("596", *options)
    assert answer.exit_code == 0
    assert "Asking the web about 596" in answer.stderr
    assert "could not be checked: there is no network." in answer.stdout


def test_timing_names_every_rule_and_leaves_the_answer_alone(here: Path) -> None:
    answer = run("652", "--timing", "--format", "json")
    assert json.loads(answer.stdout)
    timed = {line.split()[2] for line in answer.stderr.splitlines()}
    assert timed == {name for name in manual.names() if manual.page(name).needs is None} | {
        "together"
    }


def test_build_tells_in_one_line_what_the_checks_found(here: Path) -> None:
    assert run("652", command="build").stdout.splitlines()[-1] == "  Checks     nothing to fix"
    change(here / "issues" / "652" / "issue.yaml", "    title: News Digest", "    title: TODO")
    last = run("652", command="build").stdout.splitlines()[-1]
    assert last == "  Checks     1 error; 'newsletter check 652' says more"


def test_build_of_several_issues_tells_it_of_all_of_them_together(here: Path) -> None:
    assert run("652", "596", command="build").stdout.splitlines()[-1] == "Checks: nothing to fix."
    change(here / "issues" / "652" / "issue.yaml", "    title: News Digest", "    title: TODO")
    last = run("652", "596", command="build").stdout.splitlines()[-1]
    assert last == "Checks: 1 error; 'newsletter check 652 596' says more."


def test_build_of_all_issues_says_how_they_are_checked(here: Path) -> None:
    assert (
        run("--all", command="build").stdout.splitlines()[-1]
        == "Checks: 'newsletter check --all' looks for mistakes."
    )


def test_colours_are_for_terminals_that_want_them(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "\x1b[" in CliRunner().invoke(main, ["check", "652"], color=True).stdout
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in CliRunner().invoke(main, ["check", "652"], color=True).stdout


def test_explain_lists_every_rule(here: Path) -> None:
    answer = run(command="explain")
    assert answer.exit_code == 0
    assert [line.split()[0] for line in answer.stdout.splitlines()] == list(manual.names())


def test_explain_prints_the_page_of_a_rule(here: Path) -> None:
    page = run("gmail-clipping", command="explain").stdout
    assert page.startswith("## gmail-clipping\n\n")
    for part in (
        "(Error, warning or info.)",
        "What it does: ",
        "Why it matters: ",
        "Wrong:\n\n```",
        "Right:\n\n```",
    ):
        assert part in page
    assert "(Warning.)" in run("doubled-word", command="explain").stdout
    assert "(Error or warning.)" in run("placeholder", command="explain").stdout
    assert "only with --online" in run("dead-link", command="explain").stdout


def test_explain_prints_one_page_of_all(here: Path) -> None:
    page = run("--all", command="explain").stdout
    assert [line[3:] for line in page.splitlines() if line.startswith("## ")] == list(
        manual.names()
    )


@pytest.mark.parametrize("arguments", [("gmail-cliping",), ("far-date", "--all")])
def test_explain_says_what_it_does_not_know(here: Path, arguments: tuple[str, ...]) -> None:
    answer = run(*arguments, command="explain")
    assert answer.exit_code == 2
    assert "Did you mean 'gmail-clipping'?" in answer.stderr or "not both" in answer.stderr
