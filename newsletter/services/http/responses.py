"""An answer over HTTP, read to its end, with a limit on its size and on the time it takes."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx

MOST_BYTES = 32 * 1024 * 1024
"""The limit for an answer: many times the largest email that reaches an inbox, and what is listed beside it."""
MOST_SECONDS = 60.0
"""For an answer from its first byte to its last."""
AS_IT_IS = {"Accept-Encoding": "identity"}
"""Asks for an answer that is not compressed, for a small one can become any size."""


class Endless(Exception):
    """An answer that is too much to read on; the text says why. Asking again would be no better."""


def whole(answer: httpx.Response) -> httpx.Response:
    """Return the answer with all its content, given one that has only begun. Raise Endless, and what httpx raises."""
    import httpx

    if answer.headers.get("Content-Encoding", "identity").lower() not in ("", "identity"):
        raise Endless("is compressed, which was not asked for")

    content, begun = bytearray(), monotonic()
    for piece in answer.iter_bytes():
        content += piece
        if len(content) > MOST_BYTES:
            raise Endless(f"is longer than {MOST_BYTES // 1024 // 1024} MB")
        if monotonic() - begun > MOST_SECONDS:
            raise Endless(f"takes longer than {MOST_SECONDS:.0f} seconds")
    return httpx.Response(answer.status_code, headers=answer.headers, content=bytes(content))
