"""What was made of each picture of an issue, in words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from newsletter.email.typesetting import lines_in_type
from newsletter.files import read_regular
from newsletter.model import Issue
from newsletter.pictures.facts import Facts, facts_of
from newsletter.pictures.kept import MOST_READ
from newsletter.pictures.making import Made
from newsletter.pictures.preparing import OF_PUBLICATION, Own, Pictures

_WHOLE = 0.98
"""The share of a picture that is left where only rounding took something off."""


class Row(NamedTuple):
    """A picture in the list: the editor's file, the file that readers get, and what was done."""

    where: str
    """The title of its item, in type."""
    picture: Own
    before: Facts
    after: Facts
    changes: list[str]


def rows(issue: Issue, pictures: Pictures, folder: Path) -> Iterator[Row]:
    """Yield a row for each picture of the issue in ``folder`` that is not from elsewhere.

    Raise OSError or Unusable for a file that was changed just now.
    """
    titles = {item.key: item.title for item in lines_in_type(issue).items}
    titles[OF_PUBLICATION] = "Logo"
    for picture in pictures.own:
        content = read_regular(folder / picture.file.source, MOST_READ)
        before = facts_of(content)
        after = facts_of(picture.file.content)
        changes = list(_changes(before, after, picture.made))
        yield Row(titles[picture.key], picture, before, after, changes)


def _changes(before: Facts, after: Facts, made: Made) -> Iterator[str]:
    """Yield what was done to a picture, in a few words each."""
    kept = made.part.width * made.part.height / (made.stored.width * made.stored.height)
    if kept < _WHOLE:
        yield f"cut: {kept:.0%} of it is shown"
    if after.width < made.part.width:
        yield "made smaller"
    if before.is_turned:
        yield "turned upright"
    if before.format != after.format:
        yield f"{before.format} made {after.format}"
    if before.frames > 1 and after.frames == 1:
        yield "only its first picture kept"
    if before.is_transparent and not after.is_transparent:
        yield "put on white"
    if before.colours and "sRGB" not in before.colours:
        yield f"colours of {before.colours} made sRGB"
    if before.has_position:
        yield "where it was taken removed"
    elif before.has_notes:
        yield "notes of the camera removed"
