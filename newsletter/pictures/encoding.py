"""From a picture to a file that every mail client shows, and that readers do not wait for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from newsletter.pictures.colours import on_white

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
_GIF_COLOURS = (256, 64)


class Encoded(NamedTuple):
    """The content of a picture's file, and what it is."""

    content: bytes
    media_type: str


class Frame(NamedTuple):
    """One picture of a film."""

    image: Image.Image
    milliseconds: int


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
        image = _scaled(image, _SMALLER)


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


def _scaled(image: Image.Image, scale: float) -> Image.Image:
    from PIL.Image import Resampling

    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return image.resize(size, Resampling.LANCZOS)


def film(frames: Sequence[Frame], loop: int | None, narrowest: int) -> Encoded:
    """Return an animated GIF that shows the frames ``loop`` times, for ever if it is 0.

    It has fewer colours, and then fewer pixels, but not below ``narrowest`` across, until it is not
    above MOST_BYTES; if nothing helps, it is the smallest of all.
    """
    while True:
        for colours in _GIF_COLOURS:
            attempt = _gif(frames, loop, colours)
            if len(attempt.content) <= MOST_BYTES:
                return attempt

        width = frames[0].image.width
        wanted = (MOST_BYTES / len(attempt.content)) ** 0.5  # each way
        scale = max(min(wanted, _SMALLER), narrowest / width)
        if scale >= 1:
            return attempt
        frames = [Frame(_scaled(image, scale), time) for image, time in frames]


def _gif(frames: Sequence[Frame], loop: int | None, colours: int) -> Encoded:
    file = BytesIO()
    first, *others = (_with_palette(frame.image, colours) for frame in frames)
    options = {} if loop is None else {"loop": loop}
    is_transparent = any(frame.image.mode == "RGBA" for frame in frames)
    first.save(
        file,
        "GIF",
        save_all=True,
        append_images=others,
        duration=[frame.milliseconds for frame in frames],
        disposal=2 if is_transparent else 0,
        **options,
    )
    return Encoded(file.getvalue(), "image/gif")
