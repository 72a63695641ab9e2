"""Items as they are written, and what they wait for, even where an issue cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter.errors import ManifestError
from newsletter.manifest import IssueFolder
from newsletter.manifest.open_ends import open_ends
from newsletter.manifest.written_items import read_written

MANIFEST = """\
number: 700
sections:
  - kind: news
    title: News &amp; Digest
    items:
      - file: court.md
      - title: Typed &amp; short
        authors: Ann Cell
        date:  # missing: its own date
        body: |
          First line.
          Second. <!-- question: why? -->
  - kind: reviews
    items:
  - kind: events
    items:
      - file: nowhere.md
      - kind: advert
        title: Buy this
"""
COURT = """\
---
title:  # missing: the headline
work:
  kind:  # missing: film or book
  title: Cells  # missing: no longer
topics:
---
It says why. <!-- question: Ann asks: who? --> <!-- question: and where? -->
"""


@pytest.fixture
def folder(tmp_path: Path) -> IssueFolder:
    path = tmp_path / "issues" / "700"
    path.mkdir(parents=True)
    (path / "issue.yaml").write_text(MANIFEST, "utf-8")
    (path / "court.md").write_text(COURT, "utf-8")
    return IssueFolder.at(path)


def test_sections_and_items_of_an_issue_that_cannot_be_read(folder: IssueFolder) -> None:
    issue = read_written(folder)
    sections = [(section.kind, section.title, len(section.items)) for section in issue.sections]
    assert sections == [("news", "News & Digest", 2), ("reviews", None, 0), ("events", None, 2)]
    assert [(item.kind, item.file, item.section) for item in issue.items] == [
        ("news", "court.md", 0),
        ("news", None, 0),
        ("event", "nowhere.md", 2),
        ("advert", None, 2),
    ]


def test_values_are_as_the_reader_has_them(folder: IssueFolder) -> None:
    court, typed, nowhere, _ = read_written(folder).items
    assert (court.value("title"), court.value("work.title")) == (None, "Cells")
    assert (typed.value("title"), typed.value("authors")) == ("Typed & short", ["Ann Cell"])
    assert typed.body == "First line.\nSecond. <!-- question: why? -->\n"
    assert (nowhere.value("title"), nowhere.value("work.title"), nowhere.body) == (None, None, "")


def test_what_an_issue_waits_for_with_its_place(folder: IssueFolder) -> None:
    ends = open_ends(read_written(folder))
    assert [(end.path.name, end.line, end.item, end.name, end.note) for end in ends] == [
        ("court.md", 2, "court.md", "title", "the headline"),
        ("court.md", 4, "court.md", "work.kind", "film or book"),
        ("court.md", 8, "court.md", "question", "Ann asks: who?"),
        ("court.md", 8, "court.md", "question", "and where?"),
        ("issue.yaml", 9, "Typed & short", "date", "its own date"),
        ("issue.yaml", 12, "Typed & short", "question", "why?"),
    ]


@pytest.mark.parametrize("text", ["", "just words", "- a list", "a: [", "\x00"])
def test_a_manifest_without_fields_is_refused(folder: IssueFolder, text: str) -> None:
    folder.manifest.write_text(text, "utf-8")
    with pytest.raises(ManifestError):
        read_written(folder)


@pytest.mark.parametrize("text", ["", "no fields", "---\n---\n", "---\n- a\n---\n", "---\na: [\n"])
def test_an_item_whose_file_cannot_be_read_has_no_fields(folder: IssueFolder, text: str) -> None:
    (folder.path / "court.md").write_text(text, "utf-8")
    first = next(read_written(folder).items)
    assert first.value("title") is None
