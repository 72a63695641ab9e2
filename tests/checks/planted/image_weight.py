"""What image-weight must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Newsroom, Plant
from tests.drawing import film


def with_picture(room: Newsroom, frames: int) -> Newsroom:
    before = "        teaser: Our review of 'Palaces',"
    picture = "        picture: {src: images/palaces.gif, alt: A model of a palace}\n"
    room.write("issues/652/images/palaces.gif", film((228, 152), frames))
    return room.change("issues/652/issue.yaml", before, picture + before)


MISTAKES: dict[str, Plant] = {
    "a heavy animation": lambda room: with_picture(room, 48),
    "an animation that is far too heavy": lambda room: with_picture(room, 200),
}
