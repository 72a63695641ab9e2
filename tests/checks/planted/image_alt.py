"""What image-alt must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Newsroom, Plant

ADDRESS = "https://www.bionews.org.uk/pictures/palaces.jpg"
WITHOUT_ALT = (
    "parts/image.html.j2",
    ' alt="{{ alt }}" width="{{ shown.width }}" height',
    ' width="{{ shown.width }}" height',
)
LONG = (
    "A hall with a high ceiling in which visitors stand around a table, and look at a model of a palace made of "
    "crystals grown from white paper"
)


def with_picture(room: Newsroom, alt: str) -> Newsroom:
    before = "        teaser: Our review of 'Palaces',"
    picture = f'        picture: {{src: "{ADDRESS}", alt: "{alt}", width: 1152, height: 768}}\n'
    return room.change("issues/652/issue.yaml", before, picture + before)


def linked(room: Newsroom) -> Newsroom:
    """Return a newsletter in which a picture without words does not have those of its item."""
    words = ' or (item.title if read_on(item) else "")'
    return room.theme("parts/image.html.j2", words, "")


MISTAKES: dict[str, Plant] = {
    "an alt text that is a file name": lambda room: with_picture(room, "palaces-model.jpg"),
    "an alt text that the camera made": lambda room: with_picture(room, "IMG_2034"),
    "an alt text that is too long": lambda room: with_picture(room, LONG),
    "a theme without alt texts": lambda room: with_picture(room, "A model of a palace").theme(
        *WITHOUT_ALT
    ),
    "a link that is a picture without words": lambda room: linked(with_picture(room, "")),
}
