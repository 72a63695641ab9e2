"""``newsletter schema``, ``newsletter theme`` and what holds for the whole command."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from newsletter import __version__, cli
from newsletter.cli import VERBS, main, module_of


def test_the_schemas_are_printed_together_or_one_at_a_time(repository: Path) -> None:
    both = json.loads(CliRunner().invoke(main, ["schema"]).stdout)
    assert sorted(both) == ["issue", "publication"]
    for name, schema in both.items():
        alone = CliRunner().invoke(main, ["schema", name]).stdout
        assert json.loads(alone) == schema
        assert alone == (repository / "issues" / f"{name}.schema.json").read_text("utf-8"), (
            "run 'make schemas'"
        )


def test_a_new_theme_is_sound_and_changes_the_look(
    newsletter_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(newsletter_folder)
    made = CliRunner().invoke(main, ["theme", "new", "spring"])
    assert made.exit_code == 0
    assert "theme: spring" in made.stdout
    palette = newsletter_folder / "templates" / "spring" / "palette.css"
    palette.write_text(palette.read_text("utf-8").replace("#075c6b", "#7a0f3d"), "utf-8")
    checked = CliRunner().invoke(main, ["theme", "check", "spring"])
    assert (checked.exit_code, checked.stdout) == (0, "The theme spring is sound.\n")
    publication = newsletter_folder / "issues" / "publication.yaml"
    publication.write_text(
        publication.read_text("utf-8").replace("theme: bionews", "theme: spring"), "utf-8"
    )
    of_publication = CliRunner().invoke(main, ["theme", "check"])
    assert of_publication.stdout == "The theme spring is sound.\n"
    assert CliRunner().invoke(main, ["build", "652"]).exit_code == 0
    assert "#7a0f3d" in (newsletter_folder / "build" / "652" / "email.html").read_text("utf-8")


def test_a_theme_that_is_there_is_not_overwritten(
    newsletter_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(newsletter_folder)
    answer = CliRunner().invoke(main, ["theme", "new", "bionews"])
    assert answer.exit_code == 2
    assert answer.stderr == "templates/bionews: This theme already exists. Choose another name.\n"


@pytest.mark.parametrize("name", ["../evil", "Spring", "a b", ""])
def test_a_theme_has_a_plain_name(
    newsletter_folder: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(newsletter_folder)
    assert CliRunner().invoke(main, ["theme", "new", name]).exit_code == 2
    assert [folder.name for folder in (newsletter_folder / "templates").iterdir()] == ["bionews"]


def test_theme_check_tells_every_problem(
    newsletter_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(newsletter_folder)
    style = newsletter_folder / "templates" / "bionews" / "style.css"
    style.write_text(
        style.read_text("utf-8") + "\n.a { color: #123456; }\n.b { color: #654321; }\n", "utf-8"
    )
    answer = CliRunner().invoke(main, ["theme", "check"])
    assert answer.exit_code == 2
    assert [line.partition(": ")[2][:18] for line in answer.stderr.splitlines()] == [
        "The colour #123456",
        "The colour #654321",
    ]


def test_theme_check_tries_the_newest_issue(
    newsletter_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(newsletter_folder)
    part = newsletter_folder / "templates" / "bionews" / "email.txt.j2"
    part.write_text(
        part.read_text("utf-8").replace("publication.archive", "publication.archives"), "utf-8"
    )
    answer = CliRunner().invoke(main, ["theme", "check"])
    assert answer.exit_code == 2
    assert "has no attribute 'archives'" in answer.stderr

    # An issue that waits for its first piece is no trial, and no fault of the theme.
    assert CliRunner().invoke(main, ["new"]).exit_code == 0
    again = CliRunner().invoke(main, ["theme", "check"])
    assert again.exit_code == 2
    assert "has no attribute 'archives'" in again.stderr


def test_theme_check_says_which_templates_know_no_headlines(
    newsletter_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(newsletter_folder)
    publication = newsletter_folder / "issues" / "publication.yaml"
    formats = "formats: [{name: all, shows: full}, {name: headlines, shows: headlines}]\n"
    publication.write_text(publication.read_text("utf-8") + formats, "utf-8")
    answer = CliRunner().invoke(main, ["theme", "check"])
    assert answer.stdout == "The theme bionews is sound.\n"

    part = newsletter_folder / "templates" / "bionews" / "email.txt.j2"
    template = part.read_text("utf-8").replace('shows == "headlines"', "false")
    part.write_text(template, "utf-8")
    answer = CliRunner().invoke(main, ["theme", "check"])
    assert answer.exit_code == 0
    assert answer.stdout == (
        "The theme bionews is sound.\n"
        "email.txt.j2 does not ask what 'shows' is: in it, headlines look like teasers.\n"
    )


def test_help_names_every_verb_and_the_version_is_told() -> None:
    text = CliRunner().invoke(main, ["--help"], terminal_width=120).stdout
    assert all(
        re.search(rf"^  {verb} +{re.escape(about)}$", text, re.MULTILINE)
        for verb, about in VERBS.items()
    )
    assert __version__ in CliRunner().invoke(main, ["--version"]).stdout


def test_every_verb_is_in_the_list_and_says_what_it_does() -> None:
    files = {path.stem for path in Path(cli.__file__).parent.glob("*.py")} - {
        "__init__",
        "add_each",
        "archive_facts",
        "connection",
        "draft_facts",
        "facts",
        "format_option",
        "format_table",
        "handed_over",
        "handover_plan",
        "issue_argument",
        "names",
        "outcomes_in_words",
        "output",
        "parallel",
        "person",
        "ready",
        "status_of_formats",
        "wanted_entries",
        "what_to_add",
    }
    assert {module_of(verb) for verb in VERBS} == files
    for verb in VERBS:
        command = main.get_command(click.Context(main), verb)
        assert command
        assert command.name == verb
        assert command.help
    assert main.get_command(click.Context(main), "asking") is None


@pytest.mark.parametrize("alone", [[], ["theme"]])
def test_a_group_alone_shows_its_help_as_if_asked_for_it(alone: list[str]) -> None:
    answer = CliRunner().invoke(main, alone)
    assert (answer.exit_code, answer.stderr) == (0, "")
    assert answer.stdout == CliRunner().invoke(main, [*alone, "--help"]).stdout
    assert "Commands:" in answer.stdout


def test_the_readme_names_every_command_and_option(repository: Path) -> None:
    readme = (repository / "README.md").read_text("utf-8")
    for command in ("build --all", "build 652 --open", "schema", "theme check", "theme new"):
        assert f"newsletter {command}" in readme


def test_help_is_quick_because_nothing_heavy_is_loaded() -> None:
    code = (
        "import atexit, sys; from newsletter.cli import main;"
        "atexit.register(lambda: print(*(name for name in sys.modules if name.startswith('newsletter.'))));"
        "main(['--help'])"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    needed = [
        "newsletter._version",
        "newsletter.cli",
        "newsletter.cli.output",
        "newsletter.errors",
        "newsletter.files",
        "newsletter.problem",
        "newsletter.text",
        "newsletter.text.printable",
    ]
    assert sorted(answer.stdout.splitlines()[-1].split()) == needed


def test_building_with_a_cached_theme_loads_neither_mjml_nor_premailer(
    repository: Path, tmp_path: Path
) -> None:
    code = (
        "import sys; from pathlib import Path; from newsletter.cli.build import build_one;"
        f"build_one(Path({str(repository / 'issues' / '596')!r}), Path(sys.argv[1]));"
        "print([m for m in ('mjml', 'premailer', 'lxml', 'cssutils', 'tinycss2') if m in sys.modules])"
    )
    for _ in range(2):
        answer = subprocess.run(
            [sys.executable, "-c", code, tmp_path], capture_output=True, text=True, check=True
        )
    assert answer.stdout == "[]\n"
