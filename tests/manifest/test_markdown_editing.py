"""A Markdown file edited as text."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter.errors import ManifestError
from newsletter.manifest.markdown_editing import edited_markdown
from newsletter.manifest.yaml_editing import Missing, Put

PATH = Path("cells.md")
FILE = """\
---
title: "Cells: a museum"   # ours
authors:  # missing: sent by Ruth
---

A first paragraph.  \nIts second line.

---

A last one."""


def test_fields_change_and_the_body_stays() -> None:
    edits = [Put(("authors",), ["Ruth"]), Put(("date",), Missing("the day"))]
    assert edited_markdown(FILE, edits, PATH) == FILE.replace(
        "authors:  # missing: sent by Ruth\n",
        "authors:\n  - Ruth\ndate:  # missing: the day\n",
    )


def test_the_body_changes_and_the_fields_stay() -> None:
    fields, _, _ = FILE.partition("A first")
    assert edited_markdown(FILE, [], PATH, body="New.\n\nWords.\n") == f"{fields}New.\n\nWords.\n"


def test_line_ends_and_a_byte_order_mark_stay() -> None:
    source = "\ufeff" + FILE.replace("\n", "\r\n")
    result = edited_markdown(source, [Put(("title",), "Cells")], PATH, body="New.\n\nWords.")
    assert result == (
        "\ufeff---\r\ntitle: Cells   # ours\r\nauthors:  # missing: sent by Ruth\r\n---\r\n\r\n"
        "New.\r\n\r\nWords.\r\n"
    )


def test_a_file_without_a_text_gets_one() -> None:
    assert edited_markdown("---\ntitle: A\n---", [], PATH, "B") == "---\ntitle: A\n---\nB\n"


@pytest.mark.parametrize(
    ("source", "line"),
    [("No fields.", 1), ("---\ntitle: A\nWords.\n", 3), ("---\na: 1\ntitle: A: B\n---\n", 3)],
    ids=["none", "no-end", "colon"],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_line(source: str, line: int) -> None:
    with pytest.raises(ManifestError, match=rf"cells\.md:{line}: "):
        edited_markdown(source, [Put(("title",), "B")], PATH)
