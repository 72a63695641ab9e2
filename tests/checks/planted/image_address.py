"""What image-address must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Newsroom, Plant
from tests.drawing import drawn

GIF = drawn("palaces.gif", (1152, 768), "black on white")
"""A picture of 1152 by 768 pixels."""


def logo(room: Newsroom, address: str) -> Newsroom:
    picture = f'<img src="{address}" alt="The four letters" width="90" height="30">'
    return room.theme(
        "parts/masthead.html.j2", '<p class="dateline">', f'{picture}<p class="dateline">'
    )


def over_http(room: Newsroom) -> Newsroom:
    before = "        teaser: Our review of 'Palaces',"
    picture = "        picture: {src: images/palaces.gif, alt: A model of a palace}\n"
    room.write("issues/652/images/palaces.gif", GIF).change(
        "issues/652/issue.yaml", before, picture + before
    )
    return room.change("issues/publication.yaml", "pictures: https://", "pictures: http://")


MISTAKES: dict[str, Plant] = {
    "pictures that are served over http": over_http,
    "a picture of the theme over http": lambda room: logo(
        room, "http://www.bionews.org.uk/pictures/logo.png"
    ),
    "a picture of the theme without a host": lambda room: logo(room, "pictures/logo.png"),
    "a picture that would have to be attached": lambda room: logo(room, "cid:logo"),
    "a picture without an address": lambda room: logo(room, ""),
}
