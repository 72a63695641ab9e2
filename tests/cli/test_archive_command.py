"""``newsletter archive`` as an editor types it: what it says, what it writes, and how it ends."""

from __future__ import annotations

import errno
import os
import re
import shlex
import signal
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from newsletter.archive.site.place import alone
from newsletter.cli import main
from tests.benchmarks.archive.generate import write_newsletter

MANIFEST = "issues/652/issue.yaml"
_MANY = 60
"""Issues whose pages take some seconds, so that a signal comes before they are done."""


@pytest.fixture(autouse=True)
def here(newsletter_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a newsletter with two issues, in which the commands run."""
    monkeypatch.chdir(newsletter_folder)
    return newsletter_folder


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["archive", *arguments])


def change(name: str, old: str, new: str) -> None:
    path = Path(name)
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def facts(answer: Result) -> dict[str, str]:
    """Return what the summary says, by the name of each line."""
    assert answer.exit_code == 0, answer.output
    lines = [line for line in answer.stdout.splitlines() if line.startswith("  ")]
    assert all(line[12] == " " or line[12:] == line[12:].lstrip() for line in lines)
    return {line[2:13].strip(): line[13:] for line in lines}


def pages() -> set[str]:
    return {path.relative_to("public").as_posix() for path in Path("public").rglob("*.html")}


def test_the_site_is_written_and_said_in_a_few_lines() -> None:
    answer = run()
    assert answer.stdout.startswith("The archive of BioNews\n")
    said = facts(answer)
    assert said["Address"] == "https://www.bionews.org.uk/issues/"
    assert said["Pages"].startswith(f"{len(pages())}: 2 issues, 1 piece, lists; ")
    assert said["Changes"].endswith(" new, 0 changed, 0 removed, 0 as they were")
    assert " in public/, " in said["Files"]
    assert said["Next"].startswith("upload what public/.archive/changes.txt lists")
    assert "Left out" not in said
    assert {"index.html", "652/index.html", "596/never-let-me-go/index.html"} <= pages()


def test_a_card_without_its_title_is_named() -> None:
    assert "Cards" not in facts(run())
    change(MANIFEST, "title: Emerging science", "title: 遺伝子 and emerging science")
    assert facts(run())["Cards"] == "no title on that of 652: their font lacks 伝子遺"


def test_a_second_run_has_nothing_to_do() -> None:
    run()
    before = {path: path.stat().st_mtime_ns for path in Path("public").rglob("*") if path.is_file()}
    again = run()
    assert (again.exit_code, again.stdout) == (0, "public/ is up to date.\n")
    verified = run("--verify")
    assert facts(verified)["Changes"].startswith("0 new, 0 changed, 0 removed, ")
    assert "Next" not in facts(verified)
    after = {path: path.stat().st_mtime_ns for path in before}
    assert after == before


def test_only_what_has_changed_is_written() -> None:
    run()
    change(MANIFEST, "Boost to egg and sperm donations needed", "Donations of eggs needed")
    assert not facts(run())["Changes"].startswith("0 new, 0 changed")
    assert "Donations of eggs needed" in Path("public/652/index.html").read_text("utf-8")


def test_check_says_whether_the_site_is_up_to_date_and_writes_nothing() -> None:
    none_yet = run("--check")
    assert none_yet.exit_code == 1
    assert none_yet.stdout.startswith("public/ is not up to date: ")
    assert "newsletter archive" in none_yet.stdout
    assert pages() == set()

    run()
    assert (run("--check").exit_code, run("--check").stdout) == (0, "public/ is up to date.\n")
    assert run("--check", "--verify").exit_code == 0
    change(MANIFEST, "Boost to egg and sperm donations needed", "Donations of eggs needed")
    assert run("--check").exit_code == 1
    assert "Donations of eggs" not in Path("public/652/index.html").read_text("utf-8")


def test_verify_finds_a_file_that_was_damaged_and_kept_its_date() -> None:
    run()
    page = Path("public/652/index.html")
    whole = page.read_bytes()
    dates = page.stat()
    page.write_bytes(b"x" * len(whole))
    os.utime(page, ns=(dates.st_atime_ns, dates.st_mtime_ns))
    assert run("--check", "--verify").exit_code == 1
    run("--verify")
    assert page.read_bytes() == whole


def test_a_draft_is_left_out_until_it_is_asked_for_or_its_day_has_come() -> None:
    tomorrow = date.today() + timedelta(days=3)  # noqa: DTZ011 - whatever the time zone
    change(MANIFEST, "date: 2012-04-16", f"date: {tomorrow}")
    said = facts(run())
    assert said["Left out"] == "652, of a day to come; --drafts writes it too"
    assert "652/index.html" not in pages()
    assert "Left out" not in facts(run("--drafts"))
    assert "652/index.html" in pages()

    facts(run())
    assert "652/index.html" not in pages()
    Path("issues/652/handed-over").mkdir()
    Path("issues/652/handed-over/email.txt").write_text("What was sent", "utf-8")
    facts(run())
    assert "652/index.html" in pages()


def test_a_site_without_any_issue_is_not_written() -> None:
    run()
    before = pages()
    for number in ("596", "652"):
        manifest = Path(f"issues/{number}/issue.yaml")
        text = manifest.read_text("utf-8")
        manifest.write_text(re.sub(r"(?m)^date: \d+", "date: 2112", text), "utf-8")
    answer = run()
    assert answer.exit_code == 2
    assert "No issue is out yet" in answer.stderr
    assert pages() == before


def test_a_fault_in_a_draft_stops_nothing_and_in_any_other_issue_everything() -> None:
    change(MANIFEST, "kind: comment", "kind: comments")
    answer = run()
    assert answer.exit_code == 2
    assert "issues/652/issue.yaml:" in answer.stderr
    assert pages() == set()
    change(MANIFEST, "date: 2012-04-16", "date: 2112-04-16")
    assert "652" in facts(run())["Left out"]


def test_another_address_is_in_every_link() -> None:
    said = facts(run("--base-url", "https://archive.example.org/old"))
    assert said["Address"] == "https://archive.example.org/old/"
    page = Path("public/652/index.html").read_text("utf-8")
    assert "https://archive.example.org/old/652/" in page
    assert "bionews.org.uk/issues" not in page


@pytest.mark.parametrize(
    ("address", "remedy"),
    [
        ("archive.example.org", "Write it in full: https://archive.example.org."),
        ("ftp://example.org/", "is not a web address"),
        ("/issues/", "is not a web address"),
        ("https://", "is not a web address"),
        ("https:///issues/", "is not a web address"),
        ("https://exa mple.org/", "is not a web address"),
        ("https://example.org:99999/", "is not a web address"),
        ("https://example..org/", "Write https://example.org/."),
        ("https://example.org/?page=1", "Write only what comes before it."),
        ("https://example.org/#top", "Write only what comes before it."),
        ("https://ann:secret@example.org/", "There is a user name in this address"),
        ("https://example.org//issues/", "Write it as the browser shows it."),
        ("https://example.org/a/../issues/", "Write it as the browser shows it."),
        ("https://example.org/issues/index.html", "in: https://example.org/issues/"),
    ],
)
def test_a_site_has_an_address_below_which_its_pages_can_be(address: str, remedy: str) -> None:
    answer = run("--base-url", address)
    assert answer.exit_code == 2
    assert answer.stderr.splitlines()[-1].startswith("Error: --base-url: ")
    assert remedy in answer.stderr
    assert pages() == set()


def test_an_address_is_written_in_ascii() -> None:
    said = facts(run("--base-url", "https://müller.example.org/Ämter"))
    assert said["Address"] == "https://xn--mller-kva.example.org/%C3%84mter/"


@pytest.mark.parametrize("folder", [".", "..", "issues", "issues/652", "templates/site"])
def test_the_newsletter_itself_is_no_place_for_a_site(folder: str) -> None:
    answer = run("--out", folder)
    assert answer.exit_code == 2
    assert "A site cannot be written into this folder" in answer.stderr


def test_a_file_is_no_place_either() -> None:
    Path("public").write_text("A file", "utf-8")
    answer = run()
    assert answer.exit_code == 2
    assert "public: This is a file, not a folder." in answer.stderr
    answer = run("--out", "public/site")
    assert answer.exit_code == 2
    assert "public: This is a file, not a folder." in answer.stderr


@pytest.mark.parametrize("target", ["missing", "public"])
def test_a_link_that_leads_nowhere_is_no_place(target: str) -> None:
    Path("public").symlink_to(target)
    for out in ("public", "public/site"):
        answer = run("--out", out)
        assert answer.exit_code == 2
        assert "public: This is a link to something that is not there." in answer.stderr


@pytest.mark.parametrize("address", ["s3://bucket/site", "https://example.org/"])
def test_an_address_is_no_place_for_writing(address: str) -> None:
    answer = run("--out", address)
    assert answer.exit_code == 2
    assert "This is an address, not a folder." in answer.stderr
    assert "--to uploads it to an address" in answer.stderr


def test_a_full_disk_is_named_by_the_folder_on_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def write(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("newsletter.archive.site.writing.write_site", write)
    answer = run("--out", "site")
    assert answer.exit_code == 2
    assert answer.stderr.endswith(
        "site: No space left on device. Free some space on this disk, and run the command again.\n"
    )


def test_what_a_check_says_to_do_writes_that_very_site() -> None:
    options = ["--out", "my site", "--base-url", "https://archive.example.org/", "--drafts"]
    answer = run("--check", *options)
    assert answer.exit_code == 1
    command = answer.stdout.splitlines()[-1].partition("  To write it:  newsletter archive ")[2]
    assert shlex.split(command) == options


@pytest.mark.parametrize("option", ["--to", "--base-url"])
@pytest.mark.parametrize("empty", ["", " "])
def test_an_option_that_a_script_leaves_empty_is_no_silent_success(option: str, empty: str) -> None:
    answer = run(option, empty)
    assert answer.exit_code == 2
    assert f"Error: {option} is empty" in answer.stderr
    assert not Path("public").exists()


def test_an_old_address_of_a_file_that_is_not_there_is_named() -> None:
    rows = ["/a,596,never-let-me-go.md", "/b,596,never-let-go.md", "/c,596,", "/d,652,gone.md"]
    table = "\n".join(["address,issue,file", *rows])
    Path("issues/old-addresses.csv").write_text(table, "utf-8")
    assert facts(run())["Moved"] == (
        "4 old addresses lead to where their pages are now, "
        "but lines 3, 5 of issues/old-addresses.csv to an issue, as it has no page of such a file"
    )


def test_without_a_name_the_folder_is_in_that_of_the_newsletter(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir("issues/652")
    assert run().exit_code == 0
    assert Path("../../public/652/index.html").is_file()
    assert "up to date" in run("--check").stdout


def test_files_of_somebody_else_stay() -> None:
    Path("public").mkdir()
    Path("public/CNAME").write_text("archive.example.org\n", "utf-8")
    run()
    assert Path("public/CNAME").read_text("utf-8") == "archive.example.org\n"


def test_it_is_uploaded_to_where_it_is_served_from(tmp_path: Path) -> None:
    served = tmp_path / "served"
    served.mkdir()
    answer = run("--to", str(served))
    assert answer.exit_code == 0, answer.output
    assert "Next" not in facts(answer)
    assert f"{served}: " in answer.stdout
    assert (served / "652/index.html").read_bytes() == Path("public/652/index.html").read_bytes()
    by_hand = Path("public/.archive/changes.txt").read_text("utf-8")
    assert "652/index.html" in by_hand.splitlines(), (
        "another place may be brought up to date by hand"
    )

    change(MANIFEST, "Boost to egg and sperm donations needed", "Donations of eggs needed")
    assert run("--to", str(served)).exit_code == 0
    assert "Donations of eggs needed" in (served / "652/index.html").read_text("utf-8")
    again = run("--to", str(served))
    assert again.stdout.startswith("public/ is up to date.")
    assert ": 0 uploaded, 0 removed, " in again.stdout


def test_what_only_checks_uploads_nothing(tmp_path: Path) -> None:
    answer = run("--check", "--to", str(tmp_path / "served"))
    assert answer.exit_code == 2
    assert not (tmp_path / "served").exists()


def test_a_page_that_moves_is_said_and_its_old_address_is_kept() -> None:
    run()
    before = Path("public/596/never-let-me-go/index.html")
    assert before.is_file()
    change("issues/596/never-let-me-go.md", 'title: "Film', 'slug: kept-apart\ntitle: "Film')
    answer = run()
    assert "596/kept-apart/" in answer.output
    assert Path("public/596/kept-apart/index.html").is_file()
    assert "596/kept-apart/" in before.read_text("utf-8")
    assert "596/never-let-me-go" in Path("issues/old-addresses.csv").read_text("utf-8")
    assert run("--check").exit_code == 0


def test_a_folder_that_is_no_newsletter(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    monkeypatch.chdir(elsewhere)
    answer = run()
    assert answer.exit_code == 2
    assert "Run the command in the newsletter's folder." in answer.stderr
    assert list(elsewhere.iterdir()) == []


def test_a_second_run_at_the_same_time_waits_and_says_so() -> None:
    with alone(Path("public")):
        second = subprocess.Popen(
            [sys.executable, "-m", "newsletter", "archive"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert second.stderr
        assert "waiting for it" in second.stderr.readline()
    stdout, _ = second.communicate(timeout=60)
    assert second.returncode == 0
    assert stdout.startswith("The archive of BioNews")


def test_ctrl_c_is_no_traceback_and_the_next_run_completes_the_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(write_newsletter(tmp_path / "many", _MANY))
    running = subprocess.Popen(
        [sys.executable, "-m", "newsletter", "archive"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - a shell may have set another
    )
    journal = Path("public/.archive/journal")
    while not journal.exists():
        assert running.poll() is None
        time.sleep(0.005)
    running.send_signal(signal.SIGINT)
    _, stderr = running.communicate(timeout=60)
    assert "Traceback" not in stderr
    assert running.returncode == 130
    assert journal.exists(), "it was at work"
    assert run().exit_code == 0
    assert run("--check", "--verify").exit_code == 0


def test_a_page_that_has_moved_leads_on_and_is_written_down_once() -> None:
    run()
    path = Path("issues/596/never-let-me-go.md")
    path.write_text(
        path.read_text("utf-8").replace("---\n", "---\nslug: a-film-review\n", 1), "utf-8"
    )

    checked = run("--check")
    assert checked.exit_code == 1
    table = Path("issues/old-addresses.csv")
    assert not table.exists()

    answer = run()
    assert answer.exit_code == 0, answer.output
    assert answer.stdout.splitlines()[:2] == [
        "596/never-let-me-go/ leads to 596/a-film-review/ now.",
        "Commit issues/old-addresses.csv, which has these addresses from now on.",
    ]
    row = "596/never-let-me-go/,596,never-let-me-go.md,"
    assert table.read_text("utf-8-sig").splitlines()[1:] == [row]
    moved = Path("public/596/never-let-me-go/index.html").read_text("utf-8")
    assert 'content="0; url=/issues/596/a-film-review/"' in moved
    assert "/issues/596/never-let-me-go/ /issues/596/a-film-review/ 301\n" in Path(
        "public/_redirects"
    ).read_text("utf-8")

    assert "Commit" not in run("--verify").stdout
    assert table.read_text("utf-8-sig").splitlines()[1:] == [row]


def test_a_faulty_table_stops_the_run_before_anything_is_written() -> None:
    Path("issues/old-addresses.csv").write_text("address,to\na,b\nb,a\n", "utf-8")
    answer = run()
    assert answer.exit_code == 2
    place = Path("issues/old-addresses.csv")
    assert f"{place}:2: Lines 2 and 3 lead in a circle." in answer.output
    assert not pages()


def test_another_newsletter_does_not_take_the_place_of_a_site(here: Path) -> None:
    address = "https://www.bionews.org.uk/issues/"
    run()
    before = pages()
    change("issues/publication.yaml", f"archive: {address}", "archive: https://other.test/")
    piece = here / "issues/596/never-let-me-go.md"
    piece = piece.rename(piece.with_name("another.md"))
    change("issues/596/issue.yaml", "never-let-me-go.md", "another.md")

    for options in ([], ["--check"], ["--to", "served"]):
        answer = run(*options)
        assert answer.exit_code == 2
        assert answer.stderr.startswith(
            f"public: This is the site of another newsletter, {address}. "
        )
    assert pages() == before
    assert not Path("issues/old-addresses.csv").exists()
    assert not Path("served").exists()
    assert run("--out", "another").exit_code == 0


def test_a_newsletter_may_move_to_another_address(here: Path) -> None:
    run("--to", "served")
    change("issues/publication.yaml", "https://www.bionews.org.uk/issues/", "https://new.test/")
    answer = run("--to", "served")
    assert answer.exit_code == 0
    assert facts(answer)["Address"] == "https://new.test/"
    assert b"https://new.test/" in (here / "served/feed.xml").read_bytes()
