"""``newsletter new``: what it says of the issue that it makes, and of arguments that are wrong."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from newsletter.cli import main
from newsletter.manifest import read_manuscript

NOTICE = """\

  - kind: notices
    items:
      - title: Museum looks for visitors
        teaser: Come and see.
        until: 2999-12-31
      - title: Old news
        teaser: It is over.
        until: 2012-04-20
"""


@pytest.fixture
def last(newsletter_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The last issue, with one notice that is still current and one that is not."""
    monkeypatch.chdir(newsletter_folder)
    manifest = newsletter_folder / "issues" / "652" / "issue.yaml"
    text = manifest.read_text("utf-8")
    manifest.write_text(text.replace("\n# What the checks say", f"{NOTICE}\n# What"), "utf-8")
    return manifest.parent


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def test_the_command_says_what_it_has_made_and_what_is_next(last: Path) -> None:
    made = run("new", "--date", "2030-04-22")
    assert (made.exit_code, made.stderr) == (0, "")
    assert (
        made.stdout
        == """\
BioNews 653, Monday 22 April 2030
  Written      issues/653/issue.yaml
  Follows      652
  Sections     Comment, News Digest, Reviews, Notices
  Carried on   Museum looks for visitors (until 31 December 2999)
  Left out     Old news (until 20 April 2012)
Next:
  newsletter add 653 piece.docx   adds what was sent: Word, mail, web pages, text
  newsletter add 653              adds all that lies in issues/inbox/
  newsletter check 653            says what is still missing
"""
    )


def test_an_issue_goes_out_on_the_next_publication_day(last: Path) -> None:
    assert run("new").exit_code == 0
    day = read_manuscript(last.parent / "653").issue.date
    assert day.strftime("%A") == "Monday"
    assert timedelta(0) <= day - datetime.now(UTC).date() <= timedelta(days=7)


@pytest.mark.parametrize("command", ["build", "check", "proof"])
def test_an_issue_without_anything_says_what_to_do(command: str, last: Path) -> None:
    (last / "issue.yaml").write_text(
        "number: 652\ndate: 2012-04-16\nsections: [{kind: news, items: [{title: Cells}]}]", "utf-8"
    )
    assert run("new").exit_code == 0
    result = run(command)
    assert result.exit_code == 2
    assert (
        "There is nothing in this issue yet. Add what was sent, with "
        "'newsletter add 653 piece.docx', or write a piece below 'items:'; 'newsletter fields "
        "news' prints a form."
    ) in " ".join(result.output.split())


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["652"], "issues/652/issue.yaml: Issue 652 exists already."),
        (["sixth"], "'sixth' is not the number of an issue. Write one such as 653 or 653a."),
        (["../653"], "'../653' is not the number of an issue."),
        (["--date", "22 April 2030"], "not in the right form for a date. Write 2030-04-22."),
        (["--date", "2030-02-30"], "There is no such day as 2030-02-30."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(
    arguments: list[str], error: str, last: Path
) -> None:
    result = run("new", *arguments)
    assert result.exit_code == 2
    assert error in result.stderr
    assert sorted(path.name for path in last.parent.iterdir() if path.is_dir()) == ["596", "652"]
