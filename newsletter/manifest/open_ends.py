"""What an issue still waits for: fields that are missing, and questions that are open.

It is found even in an issue that cannot be read as a whole, which may be for just this reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from newsletter.manifest.missing_fields import missing_fields
from newsletter.manifest.written_items import WrittenIssue, WrittenItem
from newsletter.text.editor_notes import questions_in


class OpenEnd(NamedTuple):
    """A field to fill, or a question to answer."""

    path: Path
    line: int
    item: str
    """The title of its item; its file's name if the title is missing."""
    name: str
    """The field, as ``work.title``, or "question"."""
    note: str
    """What may help to fill it, or what is asked."""


def open_ends(issue: WrittenIssue) -> Iterator[OpenEnd]:
    """Yield what each item of an issue still waits for, in the order of the items."""
    for item in issue.items:
        title = item.value("title") or item.file or ""
        for missing in missing_fields(item.tree):
            line = missing.node.line
            yield OpenEnd(item.path, line, title, missing.name, missing.hint)
        yield from _questions(item, title)


def _questions(item: WrittenItem, title: str) -> Iterator[OpenEnd]:
    for number, line in enumerate(item.body.split("\n"), start=item.body_line):
        for question in questions_in(line):
            yield OpenEnd(item.path, number, title, "question", question)
