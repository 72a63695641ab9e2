"""What message-parts must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

import re

from tests.checks.newsroom import Newsroom, Plant


def boundary(room: Newsroom) -> str:
    """The boundary between the parts of the room's message."""
    found = re.search(rb'boundary="([^"]+)"', room.galley().message)
    assert found
    return found[1].decode()


MISTAKES: dict[str, Plant] = {
    "a message of one part": lambda room: room.headers('Content-Type: text/plain; charset="utf-8"'),
    "parts of equal rank": lambda room: room.headers(
        f'Content-Type: multipart/mixed;\n boundary="{boundary(room)}"'
    ),
    "parts that are not found": lambda room: room.headers(
        'Content-Type: multipart/alternative; boundary="other"'
    ),
}
