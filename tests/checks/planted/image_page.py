"""What image-page must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Newsroom, Plant


def with_picture(room: Newsroom, src: str) -> Newsroom:
    before = "        teaser: Our review of 'Palaces',"
    picture = (
        f"        picture: {{src: '{src}', alt: A model of a palace, width: 1152, height: 768}}\n"
    )
    return room.change("issues/652/issue.yaml", before, picture + before)


MISTAKES: dict[str, Plant] = {
    "a page of Dropbox": lambda room: with_picture(
        room, "https://www.dropbox.com/s/1abc/palaces.jpg?dl=0"
    ),
    "a page of Wikimedia Commons": lambda room: with_picture(
        room, "https://commons.wikimedia.org/wiki/File:Model_of_a_palace.jpg"
    ),
}
