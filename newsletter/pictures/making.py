"""From the content of an editor's file to the picture that readers get."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from newsletter.model.focus import MIDDLE, Point
from newsletter.pictures.colours import (
    in_srgb,
    is_drawing,
    needs_light_ground,
    on_white,
    scalable,
)
from newsletter.pictures.encoding import Encoded, encoded
from newsletter.pictures.films import Frame, film
from newsletter.pictures.opening import (
    MOST_PIXELS,
    frames_of,
    opened,
    reduce,
    upright,
    upright_size,
)
from newsletter.pictures.shapes import TWICE, Box, Shape, Size, whole_pixels
from newsletter.pictures.unusable import Unusable
from newsletter.pictures.vector import drawn, is_vector
from newsletter.pictures.webp import as_webp

if TYPE_CHECKING:
    from PIL import Image

_MOST_IN_FILM = 4 * MOST_PIXELS
"""Pixels of all frames together."""
_NO_TIME = 10
"""Milliseconds up to which no browser takes the time of a frame as it is."""
_PHOTOGRAPHS = ("JPEG", "MPO", "HEIF")
"""The formats of cameras: these are never smaller as a PNG."""
_one_at_a_time = Lock()
"""Two large pictures in the memory at once are one too many, and so are two filters of warnings."""


class Made(NamedTuple):
    """A picture as readers get it."""

    content: bytes
    media_type: str
    shown: Size
    """In the email."""
    stored: Size
    """In the editor's file, but upright."""
    part: Size
    """Of this, what is not cut off."""
    room: Size
    """What it would take in the email if it had as many pixels as it likes."""


def make(content: bytes, shape: Shape, focus: Point | None = None) -> Made:
    """Return the picture in a file, ready for its place in an email.

    It is upright, in sRGB, without notes of where and by whom it was made, cut to the shape around
    the ``focus`` unless it is a drawing, at most twice as wide as shown, and never scaled up. The
    same content gives the same bytes.

    Raise Unusable.
    """
    content = _with_pixels(content, TWICE * shape.width)
    with _one_at_a_time, opened(content) as image:
        frames = frames_of(image)
        if frames > 1:
            return _film(image, frames, shape, focus)
        return _still(image, shape, focus)


def size_of(content: bytes, width: int) -> tuple[Size, bool]:
    """Return the size of the picture in a file, once it is upright, and whether it is one that
    cameras make. A drawing in SVG is as large as it is if it is drawn at this width.

    Raise Unusable.
    """
    with opened(_with_pixels(content, width)) as image:
        return upright_size(image), _is_photograph(image)


def _with_pixels(content: bytes, width: int) -> bytes:
    """Return the content of a picture that is made of pixels; a drawing in SVG, drawn."""
    if not content:
        raise Unusable("is empty.", "Save it again, or get it again.")
    return drawn(content, width) if is_vector(content) else content


def _is_photograph(image: Image.Image) -> bool:
    return image.format in _PHOTOGRAPHS


def _still(image: Image.Image, shape: Shape, focus: Point | None) -> Made:
    profile = image.info.get("icc_profile")
    times = _reduce(image, shape)
    picture = scalable(upright(image))
    if focus is None and shape.ratio and is_drawing(picture):
        shape = shape.uncut

    whole = Size(*picture.size)
    part = shape.cut(whole, focus or MIDDLE)
    shown = shape.shown(part)
    small = in_srgb(_resized(picture, part, shown), profile)
    if needs_light_ground(small):
        small = on_white(small)
    file = _encoded(small, shape, is_photograph=_is_photograph(image))
    return Made(*file, shown, whole.times(times), part.size.times(times), shape.room(part))


def _encoded(small: Image.Image, shape: Shape, *, is_photograph: bool) -> Encoded:
    if not shape.for_web:
        return encoded(small, may_be_png=not is_photograph)
    if is_photograph:
        return encoded(on_white(small), may_be_png=False)
    return as_webp([Frame(small, 0)], None)


def _reduce(image: Image.Image, shape: Shape) -> float:
    """Make a JPEG decode at no more than is needed. Return by how much it will be smaller."""
    stored = upright_size(image)
    part = shape.cut(stored, MIDDLE)
    shown = shape.shown(part)
    return reduce(image, TWICE * shown.width / part.width)


def _film(image: Image.Image, count: int, shape: Shape, focus: Point | None) -> Made:
    if image.width * image.height * count > _MOST_IN_FILM:
        message = f"has {count:,} pictures one after the other, which are too many for an email."
        raise Unusable(message, "Shorten the animation, or save it smaller.")

    if focus is None:
        shape = shape.uncut
    size = Size(*image.size)
    part = shape.cut(size, focus or MIDDLE)
    shown = shape.shown(part)

    if image.format == "GIF":
        loop = image.info.get("loop")
    else:
        loop = image.info.get("loop", 0)
    frames = _frames(image, count, part, shown)
    file = as_webp(frames, loop) if shape.for_web else film(frames, loop, shown.width)
    return Made(*file, shown, size, part.size, shape.room(part))


def _frames(image: Image.Image, count: int, part: Box, shown: Size) -> list[Frame]:
    """Return a part of each picture of a film, as large as it is needed."""
    profile = image.info.get("icc_profile")
    frames: list[Frame] = []
    for number in range(count):
        image.seek(number)
        small = _resized(scalable(image), part, shown)
        frame = Frame(in_srgb(small, profile), _milliseconds(image))
        frames.append(frame)

    if all(needs_light_ground(frame.image) for frame in frames):
        return [Frame(on_white(picture), time) for picture, time in frames]
    return frames


def _milliseconds(frame: Image.Image) -> int:
    """Return how long a frame is shown. Browsers show one without a sensible time for a tenth of a
    second.
    """
    stored = round(frame.info.get("duration", 0))
    return stored if stored > _NO_TIME else 100


def _resized(picture: Image.Image, part: Box, shown: Size) -> Image.Image:
    """Return a part of a picture at most twice as large as it is shown."""
    from PIL.Image import Resampling

    scale = min(1, TWICE * shown.width / part.width)
    size = whole_pixels(part.width, part.height, scale)
    small = picture.resize(size, Resampling.LANCZOS, box=part)
    small.info = {}  # where and by whom it was made, which Pillow would write into the file
    return small
