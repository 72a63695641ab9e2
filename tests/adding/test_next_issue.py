"""The next issue: its number and day, the last one's sections, and what is still current."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from newsletter.adding.next_issue import next_day, next_issue, next_number
from newsletter.checks.galley import galley_of
from newsletter.checks.preflight import preflight
from newsletter.errors import ManifestError
from newsletter.manifest import Project, read_issue, read_manuscript
from tests.drawing import drawn

TODAY = date(2012, 4, 17)
LAST = """\
number: 652
date: 2012-04-16
welcome: A word of this week.
sections:
  - kind: comment
    title: Opinion & more
    items: []
  - kind: news
    items:
      - file: cells.md
      - title: "*Shop*: microscopes & more"
        kind: advert
        advertiser: The shop
        url: https://www.bionews.org.uk/shop
        picture: {src: images/shop.jpg, alt: A shop}
        until: 2012-04-23
        teaser: A shop has microscopes.
  - kind: jobs
    title: 'Jobs: "ours"'
    items:
      - file: curator.md
      - title: "Cleaner"
        url: us@lab.org.uk
        until: 2012-04-22
        teaser: A laboratory looks for somebody.
  - kind: events
    items:
      - title: Open evening
        place: London
        starts: 2012-05-20 18:30
        ends: 2012-05-20 20:00
        until: 2012-05-20
        lead: true
        teaser: |-
          A first paragraph.

          A second one.
ignore:
  - rule: far-date
    reason: A test.
"""
MADE = """\
number: 653
date: 2012-04-23

sections:
  - kind: comment
    title: Opinion & more
    items:

  - kind: news
    items:
      - kind: advert
        title: "*Shop*: microscopes & more"
        url: https://www.bionews.org.uk/shop
        teaser: A shop has microscopes.
        picture:
          src: images/shop.jpg
          alt: A shop
        advertiser: The shop
        until: 2012-04-23

  - kind: jobs
    title: 'Jobs: "ours"'
    items:
      - file: curator.md

  - kind: events
    items:
      - title: Open evening
        teaser: |-
          A first paragraph.

          A second one.
        place: London
        starts: 2012-05-20 18:30
        ends: 2012-05-20 20:00
        until: 2012-05-20

  - kind: notices
    items:
      - title: "Correction: A room of cells & more"
        url: https://www.bionews.org.uk/issues/652/cells/
        teaser: The room has *40* cells, not 400.
"""
CELLS = """\
---
title: A room of cells &amp; more
date: 2012-04-16
corrections:
  - date: 2012-04-17
    text: The room has *40* cells, not 400.
---
A museum opens a room.
"""
CURATOR = """\
---
# The museum pays for this one.
title: Curator
url: https://www.bionews.org.uk/curator
until: 2012-05-11   # as they asked
---
The museum looks for a curator.

![The room](images/room.jpg "The room")
"""


@pytest.fixture
def issues(newsletter_folder: Path) -> Path:
    """The folder of a newsletter with one issue, of which some is still current a week later."""
    issues = newsletter_folder / "issues"
    shutil.rmtree(issues / "596")
    last = issues / "652"
    shutil.rmtree(last)
    (last / "images").mkdir(parents=True)
    (last / "issue.yaml").write_text(LAST, "utf-8")
    (last / "cells.md").write_text(CELLS, "utf-8")
    (last / "curator.md").write_bytes(CURATOR.replace("\n", "\r\n").encode())
    (last / "images" / "shop.jpg").write_bytes(b"a shop")
    (last / "images" / "room.jpg").write_bytes(b"a room")
    (last / "images" / "other.jpg").write_bytes(b"of this issue alone")
    return issues


def content(folder: Path) -> dict[str, bytes]:
    """Return all files below a folder, by name."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.mark.parametrize(
    ("last", "number"), [("652", "653"), ("1268a", "1269"), ("1268z", "1269"), ("9", "10")]
)
def test_the_number_is_the_next(last: str, number: str) -> None:
    assert next_number(last) == number


@pytest.mark.parametrize(
    ("day", "last", "today", "expected"),
    [
        ("Monday", date(2012, 4, 16), date(2012, 4, 17), date(2012, 4, 23)),
        ("Monday", date(2012, 4, 16), date(2012, 4, 16), date(2012, 4, 23)),
        ("Monday", date(2012, 4, 16), date(2012, 4, 23), date(2012, 4, 23)),
        ("Monday", date(2012, 4, 16), date(2012, 9, 12), date(2012, 9, 17)),
        ("Monday", date(2012, 4, 18), date(2012, 4, 18), date(2012, 4, 23)),
        ("Monday", date(2012, 5, 7), date(2012, 4, 17), date(2012, 5, 14)),
        ("Sunday", date(2012, 4, 16), date(2012, 4, 17), date(2012, 4, 22)),
    ],
)
def test_the_day_is_the_next_publication_day_that_is_not_in_the_past(
    day: str, last: date, today: date, expected: date, issues: Path
) -> None:
    publication = read_issue(issues / "652").publication
    assert next_day(publication.model_copy(update={"day": day}), last, today) == expected


