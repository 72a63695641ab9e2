"""Look inside a picture's file.

Only this module uses Pillow, and it imports it only if there is a picture.
"""

from __future__ import annotations

import struct
import warnings
import zlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

MOST_PIXELS = 64_000_000
"""More than the cameras of phones make; decoded, at four bytes each, a quarter of a gigabyte."""
_SIGNATURES = {"PNG": b"\x89PNG\r\n\x1a\n", "JPEG": b"\xff\xd8\xff", "GIF": b"GIF8"}
"""The first bytes of the files of each format."""
_ORIENTATION = 0x0112
"""Exif 2.32, 4.6.4: 1 is upright, 2 to 8 are mirrored or turned."""
_SAMPLE = (200, 200)
"""Width and height in pixels, at most, at which the colours of a drawing are judged."""
_SEEN = 128
"""The alpha value from which a pixel counts as visible, of 255."""
_DARK = 104
"""The luma, of 255, of a grey with a contrast of 3:1 (WCAG 1.4.11) on #1e1e1e.

That is a common background in dark mode.
"""
_MOSTLY = 0.9
"""The share of what is visible that is dark in a dark drawing."""
_ENOUGH = 0.1
"""The share of a drawing that is transparent, at least."""
_DAMAGE = (
    OSError,
    EOFError,
    SyntaxError,
    ValueError,
    LookupError,
    ArithmeticError,
    struct.error,
    zlib.error,
)
"""The errors that Pillow raises for files that break the rules of their format."""


@dataclass(frozen=True)
class Look:
    """The properties of a PNG, JPEG or GIF that matter in an email."""

    pixels: int
    """Width times height."""
    is_damaged: bool = False
    """Whether it cannot be decoded to its end."""
    is_cmyk: bool = False
    """Whether its colours are mixed for print (cyan, magenta, yellow, black)."""
    is_turned: bool = False
    """Whether it is stored turned or mirrored, with a note on how to show it upright."""
    is_dark_drawing: bool = False
    """Whether nearly all that is visible of it is dark, on a transparent background."""


def look_at(path: Path) -> Look | None:
    """Look into a picture's file. Return None if it is no PNG, JPEG or GIF, or cannot be read.

    A picture of more than ``MOST_PIXELS`` is not decoded: only its ``pixels`` are returned.
    """
    try:
        stamp = path.stat()
        return _look_at(path, stamp.st_mtime_ns, stamp.st_size)
    except OSError:  # gone, or not readable
        return None


@lru_cache(maxsize=256)
def _look_at(path: Path, *_: int) -> Look | None:
    from PIL import Image

    if not _is_of_a_known_format(path):
        return None
    with warnings.catch_warnings():
        # They are about doubtful details, and about many pixels, which are counted below.
        warnings.simplefilter("ignore")
        try:
            with Image.open(path, formats=list(_SIGNATURES)) as image:
                return _look(image)
        except Image.DecompressionBombError:
            return Look(pixels=MOST_PIXELS + 1)
        except _DAMAGE:
            return Look(pixels=0, is_damaged=True)


def _is_of_a_known_format(path: Path) -> bool:
    with path.open("rb") as file:
        start = file.read(8)
    return start.startswith(tuple(_SIGNATURES.values()))


def _look(image: Image.Image) -> Look:
    pixels = image.width * image.height
    if pixels > MOST_PIXELS:
        return Look(pixels)

    is_cmyk = image.mode == "CMYK"
    is_turned = image.getexif().get(_ORIENTATION, 1) in range(2, 9)
    image.draft(image.mode, _SAMPLE)  # a JPEG is read to its end, but not drawn in full
    try:
        image.load()
    except _DAMAGE:
        return Look(pixels, is_damaged=True, is_cmyk=is_cmyk, is_turned=is_turned)
    return Look(pixels, False, is_cmyk, is_turned, _is_dark_drawing(image))


def _is_dark_drawing(image: Image.Image) -> bool:
    if not image.has_transparency_data:
        return False

    image.thumbnail(_SAMPLE)
    coloured = image.convert("RGBA")
    opacity = coloured.getchannel("A").tobytes()
    lightness = coloured.convert("RGB").convert("L").tobytes()
    pixels = zip(lightness, opacity, strict=True)
    visible = [light for light, alpha in pixels if alpha >= _SEEN]
    dark = sum(light < _DARK for light in visible)

    is_drawing = 0 < len(visible) < (1 - _ENOUGH) * len(opacity)
    return is_drawing and dark >= _MOSTLY * len(visible)
