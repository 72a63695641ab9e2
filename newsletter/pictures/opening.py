"""From the content of a file, whatever its format, to a picture that is upright."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

from newsletter.pictures.shapes import Size, whole_pixels
from newsletter.pictures.unusable import Unusable

if TYPE_CHECKING:
    from PIL import Image

MOST_PIXELS = 64_000_000
"""More than the cameras of phones make; decoded, at four bytes each, a quarter of a gigabyte."""
_FORMATS = ("AVIF", "BMP", "GIF", "HEIF", "JPEG", "JPEG2000", "PNG", "TIFF", "WEBP")
"""What is read. Left out are those for which Pillow starts other programs, such as EPS."""
_ANIMATIONS = ("AVIF", "GIF", "PNG", "WEBP")
"""The formats whose further pictures are those of a film, and not other pages."""
_ORIENTATION = 0x0112
"""Exif 2.32, 4.6.4: 1 is upright, 2 to 8 are mirrored or turned."""
_LYING = (5, 6, 7, 8)
"""The orientations in which width and height are exchanged."""
_SPARE = 2
"""How many times as large as needed a JPEG is decoded at least, so that it can be scaled well."""


@contextmanager
def opened(content: bytes) -> Iterator[Image.Image]:
    """Open a picture, which is not decoded yet. Raise Unusable, also for what the block raises.

    The libraries raise whatever comes to them, for files that break the rules of their format.
    """
    from PIL import Image, UnidentifiedImageError

    _load_formats()
    with warnings.catch_warnings():
        # They are about doubtful details, and about many pixels, which are counted below.
        warnings.simplefilter("ignore")
        try:
            with Image.open(BytesIO(content), formats=_FORMATS) as image:
                _require_few_pixels(image.width * image.height)
                yield image
        except UnidentifiedImageError as error:
            message = "is not a picture that can be read, whatever its name says."
            hint = "Save it again as a JPEG or PNG, and write the name of that file."
            raise Unusable(message, hint) from error
        except Image.DecompressionBombError as error:
            raise _too_many_pixels() from error
        except Unusable:
            raise
        except Exception as error:
            message = "is damaged or incomplete."
            hint = "Get the file again, or open it in an image editor and save it again."
            raise Unusable(message, hint) from error


@cache
def _load_formats() -> None:
    """Load what opens these formats, and not the thirty others, as Pillow would."""
    import pi_heif
    from PIL import (  # noqa: F401
        AvifImagePlugin,
        Jpeg2KImagePlugin,
        TiffImagePlugin,
        WebPImagePlugin,
    )

    pi_heif.register_heif_opener(thumbnails=False)


def _require_few_pixels(pixels: int) -> None:
    if pixels > MOST_PIXELS:
        raise _too_many_pixels()


def _too_many_pixels() -> Unusable:
    most = MOST_PIXELS // 1_000_000
    message = f"has more than {most} million pixels, which is too many to be read."
    return Unusable(message, "Save it at most 4,000 pixels wide.")


def frames_of(image: Image.Image) -> int:
    """Return how many pictures are shown one after the other; 1 of a still picture."""
    if image.format not in _ANIMATIONS:
        return 1
    return int(getattr(image, "n_frames", 1))


def upright_size(image: Image.Image) -> Size:
    """Return the size of a JPEG that is not decoded yet, as it will be upright."""
    if _orientation(image) in _LYING:
        return Size(image.height, image.width)
    return Size(image.width, image.height)


def upright(image: Image.Image) -> Image.Image:
    """Return a picture decoded and turned upright."""
    image.load()
    return _turned(image, _orientation(image))


def reduce(image: Image.Image, scale: float) -> float:
    """Make a JPEG that is not decoded yet decode at this scale or somewhat larger, which takes less
    time and memory. Return by how much it will be smaller; 1 for other formats.
    """
    stored = image.width
    wanted = whole_pixels(image.width * scale, image.height * scale, _SPARE)
    image.draft(image.mode, wanted)
    return stored / image.width


def _orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except Exception:  # noqa: BLE001 - as above; a picture can be shown without its notes
        return 1


def _turned(image: Image.Image, orientation: int) -> Image.Image:
    from PIL.Image import Transpose

    way = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }.get(orientation)
    return image if way is None else image.transpose(way)
