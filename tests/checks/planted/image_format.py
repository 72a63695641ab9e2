"""What image-format must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Newsroom, Plant

WEBP = (
    b"RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0\x2f" + (1151 | 767 << 14).to_bytes(4, "little") + b"\x07" * 8
)
"""The start of a WebP picture of 1152 by 768 pixels."""


def with_picture(room: Newsroom, src: str) -> Newsroom:
    before = "        teaser: Our review of 'Palaces',"
    picture = f"        picture: {{src: '{src}', alt: A model of a palace, width: 1152}}\n"
    return room.change("issues/652/issue.yaml", before, picture + before)


MISTAKES: dict[str, Plant] = {
    "a WebP picture that is called .jpg": lambda room: with_picture(
        room.write("issues/652/images/palaces.jpg", WEBP), "images/palaces.jpg"
    ),
    "a file that is not a picture": lambda room: with_picture(
        room.write("issues/652/images/palaces.png", b"Palaces"), "images/palaces.png"
    ),
    "an address that ends in .jxl": lambda room: with_picture(
        room, "https://www.bionews.org.uk/pictures/palaces.jxl"
    ),
}
