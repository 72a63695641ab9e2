"""Responses over HTTP: read to the end, within limits of size and time; and the reasons in them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from time import monotonic
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import httpx

MOST_BYTES = 32 * 1024 * 1024
"""The limit for a response: many times the largest email that reaches an inbox."""
MOST_SECONDS = 60.0
"""For a response from its first byte to its last."""
NOT_COMPRESSED = {"Accept-Encoding": "identity"}
"""The header for a response that is not compressed, for a small one can become any size."""
_REASONS = ("detail", "message", "ErrorMessage", "ErrorInfo", "error", "title", "errors")
"""The names under which services say what is wrong, the best first."""
_MOST_PARTS = 3


class UnacceptableResponse(Exception):
    """A response that is not read to its end; the text says why. To ask again would be useless."""


def read_whole(response: httpx.Response) -> httpx.Response:
    """Return the response with all its content, given one that has only begun.

    Raise UnacceptableResponse, and what httpx raises.
    """
    import httpx

    encoding = response.headers.get("Content-Encoding", "identity").lower()
    if encoding not in ("", "identity"):
        raise UnacceptableResponse("is compressed, which was not asked for")

    started = monotonic()
    content = bytearray()
    for piece in response.iter_bytes():
        content += piece
        if len(content) > MOST_BYTES:
            raise UnacceptableResponse(f"is longer than {MOST_BYTES // 1024 // 1024} MB")
        if monotonic() - started > MOST_SECONDS:
            raise UnacceptableResponse(f"takes longer than {MOST_SECONDS:.0f} seconds")

    return httpx.Response(response.status_code, headers=response.headers, content=bytes(content))


def reason_in(content: bytes) -> str:
    """Return the reason for a refusal that is in a response in JSON; empty if there is none."""
    try:
        return _texts(json.loads(content))
    except (ValueError, RecursionError):
        return ""


def _texts(value: Any) -> str:
    """Return the texts in a value of JSON: those that say what is wrong or, without any, all."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return _joined(map(_texts, value[:_MOST_PARTS]))
    if not isinstance(value, dict):
        return ""

    reasons = [_texts(value[name]) for name in _REASONS if name in value]
    if reasons:
        return _joined(reasons)

    named: list[str] = []
    for name, part in list(value.items())[:_MOST_PARTS]:
        text = _texts(part)
        if text:
            named.append(f"{name}: {text}")
    return _joined(named)


def _joined(texts: Iterable[str]) -> str:
    return "; ".join(filter(None, texts))
