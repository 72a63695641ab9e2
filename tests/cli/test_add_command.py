"""``newsletter add`` as an editor uses it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from newsletter.adding import adding, inbox, originals
from newsletter.cli import add_each, main
from newsletter.importers import Original, clipboard
from newsletter.manifest import IssueFolder
from newsletter.manifest.writing import write_changes
from newsletter.manifest.written_items import read_written
from tests.adding.pieces import OPENING, OTHER, files, newsletter
from tests.adding.word_file import word_file


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> IssueFolder:
    """Issue 700 of a newsletter whose folder is the current one."""
    folder = newsletter(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(inbox, "_SECONDS_STABLE", 0)
    return IssueFolder(Path("issues/700"), folder.project)


def run(*arguments: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(main, ["add", *arguments], input=typed)


def court(path: str) -> str:
    word_file(Path(path), "Court opens its files", "By Ann Cell", "4 January 2030", OPENING, "Why?")
    return path


def families(path: str) -> str:
    word_file(Path(path), "Forty families", OTHER, "More.")
    return path


def test_what_was_understood_is_printed_with_the_rule_and_what_is_missing(
    here: IssueFolder,
) -> None:
    answer = run("700", court("piece.docx"), "--kind", "comment")
    assert answer.exit_code == 0
    said = answer.stdout
    assert "piece.docx: added to Comment (court-opens-its-files.md): 'Court opens its" in said
    assert [line.split()[:3] for line in said.splitlines()[1:3]] == [
        ["kind", "comment", "--kind"],
        ["title", "Court", "opens"],
    ]
    assert "authors         Ann Cell" in said
    assert Path("piece.docx").exists()
    assert "court-opens-its-files.md" in files(here)


def test_without_a_number_it_is_the_newest_issue(here: IssueFolder) -> None:
    answer = run(court("piece.docx"))
    assert answer.stdout.startswith("Adding to 700, the newest issue.\n")
    assert "no sign of another kind; --kind changes it" in answer.stdout


def test_an_issue_that_was_handed_over_is_not_taken_unasked(here: IssueFolder) -> None:
    here.handed_over.mkdir()
    (here.handed_over / "record.json").write_text("{}", "utf-8")
    answer = run(court("piece.docx"))
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert "issue.yaml: The newest issue, 700, was handed over. Make the next" in answer.stderr

    answer = run("700", "piece.docx")
    assert answer.exit_code == 0
    assert "700 was handed over: hand it over again when this is done." in answer.stderr


def test_a_file_may_be_called_like_a_number(here: IssueFolder) -> None:
    shutil.move(court("piece.docx"), "652")
    assert "652: added to" in run("652").stdout


def test_an_issue_that_is_not_there(here: IssueFolder) -> None:
    answer = run("701", court("piece.docx"))
    assert answer.exit_code == 2
    assert "701/issue.yaml: This issue does not exist." in answer.stderr


def test_the_inbox_is_emptied_into_the_issues_sources(here: IssueFolder) -> None:
    court("issues/inbox/piece.docx")
    shutil.copy("issues/inbox/piece.docx", "issues/inbox/piece (1).docx")
    families("issues/inbox/families.docx")
    Path("issues/inbox/~$piece.docx").write_bytes(b"owner")
    Path("issues/inbox/late.docx.crdownload").write_bytes(b"half")

    answer = run()
    assert answer.exit_code == 0
    assert "3 pieces: 2 added, 1 there already. " in answer.stdout
    assert "late.docx.crdownload: This file is still being downloaded." in answer.stderr
    left = sorted(path.name for path in Path("issues/inbox").iterdir())
    assert left == ["late.docx.crdownload", "~$piece.docx"]
    kept = sorted(path.name for path in here.sources.glob("*.docx"))
    assert kept == ["families.docx", "piece.docx"]

    before = files(here)
    assert "There is nothing to add in issues/inbox/." in run().stdout
    assert files(here) == before


@pytest.mark.parametrize("name", ["issues/inbox", "issues/inbox/piece.docx"])
def test_what_is_named_in_the_inbox_goes_from_there(here: IssueFolder, name: str) -> None:
    court("issues/inbox/piece.docx")
    assert run("issues/700", name).exit_code == 0
    assert not Path("issues/inbox/piece.docx").exists()
    assert (here.sources / "piece.docx").exists()


def test_an_empty_folder_is_not_the_inbox(here: IssueFolder) -> None:
    court("issues/inbox/piece.docx")
    Path("empty").mkdir()
    assert run("empty").exit_code == 0
    assert Path("issues/inbox/piece.docx").exists()


def test_an_inbox_that_is_not_there_is_empty(here: IssueFolder) -> None:
    answer = run()
    assert (answer.exit_code, answer.stderr) == (0, "")
    assert "There is nothing to add in issues/inbox/." in answer.stdout


def test_one_that_fails_does_not_stop_the_others(here: IssueFolder) -> None:
    Path("issues/inbox").mkdir()
    Path("issues/inbox/a.pdf").write_bytes(b"%PDF-1.7")
    court("issues/inbox/b.docx")
    answer = run()
    assert answer.exit_code == 2
    assert "issues/inbox/b.docx: added to" in answer.stdout
    assert "issues/inbox/a.pdf: This is a PDF" in answer.stderr
    assert answer.stderr.endswith("Not added: issues/inbox/a.pdf.\n")
    assert [path.name for path in Path("issues/inbox").iterdir()] == ["a.pdf"]

    answer = run("none.docx", court("piece.docx"))
    assert answer.exit_code == 2
    assert "none.docx: There is no such file." in answer.stderr
    assert "piece.docx: already in" in answer.stdout


def test_a_file_that_cannot_be_moved_is_added_all_the_same(
    here: IssueFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    court("issues/inbox/piece.docx")

    def taken(source: Path, target: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(shutil, "move", taken)
    answer = run()
    assert answer.exit_code == 0
    assert "piece.docx: added to News" in answer.stdout
    assert "cannot be moved out of the inbox (Permission denied). Close it" in answer.stderr


def test_what_was_added_before_a_failure_is_said(
    here: IssueFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("rows.csv").write_text(f"title,body\nOne,{OPENING}\nTwo,{OTHER}\n", "utf-8")
    writes = iter([None, OSError(28, "No space left on device")])

    def filling(folder: Path, files: dict[str, bytes]) -> None:
        if error := next(writes):
            raise error
        write_changes(folder, files)

    monkeypatch.setattr(adding, "write_changes", filling)
    answer = run("rows.csv")
    assert answer.exit_code == 2
    assert "rows.csv: added to News (one.md): 'One'" in answer.stdout
    assert "rows.csv: This could not be added (No space left on device)." in answer.stderr


def test_a_dry_run_moves_and_writes_nothing(here: IssueFolder) -> None:
    court("issues/inbox/piece.docx")
    before = files(here)
    answer = run("--dry-run")
    assert "This is a dry run: nothing is changed.\n" in answer.stdout
    assert "added to News (court-opens-its-files.md)" in answer.stdout
    assert files(here) == before
    assert Path("issues/inbox/piece.docx").exists()


def test_a_folder_is_its_files_and_they_stay(here: IssueFolder) -> None:
    court("sent/a.docx")
    families("sent/b.docx")
    assert "2 pieces: 2 added." in run("sent").stdout
    assert len(list(Path("sent").iterdir())) == 2


def test_position_and_section(here: IssueFolder) -> None:
    run(court("piece.docx"), "--section", "comment", "--position", "1")
    first, second = read_written(here).items
    assert first.file == "court-opens-its-files.md"
    assert second.file is None


def test_added_again_is_said_and_what_differs_is_shown(here: IssueFolder) -> None:
    run(court("piece.docx"))
    assert run("piece.docx").stdout.splitlines()[1].startswith("piece.docx: already in News (court")

    item = here.path / "court-opens-its-files.md"
    item.write_text(item.read_text("utf-8").replace("Why?", "Why, though?"), "utf-8")
    word_file(Path("piece.docx"), "Court opens files", "By Ann Cell", OPENING, "Why not?")
    said = run("piece.docx").stdout
    assert "title           Court opens files" in said
    assert "brought up to date" in said
    assert "body            stays as it is here (-); the source has (+):" in said
    assert "                -Why, though?\n                  +Why not?\n" in said


HTML = f"<h1>Court opens its files</h1><p>By Ann Cell</p><p>{OPENING}</p><p><b>More</b>.</p>"
TEXT = f"Court opens its files\n\nBy Ann Cell\n\n{OPENING}\n\nMore.\n"


@pytest.mark.parametrize("piped", [HTML, TEXT], ids=["HTML", "text"])
def test_what_is_piped_in_is_html_or_text(here: IssueFolder, piped: str) -> None:
    answer = run("700", "-", typed=piped)
    assert answer.exit_code == 0, answer.output
    assert "standard input: added to News (court-opens-its-files.md)" in answer.stdout
    text = (here.path / "court-opens-its-files.md").read_text("utf-8")
    assert "  - Ann Cell\n" in text
    assert f"---\n{OPENING}\n\n" in text


def test_what_is_piped_in_is_read_within_limits(
    here: IssueFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(originals, "MOST_READ", 10)
    answer = run("700", "-", typed=TEXT)
    assert answer.exit_code == 2
    assert "standard input: This could not be added (it is larger than 10" in answer.stderr


def test_what_is_in_the_clipboard(here: IssueFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    pasted = Original("clipboard", HTML.encode(), media_type="text/html")
    monkeypatch.setattr(clipboard, "clipboard", lambda: pasted)
    answer = run("--clipboard", "--section", "comment")
    assert answer.exit_code == 0
    assert "the clipboard: added to Comment (court-opens-its-files.md)" in answer.stdout


@pytest.mark.parametrize(
    ("arguments", "wrong"),
    [
        (["--entries", "0"], "write numbers, as 1,3, or all."),
        (["--position", "0"], "0 is not in the range x>=1"),
        (["--since", "Friday"], "write last, or a day as 2012-04-09."),
        (["--kind", "poem"], "'poem' is not one of"),
    ],
)
def test_options_that_say_nothing(here: IssueFolder, arguments: list[str], wrong: str) -> None:
    answer = run(*arguments)
    assert answer.exit_code == 2
    assert wrong in answer.stderr


# Lists of many

FEED = """<rss version="2.0"><channel><title>News</title>
<item><title>Newest</title><pubDate>Fri, 04 Jan 2030 10:00:00 GMT</pubDate>
<description>Words of the newest piece in it.</description></item>
<item><title>Older</title><pubDate>Wed, 02 Jan 2030 10:00:00 GMT</pubDate>
<description>Words of the older piece in it.</description></item>
<item><title>Oldest</title><pubDate>Mon, 31 Dec 2029 10:00:00 GMT</pubDate>
<description>Words of the oldest piece in it.</description></item>
</channel></rss>"""


@pytest.mark.parametrize(
    ("options", "titles"),
    [
        (["--entries", "1"], ["Newest"]),
        (["--entries", "3,2"], ["Older", "Oldest"]),
        (["--entries", "all"], ["Newest", "Older", "Oldest"]),
        (["--since", "2030-01-01"], ["Newest", "Older"]),
    ],
)
def test_entries_of_a_feed_are_chosen(
    here: IssueFolder, options: list[str], titles: list[str]
) -> None:
    Path("feed.xml").write_text(FEED, "utf-8")
    answer = run("feed.xml", *options)
    assert answer.exit_code == 0, answer.output
    assert [item.value("title") for item in read_written(here).items if item.file] == titles
    again = run("feed.xml", *options)
    assert again.stdout.count("already in News") == len(titles)


def test_nobody_gets_a_whole_feed_unasked(here: IssueFolder) -> None:
    Path("feed.xml").write_text(FEED, "utf-8")
    answer = run("feed.xml")
    assert answer.exit_code == 2
    assert "feed.xml: There are 3 pieces in this feed. Say which: --entries 1" in answer.stderr


def test_rows_of_a_table_are_all_added_or_those_that_are_chosen(here: IssueFolder) -> None:
    Path("rows.csv").write_text(f"title,body\nOne,{OPENING}\nTwo,{OTHER}\n", "utf-8")
    assert "two.md" in run("rows.csv", "--entries", "2").stdout
    assert "There is no piece 3 in this, only 2." in run("rows.csv", "--entries", "3").stderr
    assert "2 pieces: 1 added, 1 there already." in run("rows.csv").stdout


# Tracked changes


def tracked(path: str) -> str:
    word_file(Path(path), "Court opens its files", OPENING, tracked="She added this.")
    return path


@pytest.mark.parametrize(("choice", "is_there"), [("accept", True), ("reject", False)])
def test_tracked_changes_as_the_option_says(here: IssueFolder, choice: str, is_there: bool) -> None:
    assert run(tracked("piece.docx"), "--changes", choice).exit_code == 0
    text = (here.path / "court-opens-its-files.md").read_text("utf-8")
    assert ("She added this." in text) is is_there


def test_without_a_person_to_ask_the_file_is_refused(here: IssueFolder) -> None:
    before = files(here)
    answer = run(tracked("piece.docx"))
    assert answer.exit_code == 2
    assert "--changes" in answer.stderr
    assert files(here) == before


@pytest.mark.parametrize(
    ("typed", "status", "is_there"), [("a\n", 0, True), ("r\n", 0, False), ("\n", 2, False)]
)
def test_in_a_terminal_the_editor_is_asked(
    here: IssueFolder,
    monkeypatch: pytest.MonkeyPatch,
    typed: str,
    status: int,
    is_there: bool,
) -> None:
    monkeypatch.setattr(add_each, "can_ask", lambda: True)
    answer = run(tracked("piece.docx"), typed=typed)
    assert answer.exit_code == status
    assert "Ann Cell" in answer.stderr
    assert any("She added this." in text.decode() for text in files(here).values()) is is_there
