"""What image-resolution must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

import struct
import zlib

from tests.checks.newsroom import Newsroom, Plant


def png(wide: int, high: int) -> bytes:
    """Return a white picture."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content))
            + kind
            + content
            + struct.pack(">I", zlib.crc32(kind + content))
        )

    rows = (b"\0" + b"\xff" * ((wide + 7) // 8)) * high
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", wide, high, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def with_picture(room: Newsroom, wide: int, high: int) -> Newsroom:
    before = "        teaser: Our review of 'Palaces',"
    picture = "        picture: {src: images/palaces.png, alt: A model of a palace}\n"
    room.write("issues/652/images/palaces.png", png(wide, high))
    return room.change("issues/652/issue.yaml", before, picture + before)


MISTAKES: dict[str, Plant] = {
    "a picture with too few pixels": lambda room: with_picture(room, 200, 133),
    "a picture with hardly any pixels": lambda room: with_picture(room, 20, 10),
}
