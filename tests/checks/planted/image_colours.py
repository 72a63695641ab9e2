"""What image-colours must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Newsroom, Plant


def with_picture(room: Newsroom, listed: str) -> Newsroom:
    before = "        teaser: Our review of 'Palaces',"
    picture = f"        picture: {{src: {listed.split()[0]}, alt: A model of a palace}}\n"
    return room.files(listed).change("issues/652/issue.yaml", before, picture + before)


MISTAKES: dict[str, Plant] = {
    "a picture for print": lambda room: with_picture(
        room, "palaces.jpg   1152 x 768 pixels   190 KB   CMYK"
    ),
}