def test_the_next_issue_has_the_sections_and_what_is_current(issues: Path) -> None:
    made = next_issue(Project(issues), today=TODAY)
    assert made.last
    assert (made.folder.name, made.date, made.last.name) == ("653", date(2012, 4, 23), "652")
    assert [item.title for item in made.carried_on] == [
        "Shop: microscopes & more",
        "Curator",
        "Open evening",
    ]
    assert [item.title for item in made.ended] == ["Cleaner"]
    written = (issues / "653" / "issue.yaml").read_text("utf-8")
    assert written.partition("\n\n")[2] == MADE


def test_files_are_carried_on_as_they_are_and_no_others(issues: Path) -> None:
    next_issue(Project(issues), today=TODAY)
    last, made = content(issues / "652"), content(issues / "653")
    assert sorted(made) == ["curator.md", "images/room.jpg", "images/shop.jpg", "issue.yaml"]
    for name in ("curator.md", "images/room.jpg", "images/shop.jpg"):
        assert made[name] == last[name]


def test_the_receipt_of_what_is_carried_on_goes_with_it(issues: Path) -> None:
    last = issues / "652" / "sources"
    last.mkdir()
    for name in ("curator.receipt.json", "cells.receipt.json", "curator.docx"):
        (last / name).write_text(name, "utf-8")
    made = next_issue(Project(issues), today=TODAY)
    assert content(made.folder.sources) == {"curator.receipt.json": b"curator.receipt.json"}


def test_what_is_carried_on_is_read_as_before(issues: Path) -> None:
    next_issue(Project(issues), today=TODAY)
    before = {item.title: item for item in read_issue(issues / "652").items}
    for item in read_issue(issues / "653").items:
        if not item.title.startswith("Correction"):
            assert item == before[item.title].model_copy(update={"lead": False})


def test_the_day_and_the_number_may_be_given(issues: Path) -> None:
    made = next_issue(Project(issues), "652a", date(2012, 4, 19))
    assert (made.folder.name, made.date) == ("652a", date(2012, 4, 19))
    assert [item.title for item in made.ended] == []


def test_the_last_is_the_one_before_the_number(issues: Path) -> None:
    next_issue(Project(issues), "700", today=TODAY)
    between = next_issue(Project(issues), "660", today=TODAY)
    assert between.last
    assert between.last.name == "652"


def test_what_is_still_to_come_but_has_no_end_is_named(issues: Path) -> None:
    manifest = issues / "652" / "issue.yaml"
    text = LAST.replace("        until: 2012-05-20\n", "").replace(
        "        until: 2012-04-22\n", "        closes: 2012-04-22\n"
    )
    manifest.write_text(text, "utf-8")
    made = next_issue(Project(issues), today=TODAY)
    assert made.without_end == ("Open evening",)
    assert "Open evening" not in [item.title for item in read_issue(made.folder).items]


def test_the_first_issue_follows_none(issues: Path) -> None:
    shutil.rmtree(issues / "652")
    made = next_issue(Project(issues), today=TODAY)
    assert (made.folder.name, made.date, made.last) == ("1", date(2012, 4, 23), None)
    assert made.sections == ("News Digest",)


def test_sections_stay_although_nothing_was_in_them_for_a_week(issues: Path) -> None:
    first = next_issue(Project(issues), today=TODAY)
    second = next_issue(Project(issues), today=first.date)
    kinds = ["comment", "news", "jobs", "events", "notices"]
    assert [node.text("kind") for node in read_manuscript(second.folder).sections] == kinds


def test_an_item_that_led_is_carried_on_without_leading(issues: Path) -> None:
    curator = issues / "652" / "curator.md"
    curator.write_text(CURATOR.replace("url:", "lead: true\nurl:"), "utf-8")
    manifest = issues / "652" / "issue.yaml"
    manifest.write_text(LAST.replace("        lead: true\n", ""), "utf-8")
    next_issue(Project(issues), today=TODAY)
    assert (issues / "653" / "curator.md").read_text("utf-8") == CURATOR


def test_what_was_corrected_before_the_last_issue_is_not_corrected_again(issues: Path) -> None:
    first = next_issue(Project(issues), today=TODAY)
    late = CELLS.replace(
        "not 400.\n", "not 400.\n  - date: 2012-04-25\n    text: And they are small.\n"
    )
    (issues / "652" / "cells.md").write_text(late, "utf-8")
    second = next_issue(Project(issues), today=first.date)
    notices = [item for item in read_issue(second.folder).items if item.kind == "notice"]
    assert [notice.teaser for notice in notices] == ["And they are small."]


