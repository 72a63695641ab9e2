"""From the frames of an animation to a GIF that readers do not wait for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from io import BytesIO
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from newsletter.pictures.colours import SEEN
from newsletter.pictures.encoding import MOST_BYTES, Encoded, scaled
from newsletter.pictures.shapes import whole_pixels

if TYPE_CHECKING:
    from PIL import Image

_MOST_COLOURS = 255
"""The most that a GIF has beside the one that is transparent."""
_FEWER_COLOURS = 127
"""Too few for nobody to see it, but enough for soft changes of colour."""
_FEWEST_COLOURS = 63
_SAMPLE = 250_000
"""Pixels of a film from which its colours are chosen; more take time and look the same."""
_SPARE = 0.9
"""Of the bytes that a picture may have, those that it is scaled to: fewer pixels are less alike."""
_BRIEF = 100
"""Milliseconds that a frame is shown at most if its loss is seen as a less smooth movement only."""

Colour = tuple[int, int, int]
"""Red, green and blue, of 255."""


class Frame(NamedTuple):
    """One picture of a film."""

    image: Image.Image
    milliseconds: int


def film(frames: Sequence[Frame], loop: int | None, narrowest: int) -> Encoded:
    """Return an animated GIF that shows the frames ``loop`` times, for ever if it is 0.

    It has fewer pixels, but not below ``narrowest`` across, then fewer colours or fewer frames, and
    then both, until it is not above MOST_BYTES; if nothing helps, it is the smallest.
    """
    attempt = _gif(frames, loop, _MOST_COLOURS)
    while len(attempt.content) > MOST_BYTES and frames[0].image.width > narrowest:
        frames = _smaller(frames, len(attempt.content), narrowest)
        attempt = _gif(frames, loop, _MOST_COLOURS)

    fewer = _fewer(frames)
    for kept, colours in (
        (frames, _FEWER_COLOURS),
        (fewer, _MOST_COLOURS),
        (fewer, _FEWEST_COLOURS),
    ):
        if len(attempt.content) <= MOST_BYTES:
            break
        attempt = _gif(kept, loop, colours)
    return attempt


def _smaller(frames: Sequence[Frame], weight: int, narrowest: int) -> list[Frame]:
    """Return the frames of a film of ``weight`` bytes at the size at which it may be light enough.

    What a film weighs goes roughly with the number of its pixels.
    """
    width = frames[0].image.width
    wanted = (_SPARE * MOST_BYTES / weight) ** 0.5  # each way
    scale = max(int(width * wanted), narrowest) / width
    return [Frame(scaled(image, scale), time) for image, time in frames]


def _fewer(frames: Sequence[Frame]) -> list[Frame]:
    """Return the frames without every second one of those that are shown briefly.

    The one before it is shown for the time of both, so the film is as long as it was. A frame that
    is there to be read stays.
    """
    kept = [frames[0]]
    may_drop = True
    for frame in frames[1:]:
        if may_drop and frame.milliseconds <= _BRIEF:
            last = kept.pop()
            kept.append(Frame(last.image, last.milliseconds + frame.milliseconds))
            may_drop = False
        else:
            kept.append(frame)
            may_drop = True
    return kept


def _gif(frames: Sequence[Frame], loop: int | None, colours: int) -> Encoded:
    """Return a GIF with one palette, so that what does not move has the same colour in each frame.

    Pillow writes of a frame only what differs from the one before.
    """
    palette = _common_colours(frames, colours)
    first, *others = (_in_colours(frame.image, palette) for frame in frames)

    file = BytesIO()
    options = {} if loop is None else {"loop": loop}
    is_transparent = any(frame.image.mode == "RGBA" for frame in frames)
    first.save(
        file,
        "GIF",
        save_all=True,
        append_images=others,
        duration=[frame.milliseconds for frame in frames],
        disposal=2 if is_transparent else 0,
        palette=bytes(chain(*palette, _other_than(palette))),
        transparency=len(palette),
        optimize=True,
        **options,
    )
    return Encoded(file.getvalue(), "image/gif")


def _common_colours(frames: Sequence[Frame], most: int) -> list[Colour]:
    """Return the colours of all frames together."""
    from PIL.Image import Dither, Quantize

    # The octree keeps a colour that is rare, such as a red button's; some it returns twice.
    sheet = _sample(frames)
    reduced = sheet.quantize(most, method=Quantize.FASTOCTREE, dither=Dither.NONE)
    values = reduced.getpalette() or []
    colours = zip(values[::3], values[1::3], values[2::3], strict=True)
    return list(dict.fromkeys(colours))


def _sample(frames: Sequence[Frame]) -> Image.Image:
    """Return all frames one below the other, with no more pixels than it takes to know a film."""
    from PIL import Image
    from PIL.Image import Resampling

    count = len(frames)
    width, height = frames[0].image.size
    scale = min(1, (_SAMPLE / (width * height * count)) ** 0.5)  # each way
    size = whole_pixels(width, height, scale)

    sheet = Image.new("RGB", (size.width, size.height * count))
    for number, frame in enumerate(frames):
        small = frame.image.resize(size, Resampling.NEAREST)  # which mixes no new colours
        sheet.paste(small.convert("RGB"), (0, size.height * number))
    return sheet


def _other_than(colours: Collection[Colour]) -> Colour:
    """Return a grey that is none of the colours, for what is transparent."""
    greys = ((value, value, value) for value in range(256))
    return next(grey for grey in greys if grey not in colours)


def _in_colours(image: Image.Image, colours: Sequence[Colour]) -> Image.Image:
    """Return a picture in a palette of these colours, with the index after them where it is hardly
    visible.
    """
    from PIL import Image
    from PIL.Image import Dither

    palette = Image.new("P", (1, 1))
    palette.putpalette(bytes(chain(*colours)))
    result = image.convert("RGB").quantize(palette=palette, dither=Dither.NONE)
    if image.mode == "RGBA":
        holes = image.getchannel("A").point(lambda alpha: 255 * (alpha < SEEN))
        result.paste(len(colours), mask=holes)
    return result
