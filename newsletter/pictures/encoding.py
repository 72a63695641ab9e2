"""From a picture to a file that every mail client shows, and that readers do not wait for."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from newsletter.pictures.colours import on_white
from newsletter.pictures.shapes import whole_pixels

if TYPE_CHECKING:
    from PIL import Image

MOST_BYTES = 200 * 1024
"""Bytes of a picture: at a million bits a second, more than a second and a half."""
_BEST = 82
"""The quality of a JPEG, of 100; above it a file grows faster than its look."""
_UNSEEN = 6
"""A difference between two colours, of 255, that nobody sees."""
_WORTH = 2
"""A PNG shows each edge as it is, which is worth so many times the bytes of a JPEG."""
_LOWER = (75, 68, 60, 50)
"""Qualities for what is too heavy; below them the squares of a JPEG are seen."""
_COLOURS = 256
"""The most that a palette has."""
_SMALLER = 0.8
_NARROWEST = 64
"""Pixels below which a picture is not made narrower for the sake of its weight."""


class Encoded(NamedTuple):
    """The content of a picture's file, and what it is."""

    content: bytes
    media_type: str


def encoded(image: Image.Image, *, may_be_png: bool) -> Encoded:
    """Return a still picture as a PNG if it is transparent or drawn, and as a JPEG if not.

    It is made with less quality, and then smaller, until it is not above MOST_BYTES.
    """
    while True:
        for attempt in _attempts(image, may_be_png):
            if len(attempt.content) <= MOST_BYTES:
                return attempt
        if image.width <= _NARROWEST:
            return attempt
        image = scaled(image, _SMALLER)


def _attempts(image: Image.Image, may_be_png: bool) -> Iterator[Encoded]:
    """Yield a picture in ever fewer bytes."""
    best = _jpeg(on_white(image), _BEST)
    if image.mode == "RGBA":
        yield _png(image)
        yield _png(_with_palette(image, _COLOURS))
    elif may_be_png:
        exact = _png(image)
        if len(exact.content) <= _WORTH * len(best.content):
            yield exact

    yield best
    for quality in _LOWER:
        yield _jpeg(on_white(image), quality)


def _with_palette(image: Image.Image, colours: int) -> Image.Image:
    from PIL.Image import Dither, Quantize

    method = Quantize.FASTOCTREE if image.mode == "RGBA" else Quantize.MEDIANCUT
    return image.quantize(colours, method=method, dither=Dither.NONE)


def _png(image: Image.Image) -> Encoded:
    """Return a picture as a PNG, with a palette if nobody sees the difference."""
    from PIL import ImageChops

    if image.mode == "RGB":
        palette = _with_palette(image, _COLOURS)
        difference = ImageChops.difference(image, palette.convert("RGB"))
        if max(difference.tobytes()) <= _UNSEEN:
            image = palette
    file = BytesIO()
    image.save(file, "PNG", optimize=True)
    return Encoded(file.getvalue(), "image/png")


def _jpeg(image: Image.Image, quality: int) -> Encoded:
    file = BytesIO()
    image.save(file, "JPEG", quality=quality, optimize=True, progressive=True)
    return Encoded(file.getvalue(), "image/jpeg")


def scaled(image: Image.Image, scale: float) -> Image.Image:
    """Return a picture so many times as wide and as high."""
    from PIL.Image import Resampling

    size = whole_pixels(image.width, image.height, scale)
    return image.resize(size, Resampling.LANCZOS)
