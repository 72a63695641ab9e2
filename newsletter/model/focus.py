"""The part of a picture that must stay if the picture is cut."""

from __future__ import annotations

import re
from typing import Annotated, NamedTuple

from pydantic import AfterValidator

from newsletter.text.mistakes import mistake
from newsletter.text.printable import printable


class Point(NamedTuple):
    """A place in a picture, as shares of its width and height: (0, 0) is its upper left corner."""

    x: float
    y: float


MIDDLE = Point(0.5, 0.5)
_ACROSS = {"left": 0.0, "right": 1.0}
_DOWN = {"top": 0.0, "bottom": 1.0}
_WORDS_FOR_MIDDLE = {"centre", "center", "middle"}
_SHARES = re.compile(r"(\d{1,3})\s*%[\s,]+(\d{1,3})\s*%")


def point_of(focus: str) -> Point | None:
    """Return the point that is meant by ``top``, ``bottom right`` or ``30% 20%``.

    Return None for anything else.
    """
    if shares := _SHARES.fullmatch(focus.strip()):
        x, y = int(shares[1]) / 100, int(shares[2]) / 100
        return Point(x, y) if max(x, y) <= 1 else None

    words = set(focus.lower().replace("-", " ").split())
    across = words & _ACROSS.keys()
    down = words & _DOWN.keys()
    unknown = words - across - down - _WORDS_FOR_MIDDLE
    if unknown or not words or len(across) > 1 or len(down) > 1:
        return None
    return Point(
        x=_ACROSS[across.pop()] if across else MIDDLE.x,
        y=_DOWN[down.pop()] if down else MIDDLE.y,
    )


def _focus(text: str) -> str:
    """Return the text. Raise PydanticCustomError if it means no part of a picture."""
    if point_of(text) is None:
        message = f"'{printable(text)}' is not a part of a picture."
        hint = "Write top, left, bottom right and so on, or how far across and down: 30% 20%."
        raise mistake(message, hint)
    return text


Focus = Annotated[str, AfterValidator(_focus)]
"""``top``, ``bottom right``, or shares of the picture's width and height: ``30% 20%``."""
