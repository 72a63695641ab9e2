"""Bytes that are changed, lost or repeated in a picture's file: a picture comes of it or a word to its editor."""

from __future__ import annotations

import contextlib
import random

import pytest

from newsletter.pictures.making import make
from newsletter.pictures.shapes import THUMBNAIL
from newsletter.pictures.unusable import Unusable
from tests.drawing import KINDS, drawing, film, photograph, saved
from tests.pictures.heic import FOUR_COLOURS

SIZE = (96, 64)
SOUND = {
    **{f"photograph{ending}": saved(photograph(SIZE), f"a{ending}") for ending in KINDS},
    "turned.jpg": saved(photograph(SIZE), "a.jpg", orientation=6),
    "print.jpg": saved(photograph(SIZE).convert("CMYK"), "a.jpg"),
    "logo.png": saved(drawing(SIZE, "red").quantize(8), "a.png"),
    "packed.tif": saved(photograph(SIZE), "a.tif", compression="tiff_lzw"),
    "film.gif": film((24, 16), 3),
    "film.png": film((24, 16), 3, "PNG"),
    "film.webp": film((24, 16), 3, "WEBP"),
    "phone.heic": FOUR_COLOURS,
}


def damaged(content: bytes, chance: random.Random) -> bytes:
    """Return a file with one fault, more often near its start, where the sizes are."""
    end = len(content) if chance.random() < 0.5 else min(len(content), 200)
    at = chance.randrange(end)
    match chance.randrange(4):
        case 0:
            return content[:at]
        case 1:
            return content[:at] + content[at + chance.randrange(1, 9) :]
        case 2:
            return content[:at] + content[at:][:16] + content[at:]
        case _:
            changed = bytes([content[at] ^ 1 << chance.randrange(8)])
            return content[:at] + changed + content[at + 1 :]


@pytest.mark.parametrize("name", SOUND)
def test_a_damaged_file_is_shown_or_named(name: str, tries_everything: bool) -> None:
    chance = random.Random(name)  # noqa: S311
    for _ in range(500 if tries_everything else 60):
        content = damaged(SOUND[name], chance)
        with contextlib.suppress(Unusable):
            made = make(content, THUMBNAIL)
            assert made.media_type in ("image/jpeg", "image/png", "image/gif")
