"""Share cards: the picture that a link becomes where somebody shares it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from newsletter.cache import keep, load, program
from newsletter.pictures.lettering import font, in_lines, known, unknown_letters
from newsletter.pictures.shapes import Box, Size

if TYPE_CHECKING:
    from PIL import Image
    from PIL.ImageDraw import ImageDraw

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
_COLOURS = 16


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
    from PIL import Image, ImageDraw

    colours = card.colours
    image = Image.new("RGB", CARD, colours.ground)
    draw = ImageDraw.Draw(image)

    details = _BETWEEN_DETAILS.join(filter(None, map(known, card.details)))
    _write(draw, known(card.name), _NAME, _NAME_SIZES, colours.ink)
    _write(draw, known(card.title), _TITLE, _TITLE_SIZES, colours.ink)
    _write(draw, details, _DETAILS, _DETAILS_SIZES, colours.quiet)
    _paint(draw, _BAND, colours.band)
    return _png(image)


def _write(draw: ImageDraw, text: str, box: Box, sizes: Sequence[int], colour: str) -> None:
    """Write a text into a box, from its top on."""
    found = in_lines(text, sizes, box.size)
    for position, line in enumerate(found.lines):
        top = box.top + position * found.leading
        draw.text((box.left, top), line, fill=colour, font=font(found.size))


def _paint(draw: ImageDraw, box: Box, colours: Sequence[str]) -> None:
    """Paint a box in parts of equal width."""
    width = box.width / len(colours)
    for position, colour in enumerate(colours):
        left = box.left + round(position * width)
        draw.rectangle((left, box.top, left + round(width), box.bottom), fill=colour)


def _png(image: Image.Image) -> bytes:
    from PIL.Image import Dither, Quantize

    few = image.quantize(_COLOURS, method=Quantize.FASTOCTREE, dither=Dither.NONE)
    file = BytesIO()
    few.save(file, "PNG")
    return file.getvalue()
