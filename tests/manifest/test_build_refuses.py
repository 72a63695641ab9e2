"""What the command says to an editor's mistakes: the problems, exit status 2, and nothing changed on disk."""

from __future__ import annotations

import os
import subprocess
import sys
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from click.testing import CliRunner

from newsletter import compile_theme, fill, own_values, read_issue, render, to_message
from newsletter.cli import main
from newsletter.files import write_atomically

START = "number: 652\ndate: 2012-04-16\nsections:\n  - kind: news\n    items:\n"


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def folder(newsletter_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(newsletter_folder)
    write_atomically(
        newsletter_folder / "build" / "652", {"email.html": b"earlier", "email.txt": b"earlier"}
    )
    return newsletter_folder / "issues" / "652"


REFUSED = {
    "a colon": (
        b"      - title: Film Review: Palaces\n        dte: x\n",
        "issues/652/issue.yaml:6: There is a colon in text that is not in quotes. "
        'Put the text in quotes, as in title: "Film Review: Palaces".\n'
        "issues/652/issue.yaml:7: There is no field 'dte' here. Did you mean 'date'?\n",
    ),
    "bytes that are no text": (
        b"      - title: Caf\xe9\n",
        "issues/652/issue.yaml:6: The 'é' here is encoded as Windows-1252 (Notepad calls it ANSI), not as UTF-8. "
        "Save it as UTF-8: in Notepad choose File, Save As, and UTF-8 as the encoding.\n",
    ),
    "brackets": (
        b"      - title: " + b"[" * 100_000,
        "issues/652/issue.yaml:6: The fields are nested too deeply. Delete the extra brackets.\n",
    ),
    "a Python object": (
        b"      - title: !!python/object/apply:os.system [touch owned]\n",
        "issues/652/issue.yaml:6: Text that begins with ! is a tag in YAML. Put the text in quotes.\n",
    ),
    "a header": (
        b'      - title: "Palaces\\r\\nBcc: all@bionews.org.uk"\n',
        "issues/652/issue.yaml:6: There is a line break in this text. Put it on one line, with spaces between words.\n",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_refused_issue_ends_with_status_2_and_changes_nothing(folder: Path, name: str) -> None:
    items, said = REFUSED[name]
    (folder / "issue.yaml").write_bytes(START.encode() + items)
    before = contents(Path.cwd())
    result = CliRunner().invoke(main, ["build", "652"])
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", said)
    assert contents(Path.cwd()) == before


def test_the_program_itself_prints_the_problems_and_no_traceback(
    folder: Path, repository: Path
) -> None:
    items, said = REFUSED["a colon"]
    (folder / "issue.yaml").write_bytes(START.encode() + items)
    before = contents(Path.cwd() / "build")
    result = subprocess.run(
        [sys.executable, "-m", "newsletter", "build", "652"],
        env={**os.environ, "PYTHONPATH": str(repository), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        timeout=30,
        check=False,
    )
    assert (result.returncode, result.stdout, result.stderr) == (2, "", said)
    assert contents(Path.cwd() / "build") == before


def test_a_pipe_instead_of_an_issue_does_not_stop_the_program(
    folder: Path, repository: Path
) -> None:
    (folder / "issue.yaml").unlink()
    os.mkfifo(folder / "issue.yaml")
    result = subprocess.run(
        [sys.executable, "-m", "newsletter", "build", "issues/652"],
        env={**os.environ, "PYTHONPATH": str(repository)},
        capture_output=True,
        encoding="utf-8",
        timeout=30,
        check=False,
    )
    assert result.returncode == 2
    assert (
        result.stderr
        == "issues/652/issue.yaml: This file does not exist. Check its name and place.\n"
    )


def test_a_sound_issue_replaces_the_earlier_results(folder: Path) -> None:
    result = CliRunner().invoke(main, ["build", "652"])
    assert result.exit_code == 0, result.output
    assert b"Palaces" in (Path.cwd() / "build" / "652" / "email.html").read_bytes()


TEMPLATES = (
    "{{ 7*7 }}",
    "{% for x in y %}",
    "{# gone #}",
    "{{ config.items() }}",
    "${7*7}",
    "<%= 7*7 %>",
)


@pytest.mark.parametrize("template", TEMPLATES)
def test_templates_in_texts_stay_text_up_to_the_email(folder: Path, template: str) -> None:
    quoted = f'"{template} in a title"'
    (folder / "issue.yaml").write_text(
        START.replace("sections", f"subject: {quoted}\nsections")
        + f"      - title: {quoted}\n        teaser: '{template} in a teaser'\n        authors: ['{template}']\n",
        encoding="utf-8",
    )
    issue = read_issue(folder)
    theme = compile_theme(issue.publication.theme, folder.parent.parent / "templates")
    email = fill(render(issue, theme), own_values(issue))
    shown = template.replace("<", "&lt;").replace(">", "&gt;")
    html, text = (part.replace("\xa0", " ") for part in (email.html, email.text))  # as in 7 %
    assert f"{shown} in a title" in html
    assert f"{shown} in a teaser" in html
    assert f"{template} in a title" in text
    assert f"{template} in a teaser" in text
    assert email.subject == f"{template} in a title"
    assert (
        message_from_bytes(to_message(email), policy=default)["Subject"] == f"{template} in a title"
    )