def test_what_was_corrected_while_the_last_issue_was_made_is_not_forgotten(issues: Path) -> None:
    first = next_issue(Project(issues), today=TODAY)
    between = CELLS.replace(
        "not 400.\n", "not 400.\n  - date: 2012-04-20\n    text: And they are small.\n"
    )
    (issues / "652" / "cells.md").write_text(between, "utf-8")
    second = next_issue(Project(issues), today=first.date)
    notices = [item for item in read_issue(second.folder).items if item.kind == "notice"]
    assert [notice.teaser for notice in notices] == ["And they are small."]


def test_a_correction_can_be_kept_out_of_the_email(issues: Path) -> None:
    quiet = CELLS.replace("not 400.\n", "not 400.\n    notice: false\n")
    (issues / "652" / "cells.md").write_text(quiet, "utf-8")
    made = next_issue(Project(issues), today=TODAY)
    assert made.corrected == ()
    assert [item for item in read_issue(made.folder).items if item.kind == "notice"] == []


def test_an_earlier_issue_that_cannot_be_read_does_not_matter(issues: Path) -> None:
    broken = issues / "651" / "issue.yaml"
    broken.parent.mkdir()
    broken.write_text("number: [", "utf-8")
    assert next_issue(Project(issues), today=TODAY).folder.name == "653"


def test_corrections_are_in_the_language_of_the_publication(issues: Path) -> None:
    publication = issues / "publication.yaml"
    text = publication.read_text("utf-8").replace("language: en-GB", "language: de")
    publication.write_text(text, "utf-8")
    made = next_issue(Project(issues), today=TODAY)
    titles = [item.title for item in read_issue(made.folder).items]
    assert titles[-1] == "Berichtigung: A room of cells & more"
    assert made.sections[1] == "Nachrichten"


# What is there is never written over


def test_an_issue_is_not_made_twice(issues: Path) -> None:
    next_issue(Project(issues), today=TODAY)
    before = content(issues)
    with pytest.raises(ManifestError, match="Issue 653 exists already"):
        next_issue(Project(issues), "653", today=TODAY)
    assert content(issues) == before


@pytest.mark.parametrize(
    "name", ["Issue.yaml", "issue.yaml.txt", "approvals.json", "handed-over/draft.json"]
)
def test_what_is_left_of_an_issue_is_not_taken_for_a_new_one(name: str, issues: Path) -> None:
    left = issues / "653" / name
    left.parent.mkdir(parents=True)
    left.write_text("left", "utf-8")
    with pytest.raises(ManifestError, match="653"):
        next_issue(Project(issues), today=TODAY)
    assert content(issues / "653") == {name: b"left"}


def test_no_file_of_the_folder_is_written_over(issues: Path) -> None:
    own = issues / "653" / "images" / "shop.jpg"
    own.parent.mkdir(parents=True)
    own.write_bytes(b"another shop")
    with pytest.raises(ManifestError, match=r"shop\.jpg: This file would be written over"):
        next_issue(Project(issues), today=TODAY)
    assert content(issues / "653") == {"images/shop.jpg": b"another shop"}


def test_a_folder_with_other_files_is_used(issues: Path) -> None:
    own = issues / "653" / "images" / "new.jpg"
    own.parent.mkdir(parents=True)
    own.write_bytes(b"new")
    next_issue(Project(issues), today=TODAY)
    assert own.read_bytes() == b"new"


def test_nothing_is_written_if_the_disk_refuses(
    issues: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace: Callable[[Path, Path], Path] = Path.replace

    def full(path: Path, target: Path) -> Path:
        if target.name == "issue.yaml":
            raise OSError(28, "No space left on device")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        next_issue(Project(issues), today=TODAY)
    assert not (issues / "653").exists()


KILLED = """
import os, signal, sys
from datetime import date
from pathlib import Path
from newsletter.adding.next_issue import next_issue
from newsletter.manifest import Project

left, replace = int(sys.argv[2]), Path.replace

def killed(path, target):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return replace(path, target)

Path.replace = killed
next_issue(Project(Path(sys.argv[1])), today=date(2012, 4, 17))
"""


@pytest.mark.parametrize("renamed", [0, 2, 4])
def test_a_command_that_is_killed_leaves_nothing_that_counts(renamed: int, issues: Path) -> None:
    command = [sys.executable, "-c", KILLED, str(issues), str(renamed)]
    assert subprocess.run(command, env=os.environ, check=False).returncode == -signal.SIGKILL
    assert Project(issues).newest().name == "652"

    next_issue(Project(issues), today=TODAY)
    made = content(issues / "653")
    assert sorted(made) == ["curator.md", "images/room.jpg", "images/shop.jpg", "issue.yaml"]
    assert made["issue.yaml"].decode().endswith(MADE)


def test_no_rule_complains_about_what_was_carried_on(issues: Path) -> None:
    for picture in (issues / "652" / "images").iterdir():
        picture.write_bytes(drawn("picture.jpg", (600, 400)))
    made = next_issue(Project(issues), today=TODAY)
    found = {finding.check for finding in preflight(galley_of(made.folder)).findings}
    assert found <= {"far-date", "image-resolution", "leftover-markup", "number-step"}
