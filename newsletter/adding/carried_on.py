"""What of an issue is still current in the next: notices, adverts, jobs and events with an end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from newsletter.adding.receipts import ENDING
from newsletter.files import read_regular
from newsletter.manifest import Manuscript
from newsletter.manifest.markdown_editing import edited_markdown
from newsletter.manifest.text_file import exact_text
from newsletter.manifest.writing import item_as_written
from newsletter.manifest.yaml_editing import Remove
from newsletter.model import ITEM_OF_SECTION, Event, Issue, Item, Job, Section
from newsletter.model.addresses import is_elsewhere, pictures_of

MOST_COPIED = 100_000_000
"""Bytes of the largest file that is copied."""
_OF_ONE_ISSUE = ("lead", "corrections")
"""Fields that say something of an item in the issue that it was in."""


class Current(NamedTuple):
    """An item that is current until a day."""

    title: str
    until: date
    section: int
    """The place of its section among all that are written, from 0."""
    entry: dict[str, Any]
    """What issue.yaml has of it: its fields, or the name of its file."""
    files: dict[str, bytes]
    """Its file, if it has one, with the receipt of what that was made from, and its pictures."""


def items_with_end(manuscript: Manuscript) -> Iterator[Current]:
    """Yield each item of an issue that says until when it is current. Raise OSError."""
    written = manuscript.sections
    filled = manuscript.issue_tree.parts("sections")
    for node, section in zip(filled, manuscript.issue.sections, strict=True):
        for item in section.items:
            until = getattr(item, "until", None)
            if until:
                entry, files = _copied(manuscript, section, item)
                yield Current(item.title, until, written.index(node), entry, files)


def without_end(issue: Issue, day: date) -> Iterator[str]:
    """Yield the title of each item of an issue that is still to come on a day, but does not say
    until when it is current.
    """
    for item in issue.items:
        last_day = _last_day(item)
        if last_day and last_day >= day:
            yield item.title


def _last_day(item: Item) -> date | None:
    """Return the last day of an item that does not say until when it is current, if it has one."""
    if isinstance(item, Event) and item.until is None:
        return (item.ends or item.starts).date()
    if isinstance(item, Job) and item.until is None:
        return item.closes
    return None


def _copied(
    manuscript: Manuscript, section: Section, item: Item
) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Return what issue.yaml has of an item, and its files by name."""
    folder = manuscript.folder.path
    files = {name: read_regular(folder / name, MOST_COPIED) for name in _pictures(item)}

    path = manuscript.place(item).path
    if path == manuscript.folder.manifest:
        usual_kind = ITEM_OF_SECTION[section.kind].model_fields["kind"].default
        return item_as_written(item, usual_kind, left_out=_OF_ONE_ISSUE), files

    name = path.relative_to(folder).as_posix()
    files[name] = _file(path, item)
    receipt = manuscript.folder.sources / f"{path.stem}{ENDING}"
    if receipt.is_file():
        files[receipt.relative_to(folder).as_posix()] = read_regular(receipt, MOST_COPIED)
    return {"file": name}, files


def _pictures(item: Item) -> list[str]:
    """Return the names of an item's pictures in its issue's folder, each once."""
    own = [picture.src for picture in pictures_of(item) if not is_elsewhere(picture)]
    return list(dict.fromkeys(own))


def _file(path: Path, item: Item) -> bytes:
    """Return an item's file as it is, without the fields that belong to one issue."""
    fields = [Remove((name,)) for name in _OF_ONE_ISSUE if getattr(item, name)]
    return edited_markdown(exact_text(path), fields, path).encode()
