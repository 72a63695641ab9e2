"""Real pictures for tests, made with Pillow, each with one special property."""

from __future__ import annotations

from io import BytesIO
from pathlib import PurePath

from PIL import Image, ImageDraw

ORIENTATION = 0x0112
"""The Exif tag that says how a picture is turned."""
INK = "#101418"
WHITE = "white"
CLEAR = (0, 0, 0, 0)


def drawn(name: str, size: tuple[int, int], special: str) -> bytes:
    """Return a PNG, JPEG or GIF, whichever its file name ends in."""
    picture = {
        "CMYK": lambda: photograph(size).convert("CMYK"),
        "black on transparent": lambda: drawing(size, INK),
        "white on transparent": lambda: drawing(size, WHITE),
        "outlined on transparent": lambda: drawing(size, INK, outline=WHITE),
        "black on white": lambda: drawing(size, INK, WHITE),
    }.get(special, lambda: photograph(size))()
    content = saved(picture, name, orientation=6 if special == "turned" else 1)
    return content[: len(content) // 2] if special == "cut off" else content


def photograph(size: tuple[int, int]) -> Image.Image:
    """Return a picture that fills its frame with soft greys."""
    return (
        Image.effect_noise((size[0] // 32 + 1, size[1] // 32 + 1), 60).resize(size).convert("RGB")
    )


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


def saved(picture: Image.Image, name: str, orientation: int = 1) -> bytes:
    """Return the file of a picture."""
    file = BytesIO()
    kind = {".png": "PNG", ".jpg": "JPEG", ".gif": "GIF"}[PurePath(name).suffix]
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    picture.save(file, kind, **({"exif": exif} if kind == "JPEG" else {}))
    return file.getvalue()
