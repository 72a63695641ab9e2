"""How large a picture is shown, and how it is cut, by where it is in the issue."""

from __future__ import annotations

from dataclasses import dataclass

from newsletter.model import Issue, Item, Review


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


LEAD = Shape("lead", 640, ratio=2)
"""Across the whole sheet, above the leading item."""
ACROSS = Shape("across", 576)
"""As wide as the text: of an item that is shown whole."""
BOXED = Shape("boxed", 536)
"""As wide as the text in a box: of an advert."""
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
    is_of_book = isinstance(item, Review) and item.work.kind == "book"
    if item is issue.lead and not is_of_book:
        return LEAD
    if item.kind == "review":
        return COVER
    if item.kind == "advert":
        return BOXED
    if item.whole:
        return ACROSS
    return THUMBNAIL
