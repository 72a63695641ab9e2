"""From the content of an editor's file to the picture that readers get."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from newsletter.model.focus import MIDDLE, Point
from newsletter.pictures.colours import (
    has_few_colours,
    in_srgb,
    is_dark_drawing,
    on_white,
    scalable,
)
from newsletter.pictures.encoding import Encoded, Frame, encoded, film
from newsletter.pictures.opening import (
    ANIMATIONS,
    MOST_PIXELS,
    opened,
    reduce,
    upright,
    upright_size,
)
from newsletter.pictures.shapes import TWICE, Box, Shape, Size
from newsletter.pictures.unusable import Unusable
from newsletter.pictures.vector import drawn, is_vector

if TYPE_CHECKING:
    from PIL import Image

_MOST_IN_FILM = 4 * MOST_PIXELS
"""Pixels of all frames together."""
_PHOTOGRAPHS = ("JPEG", "MPO", "HEIF")
"""The formats of cameras: what is in them is never taken for a drawing."""
_one_at_a_time = Lock()
"""Two large pictures in the memory at once are one too many, and so are two filters of warnings."""


@dataclass(frozen=True)
class Made:
    """A picture as readers get it."""

    content: bytes
    media_type: str
    width: int
    """Pixels that it takes in the email, and so with the height."""
    height: int
    dots: int
    """The width of the part of the editor's file that is shown, in its own pixels."""
    kept: float
    """The share of the editor's picture that is not cut off."""


def make(content: bytes, shape: Shape, focus: Point | None = None) -> Made:
    """Return the picture in a file, ready for its place in an email.

    It is upright, in sRGB, without notes of where and by whom it was made, cut to the shape around
    the ``focus`` unless it is a drawing, at most twice as wide as shown, and never scaled up. The
    same content gives the same bytes.

    Raise Unusable.
    """
    if not content:
        raise Unusable("is empty.", "Save it again, or get it again.")
    if is_vector(content):
        content = drawn(content, TWICE * shape.width)

    with _one_at_a_time, opened(content) as image:
        if image.format in ANIMATIONS and getattr(image, "n_frames", 1) > 1:
            return _film(image, shape, focus)
        return _still(image, shape, focus)


def _still(image: Image.Image, shape: Shape, focus: Point | None) -> Made:
    profile = image.info.get("icc_profile")
    is_photograph = image.format in _PHOTOGRAPHS
    stored = upright_size(image)
    if image.format in ("JPEG", "MPO"):
        part = shape.cut(stored, focus or MIDDLE)
        shown = shape.shown(part.width, part.height)
        reduce(image, TWICE * shown.width / part.width)

    picture = scalable(upright(image))
    is_drawing = not is_photograph and has_few_colours(picture)
    if focus is None and (is_drawing or picture.mode == "RGBA"):
        shape = shape.uncut
    part = shape.cut(Size(*picture.size), focus or MIDDLE)
    shown = shape.shown(part.width, part.height)
    small = in_srgb(_resized(picture, part, shown), profile)
    if is_dark_drawing(small):
        small = on_white(small)
    return _made(encoded(small, is_drawing=is_drawing), shown, part, picture.size, stored)


def _film(image: Image.Image, shape: Shape, focus: Point | None) -> Made:
    if image.width * image.height * image.n_frames > _MOST_IN_FILM:
        message = f"has {image.n_frames:,} pictures, which are too many for an email."
        raise Unusable(message, "Shorten the animation, or save it smaller.")

    size = Size(*image.size)
    part = shape.cut(size, focus or MIDDLE)
    shown = shape.shown(part.width, part.height)
    profile = image.info.get("icc_profile")
    loop = image.info.get("loop")
    frames: list[Frame] = []
    for number in range(image.n_frames):
        image.seek(number)
        small = _resized(scalable(image), part, shown)
        milliseconds = round(image.info.get("duration", 0))
        frames.append(Frame(in_srgb(small, profile), milliseconds))

    if all(is_dark_drawing(frame.image) for frame in frames):
        frames = [Frame(on_white(picture), time) for picture, time in frames]
    return _made(film(frames, loop, shown.width), shown, part, size, size)


def _resized(picture: Image.Image, part: Box, shown: Size) -> Image.Image:
    """Return a part of a picture at most twice as large as it is shown."""
    from PIL.Image import Resampling

    scale = min(1, TWICE * shown.width / part.width)
    size = (max(1, round(part.width * scale)), max(1, round(part.height * scale)))
    return picture.resize(size, Resampling.LANCZOS, box=part)


def _made(
    file: Encoded, shown: Size, part: Box, whole: tuple[int, int], stored: Size
) -> Made:
    width, height = whole
    return Made(
        content=file.content,
        media_type=file.media_type,
        width=shown.width,
        height=shown.height,
        dots=round(part.width / width * stored.width),
        kept=part.width * part.height / (width * height),
    )
