"""A whole Monday: another newsletter, its next issue, what a dozen volunteers sent, and a draft."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from newsletter.adding import inbox
from newsletter.cli import main
from newsletter.manifest import IssueFolder, Project, read_issue
from newsletter.text.normalise import as_typed
from tests.monday.sources import Source, pasted, sources

ANSWERS = (
    *("--name", "The Cell", "--publisher", "A museum", "--number", "699"),
    *("--home-page", "https://www.cells.org.uk/", "--from", "The Cell <news@cells.org.uk>"),
    *("--postal-address", "1 High Street, Anytown", "--time-zone", "Europe/London"),
)
WITHOUT_SOURCES = ("museum-under-a-fingernail.md", "fish-of-two-rivers.md")
"""News whose sources are nowhere in what was sent: the editor deletes the line."""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A newsletter that was just started, whose first issue has no example left."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(inbox, "_SECONDS_STABLE", 0)
    run("init", "the cell", *ANSWERS)
    folder = tmp_path / "the cell"
    monkeypatch.chdir(folder)
    for name in ("issue.yaml", "first-story.md"):
        path = folder / "issues" / "699" / name
        path.write_text(path.read_text("utf-8").replace("TODO: ", ""), "utf-8")
    return folder


def run(*arguments: str, typed: bytes = b"", status: int = 0) -> Result:
    result = CliRunner().invoke(main, list(arguments), input=typed)
    assert result.exit_code == status, f"{arguments}: {result.output}"
    return result


def issue_in(folder: Path) -> IssueFolder:
    return Project(folder / "issues").issue("700")


def date_of(folder: Path) -> date:
    """Return the day of the issue that has just been made and has nothing in it."""
    manifest = (folder / "issues" / "700" / "issue.yaml").read_text("utf-8")
    found = re.search(r"^date: (\S+)$", manifest, re.MULTILINE)
    assert found
    return date.fromisoformat(found[1])


def fill_what_is_missing(folder: Path, missing: Iterable[str]) -> None:
    """Do what the editor does about the fields that a command has listed."""
    assert sorted({line.split(":")[0] for line in missing}) == sorted(
        f"issues/700/{name}" for name in WITHOUT_SOURCES
    )
    for name in WITHOUT_SOURCES:
        path = folder / "issues" / "700" / name
        text, lines = re.subn(r"(?m)^sources:.*# missing:.*\n", "", path.read_text("utf-8"))
        assert lines == 1
        path.write_text(text, "utf-8")


def hand_over(folder: Path) -> None:
    """Check, build, prove and hand over an issue that is complete."""
    assert "is ready" in run("check").stdout
    run("build")
    run("proof")
    handed_over = run("hand-over", "700", "--yes")
    assert "700" in handed_over.stdout
    assert list((folder / "issues" / "700" / "handed-over").iterdir())


def check_nothing_is_lost(folder: Path, sent: Iterable[Source]) -> None:
    """Check that all titles are in the email, and all sentences in the issue, in their order."""
    html = (folder / "build" / "700" / "email.html").read_text("utf-8")
    issue = read_issue(issue_in(folder))
    texts = [as_typed(f"{item.teaser or ''} {item.body}") for item in issue.items]
    titles = [item.title for item in issue.items]
    for source in sent:
        for title in source.titles:
            assert titles.count(title) == 1, source.name
            assert title in html, source.name

        sentences = [as_typed(sentence) for sentence in source.sentences]
        with_first = [text for text in texts if sentences[0] in text]
        assert len(with_first) == 1, source.name
        if len(source.titles) == 1:
            places = [with_first[0].find(sentence) for sentence in sentences]
            assert -1 not in places, source.name
            assert places == sorted(places), source.name

    assert "A room as large as a matchbox" in html
    assert list((folder / "build" / "700" / "pictures").glob("room-*"))
    comment = next(item for item in issue.items if item.kind == "comment")
    assert "![A desk with three open files](images/" in comment.body


def test_a_monday_step_by_step(here: Path) -> None:
    run("new")
    day = date_of(here)
    sent = sources(day)
    (here / "sent").mkdir()
    for source in sent:
        path = here / "sent" / source.name
        path.write_bytes(source.content)
        run("add", os.path.relpath(path))
    paste = pasted(day)
    run("add", "-", typed=paste.content)

    report = run("check").stdout
    fill_what_is_missing(here, _places(report, "missing-field"))
    hand_over(here)
    check_nothing_is_lost(here, [*sent, paste])


def test_a_monday_in_one_command(here: Path) -> None:
    run("new")
    sent = sources(date_of(here))
    waiting = here / "issues" / "inbox"
    waiting.mkdir()
    for source in sent:
        (waiting / source.name).write_bytes(source.content)

    said = run("monday", "--no-preview").stdout
    assert list(waiting.iterdir()) == []
    _, _, missing = said.partition("Still missing in 700:\n")
    fill_what_is_missing(here, [line.strip() for line in missing.splitlines() if ".md:" in line])
    assert "Nothing is missing in 700." in run("monday", "--no-preview").stdout

    hand_over(here)
    check_nothing_is_lost(here, sent)


def _places(report: str, rule: str) -> list[str]:
    """Return the places of a rule's findings in a report, which names each file above its lines."""
    places: list[str] = []
    file = ""
    for line in report.splitlines():
        if line and not line.startswith(" "):
            file = line
        if line.endswith(f"  {rule}"):
            places.append(f"{file}:{line.split()[0]}")
    return places
