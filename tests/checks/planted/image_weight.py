"""What image-weight must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Newsroom, Plant
from tests.drawing import drawn

GIF = drawn("palaces.gif", (1152, 768), "black on white")
"""A picture of 1152 by 768 pixels; what follows its end is ignored."""


def with_picture(room: Newsroom, size: int) -> Newsroom:
    before = "        teaser: Our review of 'Palaces',"
    picture = "        picture: {src: images/palaces.gif, alt: A model of a palace}\n"
    room.write("issues/652/images/palaces.gif", GIF.ljust(size, b"\0"))
    return room.change("issues/652/issue.yaml", before, picture + before)


MISTAKES: dict[str, Plant] = {
    "a heavy picture": lambda room: with_picture(room, 300_000),
    "a picture that is far too heavy": lambda room: with_picture(room, 2_000_000),
}
