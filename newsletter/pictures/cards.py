"""Share cards: the picture that a link becomes where somebody shares it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from newsletter.cache import keep, load, program
from newsletter.pictures.lettering import font, in_lines, known, unknown_letters
from newsletter.pictures.shapes import Box, Size

if TYPE_CHECKING:
    from PIL import Image

__all__ = ["CARD", "Card", "Colours", "share_card", "unknown_letters"]

CARD = Size(1200, 630)
"""Pixels: what readers of OpenGraph show whole."""
_LEFT, _RIGHT = 80, 1120
_NAME = Box(_LEFT, 60, _RIGHT, 120)
_TITLE = Box(_LEFT, 165, _RIGHT, 490)
_DETAILS = Box(_LEFT, 515, _RIGHT, 560)
_BAND = Box(0, 606, CARD.width, CARD.height)
_NAME_SIZES = (46, 36, 28)
_TITLE_SIZES = (84, 76, 68, 60, 54, 48, 42, 36)
_DETAILS_SIZES = (34, 28)
"""Pixels of the height of letters: the largest at which there is room is taken."""
_BETWEEN_DETAILS = " · "
_SHADES = 5
"""Of a text, from the ground, which is the first of the palette, to its own colour."""
_INK, _QUIET, _BAND_COLOURS = 1, 1 + _SHADES, 1 + 2 * _SHADES
"""Where their colours begin in the palette, which has at most 16: four bits for each pixel."""


class Colours(NamedTuple):
    """The colours of a card, as CSS writes them."""

    ground: str
    ink: str
    quiet: str
    band: tuple[str, ...]


class Card(NamedTuple):
    """What a card says. A text that the font has not all letters of is left out."""

    name: str
    """Of the newsletter."""
    title: str
    details: tuple[str, ...]
    """The number, the day."""
    colours: Colours


def share_card(card: Card) -> bytes:
    """Return a card as a PNG of the size CARD; one that was made before is not made again."""
    made_of = program("pictures") + repr(card).encode()
    name = f"{hashlib.sha256(made_of).hexdigest()[:32]}.card"
    if kept := load(name):
        return kept

    drawn = _drawn(card)
    keep(name, drawn)
    return drawn


def _drawn(card: Card) -> bytes:
    """Draw a card in the colours of a palette, which is quicker than to look for its colours."""
    from PIL import Image

    colours = card.colours
    image = Image.new("P", CARD)
    image.putpalette([part for colour in _palette(colours) for part in colour])

    details = _BETWEEN_DETAILS.join(filter(None, map(known, card.details)))
    _write(image, known(card.name), _NAME, _NAME_SIZES, _INK)
    _write(image, known(card.title), _TITLE, _TITLE_SIZES, _INK)
    _write(image, details, _DETAILS, _DETAILS_SIZES, _QUIET)
    _paint(image, _BAND, range(_BAND_COLOURS, _BAND_COLOURS + len(colours.band)))
    return _png(image)


def _palette(colours: Colours) -> Iterator[tuple[int, ...]]:
    """Yield red, green and blue of each colour: the ground, the shades of each text, the band."""
    from PIL import ImageColor

    ground = ImageColor.getrgb(colours.ground)
    yield ground
    for colour in colours.ink, colours.quiet:
        text = ImageColor.getrgb(colour)
        for shade in range(1, _SHADES + 1):
            mixed = zip(ground, text, strict=True)
            yield tuple(round(a + (b - a) * shade / _SHADES) for a, b in mixed)
    for colour in colours.band:
        yield ImageColor.getrgb(colour)


def _write(image: Image.Image, text: str, box: Box, sizes: Sequence[int], first: int) -> None:
    """Write a text into a box, from its top on, in the shades from ``first`` on."""
    from PIL import Image, ImageDraw

    covered = Image.new("L", CARD)
    draw = ImageDraw.Draw(covered)
    found = in_lines(text, sizes, box.size)
    for position, line in enumerate(found.lines):
        top = box.top + position * found.leading
        draw.text((box.left, top), line, fill=255, font=font(found.size))

    if area := covered.getbbox():
        image.paste(covered.crop(area).point(_shades(first)), area)


def _shades(first: int) -> list[int]:
    """Return a place in the palette for each value of how much of a pixel is covered, of 255."""
    shades = [0, *range(first, first + _SHADES)]
    return [shades[round(covered * _SHADES / 255)] for covered in range(256)]


def _paint(image: Image.Image, box: Box, colours: Sequence[int]) -> None:
    """Paint a box in parts of equal width."""
    from PIL import ImageDraw

    draw = ImageDraw.Draw(image)
    width = box.width / len(colours)
    for position, colour in enumerate(colours):
        left = box.left + round(position * width)
        draw.rectangle((left, box.top, left + round(width), box.bottom), fill=colour)


def _png(image: Image.Image) -> bytes:
    file = BytesIO()
    image.save(file, "PNG")
    return file.getvalue()
