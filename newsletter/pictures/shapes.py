"""How large a picture is shown, and how it is cut, by where it is in the issue."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

from newsletter.model import Image, Issue, Item, Review
from newsletter.model.focus import Point


class Size(NamedTuple):
    """Width and height in pixels."""

    width: int
    height: int

    @property
    def area(self) -> int:
        """The number of its pixels."""
        return self.width * self.height

    def times(self, factor: float) -> Size:
        """Return the size of something that is larger by a factor."""
        return whole_pixels(self.width, self.height, factor)


def whole_pixels(width: float, height: float, scale: float = 1) -> Size:
    """Return a size, so many times as large, in whole pixels: at least one each way."""
    across = round(width * scale)
    down = round(height * scale)
    return Size(max(1, across), max(1, down))


class Box(NamedTuple):
    """A part of a picture, in pixels from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Its width in pixels."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Its height in pixels."""
        return self.bottom - self.top

    @property
    def size(self) -> Size:
        """Its size in whole pixels."""
        return whole_pixels(self.width, self.height)


@dataclass(frozen=True)
class Shape:
    """A place that a picture can have in an email, or on a page. Lengths are in pixels."""

    name: str
    width: int
    """The widest that it is shown; a smaller one is not scaled up."""
    ratio: float | None = None
    """Width divided by height, to which a photograph is cut; None if all of it is shown."""
    ratio_of_upright: float | None = None
    """The same for a photograph that is narrower; None if it is cut like others."""
    height: int | None = None
    """The highest that it is shown, if all of it is shown."""
    for_web: bool = False
    """Whether browsers alone get it: a JPEG of a photograph, and WebP of anything else."""

    def limited(self, image: Image) -> Shape:
        """Return the shape, no larger than the editor wants this picture to be."""
        width = min(self.width, image.width or self.width)
        height = self.height
        if image.height:
            height = min(image.height, self.height or image.height)
        if self.ratio and height:
            width = min(width, round(height * self.ratio))
        return replace(self, width=width, height=height)

    def room(self, part: Box | Size) -> Size:
        """Return the size that something of these proportions takes if it may be scaled up."""
        scale = self._scale(part)
        return whole_pixels(part.width, part.height, scale)

    def shown(self, part: Box | Size) -> Size:
        """Return the size at which something is shown: never larger than it is."""
        scale = min(1, self._scale(part))
        return whole_pixels(part.width, part.height, scale)

    def _scale(self, part: Box | Size) -> float:
        scale = self.width / part.width
        if self.height:
            scale = min(scale, self.height / part.height)
        return scale

    def cut(self, size: Size, focus: Point) -> Box:
        """Return the largest part of a picture that has the ratio, as near the focus as can be."""
        width, height = float(size.width), float(size.height)
        if self.ratio:
            width = min(width, height * self.ratio)
            height = min(height, width / (self.ratio_of_upright or self.ratio))

        left = _beginning(focus.x * size.width, width, size.width)
        top = _beginning(focus.y * size.height, height, size.height)
        return Box(left, top, left + width, top + height)

    @property
    def uncut(self) -> Shape:
        """The shape of what must not be cut, such as a chart: at most three quarters as high as it
        is wide.
        """
        if self.ratio is None:
            return self
        highest = self.width * 3 // 4
        return replace(
            self, ratio=None, ratio_of_upright=None, height=min(highest, self.height or highest)
        )


def _beginning(middle: float, length: float, whole: int) -> float:
    """Return where a part of a line begins, as near as can be to having this middle."""
    beginning = max(middle - length / 2, 0)
    return min(beginning, whole - length)


LEAD = Shape("lead", 640, ratio=2)
"""Across the whole sheet, above the leading item."""
ACROSS = Shape("across", 576)
"""As wide as the text: of an item that is shown whole."""
BOXED = Shape("boxed", 536)
"""As wide as the text in a box: of an advert."""
IN_TEXT = Shape("in text", 576, height=640)
"""As wide as the text that it is in, but never higher than a screen."""
IN_BOXED_TEXT = Shape("in text", 536, height=640)
"""The same in a box."""
THUMBNAIL = Shape("thumbnail", 168, ratio=4 / 3, ratio_of_upright=3 / 4)
"""Beside the text of an item. A portrait keeps its head."""
COVER = Shape("cover", 150, height=240)
"""Beside the text of a review, such as a book's cover; nothing of it is cut off."""
LOGO = Shape("logo", 240, height=80)
"""In the masthead."""
ON_PAGE = (Shape("on a page", 320, for_web=True), Shape("on a page", 640, for_web=True))
"""On a page of the archive, in two sizes: for phones, and for screens with many dots."""
TWICE = 2
"""Screens show two or more dots a pixel, so a file may be twice as wide as shown."""


def shape_in_body(item: Item) -> Shape:
    """Return the shape of a picture within an item's body."""
    return IN_BOXED_TEXT if item.kind == "advert" else IN_TEXT


def shape_of(issue: Issue, item: Item) -> Shape:
    """Return the shape of an item's picture."""
    is_of_book = isinstance(item, Review) and item.work.kind == "book"
    if item is issue.lead and not is_of_book:
        return LEAD.uncut if item.kind == "review" else LEAD
    if item.kind == "review":
        return COVER
    if item.kind == "advert":
        return BOXED
    if item.whole:
        return ACROSS
    return THUMBNAIL
