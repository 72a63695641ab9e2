"""From pictures to WebP, which browsers know and many mail clients do not."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from newsletter.pictures.encoding import MOST_BYTES, Encoded, scaled

if TYPE_CHECKING:
    from newsletter.pictures.films import Frame

_QUALITIES = (82, 70, 55)
"""Of 100, from the best that is worth its bytes down to where it is seen."""
_EXACT = 75
"""How much time is spent on the bytes of a file that loses nothing, of 100."""
_WORTH = 2
"""A file that shows each edge as it is may have so many times the bytes of one that does not."""
_SMALLER = 0.8
_NARROWEST = 64
"""Pixels below which a picture is not made narrower for the sake of its weight."""


def as_webp(frames: Sequence[Frame], loop: int | None) -> Encoded:
    """Return a picture, or a film that runs ``loop`` times, for ever if that is 0.

    It loses nothing if that is not much heavier. It is made with less quality, and then smaller,
    until it is not above MOST_BYTES.
    """
    exact = _webp(frames, loop, lossless=True, quality=_EXACT)
    best = _webp(frames, loop, quality=_QUALITIES[0])
    if len(exact) <= min(MOST_BYTES, _WORTH * len(best)):
        return Encoded(exact, "image/webp")

    while True:
        for quality in _QUALITIES:
            content = _webp(frames, loop, quality=quality)
            if len(content) <= MOST_BYTES:
                return Encoded(content, "image/webp")
        if frames[0].image.width <= _NARROWEST:
            return Encoded(content, "image/webp")
        frames = [frame._replace(image=scaled(frame.image, _SMALLER)) for frame in frames]


def _webp(frames: Sequence[Frame], loop: int | None, **options: Any) -> bytes:
    if len(frames) > 1:
        options |= {
            "save_all": True,
            "append_images": [frame.image for frame in frames[1:]],
            "duration": [frame.milliseconds for frame in frames],
            "loop": 1 if loop is None else loop,
        }
    file = BytesIO()
    frames[0].image.save(file, "WEBP", **options)
    return file.getvalue()
