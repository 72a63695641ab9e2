"""``newsletter monday``: one command from what lies ready to what is missing; twice is as once."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from newsletter import importers
from newsletter.adding import inbox
from newsletter.cli import main
from newsletter.importers import own_site
from tests.adding.pieces import OPENING, OTHER
from tests.adding.word_file import word_file
from tests.importers.fake_wordpress import FakeWordPress, Post
from tests.importers.site import site
from tests.importers.test_own_site import SITE, by_path, reading

TODAY = datetime.now(UTC).date()


@pytest.fixture
def here(newsletter_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The shipped newsletter, which is the current folder; its newest issue is of 2012."""
    monkeypatch.chdir(newsletter_folder)
    monkeypatch.setattr(inbox, "_SECONDS_STABLE", 0)
    return newsletter_folder


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["monday", "--no-preview", *arguments])


def every_file(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def date_of(number: str, day: object) -> None:
    path = Path("issues", number, "issue.yaml")
    text = path.read_text("utf-8")
    old = yaml.safe_load(text)["date"]
    path.write_text(text.replace(f"date: {old}", f"date: {day}", 1), "utf-8")


def test_the_week_begins_with_a_new_issue_and_twice_is_as_once(here: Path) -> None:
    word_file(here / "issues/inbox/a.docx", "Court opens its files", OPENING, "More.")
    word_file(
        here / "issues/inbox/b.docx", "Comment: Forty families", "By Ann Cell", OTHER, "More."
    )
    answer = run()
    assert answer.exit_code == 0, answer.output
    assert "BioNews 653, Monday" in answer.stdout
    assert "2 pieces: 2 added." in answer.stdout
    assert "build/653/email.html" in answer.stdout
    assert "BioNews 653 is ready" in answer.stdout
    *_, last = answer.stdout.partition("Still missing in 653:\n")
    assert "issues/653/court-opens-its-files.md:3: date: its own date" in last
    assert "missing-field" not in answer.stdout

    before = every_file(here / "issues")
    again = run()
    assert again.stdout.startswith("Going on with 653.\nThere is nothing to add.\n")
    assert again.stdout.endswith(f"Still missing in 653:\n{last}")
    assert every_file(here / "issues") == before


@pytest.mark.parametrize(("weeks", "is_over"), [(-1, False), (0, False), (1, True)])
def test_an_issue_is_over_when_the_next_one_is_due(here: Path, weeks: int, is_over: bool) -> None:
    this_monday = TODAY - timedelta(days=TODAY.weekday())
    date_of("652", this_monday - timedelta(weeks=weeks))
    run()
    assert Path("issues/653").exists() is is_over


def test_an_issue_that_was_handed_over_is_over(here: Path) -> None:
    date_of("652", TODAY)
    record = here / "issues/652/handed-over/record.json"
    record.parent.mkdir()
    record.write_text("{}", "utf-8")
    run()
    assert Path("issues/653").exists()


def test_the_first_issue_is_made_too(here: Path) -> None:
    for number in ("596", "652"):
        shutil.rmtree(here / "issues" / number)
    word_file(here / "issues/inbox/a.docx", "Court opens its files", OPENING, "More.")
    answer = run()
    assert answer.exit_code == 0, answer.output
    assert Path("issues/1/court-opens-its-files.md").exists()


def test_an_issue_that_cannot_be_built_yet_says_what_is_missing(here: Path) -> None:
    paragraphs = ("Event: An evening with cells", OTHER)
    word_file(here / "issues/inbox/a.docx", *paragraphs)
    CliRunner().invoke(main, ["new"])
    CliRunner().invoke(main, ["add", "issues/inbox/a.docx", "--kind", "event"])
    answer = run()
    assert answer.exit_code == 1
    assert "'place' is empty. Fill it in." in answer.output
    assert "    issues/653/event-an-evening-with-cells.md:3: place: where it is" in answer.stdout


def test_one_that_fails_is_named_and_the_rest_is_done(here: Path) -> None:
    word_file(here / "issues/inbox/a.docx", "Court opens its files", OPENING, "More.")
    (here / "issues/inbox/b.pdf").write_bytes(b"%PDF-1.7")
    answer = run()
    assert answer.exit_code == 2
    assert "Not added: issues/inbox/b.pdf." in answer.stderr
    assert "BioNews 653 is ready" in answer.stdout


def test_word_on_friday_and_the_site_on_monday_are_one_piece(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publication = here / "issues/publication.yaml"
    with publication.open("a", encoding="utf-8") as file:
        file.write(f"site:\n  wordpress: {SITE}/\n")
    word_file(here / "issues/inbox/a.docx", "Court opens its files", OPENING, "More.")
    now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    posts = [
        Post("files", "Files opened by court", f"<p>{OPENING}</p><p>More.</p>", at=now),
        Post("families", "Forty families", f"<p>{OTHER}</p>", at=now),
        Post("old", "An old story", f"<p>{OTHER}</p>", at=datetime.fromisoformat("2012-04-01")),
    ]
    with site(by_path(FakeWordPress(*posts))) as server:
        web = reading(server)
        posts_since = partial(own_site.posts_since, fetch=web)
        monkeypatch.setattr(own_site, "posts_since", posts_since)
        monkeypatch.setattr(importers, "read", partial(importers.read, fetch=web))
        answer = run()
        assert answer.exit_code == 1, answer.output  # an address for tests leads nowhere
        assert "3 pieces: 2 added, 1 brought up to date." in answer.stdout
        text = Path("issues/653/court-opens-its-files.md").read_text("utf-8")
        assert "\nurl: http://news.example.org/files/\n" in text
        assert sorted(path.name for path in Path("issues/653").glob("*.md")) == [
            "court-opens-its-files.md",
            "forty-families.md",
        ]

        before = every_file(here / "issues")
        assert "2 pieces: 2 there already." in run().stdout
        assert every_file(here / "issues") == before

    answer = run()  # the site does not answer
    assert answer.exit_code == 2
    assert "Still missing in 653:" in answer.stdout
