"""``newsletter import``: the old issues of a WordPress site, once, and no more than once."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from newsletter.cli import main
from newsletter.importers import fetching
from newsletter.manifest import read_issue
from newsletter.manifest.locking import lock
from newsletter.model import Review
from tests.importers.fake_wordpress import PNG, FakeWordPress
from tests.importers.fake_wordpress import Post as SitePost
from tests.importers.site import site
from tests.importers.wxr import Post, write_export
from tests.strategies import ISSUES

IN_596 = "<em>Appeared in BioNews 596</em>\n\n"
REVIEWS = (("category", "Reviews"),)
POSTS = (
    Post(1, "A court opens its files", f"{IN_596}Files are open.\n\nAll of them."),
    Post(2, "Cells in a museum", f"{IN_596}Cells live there.", date="2011-02-18 10:00:00"),
    Post(3, "Film Review: Cells", f"{IN_596}A film of cells.", terms=REVIEWS),
    Post(4, "Eggs wanted", "Eggs are wanted.", terms=(("issue", "597"), ("category", "News"))),
    Post(5, "Of no issue", "Nobody knows."),
    Post(6, "Of two", "It appeared in BioNews 1 and appeared in BioNews 2."),
    Post(7, "A draft", f"{IN_596}Not yet.", status="draft"),
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A newsletter without issues, which the command runs in."""
    return new_home(tmp_path / "home", monkeypatch)


def new_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (home / "issues").mkdir(parents=True)
    shutil.copy(ISSUES / "publication.yaml", home / "issues")
    monkeypatch.chdir(home)
    return home


def run(*arguments: object) -> str:
    result = CliRunner().invoke(main, ["import", *map(str, arguments)])
    assert result.exit_code == 0, result.output
    return result.stdout


def report(home: Path) -> list[list[str]]:
    text = (home / "build" / "import-report.csv").read_text(encoding="utf-8-sig")
    return list(csv.reader(io.StringIO(text)))[1:]


def files(home: Path) -> dict[str, bytes]:
    found = (path for path in home.rglob("*") if path.is_file())
    return {path.relative_to(home).as_posix(): path.read_bytes() for path in found}


def test_posts_become_the_issues_that_they_name(home: Path) -> None:
    printed = run(write_export(home / "export.xml", *POSTS))
    assert printed.splitlines() == [
        "Posts: 6. Of these, 4 name an issue (2 in all).",
        "Left out: post (draft) 1.",
        "Issues made: 2. Pieces in all that were imported: 4.",
        f"Old addresses: 8, in {Path('issues/old-addresses.csv')}.",
        f"What is in no issue, or is to be fixed: 2, in {Path('build/import-report.csv')}.",
    ]

    issue = read_issue(home / "issues" / "596")
    assert issue.date == date(2011, 2, 21)
    assert [(section.kind, len(section.items)) for section in issue.sections] == [
        ("news", 2),
        ("reviews", 1),
    ]
    museum, court, film = issue.items
    assert [museum.title, court.title, film.title] == [
        "Cells in a museum",
        "A court opens its files",
        "Film Review: Cells",
    ]
    assert isinstance(film, Review)
    assert (film.work.kind, film.work.title) == ("film", "Cells")
    assert court.body == "Files are open.\n\nAll of them."
    assert [author.name for author in court.authors] == ["Zoë Testwright"]


def test_what_is_in_no_issue_is_listed_with_the_reason(home: Path) -> None:
    run(write_export(home / "export.xml", *POSTS))
    assert report(home) == [
        ["post", POSTS[4].link, "Of no issue", "2011-02-21", "It names no issue."],
        ["post", POSTS[5].link, "Of two", "2011-02-21", "It names several issues: 1 and 2."],
    ]


def test_a_post_that_no_issue_can_hold_is_listed(home: Path) -> None:
    run(write_export(home / "export.xml", Post(1, "Long", IN_596 + "word " * 60_000)))
    assert report(home)[0][4] == "It is longer than a whole issue can be (250,000 bytes)."


def test_a_section_that_no_category_says_is_listed(home: Path) -> None:
    terms = (("category", "Cells"),)
    run(write_export(home / "export.xml", Post(1, "Cells", f"{IN_596}Words.", terms=terms)))
    assert report(home)[0][4] == "No category says in which section it was; it is in News."
    assert read_issue(home / "issues" / "596").sections[0].kind == "news"


def test_what_wordpress_would_show_is_listed(home: Path) -> None:
    run(write_export(home / "export.xml", Post(1, content=f'{IN_596}A.\n\n[gallery ids="1,2"]')))
    sentence = "What WordPress shows for [gallery] is not there; its name is still in the text."
    assert report(home)[0][4] == sentence


