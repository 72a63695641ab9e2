"""How large a picture is shown, and how it is cut, by where it is in the issue."""

from __future__ import annotations

from dataclasses import dataclass

from newsletter.model import Issue, Item


@dataclass(frozen=True)
class Shape:
    """A place that a picture can have in an email. Lengths are in pixels."""

    name: str
    width: int
    """The widest that it is shown; a smaller one is not scaled up."""
    ratio: float | None = None
    """Width divided by height, to which it is cut; None if all of it is shown."""
    height: int | None = None
    """The highest that it is shown, if all of it is shown."""


LEAD = Shape("lead", 576, ratio=2)
"""Across the whole column, above the leading item."""
ACROSS = Shape("across", 576)
"""As wide as the text: of an advert, or of an item that is shown whole."""
THUMBNAIL = Shape("thumbnail", 168, ratio=4 / 3)
"""Beside the text of an item."""
COVER = Shape("cover", 150, height=240)
"""Beside the text of a review, such as a book's cover; nothing of it is cut off."""
LOGO = Shape("logo", 240, height=80)
"""In the masthead."""
TWICE = 2
"""Screens show two or more dots a pixel, so a file may be twice as wide as shown."""


def shape_of(issue: Issue, item: Item) -> Shape:
    """Return the shape of an item's picture."""
    if item is issue.lead:
        return LEAD
    if item.kind == "review":
        return COVER
    if item.kind == "advert" or item.whole:
        return ACROSS
    return THUMBNAIL
