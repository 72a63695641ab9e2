"""Real pictures for tests, made with Pillow, each with one special property."""

from __future__ import annotations

import random
from io import BytesIO
from pathlib import PurePath
from typing import Any

import pi_heif
from PIL import Image, ImageDraw

pi_heif.register_heif_opener(thumbnails=False)

ORIENTATION = 0x0112
"""The Exif tag that says how a picture is turned."""
INK = "#101418"
WHITE = "white"
CLEAR = (0, 0, 0, 0)
KINDS = {
    ".png": "PNG",
    ".jpg": "JPEG",
    ".gif": "GIF",
    ".webp": "WEBP",
    ".avif": "AVIF",
    ".tif": "TIFF",
    ".bmp": "BMP",
    ".jp2": "JPEG2000",
}
"""From the ending of a file to Pillow's name of its format."""


def drawn(name: str, size: tuple[int, int], special: str = "") -> bytes:
    """Return a picture in the format that its file name ends in."""
    if special.endswith("noisy frames"):
        return film(size, frames=int(special.split()[0]))
    picture = {
        "CMYK": lambda: photograph(size).convert("CMYK"),
        "black on transparent": lambda: drawing(size, INK),
        "white on transparent": lambda: drawing(size, WHITE),
        "outlined on transparent": lambda: drawing(size, INK, outline=WHITE),
        "black on white": lambda: drawing(size, INK, WHITE).convert("RGB"),
    }.get(special, lambda: photograph(size))()
    content = saved(picture, name, orientation=6 if special == "turned" else 1)
    return content[: len(content) // 2] if special == "cut off" else content


def photograph(size: tuple[int, int], seed: int = 0) -> Image.Image:
    """Return a picture that fills its frame with soft colours, always the same."""
    colours = random.Random(seed)  # noqa: S311 - a picture
    coarse = Image.new("RGB", (size[0] // 32 + 2, size[1] // 32 + 2))
    coarse.putdata(
        [
            (colours.randrange(256), colours.randrange(256), colours.randrange(256))
            for _ in range(coarse.width * coarse.height)
        ]
    )
    return coarse.resize(size, Image.Resampling.BICUBIC)


def noise(size: tuple[int, int], seed: int = 0) -> Image.Image:
    """Return a picture that no format makes small."""
    return Image.frombytes("RGB", size, random.Random(seed).randbytes(3 * size[0] * size[1]))  # noqa: S311


def drawing(
    size: tuple[int, int],
    ink: str,
    paper: str | tuple[int, ...] = CLEAR,
    outline: str | None = None,
) -> Image.Image:
    """Return a thick ring on an even background."""
    picture = Image.new("RGBA", size, paper)
    edge = min(size) // 10
    ring = (edge, edge, size[0] - edge, size[1] - edge)
    ImageDraw.Draw(picture).ellipse(ring, outline=ink, width=2 * edge)
    if outline:
        ImageDraw.Draw(picture).ellipse(ring, outline=outline, width=edge // 2)
    return picture


def film(size: tuple[int, int], frames: int, kind: str = "GIF", **options: Any) -> bytes:
    """Return an animation in which nothing is alike."""
    first, *others = (noise(size, seed) for seed in range(frames))
    file = BytesIO()
    options = {"duration": 80, "loop": 0} | options
    first.save(file, kind, save_all=True, append_images=others, **options)
    return file.getvalue()


def saved(picture: Image.Image, name: str, orientation: int = 1, **options: Any) -> bytes:
    """Return the file of a picture."""
    file = BytesIO()
    kind = KINDS[PurePath(name).suffix]
    if kind == "JPEG":
        exif = Image.Exif()
        exif[ORIENTATION] = orientation
        options = {"exif": exif} | options
    picture.save(file, kind, **options)
    return file.getvalue()