def test_words_that_are_no_field_yet_are_listed(home: Path) -> None:
    content = (
        f"{IN_596}Directed by A. Maker\n\nBuy this film on DVD from Amazon UK or Amazon USA\n\n"
        "A film of cells.\n\n31 January 2012 - by Ruth Testwright\nEggs are wanted..."
    )
    run(write_export(home / "export.xml", Post(1, "Film Review: Cells", content, terms=REVIEWS)))
    (sentence,) = [row[4] for row in report(home) if row[4].startswith("work.links: ")]
    assert '"Buy this film on DVD from Amazon UK or Amazon USA"' in sentence

    record = json.loads((home / "issues" / "596" / "sources" / "import.json").read_bytes())
    (related,) = record["pieces"][0]["related"]
    assert (related["date"], related["author"]) == ("2012-01-31", "Ruth Testwright")


def test_old_addresses_lead_to_the_pieces(home: Path) -> None:
    run(write_export(home / "export.xml", *POSTS))
    table = (home / "issues" / "old-addresses.csv").read_text(encoding="utf-8-sig")
    assert table.splitlines()[:3] == [
        "address,issue,file,to",
        f"{POSTS[1].link},596,cells-in-a-museum.md,",
        "https://cells.example.org/?p=2,596,cells-in-a-museum.md,",
    ]


def test_what_is_no_address_of_the_web_is_no_old_address(home: Path) -> None:
    export = write_export(home / "export.xml", POSTS[0])
    text = export.read_text("utf-8").replace(">https://cells.example.org/?p=", ">ttps://cells/?p=")
    export.write_text(text, "utf-8")
    run(export)
    table = (home / "issues" / "old-addresses.csv").read_text(encoding="utf-8-sig")
    assert POSTS[0].link in table
    assert "ttps://cells/" not in table


def test_what_editors_know_of_old_addresses_stays(home: Path) -> None:
    table = home / "issues" / "old-addresses.csv"
    known = f"Address;To;Note\r\n/about;596/cells/;ours\r\n{POSTS[1].link};596/;better\r\n"
    table.write_text(known, encoding="utf-8-sig", newline="")
    run(write_export(home / "export.xml", *POSTS))
    lines = table.read_text(encoding="utf-8-sig").splitlines()
    assert lines[:3] == known.splitlines()
    assert len(lines) == 3 + 7
    assert POSTS[1].link not in "".join(lines[3:])


def test_a_day_that_is_not_certain_is_missing(home: Path) -> None:
    days = ("2011-02-18 10:00:00", "2011-02-21 10:00:00")
    posts = (Post(n, f"Cells {n}", f"{IN_596}Words.", day) for n, day in enumerate(days))
    printed = run(write_export(home / "export.xml", *posts))
    manifest = (home / "issues" / "596" / "issue.yaml").read_text(encoding="utf-8")
    assert "date:  # missing: the pieces are of 2011-02-18 to 2011-02-21\n" in manifest
    assert "before they can be read, such as a date: 1." in printed
    place = f"{(Path('issues') / '596' / 'issue.yaml').as_posix()}:4"
    assert [row[:2] for row in report(home)] == [["to fix", place]]


def test_a_second_time_nothing_changes(home: Path) -> None:
    export = write_export(home / "export.xml", *POSTS)
    run(export)
    before = files(home)
    assert "Issues made: 0. Pieces in all that were imported: 4." in run(export)
    assert files(home) == before


def test_what_an_editor_has_changed_since_stays(home: Path) -> None:
    export = write_export(home / "export.xml", *POSTS)
    run(export)
    piece = home / "issues" / "596" / "cells-in-a-museum.md"
    piece.write_text("---\ntitle: Better\n---\nWords.\n", encoding="utf-8")
    run(write_export(export, *POSTS, Post(8, "Late", f"{IN_596}It came late.")))
    assert piece.read_text(encoding="utf-8") == "---\ntitle: Better\n---\nWords.\n"
    reason = "Issue 596 was imported before, without it; 'newsletter add' can add it."
    assert report(home)[-1][1:] == [Post(8).link, "Late", "2011-02-21", reason]


def test_an_issue_that_was_there_is_never_touched(home: Path) -> None:
    shutil.copytree(ISSUES / "596", home / "issues" / "596")
    before = files(home / "issues" / "596")
    run(write_export(home / "export.xml", *POSTS))
    assert files(home / "issues" / "596") == before
    reasons = [row[4] for row in report(home) if "596" in row[4]]
    assert reasons == ["Issue 596 was there before; 'newsletter add' can add it."] * 3


def test_a_dry_run_writes_nothing(home: Path) -> None:
    export = write_export(home.parent / "export.xml", *POSTS)
    before = files(home)
    assert "4 name an issue (2 in all)" in run(export, "--dry-run")
    assert files(home) == before


def test_posts_of_another_type(home: Path) -> None:
    export = write_export(home / "export.xml", Post(1, content=IN_596, type="story"), *POSTS[1:2])
    assert "Of these, 1 name an issue (1 in all)" in run(export, "--type", "story")


def test_a_file_that_is_damaged_changes_nothing(home: Path) -> None:
    export = write_export(home / "export.xml", *POSTS)
    export.write_bytes(export.read_bytes()[:-40])
    before = files(home)
    result = CliRunner().invoke(main, ["import", str(export)])
    assert result.exit_code == 2
    assert re.search(r"export\.xml:\d+: The export is damaged here", result.stderr)
    assert files(home) == before


@pytest.fixture
def wordpress(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeWordPress]:
    """A site without posts, which is there on the web."""
    fake, fetch = FakeWordPress(), fetching.fetch
    with site(lambda path: fake(path.removeprefix(fake.base))) as server:
        network = server.network(proxy=f"http://127.0.0.1:{server.port}")
        monkeypatch.setattr(fetching, "fetch", lambda address: fetch(address, network=network))
        yield fake


def site_post(number: int, text: str = "Cells live there.", **fields: Any) -> SitePost:
    content = f"<p>Appeared in BioNews 596</p><p>{text}</p>"
    at = datetime.fromisoformat("2011-02-21T09:00")
    return SitePost(f"cells-{number}", f"Cells {number}", content, at, **fields)


def test_a_second_import_at_once_is_refused(home: Path) -> None:
    export = write_export(home / "export.xml", *POSTS)
    with lock(home / "issues", "import"):
        result = CliRunner().invoke(main, ["import", str(export)])
    assert result.exit_code == 2
    assert "Another import of this newsletter is running." in result.stderr


@pytest.mark.parametrize("source", ["missing.xml", "issues"], ids=["missing", "folder"])
def test_what_is_no_file_is_named(home: Path, source: str) -> None:
    result = CliRunner().invoke(main, ["import", source])
    assert result.exit_code == 2
    assert result.stderr.startswith(source)


def test_a_site_is_asked_for_all_its_posts(home: Path, wordpress: FakeWordPress) -> None:
    wordpress.posts = [site_post(number) for number in range(101)]
    assert "Issues made: 1. Pieces in all that were imported: 101." in run(f"{wordpress.base}/")
    assert len(list(read_issue(home / "issues" / "596").items)) == 101


def test_pictures_are_left_out_and_listed(home: Path, wordpress: FakeWordPress) -> None:
    wordpress.posts = [site_post(1, picture="lab.png", alt="A lab")]
    run(wordpress.base)
    (item,) = read_issue(home / "issues" / "596").items
    assert item.picture is None
    (row,) = report(home)
    assert row[0] == "part of a post"
    assert "lab.png is left out (pictures are fetched with --pictures)" in row[4]


def test_pictures_are_fetched_if_that_is_asked_for(home: Path, wordpress: FakeWordPress) -> None:
    wordpress.posts = [site_post(n, picture=f"{n}/lab.png", alt="A lab") for n in range(2)]
    run(wordpress.base, "--pictures")
    first, second = read_issue(home / "issues" / "596").items
    assert first.picture
    assert (first.picture.src, first.picture.alt) == ("images/lab.png", "A lab")
    assert second.picture == first.picture  # the same content
    assert (home / "issues" / "596" / "images" / "lab.png").read_bytes() == PNG


def test_an_issue_of_which_nothing_can_be_read_is_not_made(
    home: Path, wordpress: FakeWordPress
) -> None:
    terms = {"category": "BioNews 596"}
    wordpress.posts = [site_post(1, is_protected=True, **terms)]
    run(wordpress.base)
    assert not (home / "issues" / "596").exists()
    assert report(home)[0][4] == "This post is protected by a password."


KILLED = """
import os, signal, sys
from newsletter import parallel
from newsletter.cli import main

last_step, *arguments = sys.argv[1:]
steps = 0

def count(event, details):
    global steps
    if event == "os.rename" and "issues" in str(details[1]):
        steps += 1
        if steps == int(last_step):
            os.kill(os.getpid(), signal.SIGKILL)

parallel._cores = lambda: 1
sys.addaudithook(count)
main(["import", *arguments], prog_name="newsletter")
"""


@pytest.mark.parametrize("step", [2, 8])
def test_killed_and_run_again_it_ends_as_if_it_had_not_been(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    whole = new_home(tmp_path / "whole", monkeypatch)
    export = write_export(tmp_path / "export.xml", *POSTS)
    run(export)

    broken = new_home(tmp_path / "broken", monkeypatch)
    command = [sys.executable, "-c", KILLED, str(step), str(export)]
    cache = {"NEWSLETTER_CACHE": str(tmp_path / "cache")}
    done = subprocess.run(command, env=os.environ | cache, check=False, capture_output=True)
    assert done.returncode == -9
    assert files(broken) != files(whole)
    run(export)
    assert files(broken) == files(whole)
